"""What the gate has learned: a number per feature. Shipped with the product, or trained on site."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SHIPPED = Path(__file__).with_name("weights.json")
VALUES = 40_000
"""As many numbers as the trainer writes at most; a longer file is none of ours."""


class BadWeights(ValueError):
    """Not a weights object: the message names the field."""


@dataclass(frozen=True)
class Weights:
    """The model: probability = 1 / (1 + exp(-(bias + Σ value·feature)))."""

    version: str
    bias: float
    values: Mapping[str, float]

    def score(self, features: Iterable[tuple[str, float]]) -> float:
        """The log-odds that a sentence with these features binds somebody."""
        known = self.values.get
        return self.bias + sum([known(name, 0.0) * x for name, x in features])

    def to_json(self) -> dict[str, Any]:
        """The object of `weights.json`, values to five places, in order of their names."""
        values = {name: round(self.values[name], 5) for name in sorted(self.values)}
        return {"version": self.version, "bias": round(self.bias, 5), "values": values}

    @classmethod
    def from_json(cls, raw: Any) -> "Weights":
        """Read such an object; raises `BadWeights` for anything else, not-a-numbers included."""
        if not isinstance(raw, dict) or not isinstance(raw.get("values"), dict):
            raise BadWeights("values")
        numbers = {"bias": raw.get("bias"), **raw["values"]}
        if len(numbers) > VALUES:
            raise BadWeights("values")
        for name, number in numbers.items():
            known = isinstance(number, int | float) and not isinstance(number, bool)
            if not known or not math.isfinite(number):
                raise BadWeights(name)
        values = {str(name): float(number) for name, number in raw["values"].items()}
        return cls(str(raw.get("version", ""))[:40], float(raw["bias"]), values)


@cache
def shipped() -> Weights:
    """The weights the product comes with."""
    return Weights.from_json(json.loads(SHIPPED.read_text(encoding="utf-8")))


def probability(log_odds: float) -> float:
    """0…1; safe for any size of the argument."""
    if log_odds >= 0:
        return 1.0 / (1.0 + math.exp(-min(log_odds, 700.0)))
    odds = math.exp(max(log_odds, -700.0))
    return odds / (1.0 + odds)
