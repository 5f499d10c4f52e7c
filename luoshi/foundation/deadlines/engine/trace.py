"""The trace of a computed date: what an officer reads when asking how a date came about (B2).

JSON both ways; holds everything needed to compute the date again.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Step:
    """One step: `kind` is a key of `wording.SENTENCES`."""

    kind: str
    on: date
    text: str
    basis: str


@dataclass(frozen=True)
class Trace:
    """Rule, anchors, result, steps, each skipped day with the notice that made it one, the edition
    of each year that was consulted (0 = none was known), and the spans (from, to) in which the
    clock stood still."""

    rule: Mapping[str, Any]
    anchors: Mapping[str, str]
    roll: bool
    grace: int
    due: str
    steps: tuple[Step, ...]
    notices: tuple[tuple[str, str], ...]
    provision: str
    editions: Mapping[str, int] = field(default_factory=dict)
    stops: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        out = asdict(self)
        out["steps"] = [{**asdict(s), "on": s.on.isoformat()} for s in self.steps]
        out["notices"] = [list(pair) for pair in self.notices]
        out["stops"] = [list(pair) for pair in self.stops]
        return out

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> "Trace":
        """Read it back."""
        steps = tuple(
            Step(s["kind"], date.fromisoformat(s["on"]), s["text"], s["basis"])
            for s in raw["steps"]
        )
        notices = tuple((day, notice) for day, notice in raw["notices"])
        return cls(
            rule=raw["rule"],
            anchors=raw["anchors"],
            roll=raw["roll"],
            grace=raw["grace"],
            due=raw["due"],
            steps=steps,
            notices=notices,
            provision=raw["provision"],
            editions=raw.get("editions", {}),
            stops=tuple((start, end) for start, end in raw.get("stops", ())),
        )
