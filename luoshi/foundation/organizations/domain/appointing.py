"""Appoint people to posts and end appointments: the security administrator grants (security 4).

Refused: granting to oneself, two officer classes or an officer with a business post, ending the
last security administrator or auditor.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.foundation.organizations.models import Appointment, Post, Unit


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
    return appointment


def end_appointment(
    *, appointment: Appointment, ends_on: date, actor: Actor, at: datetime
) -> Appointment:
    """End an appointment with a last day. Refused for the last security officer or auditor."""
    ensure(rules.may_grant(actor, appointment.person))
    with acting(actor=actor, at=at):
        appointment = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("post")
            .get(pk=appointment.pk)
        )
        role = appointment.post.role
        others = current(ends_on).filter(post__role=role).exclude(pk=appointment.pk)
        if role in {Role.SECURITY_ADMIN, Role.AUDITOR} and not others.exists():
            raise Refused(
                _("Not ended."),
                _("This is the last holder of the post; appoint another one first."),
                code="last-officer",
            )
        appointment.ends_on = ends_on
        appointment.save(update_fields=("ends_on",))
        record("organizations.appointment_ended", actor=actor, at=at, obj=appointment)
    return appointment
