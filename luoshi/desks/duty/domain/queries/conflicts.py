"""What stands against people on a shift, before anybody is put there; four queries however many
people are looked at (features row 62, R-DUT-8)."""

from collections.abc import Iterable, Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty.domain.queries.problems import as_person, as_slot, away_of
from luoshi.desks.duty.domain.queries.scheme import Way, scheme_of
from luoshi.desks.duty.models import DutyPerson, Shift
from luoshi.desks.duty.solving.proof import alone
from luoshi.foundation.core.refusals import Text
from luoshi.foundation.core.time import at_clock

WORDS: dict[str, Text] = {
    "twice": _("%(name)s is on another shift at that time."),
    "away": _("%(name)s is away then."),
    "post": _("%(name)s does not hold this post."),
    "night": _("%(name)s does no nights."),
    "off": _("%(name)s is not on duty on this day of the week."),
    "rest": _("%(name)s would have less than %(hours)d hours of rest."),
    "most": _("%(name)s would have more than %(most)d shifts this month."),
}
HARD = ("twice", "away", "post")  # no reason sets these aside


def against(
    shift: Shift, people: Sequence[DutyPerson], without: Shift | None = None
) -> dict[UUID, list[str]]:
    """Words of `WORDS` by person; none = nothing. `without`: a shift that would not be theirs any
    more."""
    way = scheme_of(shift.office_id)
    zero = at_clock(shift.roster.starts_on, time(0))
    gone = [shift.pk, *([without.pk] if without else [])]
    others = Shift.objects.filter(person__in=people).exclude(pk__in=gone)
    near, month = nearby(shift, others, way), in_month(shift, others)
    away, slot = away_of(shift.roster, people, zero), as_slot(shift, zero)
    found: dict[UUID, list[str]] = {}
    for person in people:
        whys = near.get(person.pk, []) + alone(as_person(person, away[str(person.pk)]), slot)
        if person.most and month.get(person.pk, 0) >= person.most:
            whys.append("most")
        found[person.pk] = whys
    return found


def nearby(shift: Shift, others: "QuerySet[Any]", way: Way) -> dict[UUID, list[str]]:
    """At the same time, or too near to rest between."""
    rest = timedelta(hours=way.rest_hours)
    rows = others.filter(ends_at__gt=shift.starts_at - rest, starts_at__lt=shift.ends_at + rest)
    found: dict[UUID, list[str]] = {}
    for row in rows:
        same = row.starts_at < shift.ends_at and shift.starts_at < row.ends_at
        if same or row.person_id not in found:
            found[row.person_id] = ["twice" if same else "rest"]
    return found


def in_month(shift: Shift, others: "QuerySet[Any]") -> dict[UUID, int]:
    """How many shifts each has in the month of this one."""
    month = Q(day__year=shift.day.year, day__month=shift.day.month)
    rows = others.filter(month).order_by().values("person_id").annotate(n=Count("pk"))
    return {row["person_id"]: row["n"] for row in rows}


def worded(whys: Iterable[str], person: DutyPerson, shift: Shift) -> list[Text]:
    """Conflicts as sentences."""
    words = {"name": person.name, "most": person.most, "hours": 0}
    listed = list(whys)
    if "rest" in listed:
        words["hours"] = scheme_of(shift.office_id).rest_hours
    return [WORDS[why] % words for why in listed]
