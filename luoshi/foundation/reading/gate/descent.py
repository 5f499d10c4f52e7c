"""The minimum of the penalised logistic loss: Newton's method, its steps by conjugate gradients.

The loss is convex, so the end does not depend on the way; the order of all sums is fixed, so the
same examples give the same numbers. Pure Python, and quick: nearly all of it is picking numbers by
place and adding them, which the interpreter does by itself (Lin, Weng and Keerthi 2008, “Trust
region Newton method for large-scale logistic regression”; here a step is halved, not bounded).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

Numbers = list[float]
EXACT = 0.005
"""The slope, each coordinate measured by how much it bends, at which the end is near enough: no
weight is then further than a hundredth from the minimum."""
ROUGH = 2.0
"""The same where many models are trained to be thrown away."""
CLOSER = 0.1
"""A step is solved until this part of the slope is left."""
ROUNDS, TURNS, HALVINGS = 60, 400, 20
"""More than any examples needed: whatever the numbers, the trainer ends."""


@dataclass(frozen=True)
class Table:
    """Which feature (a column) stands in which example (a row). A feature has the same value, its
    `worth`, wherever it stands. The last column is the bias, which stands in every row."""

    rows: Sequence[Sequence[int]]
    columns: Sequence[Sequence[int]]
    worth: Sequence[float]

    @classmethod
    def of(cls, seen: Sequence[Sequence[tuple[str, float]]], names: Sequence[str]) -> "Table":
        """The table of what examples show by name, each name once; other names are left out."""
        place = {name: at for at, name in enumerate(names)}
        worth = {name: value for found in seen for name, value in found}
        rows = [[*(place[n] for n, _value in found if n in place), len(names)] for found in seen]
        columns: list[list[int]] = [[] for _ in range(len(names) + 1)]
        for row, found in enumerate(rows):
            for column in found:
                columns[column].append(row)
        return cls(rows, columns, [*(worth[name] for name in names), 1.0])

    def over_rows(self, values: Sequence[float]) -> Numbers:
        """The sum of the columns' values in every row."""
        at = list(map(mul, self.worth, values)).__getitem__
        return [sum(map(at, row)) for row in self.rows]

    def over_columns(self, amounts: Sequence[float]) -> Numbers:
        """The sum of the rows' amounts in every column."""
        at = amounts.__getitem__
        return list(map(mul, self.worth, [sum(map(at, column)) for column in self.columns]))


@dataclass(frozen=True)
class Loss:
    """Σ price · log(1 + exp(-sign · margin)) + Σ penalty / 2 · value². `signs`: +1 or -1 a row;
    `prices`: how much it counts; `penalties`: one a column, 0 for the bias."""

    table: Table
    signs: Sequence[float]
    prices: Sequence[float]
    penalties: Sequence[float]

    def at(self, values: Numbers, margins: Numbers) -> float:
        """The loss where the columns have these values, and the rows these margins."""
        missed = [
            price * math.log1p(math.exp(max(-500.0, min(500.0, -sign * margin))))
            for sign, margin, price in zip(self.signs, margins, self.prices, strict=True)
        ]
        return sum(missed) + sum(map(mul, self.penalties, map(mul, values, values))) / 2

    def slope(self, values: Numbers, margins: Numbers) -> tuple[Numbers, Numbers]:
        """Its slope along every column, and how much every row bends it."""
        pulls, curves = [], []
        for sign, margin, price in zip(self.signs, margins, self.prices, strict=True):
            wrong = 1.0 / (1.0 + math.exp(max(-500.0, min(500.0, sign * margin))))
            pulls.append(sign * price * wrong)
            curves.append(price * wrong * (1.0 - wrong))
        pulled = self.table.over_columns(pulls)
        held = map(mul, self.penalties, values)
        return [own - pull for own, pull in zip(held, pulled, strict=True)], curves

    def bends(self, curves: Numbers) -> Numbers:
        """How much it bends along every column."""
        bent = map(mul, self.table.worth, self.table.over_columns(curves))
        return [max(1e-9, own + bend) for own, bend in zip(self.penalties, bent, strict=True)]


def minimum(loss: Loss, exact: float = EXACT) -> Numbers:
    """The values of all columns at the minimum, as near as `exact` says."""
    values, margins = [0.0] * len(loss.table.columns), [0.0] * len(loss.table.rows)
    now = loss.at(values, margins)
    for _round in range(ROUNDS):
        slope, curves = loss.slope(values, margins)
        bends = loss.bends(curves)
        if math.sqrt(sum(s * s / bend for s, bend in zip(slope, bends, strict=True))) <= exact:
            break
        step, moves = solved(loss, slope, curves, bends)
        share, before = 1.0, now
        for _halving in range(HALVINGS):
            there, seen = further(values, step, share), further(margins, moves, share)
            now = loss.at(there, seen)
            if now < before:
                values, margins = there, seen
                break
            share /= 2
        else:
            break  # nothing lowers it: this is as low as these numbers go
    return values


def solved(loss: Loss, slope: Numbers, curves: Numbers, bends: Numbers) -> tuple[Numbers, Numbers]:
    """Newton's step along the columns, and what it does to the rows' margins: the slope divided by
    all that bends, one conjugate direction after the other."""
    table = loss.table
    step, moves = [0.0] * len(slope), [0.0] * len(table.rows)
    left = [-one for one in slope]
    eased = [one / bend for one, bend in zip(left, bends, strict=True)]
    way, size = eased, dot(left, eased)
    enough = size * CLOSER * CLOSER
    for _turn in range(TURNS):
        if size <= enough:
            break
        seen = table.over_rows(way)
        bent = table.over_columns(list(map(mul, curves, seen)))
        pulled = [p * w + b for p, w, b in zip(loss.penalties, way, bent, strict=True)]
        share = size / dot(way, pulled)
        step, moves = further(step, way, share), further(moves, seen, share)
        left = further(left, pulled, -share)
        eased = [one / bend for one, bend in zip(left, bends, strict=True)]
        before, size = size, dot(left, eased)
        way = further(eased, way, size / before)
    return step, moves


def dot(one: Numbers, other: Numbers) -> float:
    """The sum of the products."""
    return sum(map(mul, one, other))


def further(start: Numbers, way: Numbers, share: float) -> Numbers:
    """A share of the way on from the start."""
    return [here + share * go for here, go in zip(start, way, strict=True)]
