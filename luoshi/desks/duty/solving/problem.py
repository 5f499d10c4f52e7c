"""A roster as a problem: slots to fill, people who can, what holds. Minutes count from any common
zero; weights are whole numbers (R-DUT-1, R-DUT-8)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Slot:
    """A shift of a post from `starts` to `ends` (minutes, end not included). `special`: on a public
    holiday or in a sensitive period; `night`: runs through 02:00."""

    post: str
    day: date
    starts: int
    ends: int
    weight: int = 1
    special: bool = False
    night: bool = False


@dataclass(frozen=True)
class Person:
    """Who can be put on duty. `away`: spans of minutes; `weekdays_off`: 1–7; `most`: shifts in a
    month at most, 0 = no bound; `load`, `specials`: what earlier rosters of the year gave."""

    key: str
    posts: frozenset[str]
    away: tuple[tuple[int, int], ...] = ()
    weekdays_off: frozenset[int] = frozenset()
    nights: bool = True
    most: int = 0
    load: int = 0
    specials: int = 0

    def can(self, slot: Slot) -> bool:
        """Whether this person may hold the slot, looked at alone."""
        if slot.post not in self.posts or (slot.night and not self.nights):
            return False
        if slot.day.isoweekday() in self.weekdays_off:
            return False
        return not any(start < slot.ends and slot.starts < end for start, end in self.away)


@dataclass(frozen=True)
class Problem:
    """`rest`: minutes between two shifts of one person; `fixed`: slots set by hand or begun, by
    position, with the person's key, whatever stands against it; `before`: the person's last shift
    before the first slot (its end), by key."""

    slots: Sequence[Slot]
    people: Sequence[Person]
    rest: int
    fixed: Mapping[int, str] = field(default_factory=dict)
    before: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Spread:
    """The difference between who bears most and least, in weight and in special shifts, over the
    people of a post who are there at least half of the time."""

    post: str
    weight: int
    special: int
    people: int


@dataclass(frozen=True)
class Answer:
    """Who holds each slot. `optimal`: the solver proved that no roster is fairer."""

    chosen: tuple[str, ...]
    optimal: bool


class NoRoster(Exception):
    """No roster keeps all rules. `slots`: those nobody can hold when looked at alone (positions);
    empty = each could be held, but not all together."""

    def __init__(self, slots: Sequence[int] = ()) -> None:
        super().__init__("no roster")
        self.slots = tuple(slots)


class NoSolver(Exception):
    """OR-Tools is not installed here."""


def there(problem: Problem, post: str) -> list[Person]:
    """The people of a post whom fairness compares: able to hold at least half of its slots."""
    slots = [slot for slot in problem.slots if slot.post == post]
    found = [person for person in problem.people if post in person.posts]
    return [p for p in found if 2 * sum(p.can(slot) for slot in slots) >= len(slots)]


def spreads(problem: Problem, chosen: Sequence[str]) -> list[Spread]:
    """How evenly a filled roster bears on its people, with what they bore before."""
    made = []
    for post in sorted({slot.post for slot in problem.slots}):
        load = {person.key: person.load for person in there(problem, post)}
        special = {person.key: person.specials for person in there(problem, post)}
        for slot, key in zip(problem.slots, chosen, strict=True):
            if slot.post == post and key in load:
                load[key] += slot.weight
                special[key] += slot.special
        made.append(
            Spread(
                post,
                max(load.values(), default=0) - min(load.values(), default=0),
                max(special.values(), default=0) - min(special.values(), default=0),
                len(load),
            )
        )
    return made
