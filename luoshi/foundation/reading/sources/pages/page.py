"""What stands on a page: runs of text with their places, ruled lines, lines and tables.

Coordinates grow to the right and downwards from the page's upper left corner as it is shown, in
the document's own unit (points for PDF, millimetres for OFD); thresholds are shares of the type
size, never absolute lengths.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

WIDE = 1.0  # a gap of one character inside a line is a gap that means something
LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True)
class Run:
    """Characters that stand close on one baseline `y`, from `x0` to `x1`, in one type size."""

    text: str
    x0: float
    x1: float
    y: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the letters."""
        return (self.x0 + self.x1) / 2, self.y - 0.35 * self.size


@dataclass(frozen=True)
class Rule:
    """A drawn line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        """Drawn from left to right."""
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True)
class Page:
    """One page; `pictured` = a picture covers a good part of it."""

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pictured: bool = False

    def to_json(self) -> dict[str, Any]:
        """For the way between two processes."""
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "Page":
        """Back from `to_json`."""
        runs = [Run(**one) for one in raw["runs"]]
        rules = [Rule(**one) for one in raw["rules"]]
        return cls(**(raw | {"runs": runs, "rules": rules}))


@dataclass
class Line:
    """Runs on one baseline, left to right. `indent` and `short` (in characters) say how far it
    begins and ends from the edges of its column; set by `joining`."""

    runs: list[Run]
    page: int = 0
    column: int = 0
    indent: float = 0.0
    short: float = 0.0

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        return max(self.runs, key=lambda run: len(run.text)).size

    @property
    def y(self) -> float:
        """The baseline of its largest letters."""
        return max(self.runs, key=lambda run: run.size).y

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return max(run.x1 for run in self.runs)

    @property
    def text(self) -> str:
        """Its words: a wide gap is an ideographic space, a narrow one between Latin letters a
        blank, any other gap nothing."""
        out = self.runs[0].text
        for before, run in zip(self.runs, self.runs[1:], strict=False):
            gap = (run.x0 - before.x1) / max(min(run.size, before.size), 0.1)
            if gap > WIDE:
                out += "\u3000"
            elif gap > 0.15 and LATIN.match(out[-1:]) and LATIN.match(run.text[:1]):
                out += " "
            out += run.text
        return out.strip()


@dataclass
class Grid:
    """A table as it stands on a page: rows of cells, merged cells repeated; `edges` are the x of
    its columns' borders."""

    rows: list[list[str]]
    x0: float
    x1: float
    y0: float
    y1: float
    edges: tuple[float, ...] = ()
    page: int = 0
    column: int = 0


def lines_of(runs: Iterable[Run], page: int = 0) -> list[Line]:
    """Runs as lines from top to bottom; raised and lowered marks stay in their line."""
    found: list[tuple[float, float, list[Run]]] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x0)):
        if found:
            y, size, held = found[-1]
            if abs(run.y - y) <= 0.5 * max(size, run.size):
                held.append(run)
                if run.size > size:
                    found[-1] = (run.y, run.size, held)
                continue
        found.append((run.y, run.size, [run]))
    return [Line(sorted(held, key=lambda run: run.x0), page) for _y, _size, held in found]
