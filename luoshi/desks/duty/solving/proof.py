"""Prove a filled roster, whoever filled it: every minute covered, nobody twice, rest kept, nobody
who is away (R-DUT-1, R-DUT-8, TR-17). Plain intervals, nothing of the solver."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from luoshi.desks.duty.solving.problem import Person, Problem, Slot

HOUR, DAY = 60, timedelta(days=1)
T = TypeVar("T", int, datetime)


@dataclass(frozen=True)
class Fault:
    """What is wrong with a slot (its position): `why`: empty, twice, rest, away,
    off, night, post or most; `other`: the slot it clashes
    with, or -1."""

    slot: int
    why: str
    other: int = -1


@dataclass(frozen=True)
class Gap:
    """Minutes of a post with nobody."""

    post: str
    starts: int
    ends: int


@dataclass(frozen=True)
class Proof:
    """What was found. `minutes` by post: covered without a gap or a double."""

    minutes: Mapping[str, int]
    gaps: Sequence[Gap]
    faults: Sequence[Fault]

    @property
    def sound(self) -> bool:
        """Nothing missing, nothing against a rule."""
        return not self.gaps and not self.faults


def covered(spans: Iterable[tuple[T, T]]) -> list[tuple[T, T]]:
    """Spans put together."""
    joined: list[tuple[T, T]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def holes(wanted: Iterable[tuple[T, T]], have: Iterable[tuple[T, T]]) -> list[tuple[T, T]]:
    """What of the wanted spans, of minutes or of instants, is not had."""
    found = []
    filled = covered(have)
    for start, end in covered(wanted):
        at = start
        for low, high in filled:
            if high <= at or low >= end:
                continue
            if low > at:
                found.append((at, low))
            at = max(at, high)
        if at < end:
            found.append((at, end))
    return found


def prove(problem: Problem, chosen: Sequence[str]) -> Proof:
    """`chosen`: a person's key for each slot, "" for nobody."""
    minutes: dict[str, int] = {}
    gaps: list[Gap] = []
    for post in sorted({slot.post for slot in problem.slots}):
        of_post = [(s, who) for s, who in zip(problem.slots, chosen, strict=True) if s.post == post]
        wanted = [(slot.starts, slot.ends) for slot, _who in of_post]
        have = [(slot.starts, slot.ends) for slot, who in of_post if who]
        missing = holes(wanted, have)
        gaps += [Gap(post, start, end) for start, end in missing]
        minutes[post] = total(covered(wanted)) - total(missing)
    return Proof(minutes, gaps, faults_of(problem, chosen))


def total(spans: Iterable[tuple[int, int]]) -> int:
    """Minutes together."""
    return sum(end - start for start, end in spans)


def faults_of(problem: Problem, chosen: Sequence[str]) -> list[Fault]:
    """What stands against a rule, slot by slot."""
    people = {person.key: person for person in problem.people}
    found: list[Fault] = []
    last: dict[str, int] = {}
    months: dict[tuple[str, int, int], int] = {}
    for i in sorted(range(len(problem.slots)), key=lambda i: (problem.slots[i].starts, i)):
        slot, key = problem.slots[i], chosen[i]
        person = people.get(key)
        if person is None:
            found.append(Fault(i, "empty"))
            continue
        found += [Fault(i, why) for why in alone(person, slot)]
        found += clashes(problem, i, last.get(key), problem.before.get(key))
        last[key] = i if key not in last else later(problem, i, last[key])
        month = (key, slot.day.year, slot.day.month)
        months[month] = months.get(month, 0) + 1
        if person.most and months[month] > person.most:
            found.append(Fault(i, "most"))
    return found


def later(problem: Problem, one: int, other: int) -> int:
    """Of two slots the one that ends later."""
    return one if problem.slots[one].ends >= problem.slots[other].ends else other


def clashes(problem: Problem, i: int, before: int | None, ended: int | None) -> list[Fault]:
    """Against the person's shift before: at the same time, or too soon after it."""
    slot = problem.slots[i]
    if before is None:
        soon = ended is not None and slot.starts - ended < problem.rest
        return [Fault(i, "rest")] if soon else []
    free = slot.starts - problem.slots[before].ends
    if free < 0:
        return [Fault(i, "twice", before)]
    return [Fault(i, "rest", before)] if free < problem.rest else []


def alone(person: Person, slot: Slot) -> list[str]:
    """What stands against a person in a slot, looked at alone."""
    whys = []
    if slot.post not in person.posts:
        whys.append("post")
    if slot.night and not person.nights:
        whys.append("night")
    if slot.day.isoweekday() in person.weekdays_off:
        whys.append("off")
    if any(start < slot.ends and slot.starts < end for start, end in person.away):
        whys.append("away")
    return whys
