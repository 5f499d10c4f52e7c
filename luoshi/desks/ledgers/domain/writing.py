"""Confirm a checked ledger and take its rows over: every row or none, in one transaction.

Changes: one registered matter per new row, with its number as the ledger writes it, its plan, its
limit and its units as proposed shares; changed rows are planned anew. Nothing is assigned: that is
an act of its own (`domain.assigning`), and until then the whole import can be undone. Refused:
wrong rows that are neither corrected nor left out, no method or purpose (S2-92).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.ledgers import rules
from luoshi.desks.ledgers.domain.correcting import check_again, locked
from luoshi.desks.ledgers.domain.judging import earlier, shares_of
from luoshi.desks.ledgers.enums import LedgerState, Verdict
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.copying import copy_in, many_rows, set_values
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters.domain.indexing import vector_text, words_of
from luoshi.supervision.matters.domain.matter.drafting import Plan, columns, replan
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.enums import Regime

KIND = "ledgers"
ASIDE = 500
WRITES = (Verdict.NEW, Verdict.CHANGED)


@dataclass(frozen=True)
class Terms:
    """What holds for every row: source, method, purpose (S2-92)."""

    regime: str
    method: str
    purpose: str


def confirm(*, ledger: Ledger, terms: Terms, actor: Actor, at: datetime) -> Ledger:
    """Say that the checked rows shall be taken over. The work stands as a row from now on; up to
    500 rows are written at once, more by the worker (`write`)."""
    ensure(rules.may_confirm(actor, ledger))
    errors: dict[str, list[Text]] = {}
    if terms.regime not in Regime.values:
        errors["regime"] = [_("Choose one of the listed sources.")]
    for name in ("method", "purpose"):
        if not getattr(terms, name).strip() or len(getattr(terms, name)) > 2000:
            errors[name] = [_("A plan comes first: give it in one line for all rows.")]
    if errors:
        raise Invalid(_("Not taken over."), errors)
    with acting(actor=actor, at=at):
        row = locked(ledger)
        ensure(rules.may_confirm(actor, row))
        refuse_wrong(row)
        row.regime, row.method, row.purpose = terms.regime, terms.method, terms.purpose
        row.state, row.started_at, row.done = LedgerState.WRITING, at, 0
        row.total = to_write(row).count()
        row.acting = actor.kept()
        row.confirmed_by_name, row.confirmed_at = actor.person_name, at
        row.save()
        record("ledgers.confirmed", actor=actor, at=at, obj=row, after={"rows": row.total})
        if row.total <= ASIDE:
            return write(ledger=row, at=at)
    return row


def refuse_wrong(ledger: Ledger) -> None:
    """Wrong rows are corrected in place or left out by choice, never dropped in silence."""
    wrong = LedgerRow.objects.filter(ledger=ledger, verdict=Verdict.WRONG, skipped=False).count()
    if wrong:
        raise Refused(
            _("Not taken over: %(n)d row(s) are wrong.") % {"n": wrong},
            next_steps=(_("Correct them in place, or leave them out by choice."),),
            code="rows-wrong",
        )
    if not to_write(ledger).exists():
        raise Refused(
            _("Not taken over: no row is new or changed."),
            next_steps=(_("Upload a ledger with new rows."),),
            code="nothing-new",
        )


def to_write(ledger: Ledger) -> Any:
    """The rows taking over would write."""
    rows = LedgerRow.objects.filter(ledger=ledger, skipped=False)
    return rows.filter(verdict__in=WRITES)


def write(*, ledger: Ledger, at: datetime) -> Ledger:
    """Take the confirmed rows over; every one or none. Killed in the middle, nothing of it is there
    and it starts again; run twice, the second run finds nothing to do."""
    actor = Actor.again(ledger.acting)
    with many_rows(), acting(actor=actor, at=at):
        held = locked(ledger)
        if held.state != LedgerState.WRITING:
            return held
        checked = check_again(held)
        refuse_wrong(held)
        rows = [row for row in checked if not row.skipped and row.verdict in WRITES]
        new = [row for row in rows if row.verdict == Verdict.NEW]
        made = [matter_of(held, row, actor, at) for row in new]
        copy_in(made)
        if new:
            pairs = [(row.pk, one.pk) for row, one in zip(new, made, strict=True)]
            set_values(LedgerRow, "matter", pairs)
        for row, matter in zip(new, made, strict=True):
            after = {"ledger": held.title, "row": row.place}
            record("ledgers.taken", actor=actor, at=at, obj=matter, after=after)
        plan_anew(held, [row for row in rows if row.verdict == Verdict.CHANGED], actor, at)
        held.state, held.done = LedgerState.WRITTEN, len(rows)
        held.save(update_fields=("state", "done"))
        record("ledgers.written", actor=actor, at=at, obj=held, after={"rows": len(rows)})
    return held


def plan_of(ledger: Ledger, row: LedgerRow) -> Plan:
    """A row's plan. A limit in words without a date leaves the end open: nobody guesses it."""
    read = row.read
    day = date.fromisoformat(read["day"]) if read["day"] else None
    start = read["assigned"] or office_date(ledger.uploaded_at).isoformat()
    rules_ = [] if read["standing"] else read["rules"]
    limit = f"\n时限：{read['limit']}" if read["limit"] and not read["day"] else ""
    source = f"\n来源：{read['source']}" if read["source"] else ""
    remark = f"\n备注：{read['remark']}" if read["remark"] else ""
    end = day or (date(ledger.year, 12, 31) if read["standing"] else None)
    return Plan(
        title=row.title,
        regime=ledger.regime,
        content=f"{row.title}{limit}{source}{remark}",
        method=ledger.method,
        purpose=ledger.purpose,
        basis=ledger.title[:200],
        end_on=end,
        task_rules=rules_,
        anchors={"issue": start, "document": f"{ledger.year}-01-01"},
        proposed_shares=shares_of(read),
    )


def matter_of(ledger: Ledger, row: LedgerRow, actor: Actor, at: datetime) -> Matter:
    """A new row as a registered matter, not saved yet."""
    quote = " ｜ ".join(cell.strip() for cell in row.cells if cell.strip())
    matter = Matter(
        office_id=ledger.office_id,
        number=row.number,
        state=MatterState.REGISTERED,
        latest_progress=progress_of(row.read),
        origin_kind=KIND,
        origin_title=ledger.title[:200],
        origin_reference=f"{ledger.sheet} {row.place}"[:80],
        origin_quote=quote,
        origin_start=row.place,
        origin_id=ledger.pk,
        created_by_id=actor.person_id,
        created_at=at,
        registered_at=at,
        **columns(plan_of(ledger, row)),
    )
    matter.search = vector_text(*words_of(matter))
    return matter


def progress_of(read: dict[str, Any]) -> str:
    """What the ledger says of the progress, in one line."""
    percent = f"{read['percent']}%" if read["percent"] is not None else ""
    return " ".join(part for part in (read["progress"], percent) if part)[:160]


def plan_anew(ledger: Ledger, rows: Sequence[LedgerRow], actor: Actor, at: datetime) -> None:
    """Bring the matters of earlier rows to what the ledger says now."""
    known = earlier(ledger) if rows else {}
    for row in rows:
        matter: Any = known[row.number].matter
        row.ledger = ledger
        bring_to(row, matter, actor, at)


def bring_to(row: LedgerRow, matter: Matter, actor: Actor, at: datetime) -> None:
    """Bring an earlier row's matter to what `row` says; the row knows what it left behind."""
    planned = replan(
        matter=matter,
        plan=plan_of(row.ledger, row),
        revision=matter.revision,
        actor=actor,
        at=at,
    )
    Matter.objects.filter(pk=matter.pk).update(latest_progress=progress_of(row.read))
    LedgerRow.objects.filter(pk=row.pk).update(matter=matter, revision=planned.revision)
