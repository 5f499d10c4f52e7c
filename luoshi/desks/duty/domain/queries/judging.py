"""A stored roster proved: gaps, clashes, rest, leave, in words; and who bears what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from luoshi.desks.duty.domain.queries.needs import needs
from luoshi.desks.duty.domain.queries.problems import (
    neighbours,
    people_for,
    problem_of,
    shifts_of,
    with_held,
)
from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.enums import Post
from luoshi.desks.duty.models import DutyPerson, Roster, Shift
from luoshi.desks.duty.solving.problem import Problem, spreads
from luoshi.desks.duty.solving.proof import Gap, holes, prove
from luoshi.foundation.core.time import at_clock

MINUTE, HOUR = timedelta(minutes=1), 60


@dataclass(frozen=True)
class Trouble:
    """What is against a rule at a shift: `why` is a word of `solving.proof.Fault`."""

    shift: Shift
    why: str
    other: Shift | None = None


@dataclass(frozen=True)
class Hole:
    """A post with nobody on it."""

    post: Post
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class Bearing:
    """What one person bears in a roster, and with the year before it."""

    person: DutyPerson
    shifts: int
    nights: int
    weekends: int
    special: int
    weight: int
    year_special: int
    year_weight: int


@dataclass(frozen=True)
class Judged:
    """A roster looked through. `hours` by post: covered without a gap."""

    shifts: Sequence[Shift]
    hours: dict[str, int]
    holes: Sequence[Hole]
    troubles: Sequence[Trouble]
    bearing: Sequence[Bearing]
    spread: Sequence[dict[str, Any]]

    @property
    def sound(self) -> bool:
        """No gap and nothing against a rule."""
        return not self.holes and not self.troubles


def judge(roster: Roster) -> Judged:
    """Look a roster through; as many queries whatever its length."""
    shifts, people = shifts_of(roster), people_for(roster)
    people = with_held(shifts, people)
    problem = problem_of(roster, shifts, people)
    chosen = [str(s.person_id or "") for s in shifts]
    proof = prove(problem, chosen)
    zero = at_clock(roster.starts_on, time(0))
    return Judged(
        shifts=shifts,
        hours={post: minutes // HOUR for post, minutes in proof.minutes.items()},
        holes=[
            Hole(Post(gap.post), zero + gap.starts * MINUTE, zero + gap.ends * MINUTE)
            for gap in [*proof.gaps, *not_planned(roster, problem, zero)]
        ],
        troubles=[
            Trouble(shifts[one.slot], one.why, shifts[one.other] if one.other >= 0 else None)
            for one in proof.faults
            if one.why != "empty"
        ],
        bearing=borne(problem, shifts, people),
        spread=[
            {"post": Post(one.post), "weight": one.weight, "special": one.special}
            for one in spreads(problem, chosen)
        ],
    )


def not_planned(roster: Roster, problem: Problem, zero: datetime) -> list[Gap]:
    """What the office needs by its scheme and its sensitive periods of now and no shift of the
    roster stands for, between its first and its last minute; the rosters next to it count."""
    if not problem.slots:
        return []
    first = min(slot.starts for slot in problem.slots)
    last = max(slot.ends for slot in problem.slots)
    wanted: dict[str, list[tuple[int, int]]] = {}
    way = scheme_of(roster.office_id)
    for need in needs(roster.office_id, way, roster.starts_on, roster.ends_on):
        start, end = ((at - zero) // MINUTE for at in (need.starts_at, need.ends_at))
        wanted.setdefault(need.post, []).append((max(start, first), min(end, last)))
    have: dict[str, list[tuple[int, int]]] = {}
    for slot in problem.slots:
        have.setdefault(slot.post, []).append((slot.starts, slot.ends))
    for one in neighbours(roster, zero + first * MINUTE, zero + last * MINUTE):
        start, end = ((at - zero) // MINUTE for at in (one.starts_at, one.ends_at))
        have.setdefault(one.post, []).append((start, end))
    return [
        Gap(post, start, end)
        for post, spans in sorted(wanted.items())
        for start, end in holes(spans, have.get(post, []))
    ]


def borne(problem: Problem, shifts: Sequence[Shift], people: Sequence[DutyPerson]) -> list[Bearing]:
    """Who bears what, in the order of the list."""
    earlier = {one.key: one for one in problem.people}
    found = []
    for person in {one.pk: one for one in people}.values():
        own = [
            (shift, slot)
            for shift, slot in zip(shifts, problem.slots, strict=True)
            if shift.person_id == person.pk
        ]
        before = earlier[str(person.pk)]
        special = sum(slot.special for _shift, slot in own)
        weight = sum(slot.weight for _shift, slot in own)
        found.append(
            Bearing(
                person=person,
                shifts=len(own),
                nights=sum(slot.night for _shift, slot in own),
                weekends=sum(shift.day_class == "weekend" for shift, _slot in own),
                special=special,
                weight=weight,
                year_special=before.specials + special,
                year_weight=before.load + weight,
            )
        )
    return sorted(found, key=lambda one: (one.person.sort_key, str(one.person.pk)))
