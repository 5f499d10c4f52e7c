"""Declare a sensitive period for the office and all units below it; revoke it (S3-90, TR-17).

Changes: a row in the book of every office below on this site, and at once an envelope to those at
other nodes; their officers and secretaries-general are told. Refused: no title or basis, days that
end before they begin or lie in the past, more than a year, not the secretary-general, a period
another office declared.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.periods.marking import mark
from luoshi.desks.duty.domain.periods.spreading import pass_down, period_words, tell
from luoshi.desks.duty.domain.queries.needs import outside
from luoshi.desks.duty.models import SensitivePeriod
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted, too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.models import Unit

LONGEST = timedelta(days=366)
NOT_SAVED = _("Not declared.")


@dataclass(frozen=True)
class Wish:
    """What is declared; both days included."""

    title: str
    basis: str
    starts_on: date
    ends_on: date
    daily: bool = True


def declare(wish: Wish, *, actor: Actor, at: datetime) -> SensitivePeriod:
    """Write it down here and below."""
    ensure(rules.may_declare(actor))
    checked(wish, office_date(at))
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        row = SensitivePeriod.objects.create(
            office=office,
            title=wish.title.strip(),
            basis=wish.basis.strip(),
            starts_on=wish.starts_on,
            ends_on=wish.ends_on,
            daily=wish.daily,
            declared_by_name=actor.person_name,
            declared_at=at,
        )
        mark(row, at=at)
        pass_down(row, office, actor=actor, at=at)
        tell(row, at=at, but=actor.person_id)
        record("duty.period_declared", actor=actor, at=at, obj=row, after=period_words(row))
    return row


def revoke(period: SensitivePeriod, *, reason: str, actor: Actor, at: datetime) -> SensitivePeriod:
    """It does not hold any more, here and below; what was reported stays."""
    ensure(rules.may_declare(actor))
    what = pgettext_lazy("period", "Not revoked.")
    missing = _("Give the reason.")
    words = fitted(
        SensitivePeriod, "revoked_reason", reason, what=what, missing=missing, field="reason"
    )
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        row = SensitivePeriod.objects.select_for_update().get(pk=period.pk)
        if row.office_id != office.pk or row.from_code:
            raise Refused(
                what,
                _("It was declared by %(unit)s.") % {"unit": row.from_name or row.office},
                next_steps=(_("Ask that office."),),
                code="not-yours",
            )
        if row.revoked_at is not None:
            return row
        row.revoked_at, row.revoked_reason = at, words
        row.save()
        mark(row, at=at)
        pass_down(row, office, actor=actor, at=at)
        tell(row, at=at, but=actor.person_id)
        record("duty.period_revoked", actor=actor, at=at, obj=row, after={"reason": words})
    return row


def checked(wish: Wish, today: date) -> None:
    """Refuse what cannot hold."""
    words: dict[str, Any] = {"title": wish.title, "basis": wish.basis}
    errors: dict[str, list[Text]] = too_long(SensitivePeriod, words)
    if not wish.title.strip():
        errors["title"] = [_("Say which period it is.")]
    if not wish.basis.strip():
        errors["basis"] = [_("Say on which notice it rests.")]
    if outside(wish.starts_on, wish.ends_on):
        errors["starts_on"] = [_("Give a day from 1990 to 2098.")]
    elif wish.ends_on < wish.starts_on:
        errors["ends_on"] = [_("The end lies before the beginning.")]
    elif wish.ends_on < today:
        errors["ends_on"] = [_("These days are over.")]
    elif wish.ends_on - wish.starts_on > LONGEST:
        errors["ends_on"] = [_("Longer than a year: look at the dates.")]
    if errors:
        raise Invalid(NOT_SAVED, errors)
