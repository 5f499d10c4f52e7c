"""What has been learned: by sign, a number for each anchor. Shipped with the product."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("model.json")
TRUST = 2.8
"""What it counts (in log-odds) that the grammar says so; found on documents nothing was learned
from."""
ANCHORS = ("receipt", "event", "completion", "meeting", "issue")
"""What is learned: the other anchors are said in words of their own."""


class BadAnchors(ValueError):
    """Not a model object: the message names the field."""


@dataclass(frozen=True)
class Anchors:
    """By anchor its bias, and by sign a number for each anchor: log-odds. An unknown sign counts
    nothing."""

    version: str
    bias: Mapping[str, float]
    values: Mapping[str, Mapping[str, float]]

    def anchor(self, seen: Iterable[str], grammar: str, others: Iterable[str]) -> str:
        """What has the most for it of the grammar's anchor and the others it may have taken for
        it; the grammar's where nothing was learned of it, and of equals."""
        if grammar not in self.bias:
            return grammar
        totals = {anchor: self.bias[anchor] for anchor in (grammar, *others)}
        totals[grammar] += TRUST
        for sign in set(seen):
            for anchor, number in self.values.get(sign, {}).items():
                if anchor in totals:
                    totals[anchor] += number
        return max(totals, key=totals.__getitem__)

    def to_json(self) -> dict[str, Any]:
        """The object of `model.json`: numbers to two places, in order of their names."""
        values = {sign: rounded(numbers) for sign, numbers in sorted(self.values.items())}
        return {"version": self.version, "bias": rounded(self.bias), "values": values}

    @classmethod
    def from_json(cls, raw: Any) -> "Anchors":
        """Read such an object; raises `BadAnchors` for anything else, not-a-numbers included."""
        values = raw.get("values") if isinstance(raw, dict) else None
        if not isinstance(values, dict):
            raise BadAnchors("values")
        if not numbers_of(raw.get("bias")) or set(raw["bias"]) != set(ANCHORS):
            raise BadAnchors("bias")
        for sign, numbers in values.items():
            if not numbers_of(numbers):
                raise BadAnchors(sign)
        return cls(str(raw.get("version", ""))[:40], raw["bias"], values)


def rounded(numbers: Mapping[str, float]) -> dict[str, float]:
    """Numbers to two places."""
    return {anchor: round(numbers[anchor], 2) for anchor in sorted(numbers)}


def numbers_of(raw: Any) -> bool:
    """Whether it is a number for each of some anchors."""
    if not isinstance(raw, dict) or not set(raw) <= set(ANCHORS):
        return False
    known = (isinstance(one, int | float) and not isinstance(one, bool) for one in raw.values())
    return all(known) and all(math.isfinite(one) for one in raw.values())


NOTHING = Anchors("nothing", dict.fromkeys(ANCHORS, 0.0), {})
"""A model that has learned nothing: what the grammar says holds."""


@cache
def shipped() -> Anchors:
    """The model the product comes with."""
    return Anchors.from_json(json.loads(SHIPPED.read_text(encoding="utf-8")))
