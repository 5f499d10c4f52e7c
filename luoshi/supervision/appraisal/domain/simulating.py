"""Compare two rankings of the same facts: who moves, and why (B22). Nothing is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.supervision.appraisal.domain.scoring import Line, Standing


@dataclass(frozen=True)
class Move:
    """A unit before and after, with the kinds whose points changed."""

    before: Standing
    after: Standing
    base: Decimal
    why: tuple[tuple[Line, Decimal], ...]

    @property
    def places(self) -> int:
        """Places gained (positive) or lost."""
        return self.before.rank - self.after.rank

    @property
    def size(self) -> int:
        """How many places, without the direction."""
        return abs(self.places)


def compare(before: Sequence[Standing], after: Sequence[Standing]) -> list[Move]:
    """Every unit of the ranking after, in its order, with its move."""
    earlier = {standing.unit_id: standing for standing in before}
    moves = []
    for standing in after:
        old = earlier[standing.unit_id]
        points = {line.kind: line.points for line in old.lines}
        changed = ((line, line.points - points[line.kind]) for line in standing.lines)
        why = tuple((line, difference) for line, difference in changed if difference)
        moves.append(Move(old, standing, standing.base - old.base, why))
    return moves
