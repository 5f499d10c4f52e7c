"""Score and rank by given weights. Pure: counts of facts in, points out (R-SUP-8).

A unit's score is base + Σ points, each kind limited by its cap, never below the floor. Units with
equal scores share a rank, and the next rank is skipped (1, 2, 2, 4), inside each group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from luoshi.supervision.appraisal.enums import FactKind

ZERO = Decimal(0)


@dataclass(frozen=True)
class Weight:
    """Points of one fact, and the most a kind may bring or cost."""

    points: Decimal
    cap: Decimal | None = None

    def of(self, count: int) -> Decimal:
        """The points of so many facts."""
        raw = self.points * count + ZERO
        if self.cap is None or abs(raw) <= self.cap:
            return raw
        return self.cap if raw > 0 else -self.cap


@dataclass(frozen=True)
class Weights:
    """Base, floor and the weight of each kind; a kind without one counts nothing."""

    base: Decimal
    floor: Decimal = ZERO
    items: Mapping[str, Weight] = field(default_factory=dict)


EXAMPLE = Weights(
    base=Decimal(100),
    items={
        FactKind.LATE.value: Weight(Decimal(-1)),
        FactKind.RETURNED.value: Weight(Decimal(-2)),
        FactKind.UNSENT_SUMMARY.value: Weight(Decimal(-10)),
        FactKind.UNSENT.value: Weight(Decimal(-10)),
        FactKind.WORDS_ONLY.value: Weight(Decimal(-5)),
        FactKind.RELAPSED.value: Weight(ZERO),
        FactKind.PROMISE_MISSED.value: Weight(ZERO),
        FactKind.DONE.value: Weight(Decimal(1)),
        FactKind.COMMENDED.value: Weight(Decimal(1)),
        FactKind.HARM.value: Weight(ZERO),
    },
)


@dataclass
class Line:
    """One kind of a unit's score: how many facts, how many points, which rows."""

    kind: str
    count: int
    points: Decimal
    rows: Sequence[Any] = ()

    @property
    def label(self) -> str:
        """The kind as words."""
        return str(FactKind(self.kind).label)


@dataclass
class Standing:
    """A unit's score and rank."""

    unit_id: Any
    name: str
    group: str
    sort_key: str = ""
    lines: list[Line] = field(default_factory=list)
    base: Decimal = ZERO
    deductions: Decimal = ZERO
    additions: Decimal = ZERO
    score: Decimal = ZERO
    rank: int = 0
    no_award: bool = False
    opens: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """Facts per kind."""
        return {line.kind: line.count for line in self.lines}


def scored(standing: Standing, weights: Weights) -> Standing:
    """Fill in points and score from the counts of a standing's lines."""
    for line in standing.lines:
        line.points = weights.items.get(line.kind, Weight(ZERO)).of(line.count)
    points = [line.points for line in standing.lines]
    standing.base = weights.base
    standing.deductions = sum((p for p in points if p < 0), ZERO)
    standing.additions = sum((p for p in points if p > 0), ZERO)
    total = weights.base + standing.deductions + standing.additions
    standing.score = max(weights.floor, total)
    standing.no_award = standing.counts.get(FactKind.HARM.value, 0) > 0
    return standing


def ranked(standings: Sequence[Standing]) -> list[Standing]:
    """Rank inside each group, best first; ties share a rank."""
    order = sorted(standings, key=lambda s: (s.group, -s.score, s.sort_key, s.name))
    place, last = 0, None
    for standing in order:
        if last is None or last.group != standing.group:
            place = 0
        place += 1
        tie = last is not None and (last.group, last.score) == (standing.group, standing.score)
        standing.rank = last.rank if tie and last is not None else place
        last = standing
    return order
