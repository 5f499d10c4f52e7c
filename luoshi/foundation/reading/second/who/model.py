"""What has been learned: a number per feature for each part. Shipped with the product."""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from luoshi.foundation.reading.second.who.places import PARTS, Part, Place
from luoshi.foundation.reading.second.who.spans import LONG, NOBODY, SHORT, ends

SHIPPED = Path(__file__).with_name("model.json")
TRUST, DOUBT = 8.0, 6.0
"""What it counts that the grammar ends a name there, and that it names nobody; found on documents
nothing was learned from."""
SURE = {"lead": 20.0, "told": 14.0}
"""Where so much speaks for nobody, and the grammar too, no end is looked at."""
CLEAR = 8.0
"""Where so much more speaks for the grammar's name than for nobody, no other end is looked at."""
HOPELESS = 1.0
"""An end whose two neighbours say less than this is not looked at further."""
Numbers = Mapping[str, float]
Look = Callable[[str, float], float]
KINDS = "NKABCDE" + "anqvborkmlwg"
"""The kinds of features of `spans`: those of nobody, those of a name."""


class BadModel(ValueError):
    """Not a model object: the message names the field."""


@dataclass(frozen=True)
class Model:
    """The numbers of each part by feature; an unknown feature counts nothing."""

    version: str
    values: Mapping[Part, Numbers]

    @cached_property
    def looks(self) -> Mapping[Part, tuple[Look, ...]]:
        """By part: how to look up the characters of each kind of `KINDS`; half the price of a look
        with the kind in it."""
        made: dict[Part, dict[str, dict[str, float]]] = {part: defaultdict(dict) for part in PARTS}
        for part, numbers in self.values.items():
            for name, number in numbers.items():
                made[part][name[0]][name[1:]] = number
        return {part: tuple(table[kind].get for kind in KINDS) for part, table in made.items()}

    def end(self, text: str, place: Place, part: Part, grammar: int = NOBODY) -> int:
        """Where the name at a place ends, 0 for nobody: the end with the most for it, the first of
        equals. `grammar`: what the grammar says of the place. Adds what `spans` names."""
        start, after = place
        none, led, one, two, three, led_two, before, *of_names = self.looks[part]
        begins = text[start : start + 2]
        nobody = none("", 0.0) + led(after, 0.0) + one(begins[:1], 0.0) + two(begins, 0.0)
        nobody += three(text[start : start + 3], 0.0) + led_two(after + begins, 0.0)
        nobody += before(text[max(0, start - 2) : start] + after, 0.0)
        if grammar == NOBODY:
            if nobody >= SURE[part]:
                return NOBODY
            nobody += DOUBT
        a, n, q, v, b, o, r, k, m, size, whole, head = of_names
        headed = head(begins, 0.0)
        most, found, inside = nobody, NOBODY, 0.0
        for end in ends(text, start):
            last, follows = text[max(start, end - 2) : end], text[end : end + 2]
            near, then = last[-1], follows[:1]
            if end - start > 1:
                inside += v(last, 0.0)
            said = a(near, 0.0) + n(then, 0.0) + q(near + then, 0.0)
            if said < HOPELESS and end != grammar:
                continue
            said += b(last, 0.0) + o(follows, 0.0) + r(last + follows, 0.0)
            said += k(after + last, 0.0) + m(after + follows, 0.0)
            said += size(str(min(end - start, LONG)), 0.0) + headed + inside
            if end - start <= SHORT:
                said += whole(text[start:end], 0.0)
            if end == grammar:
                said += TRUST
                if said > nobody + CLEAR:
                    return grammar
            if said > most:
                most, found = said, end
        return found

    def to_json(self) -> dict[str, Any]:
        """The object of `model.json`: values to one place, in order of their names."""
        values = {
            part: {name: round(numbers[name], 1) for name in sorted(numbers)}
            for part, numbers in sorted(self.values.items())
        }
        return {"version": self.version, "values": values}

    @classmethod
    def from_json(cls, raw: Any) -> "Model":
        """Read such an object; raises `BadModel` for anything else, not-a-numbers included."""
        values = raw.get("values") if isinstance(raw, dict) else None
        if not isinstance(values, dict) or set(values) != set(PARTS):
            raise BadModel("values")
        for part, numbers in values.items():
            if not isinstance(numbers, dict):
                raise BadModel(part)
            for name, number in numbers.items():
                known = isinstance(number, int | float) and not isinstance(number, bool)
                if not name or not known or not math.isfinite(number):
                    raise BadModel(name)
        return cls(str(raw.get("version", ""))[:40], values)


@cache
def shipped() -> Model:
    """The model the product comes with."""
    return Model.from_json(json.loads(SHIPPED.read_text(encoding="utf-8")))
