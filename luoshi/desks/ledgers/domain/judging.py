"""Check every row of a ledger: what it says, what is wrong with it, what taking it would change.

Pure of writes: `judge` reads units and the office's earlier imports once and fills the rows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.desks.ledgers.enums import IN_FORCE, Field, LedgerState, Reason, Verdict
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.foundation.organizations.models import CollectiveName, Unit, UnitAlias
from luoshi.foundation.reading.ledgers.cells import (
    NotADate,
    names_in,
    read_date,
    read_limit,
    read_percent,
    tidy,
    title_of,
)
from luoshi.supervision.matters.domain.queries.similar import LIVING
from luoshi.supervision.matters.enums import MatterState, Part
from luoshi.supervision.matters.models import Matter

TITLE, NUMBER = 200, 40
COMPARED = ("title", "lead", "joint", "limit", "progress", "percent")
DONE = 100
YEAR_MARK = "〔"


@dataclass(frozen=True)
class Names:
    """Every name a unit goes by → its short names; ambiguous names stand for nobody."""

    units: dict[str, tuple[str, ...]]

    @classmethod
    def known(cls) -> "Names":
        """Read the names once: four queries whatever the number of rows."""
        found: dict[str, set[str]] = {}
        for name, short in Unit.objects.filter(is_active=True).values_list("name", "short_name"):
            found.setdefault(name, set()).add(short)
            found.setdefault(short, set()).add(short)
        aliases = UnitAlias.objects.filter(unit__is_active=True)
        for name, short in aliases.values_list("name", "unit__short_name"):
            found.setdefault(name, set()).add(short)
        single = {tidy(name): tuple(shorts) for name, shorts in found.items() if len(shorts) == 1}
        groups = CollectiveName.objects.filter(role_word=False).prefetch_related("members")
        for group in groups:
            members = tuple(unit.short_name for unit in group.members.all() if unit.is_active)
            single.setdefault(tidy(group.name), members)
        return cls(single)


def earlier(ledger: Ledger) -> dict[str, LedgerRow]:
    """Number → the row of an import in force of the same office and year, newest first."""
    rows = LedgerRow.objects.filter(
        ledger__office_id=ledger.office_id,
        ledger__year=ledger.year,
        ledger__state__in=IN_FORCE,
        matter__isnull=False,
    ).exclude(ledger_id=ledger.pk)
    rows = rows.select_related("matter", "ledger").defer("matter__search", "cells")
    return {row.number: row for row in rows.order_by("ledger__confirmed_at", "place")}


def own_numbers(ledger: Ledger, rows: Sequence[LedgerRow]) -> set[str]:
    """The rows' numbers that the office has given itself: a number is never given twice. Only
    numbers with the year in brackets are asked for, as the office gives no others."""
    numbers = {row.number for row in rows if YEAR_MARK in row.number}
    given = Matter.objects.filter(office_id=ledger.office_id, serial__isnull=False)
    return set(given.filter(number__in=numbers).values_list("number", flat=True))


def own_titles(ledger: Ledger, rows: Sequence[LedgerRow]) -> dict[str, str]:
    """The rows' titles that a living matter of the office has already → its number: shown, not
    refused, as the one who takes the ledger over knows it (R-SUP-1: one matter, one file)."""
    titles = {row.title for row in rows if row.title}
    living = Matter.objects.filter(office_id=ledger.office_id, state__in=LIVING)
    found = living.filter(title__in=titles).exclude(origin_id=ledger.pk)
    return dict(found.order_by("created_at").values_list("title", "number"))


def judge(ledger: Ledger, rows: Sequence[LedgerRow]) -> None:
    """Fill what the check says into the rows, in their order."""
    names, before = Names.known(), earlier(ledger)
    titled = {row.title: row.read.get("like", "") for row in rows}
    for row in rows:
        row.ledger = ledger
        read_row(row, names)
    if ledger.state == LedgerState.CHECKED:
        titled = own_titles(ledger, rows)
    taken = own_numbers(ledger, rows)
    seen: dict[str, int] = {}
    for row in rows:
        row.read["like"] = titled.get(row.title, "") if row.number not in before else ""
        if row.number in taken and not row.skipped:
            error(row, Reason.TAKEN, Field.NUMBER, row.number)
        if row.number and row.number in seen and not row.skipped:
            error(row, Reason.DUPLICATE, Field.NUMBER, row.number, same_as=seen[row.number])
        elif row.number and not row.skipped:
            seen[row.number] = row.place
        row.changes = []
        if row.errors:
            row.verdict = Verdict.WRONG
        elif row.number in before:
            compare(row, before[row.number])
        else:
            row.verdict = Verdict.NEW


def error(row: LedgerRow, reason: Reason, field: Field, value: str, **more: Any) -> None:
    """Note one fault of a row."""
    row.errors.append({"reason": reason.value, "field": field.value, "value": value[:80], **more})


def read_row(row: LedgerRow, names: Names) -> None:
    """Read the cells of one row."""
    row.errors, row.read = [], {}
    row.number = tidy(row.cell(Field.NUMBER))
    row.title = title_of(row.cell(Field.TITLE))
    if not row.number:
        error(row, Reason.MISSING_NUMBER, Field.NUMBER, "")
    if not row.title:
        error(row, Reason.MISSING_TITLE, Field.TITLE, "")
    for name, text, most in (
        (Field.NUMBER, row.number, NUMBER),
        (Field.TITLE, row.title, TITLE),
    ):
        if len(text) > most:
            error(row, Reason.TOO_LONG, name, text)
    row.number, row.title = row.number[:NUMBER], row.title[:300]
    read_units(row, names)
    read_days(row)
    percent = read_percent(row.cell(Field.PERCENT))
    row.read |= {
        "percent": percent,
        "progress": title_of(row.cell(Field.PROGRESS))[:140],
        "source": title_of(row.cell(Field.SOURCE))[:120],
        "contact": tidy(row.cell(Field.CONTACT))[:60],
        "remark": title_of(row.cell(Field.REMARK))[:300],
        "done": percent == DONE,
    }


def read_units(row: LedgerRow, names: Names) -> None:
    """Lead and joint units; a collective name stands for its members."""
    for field in (Field.LEAD, Field.JOINT):
        found: list[str] = []
        for name in names_in(row.cell(field)):
            known = names.units.get(name, ())
            found.extend(short for short in known if short not in found)
            if not known:
                error(row, Reason.UNKNOWN_UNIT, field, name)
        row.read[field.value] = found
    if not tidy(row.cell(Field.LEAD)):
        error(row, Reason.MISSING_UNIT, Field.LEAD, "")
    leads = row.read["lead"]
    row.read["joint"] = [name for name in row.read["joint"] if name not in leads]


def read_days(row: LedgerRow) -> None:
    """The day of assigning and the limit; words that name no day stay words."""
    row.read |= {"assigned": None, "limit": tidy(row.cell(Field.LIMIT))[:80], "rules": []}
    row.read |= {"day": None, "standing": False}
    try:
        assigned = read_date(row.cell(Field.ASSIGNED))
        row.read["assigned"] = assigned.isoformat() if assigned else None
    except NotADate as wrong:
        error(row, Reason.INVALID_DATE, Field.ASSIGNED, str(wrong))
    try:
        limit = read_limit(row.cell(Field.LIMIT))
    except NotADate as wrong:
        error(row, Reason.INVALID_DATE, Field.LIMIT, str(wrong))
        return
    row.read |= {"rules": list(limit.rules), "standing": limit.standing}
    row.read["day"] = limit.day.isoformat() if limit.day else None
    if limit.day:
        row.read["limit"] = limit.day.isoformat()


def compare(row: LedgerRow, known: LedgerRow) -> None:
    """A number that was taken over before: unchanged, or changed with before and after. Only what
    nothing was done with since can change; the rest is under way on its own page."""
    row.verdict = Verdict.SAME
    matter = known.matter
    if matter is None or matter.state != MatterState.REGISTERED:
        return
    if matter.revision != known.revision:
        return
    now, then = told(row), told(known)
    row.changes = [[name, then[name], now[name]] for name in COMPARED if now[name] != then[name]]
    if row.changes:
        row.verdict = Verdict.CHANGED


def told(row: LedgerRow) -> dict[str, Any]:
    """What is compared between two imports."""
    read = row.read
    plain = {name: read.get(name) for name in ("limit", "progress", "percent")}
    units = {name: "、".join(read.get(name) or []) for name in ("lead", "joint")}
    return {"title": row.title} | units | plain


def shares_of(read: dict[str, Any]) -> list[dict[str, str]]:
    """The units of a row as rows of the assigning form."""
    leads, joint = read["lead"], read["joint"]
    if len(leads) == 1:
        first = Part.LEAD if joint else Part.SOLE
        pairs = [(leads[0], first), *((name, Part.JOINT) for name in joint)]
    else:
        pairs = [(name, Part.SEPARATE) for name in [*leads, *joint]]
    return [{"unit": name, "part": part.value, "task": ""} for name, part in pairs]


def counted(rows: Iterable[LedgerRow]) -> dict[str, int]:
    """How many rows there are of each verdict, those left out apart."""
    found = dict.fromkeys((*Verdict.values, "skipped"), 0)
    for row in rows:
        found["skipped" if row.skipped else row.verdict] += 1
    return found
