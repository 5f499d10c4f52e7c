"""Acts of a unit that crossed what the office had done: settled by the table of `enums.RULES`,
kept, told to the office, and sent back with its word so that both sides show the same."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.exchange.kinds import Declined
from luoshi.supervision.matters.domain.telling import tell_office
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    Answer,
    ExtensionState,
    ReportState,
    StopState,
)
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Extension,
    Objection,
    Report,
)
from luoshi.supervision.mirrors.domain import columns
from luoshi.supervision.mirrors.domain.plain import put
from luoshi.supervision.mirrors.enums import (
    ENDED,
    NOT_OWED,
    OTHER,
    RULES,
    STOPPED,
    Fact,
    Outcome,
    Rule,
)
from luoshi.supervision.mirrors.models import Settlement

ACTOR = Actor.system("mirrors")
NO_LONGER = {"duty-not-open", "no-limit", "asked-late", "invalid", "nothing-owed"}


def situation(share: Assignment, refusal: Refusal | None) -> str:
    """What the unit's act met at the office."""
    if share.state not in ASSIGNMENT_OPEN:
        return ENDED
    if share.stopped_at is not None:
        return STOPPED
    return NOT_OWED if refusal is not None and refusal.code in NO_LONGER else OTHER


def rule_of(fact: Fact, found: str) -> Rule:
    """The rule of the table for an act and what it met."""
    return RULES.get((fact, found)) or RULES[(fact, OTHER)]


def settle(
    share: Assignment, said: Mapping[str, Any], rule: Rule, refusal: Refusal | None, *, at: datetime
) -> Settlement:
    """Keep how it was settled, once, with the unit's words; the office is told."""
    fact = Fact(str(said["fact"]))
    words = str(said.get("text") or said.get("reason") or said.get("progress") or "")
    row, made = Settlement.objects.get_or_create(
        assignment=share,
        fact=fact,
        fact_id=str(said["name"])[:60],
        defaults={
            "rule": rule.number,
            "outcome": rule.outcome,
            "why": str(refusal or "")[:500],
            "words": words,
            "acted_by_name": str(said.get("by", ""))[:60],
            "acted_at": datetime.fromisoformat(str(said["at"])),
            "settled_at": at,
        },
    )
    if made:
        matter = share.matter
        zh = f"{share.unit}的{fact.label}与办理情况交叉，按规则{rule.number}处理"
        en = f"An act of {share.unit} crossed one of the office: rule {rule.number}"
        tell_office(matter, kind="settled", words=(zh, en), key=row.pk, at=at, page="levels/")
        after = {"unit": str(share.unit), "rule": rule.number, "act": fact.value}
        after |= {"outcome": rule.outcome.value}
        record("mirrors.settled", actor=ACTOR, at=at, obj=matter, after=after)
    return row


def take_settlements(share: Assignment, said: Sequence[Mapping[str, Any]]) -> None:
    """How the office settled acts of this unit: the unit's own rows end accordingly."""
    for one in said:
        name, fact = str(one.get("fact_id"))[:60], str(one.get("fact"))
        if fact not in Fact.values:
            raise Declined("settlements")
        row = Settlement.objects.filter(assignment=share, fact=fact, fact_id=name).first()
        row = row or Settlement(assignment=share)
        put(row, one, columns.SETTLEMENT)
        row.save()
        if row.outcome != Outcome.STANDS:
            end_own(share, row)


def end_own(share: Assignment, row: Settlement) -> None:
    """What the unit's act became on its own side."""
    pk = row.fact_id.partition(":")[2]
    if row.fact == Fact.REPORT:
        Report.objects.filter(assignment=share, pk=pk).update(state=ReportState.FILED)
    elif row.fact == Fact.EXTENSION:
        asked = Extension.objects.filter(duty__assignment=share, pk=pk, state=ExtensionState.ASKED)
        asked.update(
            state=ExtensionState.WITHDRAWN,
            remark=row.why,
            decided_by_name=row.rule,
            decided_at=row.settled_at,
        )
    elif row.fact == Fact.STOP:
        waiting = ClockStop.objects.filter(assignment=share, pk=pk, state=StopState.ASKED)
        waiting.update(state=StopState.REFUSED, answer=row.why[:300])
    elif row.fact == Fact.OBJECTION:
        pending = Objection.objects.filter(assignment=share, pk=pk, state=Answer.PENDING)
        pending.update(state=Answer.REJECTED, answer=row.why, answered_by_name=row.rule)
        share.objected_at = None
