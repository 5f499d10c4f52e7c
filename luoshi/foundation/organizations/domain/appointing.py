"""Appoint people to posts and end appointments: the security administrator grants (security 4).
Either ends the person's sessions, so that no page goes on with old rights (row 5).

Refused: granting to oneself, two officer classes or an officer with a business post, ending the
last security administrator or auditor.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.domain.sessions import end_sessions
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.foundation.organizations.models import Appointment, Post, Unit

KEPT = (Role.SECURITY_ADMIN, Role.AUDITOR)


def lock_kept_posts() -> None:
    """Make whoever takes the last officer away wait for whoever takes the last but one."""
    list(Appointment.objects.select_for_update(of=("self",)).filter(post__role__in=KEPT))


def appoint(
    *,
    person: User,
    unit: Unit,
    role: str,
    title: str,
    starts_on: date,
    actor: Actor,
    at: datetime,
    ends_on: date | None = None,
    delegated_from: Appointment | None = None,
) -> Appointment:
    """Give a person a post of a unit for a span."""
    ensure(rules.may_grant(actor, person))
    if role not in Role.values:
        raise Invalid(_("Not appointed."), {"role": [_("Choose one of the listed roles.")]})
    if ends_on is not None and ends_on < starts_on:
        raise Invalid(_("Not appointed."), {"ends_on": [_("The end lies before the start.")]})
    errors = too_long(Post, {"title": title.strip()})
    if not unit.is_active:
        errors["unit"] = [_("This unit is closed; appoint in its successor.")]
    if errors:
        raise Invalid(_("Not appointed."), errors)
    if delegated_from is not None:
        check_delegation(delegated_from, person, unit, role, ends_on)
    with acting(actor=actor, at=at):
        post, _made = Post.objects.get_or_create(unit=unit, title=title.strip(), role=role)
        try:
            with transaction.atomic():
                appointment = Appointment.objects.create(
                    person=person,
                    post=post,
                    officer_class=OFFICER_CLASS.get(Role(role), 0),
                    starts_on=starts_on,
                    ends_on=ends_on,
                    delegated_from=delegated_from,
                    made_at=at,
                )
        except IntegrityError as error:
            raise Refused(
                _("Not appointed."),
                _("An officer holds one officer post and no business post."),
                source="GB/T 22239 5.1",
                code="one-officer-class",
            ) from error
        after = {"person": person.full_name, "post": title, "unit": str(unit)}
        record("organizations.appointed", actor=actor, at=at, obj=appointment, after=after)
        end_sessions(person)
    return appointment


def check_delegation(
    given: Appointment, person: User, unit: Unit, role: str, ends_on: date | None
) -> None:
    """Acting for somebody: the same post, a last day, not for oneself, not passed on."""
    errors: dict[str, list[Text]] = {}
    if ends_on is None:
        errors["ends_on"] = [_("Acting for somebody needs a last day.")]
    if given.person_id == person.pk or given.delegated_from_id is not None:
        errors["acting_for"] = [_("Nobody acts for himself, and nobody passes a delegation on.")]
    if (given.post.unit_id, given.post.role) != (unit.pk, role):
        errors["acting_for"] = [_("This person does not hold that post in this unit.")]
    if role in OFFICER_CLASS:
        errors["acting_for"] = [_("An officer's post is not delegated; appoint another officer.")]
    if errors:
        raise Invalid(_("Not appointed."), errors)


def end_appointment(
    *, appointment: Appointment, ends_on: date, actor: Actor, at: datetime
) -> Appointment:
    """End an appointment with a last day. Refused for the last security officer or auditor."""
    ensure(rules.may_grant(actor, appointment.person))
    with acting(actor=actor, at=at):
        lock_kept_posts()
        appointment = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("post", "person")
            .get(pk=appointment.pk)
        )
        role = appointment.post.role
        others = current(ends_on).filter(post__role=role).exclude(pk=appointment.pk)
        if role in KEPT and not others.exists():
            raise Refused(
                _("Not ended."),
                _("This is the last holder of the post; appoint another one first."),
                code="last-officer",
            )
        appointment.ends_on = ends_on
        appointment.save(update_fields=("ends_on",))
        record("organizations.appointment_ended", actor=actor, at=at, obj=appointment)
        end_sessions(appointment.person)
    return appointment
