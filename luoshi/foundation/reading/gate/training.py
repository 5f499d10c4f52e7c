"""Learn the weights: logistic regression with a quadratic penalty, in pure Python."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from luoshi.foundation.reading.gate.descent import EXACT, Loss, Table, minimum
from luoshi.foundation.reading.gate.features import features
from luoshi.foundation.reading.gate.weights import VALUES, Weights, probability
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units import mentions

SHIPPED = Path(__file__).with_name("examples.json")
PENALTY = 0.5
"""Half the price of a squared weight; scikit-learn's C = 1 / (2 · PENALTY)."""
RARE = 3
"""A pair of characters that stands in fewer sentences than this is not learned."""


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


Shown = list[tuple[str, float]]
"""What an example shows: names of features, each once, with their values."""


def shown(example: Example) -> Shown:
    """The features of an example, as the reader sees them."""
    times = find_times(example.sentence, example.anchor)
    who = mentions(example.sentence, None, [(t.start, t.end) for t in times])
    found = features(example.sentence, times, who, example.mode, example.anchor)
    unique = {one.name: one.value for one in found}
    return sorted(unique.items())


def train(
    examples: Sequence[Example],
    base: Sequence[Example] = (),
    *,
    exact: float = EXACT,
    seen: Sequence[Shown] = (),
) -> Weights:
    """The weights of these examples and of a base under them; the same in, the same out. `seen`:
    what base and examples show, where that is known already. Raises ValueError where all of them
    say the same: there is nothing to learn."""
    rows = [*base, *examples]
    if len({one.binds for one in rows}) < 2:
        raise ValueError("examples of both kinds are needed")
    seen = seen or [shown(one) for one in rows]
    names = vocabulary(seen)
    signs = [1.0 if one.binds else -1.0 for one in rows]
    penalties = [2 * PENALTY] * len(names) + [0.0]
    loss = Loss(Table.of(seen, names), signs, [one.weight for one in rows], penalties)
    *values, bias = minimum(loss, exact)
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
