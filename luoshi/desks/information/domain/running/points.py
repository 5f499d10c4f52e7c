"""Points of items by weights (R-INF-6), as plain numbers: the same facts and weights give the same
sheet, whoever computes it and whenever (B22). Pure.

A fact is one thing that counts once: an item issued by the own body, adopted at a level, or written
on at a level, in the month of the first time. Research counts by its percent, a merged adoption or
a merged item by its. Points are kept in hundredths, so nothing is rounded on the way.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Fact = Mapping[str, Any]
Line = dict[str, Any]
COUNTS = ("submitted", "issued", "adopted", "instructed")
KINDS = {"own": "issued", "adopted": "adopted", "instructed": "instructed"}


def points(fact: Fact, weights: Mapping[str, int]) -> int:
    """Hundredths of a point of one fact."""
    if fact["what"] == "submitted":
        return 0
    found = weights[fact["what"]] * 100
    if fact["research"]:
        found = found * weights["research-percent"] // 100
    if fact["merged"]:
        found = found * weights["merged-percent"] // 100
    return found


def sheet(facts: Iterable[Fact], weights: Mapping[str, int]) -> list[Line]:
    """Who has how many points, the most first; equal points have the same rank."""
    return ranked(added([(facts, weights)]))


def added(parts: Iterable[tuple[Iterable[Fact], Mapping[str, int]]]) -> list[Line]:
    """Everybody's points and items over several parts, each by its own weights; an item counts once
    in each column, however often it counted for points. Not ranked."""
    lines: dict[str, Line] = {}
    seen: dict[str, dict[str, set[str]]] = {}
    for facts, weights in parts:
        for fact in facts:
            line = lines.setdefault(fact["who"], blank(fact))
            line["points"] += points(fact, weights)
            seen.setdefault(fact["who"], {}).setdefault(kind_of(fact), set()).add(fact["item"])
    for who, line in lines.items():
        line |= {name: len(seen[who].get(name, ())) for name in COUNTS}
    return list(lines.values())


def kind_of(fact: Fact) -> str:
    """The column a fact counts in."""
    return KINDS.get(fact["what"].split("-")[0], "submitted")


def as_points(hundredths: int) -> str:
    """Hundredths of a point as a number without zeros that say nothing."""
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def blank(fact: Fact) -> Line:
    """A line without points."""
    return {"who": fact["who"], "name": fact["name"], "officer": fact["officer"], "points": 0}


def ranked(lines: list[Line]) -> list[Line]:
    """In order, with ranks."""
    lines.sort(key=lambda line: (-line["points"], line["name"], line["who"]))
    for place, line in enumerate(lines, 1):
        before = lines[place - 2] if place > 1 else None
        equal = before is not None and before["points"] == line["points"]
        line["rank"] = before["rank"] if before is not None and equal else place
    return lines


def moved(
    facts: Sequence[Fact], old: Mapping[str, int], new: Mapping[str, int]
) -> list[dict[str, Any]]:
    """What other weights would change: for everybody the points and rank before and after, and the
    kinds of facts that make the difference, the largest first."""
    before = {line["who"]: line for line in sheet(facts, old)}
    found = []
    for line in sheet(facts, new):
        was = before[line["who"]]
        whys: dict[str, int] = {}
        for fact in facts:
            change = points(fact, new) - points(fact, old)
            if fact["who"] == line["who"] and change:
                whys[fact["what"]] = whys.get(fact["what"], 0) + change
        found.append(
            line
            | {
                "old_points": was["points"],
                "old_rank": was["rank"],
                "moved": was["rank"] - line["rank"],
                "why": sorted(whys.items(), key=lambda pair: (-abs(pair[1]), pair[0])),
            }
        )
    return found
