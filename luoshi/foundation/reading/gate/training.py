"""Learn the weights: logistic regression with a quadratic penalty, by coordinates, in pure Python.

The loss is convex, so the end does not depend on the way; the order is fixed, so the same examples
give the same numbers. Each step is Newton's along one coordinate, held inside a trust region that
halves or doubles with what it needed (Genkin, Lewis and Madigan 2007, “CLG”).
"""

import hashlib
import json
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from luoshi.foundation.reading.gate.features import features
from luoshi.foundation.reading.gate.weights import VALUES, Weights, probability
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units import mentions

SHIPPED = Path(__file__).with_name("examples.json")
PENALTY = 0.5
"""Half the price of a squared weight; scikit-learn's C = 1 / (2 · PENALTY)."""
RARE = 3
"""A pair of characters that stands in fewer sentences than this is not learned."""
SWEEPS, ENOUGH = 300, 5e-5
WHOLE = 6
"""Every so many sweeps all coordinates move; between them only those that still do."""
ROUGH = 60
"""Sweeps that are enough to judge by, where many models are trained to be thrown away."""
ONE_OF = ("mode:", "genre:")
"""Every sentence stands in one section and one document: it shows exactly one feature of each."""
EITHER = ("time:none", "time:vague", "time:crisp")
"""… and exactly one of these."""
Row = list[tuple[int, float]]


@dataclass(frozen=True)
class Example:
    """A sentence in its section (`mode`) and document (`anchor`), and whether it binds somebody.
    `weight`: how much it counts; a soft exhortation counts little."""

    sentence: str
    mode: str
    anchor: str
    binds: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Measure:
    """Precision, recall and their harmonic mean, 0…1, at even odds."""

    precision: float
    recall: float
    f1: float


@cache
def shipped_examples() -> tuple[Example, ...]:
    """The sentences the shipped weights were learned from."""
    rows = json.loads(SHIPPED.read_text(encoding="utf-8"))
    return tuple(Example(s, mode, anchor, bool(b), float(w)) for s, mode, anchor, b, w in rows)


def shown(example: Example) -> list[tuple[str, float]]:
    """The features of an example, as the reader sees them."""
    times = find_times(example.sentence, example.anchor)
    who = mentions(example.sentence, None, [(t.start, t.end) for t in times])
    found = features(example.sentence, times, who, example.mode, example.anchor)
    unique = {one.name: one.value for one in found}
    return sorted(unique.items())


def train(
    examples: Sequence[Example], base: Sequence[Example] = (), *, sweeps: int = SWEEPS
) -> Weights:
    """The weights of these examples and of a base under them; the same in, the same out. Raises
    ValueError where all of them say the same: there is nothing to learn."""
    rows = [*base, *examples]
    if len({one.binds for one in rows}) < 2:
        raise ValueError("examples of both kinds are needed")
    seen = [shown(one) for one in rows]
    names = vocabulary(seen)
    index = {name: place for place, name in enumerate(names)}
    vectors = [[(index[n], x) for n, x in found if n in index] for found in seen]
    signs = [1.0 if one.binds else -1.0 for one in rows]
    prices = [one.weight for one in rows]
    valleys = [[index[n] for n in names if n.startswith(kind)] for kind in ONE_OF]
    valleys.append([index[n] for n in EITHER if n in index])
    bias, values = descend(vectors, signs, prices, valleys, len(names), sweeps)
    kept = {name: value for name, value in zip(names, values, strict=True) if value}
    told = json.dumps([[o.sentence, o.mode, o.anchor, o.binds, o.weight] for o in rows])
    version = hashlib.sha256(told.encode()).hexdigest()[:12]
    return Weights(f"{len(rows)}-{version}", bias, kept)


def vocabulary(seen: Sequence[Sequence[tuple[str, float]]]) -> list[str]:
    """The features that are learned, in order of their names: all but rare pairs of characters, and
    of those the most frequent that the weights have room for beside the bias."""
    counts = Counter(name for found in seen for name, _value in found)
    pairs = [n for n, count in counts.items() if n.startswith("g:") and count >= RARE]
    pairs.sort(key=lambda name: (-counts[name], name))
    others = [name for name in counts if not name.startswith("g:")]
    return sorted([*others, *pairs[: VALUES - 1 - len(others)]])


def descend(
    vectors: Sequence[Row],
    signs: Sequence[float],
    prices: Sequence[float],
    valleys: Sequence[Sequence[int]],
    width: int,
    sweeps: int,
) -> tuple[float, list[float]]:
    """Bias (not penalised) and values at the minimum of the penalised loss. `valleys`: columns of
    which every row has exactly one; what is common to them belongs to the bias, which no sequence
    of single steps finds soon."""
    columns: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for row, vector in enumerate(vectors):
        columns[width].append((row, 1.0))
        for column, value in vector:
            columns[column].append((row, value))
    values, reach = [0.0] * (width + 1), [1.0] * (width + 1)
    margins = [0.0] * len(vectors)
    order = [width, *range(width)]
    for sweep in range(sweeps):
        moved, whole = 0.0, sweep % WHOLE == 0
        for column in order:
            if not whole and reach[column] < ENOUGH:  # it hardly moved: looked at now and then
                continue
            penalty = 0.0 if column == width else 2 * PENALTY
            step = newton(columns[column], values[column], penalty, margins, signs, prices)
            step = max(-reach[column], min(reach[column], step))
            if abs(step) > 1e-9:
                values[column] += step
                for row, value in columns[column]:
                    margins[row] += step * value * signs[row]
            reach[column] = max(2 * abs(step), reach[column] / 2)
            moved = max(moved, abs(step))
        for valley in valleys:
            shared = sum(values[column] for column in valley) / max(1, len(valley))
            values[width] += shared
            for column in valley:
                values[column] -= shared
            moved = max(moved, abs(shared))
        if whole and moved < ENOUGH:
            break
    return values[width], values[:width]


def newton(
    column: Sequence[tuple[int, float]],
    value: float,
    penalty: float,
    margins: Sequence[float],
    signs: Sequence[float],
    prices: Sequence[float],
) -> float:
    """The step along one coordinate from the slope and curvature of the loss there."""
    slope, bend = -penalty * value, penalty
    exp = math.exp
    for row, x in column:
        margin = margins[row]
        wrong = 1.0 / (1.0 + exp(margin)) if margin < 500 else 0.0
        slope += prices[row] * wrong * signs[row] * x
        bend += prices[row] * wrong * (1.0 - wrong) * x * x
    return slope / max(bend, 1e-6)


def measure(weights: Weights, examples: Sequence[Example]) -> Measure:
    """How the weights do on examples; soft ones (weight below one) are not counted."""
    counts: Counter[tuple[bool, bool]] = Counter()
    for one in examples:
        if one.weight >= 1:
            said = probability(weights.score(shown(one))) >= 0.5
            counts[said, one.binds] += 1
    right = counts[True, True]
    drafted, binding = right + counts[True, False], right + counts[False, True]
    precision = right / drafted if drafted else 1.0
    recall = right / binding if binding else 1.0
    total = precision + recall
    return Measure(precision, recall, 2 * precision * recall / total if total else 0.0)
