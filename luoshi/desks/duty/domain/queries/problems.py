"""A stored roster as the pure problem the solver and the proof work on."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum

from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.enums import DayClass
from luoshi.desks.duty.models import DutyPerson, Leave, Roster, Shift
from luoshi.desks.duty.solving.problem import Person, Problem, Slot
from luoshi.foundation.core.time import at_clock

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
MEMORY = timedelta(days=366)  # so far back a roster remembers what was borne
SPECIAL = Q(day_class=DayClass.HOLIDAY) | Q(sensitive=True)


def people_for(roster: Roster) -> list[DutyPerson]:
    """Who is on the office's list on some day of the roster."""
    rows = DutyPerson.objects.filter(office_id=roster.office_id, starts_on__lte=roster.ends_on)
    return list(rows.filter(Q(ends_on=None) | Q(ends_on__gte=roster.starts_on)))


def with_held(shifts: Sequence[Shift], people: Sequence[DutyPerson]) -> list[DutyPerson]:
    """These people, and whoever holds a shift without being on the list any more."""
    found = {one.pk: one for one in people}
    for shift in shifts:
        if shift.person is not None:
            found.setdefault(shift.person.pk, shift.person)
    return list(found.values())


def shifts_of(roster: Roster) -> list[Shift]:
    """Its shifts in order."""
    return list(roster.shifts.select_related("person").order_by("starts_at", "post", "pk"))


def neighbours(roster: Roster, first: datetime, last: datetime) -> "QuerySet[Any]":
    """Shifts of the office's other rosters that touch a span of instants."""
    rows = Shift.objects.filter(office_id=roster.office_id, starts_at__lte=last, ends_at__gte=first)
    return rows.exclude(roster=roster).order_by("starts_at")


def problem_of(
    roster: Roster,
    shifts: Sequence[Shift],
    people: Sequence[DutyPerson],
    at: datetime | None = None,
) -> Problem:
    """Slots, people with their leave and what they bore in the year before, fixed shifts: those set
    by hand and, at an instant, those that have begun."""
    zero = at_clock(roster.starts_on, time(0))
    away = away_of(roster, people, zero)
    borne, ended = before(roster, people)
    return Problem(
        [as_slot(one, zero) for one in shifts],
        [as_person(one, away[str(one.pk)], *borne[str(one.pk)]) for one in people],
        scheme_of(roster.office_id).rest_hours * 60,
        {
            i: str(s.person_id)
            for i, s in enumerate(shifts)
            if s.person_id and (s.fixed or (at is not None and s.starts_at <= at))
        },
        {key: (at - zero) // MINUTE for key, at in ended.items()},
    )


def as_slot(shift: Shift, zero: datetime) -> Slot:
    """A shift in minutes from `zero`."""
    return Slot(
        shift.post,
        shift.day,
        (shift.starts_at - zero) // MINUTE,
        (shift.ends_at - zero) // MINUTE,
        shift.weight,
        shift.day_class == DayClass.HOLIDAY or shift.sensitive,
        shift.night,
    )


def as_person(
    row: DutyPerson, away: Sequence[tuple[int, int]], load: int = 0, specials: int = 0
) -> Person:
    """Somebody of the list with the minutes of not being there, and what was borne before."""
    return Person(
        str(row.pk),
        frozenset(row.posts),
        tuple(away),
        frozenset(row.weekdays_off),
        row.nights,
        row.most,
        load,
        specials,
    )


def away_of(
    roster: Roster, people: Sequence[DutyPerson], zero: datetime
) -> dict[str, list[tuple[int, int]]]:
    """Minutes on which each cannot be put on duty: leave, and before or after being on the list."""
    found: dict[str, list[tuple[int, int]]] = {str(one.pk): [] for one in people}
    horizon = roster.ends_on + timedelta(days=2)
    for row in Leave.objects.filter(person__in=people, ends_on__gte=roster.starts_on):
        found[str(row.person_id)].append(span(row.starts_on, row.ends_on, zero))
    for one in people:
        if one.starts_on > roster.starts_on:
            found[str(one.pk)].append(span(roster.starts_on, one.starts_on - DAY, zero))
        if one.ends_on is not None and one.ends_on < horizon:
            found[str(one.pk)].append(span(one.ends_on + DAY, horizon, zero))
    return found


def span(first: Any, last: Any, zero: datetime) -> tuple[int, int]:
    """Days, both included, in minutes."""
    start, end = at_clock(first, time(0)), at_clock(last + DAY, time(0))
    return ((start - zero) // MINUTE, (end - zero) // MINUTE)


def before(
    roster: Roster, people: Sequence[DutyPerson]
) -> tuple[dict[str, tuple[int, int]], dict[str, datetime]]:
    """(weight and special shifts of the year before the roster, end of the last shift before it) by
    person. Who is new counts as having borne what the lightest of the others bore, so that nobody
    pays for a year before coming."""
    start = at_clock(roster.starts_on, time(0))
    rows = (
        Shift.objects.filter(person__in=people, starts_at__gte=start - MEMORY, starts_at__lt=start)
        .exclude(roster=roster)
        .values("person_id")
        .annotate(weight=Sum("weight"), special=Count("pk", filter=SPECIAL), last=Max("ends_at"))
    )
    known = {str(row["person_id"]): row for row in rows}
    low = min((row["weight"] for row in known.values()), default=0)
    least = min((row["special"] for row in known.values()), default=0)
    borne = {
        str(one.pk): (known[str(one.pk)]["weight"], known[str(one.pk)]["special"])
        if str(one.pk) in known
        else (low, least)
        for one in people
    }
    return borne, {key: row["last"] for key, row in known.items()}
