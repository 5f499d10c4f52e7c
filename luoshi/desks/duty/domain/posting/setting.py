"""Set how an office is on duty: hours of the posts, rest, weights, answer time (R-DUT-1, R-DUT-8).

Changes: a new version of the scheme; rosters drawn up before keep theirs. Refused: hours that are
none or twice, a rest or weight out of range, no reason, not the secretary-general, a scheme that
somebody else has set anew meanwhile.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.scheme import Way, scheme_of
from luoshi.desks.duty.enums import DayClass, LeaderDays
from luoshi.desks.duty.models import Scheme
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted, refuse_older, unsaid
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.organizations.models import Unit

NOT_SAVED = _("Not saved.")
MOST_SHIFTS = 4
RANGES = {
    "rest_hours": (0, 72),
    "workday": (1, 20),
    "weekend": (1, 20),
    "holiday": (1, 20),
    "night_extra": (0, 20),
    "sensitive_extra": (0, 20),
    "answer_seconds": (10, 900),
    "report_hour": (1, 23),
    "check_days": (1, 366),
}


@dataclass(frozen=True)
class Wish:
    """The values asked for."""

    way: Way
    reason: str


def set_scheme(wish: Wish, *, version: int, actor: Actor, at: datetime) -> Scheme:
    """The office's next version, after the one that was changed: who has an older page reads what
    is in force first."""
    ensure(rules.may_set(actor))
    way = wish.way
    checked(wish)
    reason = fitted(Scheme, "reason", wish.reason, what=NOT_SAVED)
    with acting(actor=actor, at=at):
        office = Unit.objects.select_for_update(no_key=True).get(pk=actor.unit_id)
        now = scheme_of(office.pk)
        refuse_older(now.version, version)
        row = Scheme.objects.create(
            office=office,
            version=now.version + 1,
            reason=reason,
            made_by_name=actor.person_name,
            made_at=at,
            **columns(way),
        )
        old, new = asdict(now), asdict(way)
        changed = {name for name in old if old[name] != new[name] and name != "version"}
        record(
            "duty.scheme_set",
            actor=actor,
            at=at,
            obj=row,
            before={name: str(old[name]) for name in changed},
            after={name: str(new[name]) for name in changed} | {"reason": reason},
        )
    return row


def checked(wish: Wish) -> None:
    """Refuse a way that cannot be, and one without a reason."""
    way = wish.way
    errors: dict[str, list[Text]] = {
        name: [_("Between %(low)d and %(high)d.") % {"low": low, "high": high}]
        for name, (low, high) in RANGES.items()
        if not low <= getattr(way, name) <= high
    }
    for name in ("officer_starts", "leader_starts"):
        errors |= wrong_hours(name, getattr(way, name))
    if way.leader_days not in LeaderDays.values:
        errors["leader_days"] = [_("Choose one of the list.")]
    errors |= unsaid(wish.reason, "reason", _("Say why: the rule or decision it rests on."))
    if errors:
        raise Invalid(NOT_SAVED, errors)


def columns(way: Way) -> dict[str, Any]:
    """The values as columns."""
    same = (
        *("leader_days", "rest_hours", "night_extra", "sensitive_extra"),
        *("answer_seconds", "report_hour", "check_days"),
    )
    return {name: getattr(way, name) for name in same} | {
        "officer_starts": list(way.officer_starts),
        "leader_starts": list(way.leader_starts),
        "weights": {
            DayClass.WORKDAY.value: way.workday,
            DayClass.WEEKEND.value: way.weekend,
            DayClass.HOLIDAY.value: way.holiday,
        },
    }


def wrong_hours(name: str, hours: Sequence[int]) -> dict[str, list[Text]]:
    """One to four different hours of the day, in order."""
    fine = 0 < len(hours) <= MOST_SHIFTS and list(hours) == sorted(set(hours))
    if fine and hours[0] >= 0 and hours[-1] <= 23:
        return {}
    return {name: [_("Give one to four hours of the day in order, as 8 or 8 20.")]}
