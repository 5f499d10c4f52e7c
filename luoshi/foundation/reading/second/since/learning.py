"""Learn what lengths count from: for each anchor a logistic regression, it against all others."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.gate.descent import Loss, Table, minimum
from luoshi.foundation.reading.second.since.model import ANCHORS, Anchors
from luoshi.foundation.reading.second.since.signs import signs

PENALTY = 3.5
"""The price of a squared weight, halved: the same length is seen in some hundred signs."""
RARE = 5
"""A sign of fewer lengths than this is not learned."""
EXACT = 0.5
"""How near the minimum is enough (`descent`)."""
LEAST = 0.1
"""A smaller number is not kept."""


@dataclass(frozen=True)
class Counted:
    """A length of a sentence that binds, in a document that counts from `default`, and what the
    length counts from."""

    sentence: str
    start: int
    end: int
    default: str
    anchor: str


def learn(examples: Sequence[Counted]) -> Anchors:
    """The model of labelled lengths."""
    told = json.dumps([[e.sentence, e.start, e.end, e.default, e.anchor] for e in examples])
    version = hashlib.sha256(told.encode()).hexdigest()[:12]
    seen = [sorted(set(signs(e.sentence, e.start, e.end, e.default))) for e in examples]
    often = Counter(sign for found in seen for sign in found)
    names = sorted(sign for sign, count in often.items() if count >= RARE)
    table = Table.of([[(sign, 1.0) for sign in found] for found in seen], names)
    bias: dict[str, float] = {}
    values: dict[str, dict[str, float]] = defaultdict(dict)
    for anchor in ANCHORS:
        *weights, bias[anchor] = one_against_all(table, [e.anchor == anchor for e in examples])
        for sign, weight in zip(names, weights, strict=True):
            if abs(weight) >= LEAST:
                values[sign][anchor] = weight
    return Anchors(f"{len(examples)}-{version}", bias, values)


def one_against_all(table: Table, right: Sequence[bool]) -> list[float]:
    """The weights of all signs, and the bias, where some lengths count from an anchor."""
    signs_of = [1.0 if one else -1.0 for one in right]
    penalties = [PENALTY] * (len(table.columns) - 1) + [0.0]
    return minimum(Loss(table, signs_of, [1.0] * len(right), penalties), EXACT)
