"""A year of scores as it was computed fact by fact in Python: what the ranking that the database
adds up is held against (R-INF-6, B22).

As a command, with the environment of a site: how many lines of every office and year were held
against each other, and which of them differ.
"""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

NAMED = ("what", "on", "row", "research", "merged")


class Part(NamedTuple):
    """Facts that count by the same weights: a published month, or all other months."""

    facts: Sequence[dict[str, Any]]
    weights: Mapping[str, int]


def parts_of(office_id: UUID | None, year: int, today: date) -> list[Part]:
    """The facts of a year: as frozen in its sheets, and as they stand."""
    from luoshi.desks.information.domain.queries import scores  # noqa: PLC0415 - after django.setup
    from luoshi.desks.information.domain.queries.counting import found_in  # noqa: PLC0415 - as above

    months = {date(year, number, 1) for number in range(1, 13)}
    past = {month for month in months if month <= today}
    found = found_in(office_id, past, unpublished=True)
    sheets = scores.sheets_of(office_id, months | scores.months_of(found))
    running = past - {sheet.month for sheet in sheets}
    parts = [Part(one.facts or [], one.weights) for one in sheets[::-1] if one.month in months]
    return [*parts, Part(scores.counted(found, sheets, running), scores.weights_of(office_id)[1])]


def ranking(parts: Sequence[Part], *, officers: bool) -> list[dict[str, Any]]:
    """Units, or engaged officers, the most points first."""
    from luoshi.desks.information.domain.running.points import (  # noqa: PLC0415 - as above
        added,
        as_points,
        ranked,
    )

    lines = [line for line in added(parts) if line["officer"] == officers]
    return [line | {"shown": as_points(line["points"])} for line in ranked(lines)]


def behind(parts: Sequence[Part], who: str, kind: str) -> list[dict[str, Any]]:
    """The items behind a number, in the order of the page: title, points and what counted."""
    from luoshi.desks.information.domain.running.points import kind_of, points  # noqa: PLC0415 - as above

    found: dict[str, dict[str, Any]] = {}
    for facts, weights in parts:
        for fact in facts:
            opened = kind_of(fact) == kind if kind else fact["what"] != "submitted"
            if fact["who"] != who or not opened:
                continue
            new = {"item": fact["item"], "number": fact["number"], "title": fact["title"]}
            row = found.setdefault(fact["item"], new | {"points": 0, "facts": []})
            row["points"] += points(fact, weights)
            named = {name: fact[name] for name in NAMED}
            row["facts"].append(named | {"points": points(fact, weights)})
    for row in found.values():
        row["facts"].sort(key=lambda fact: (fact["on"], fact["what"], fact["row"]))
    return sorted(found.values(), key=lambda row: (row["facts"][0]["on"], row["item"]))


def differences(office_id: UUID | None, year: int, today: date) -> tuple[int, list[Any]]:
    """How many lines of a year there are, and what the two computations say differently: of every
    line, and of the rows behind each fourth."""
    from luoshi.desks.information.domain.queries import year as queries  # noqa: PLC0415 - as above
    from luoshi.desks.information.domain.running.points import COUNTS  # noqa: PLC0415 - as above

    found, parts = queries.year_of(office_id, year, today), parts_of(office_id, year, today)
    lines, wrong = 0, []
    for officers in (False, True):
        was, now = ranking(parts, officers=officers), found.ranking(officers=officers)
        lines += len(now)
        wrong += [(year, one, other) for one, other in zip(was, now, strict=False) if one != other]
        wrong += [(year, len(was), len(now))] if len(was) != len(now) else []
        for line in now[::4]:
            for kind in ("", *COUNTS):
                opened = [plain(row) for row in queries.counted(found, line["who"], kind)]
                if opened != behind(parts, line["who"], kind):
                    wrong.append((year, line["who"], kind))
                if kind and len(opened) != line[kind]:
                    wrong.append((year, line["who"], kind, len(opened)))
    return lines, wrong


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row behind a number without what is only shown."""
    facts = [{name: fact[name] for name in (*NAMED, "points")} for fact in row["facts"]]
    return {name: row[name] for name in ("item", "number", "title", "points")} | {"facts": facts}


def main() -> None:
    """Every office that has items, this year and the two before it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
    import django  # noqa: PLC0415 - before the models

    django.setup()
    from luoshi.desks.information.models import Item  # noqa: PLC0415 - as above

    today = date.fromisoformat(sys.argv[1])
    lines, wrong = 0, []
    for office in Item.objects.order_by().values_list("office_id", flat=True).distinct():
        for year in range(today.year - 2, today.year + 1):
            count, differing = differences(office, year, today)
            lines, wrong = lines + count, wrong + differing
    sys.stdout.write(json.dumps({"lines": lines, "differing": [str(one) for one in wrong]}))


if __name__ == "__main__":
    main()
