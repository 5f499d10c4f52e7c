"""Say what becomes of an instruction: a matter of its own, part of a matter, or for information.

Changes: the instruction's state and key; registering drafts and registers a matter of the regime
"instruction" through the real verbs, and assigns it at once where units are named, so that the
15-day duty (TR-06) or the typed urgent limit (TR-07) follows. Refused: filed before, another
office's, an ended matter, no reason.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.instructions import rules
from luoshi.desks.instructions.enums import InstructionState
from luoshi.desks.instructions.models import Instruction
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.instructing import Carried, carry_instruction
from luoshi.supervision.matters.domain.matter.registering import approve_to_register, propose
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import MATTER_ENDED, MatterState
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Regime

KIND = "instructions"


def register(
    *,
    instruction: Instruction,
    plan: Plan,
    actor: Actor,
    at: datetime,
    shares: Sequence[Share] = (),
    despite: str = "",
) -> Matter:
    """Make the instruction a matter (S3-61…66). Where the officer registers, it is numbered, and
    assigned to `shares` if there are any; elsewhere it is proposed, with the shares kept for the
    assigning form. A similar matter refuses it until `despite` says why both are needed (R-SUP-1);
    adding the instruction to that matter is the other way (`link`)."""
    ensure(rules.may_file(actor, instruction))
    with acting(actor=actor, at=at):
        row = locked(instruction)
        ensure(rules.may_file(actor, row))
        matter = draft(
            plan=completed(row, plan, shares),
            actor=actor,
            at=at,
            origin=origin_of(row),
            instructed_by=row.leader_id,
        )
        if settings_of(row.office_id).officer_registers and actor.is_person:
            matter = approve_to_register(matter=matter, actor=actor, at=at, despite=despite)
        else:
            matter = propose(matter=matter, actor=actor, at=at, despite=despite)
        if shares and matter.state == MatterState.REGISTERED:
            assign(matter=matter, shares=shares, actor=actor, at=at)
            matter.refresh_from_db()
        file(row, InstructionState.REGISTERED, matter, actor, at)
        after = {"matter": str(matter)}
        record("instructions.registered", actor=actor, at=at, obj=row, after=after)
    return matter


def completed(row: Instruction, plan: Plan, shares: Sequence[Share]) -> Plan:
    """The plan with what the instruction itself says: regime, dates, urgent limit, units. A limit
    typed when it was noted goes before one typed with the plan (TR-07)."""
    typed = row if row.urgent_amount is not None else plan
    proposed = [
        {"unit": share.unit.short_name, "part": share.part, "task": share.task} for share in shares
    ]
    return replace(
        plan,
        regime=Regime.INSTRUCTION,
        content=plan.content.strip() or row.text,
        basis=plan.basis.strip() or row.file_number,
        anchors={**plan.anchors, "instruction": row.instructed_on.isoformat()},
        proposed_shares=proposed,
        urgent_amount=typed.urgent_amount,
        urgent_unit=typed.urgent_unit,
        urgent_basis=typed.urgent_basis,
    )


def origin_of(row: Instruction) -> Origin:
    """Where the matter says it came from."""
    return Origin(
        kind=KIND,
        title=f"{row.leader_name}同志批示",
        reference=row.file_number or row.paper_reference,
        quote=row.text,
        source_id=row.pk,
    )


def link(*, instruction: Instruction, matter: Matter, actor: Actor, at: datetime) -> Instruction:
    """Add the instruction to a matter of the office that is still open, so that one matter stays
    one file (R-SUP-1); the leader sees that matter from now on (decision 8), and its units owe the
    first report on the instruction (TR-06)."""
    ensure(rules.may_file(actor, instruction))
    if matter.office_id != instruction.office_id or matter.state in MATTER_ENDED:
        why = _("Name an open matter of your own office by its number.")
        raise Invalid(_("Not added."), {"number": [why]}, code="no-such-matter")
    with acting(actor=actor, at=at):
        row = locked(instruction)
        ensure(rules.may_file(actor, row))
        carry_instruction(matter=matter, said=carried(row), actor=actor, at=at)
        file(row, InstructionState.LINKED, matter, actor, at)
        record("instructions.linked", actor=actor, at=at, obj=row, after={"matter": str(matter)})
    return row


def carried(row: Instruction) -> Carried:
    """The instruction in the words of the matters."""
    return Carried(
        row.leader_id,
        row.leader_name,
        row.instructed_on,
        row.urgent_amount,
        row.urgent_unit,
        row.urgent_basis,
    )


def keep_for_information(
    *, instruction: Instruction, reason: str, actor: Actor, at: datetime
) -> Instruction:
    """Keep without a matter: nothing has to be done and reported back (R-SUP-2), said why."""
    ensure(rules.may_decide(actor, instruction))
    reason = reason.strip()
    if not reason or len(reason) > 300:
        why = _("Say in one line why nothing has to be done or reported back.")
        raise Invalid(_("Not kept."), {"reason": [why]})
    with acting(actor=actor, at=at):
        row = locked(instruction)
        ensure(rules.may_decide(actor, row))
        row.reason = reason
        file(row, InstructionState.KEPT, None, actor, at)
        record("instructions.kept", actor=actor, at=at, obj=row, after={"reason": reason})
    return row


def locked(instruction: Instruction) -> Instruction:
    """The instruction under lock."""
    rows = Instruction.objects.select_for_update(of=("self",)).select_related("leader")
    return rows.get(pk=instruction.pk)


def file(
    row: Instruction, state: InstructionState, matter: Matter | None, actor: Actor, at: datetime
) -> None:
    """Write what became of it, and tell the leader."""
    row.state, row.matter = state, matter
    row.filed_by_name, row.filed_at = actor.person_name, at
    row.save(update_fields=("state", "matter", "reason", "filed_by_name", "filed_at"))
    number = (matter.number or matter.title) if matter else ""
    zh = {
        InstructionState.REGISTERED: f"批示已立项督办：{number}",
        InstructionState.LINKED: f"批示已并入督办事项：{number}",
        InstructionState.KEPT: f"批示已作阅知件留存：{row.reason[:60]}",
    }
    en = {
        InstructionState.REGISTERED: f"Your instruction is registered: {number}",
        InstructionState.LINKED: f"Your instruction was added to: {number}",
        InstructionState.KEPT: f"Your instruction is kept for information: {row.reason[:60]}",
    }
    message = Message(
        kind="instruction",
        title_zh=zh[state],
        title_en=en[state],
        url=f"/instructions/{row.pk}/",
        key=f"instruction-filed|{row.pk}",
    )
    send(message, to=[row.leader], unit_id=row.office_id, at=at)
