"""Before confirming: match the columns, correct a row in place, leave rows out by choice.

Changes: the import's own rows and the office's remembered columns; no matter. Every change checks
the whole ledger again, because a number may stand twice.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.ledgers import rules
from luoshi.desks.ledgers.domain.judging import judge
from luoshi.desks.ledgers.enums import NEEDED, Field, Verdict
from luoshi.desks.ledgers.models import KnownColumn, Ledger, LedgerRow
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid

JUDGED = ("number", "title", "read", "verdict", "errors", "changes", "skipped", "edits")


def locked(ledger: Ledger) -> Ledger:
    """The import under lock."""
    return Ledger.objects.select_for_update().get(pk=ledger.pk)


def check_again(
    ledger: Ledger, *, changed: Mapping[int, LedgerRow] | None = None
) -> list[LedgerRow]:
    """Judge every row anew and save those of which the check now says something else; returns all
    of them in their order."""
    rows = list(LedgerRow.objects.filter(ledger=ledger).order_by("place"))
    rows = [(changed or {}).get(row.place, row) for row in rows]
    before = {row.pk: signature(row) for row in rows}
    judge(ledger, rows)
    touched = {row.pk for row in (changed or {}).values()}
    other = [row for row in rows if row.pk in touched or signature(row) != before[row.pk]]
    LedgerRow.objects.bulk_update(other, JUDGED, batch_size=500)
    return rows


def signature(row: LedgerRow) -> tuple[Any, ...]:
    """What the check said of a row; the next check makes new objects and leaves these alone."""
    return (row.number, row.title, row.read, row.verdict, row.errors, row.changes)


def match_columns(
    *, ledger: Ledger, fields: Mapping[int, str], actor: Actor, at: datetime
) -> Ledger:
    """Say what each column holds, and remember it for the office (`fields`: column → field or "").
    Refused: a field twice, number, matter or lead unit without a column."""
    ensure(rules.may_correct(actor, ledger))
    named = [field for field in fields.values() if field]
    errors: list[object] = []
    if any(field not in Field.values for field in named) or len(set(named)) != len(named):
        errors.append(_("Each field belongs to one column."))
    errors.extend(
        _("Say which column holds “%(field)s”.") % {"field": field.label}
        for field in NEEDED
        if field not in named
    )
    if errors:
        raise Invalid(_("Not matched."), {"columns": errors})  # type: ignore[dict-item]
    with acting(actor=actor, at=at):
        row = locked(ledger)
        ensure(rules.may_correct(actor, row))
        row.matched = {field: column for column, field in fields.items() if field}
        row.save(update_fields=("matched",))
        for column, field in fields.items():
            if column < len(row.columns) and row.columns[column]:
                KnownColumn.objects.update_or_create(
                    office_id=row.office_id,
                    heading=row.columns[column][:120],
                    defaults={"field": field},
                )
        check_again(row)
        record("ledgers.matched", actor=actor, at=at, obj=row, after=dict(row.matched))
    return row


def correct_row(
    *, ledger: Ledger, place: int, values: Mapping[str, str], actor: Actor, at: datetime
) -> LedgerRow:
    """Write other texts into a row's fields, as if the sheet had said so; of each the first 400
    characters. A row that was left out is taken in again."""
    ensure(rules.may_correct(actor, ledger))
    with acting(actor=actor, at=at):
        held = locked(ledger)
        ensure(rules.may_correct(actor, held))
        row = LedgerRow.objects.select_related("ledger").get(ledger=held, place=place)
        edits = {
            name: text.replace("\x00", "")[:400]
            for name, text in values.items()
            if name in Field.values and text != row.cell(name)
        }
        row.edits = {**row.edits, **edits}
        row.skipped = False
        check_again(held, changed={place: row})
        after = {"row": place, **edits}
        record("ledgers.edited", actor=actor, at=at, obj=held, after=after)
    return row


def skip_rows(
    *, ledger: Ledger, places: list[int] | None, skipped: bool, actor: Actor, at: datetime
) -> int:
    """Leave rows out, or take them in again; without `places` every wrong row. Returns how many."""
    ensure(rules.may_correct(actor, ledger))
    with acting(actor=actor, at=at):
        held = locked(ledger)
        ensure(rules.may_correct(actor, held))
        rows = LedgerRow.objects.filter(ledger=held).exclude(skipped=skipped)
        wanted = rows.filter(verdict=Verdict.WRONG) if places is None else rows
        wanted = wanted if places is None else wanted.filter(place__in=places)
        chosen = list(wanted.values_list("place", flat=True))
        LedgerRow.objects.filter(ledger=held, place__in=chosen).update(skipped=skipped)
        check_again(held)
        after = {"rows": chosen[:50], "count": len(chosen), "left out": skipped}
        record("ledgers.skipped", actor=actor, at=at, obj=held, after=after)
    return len(chosen)
