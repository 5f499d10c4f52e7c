"""Note an instruction: by the leader on a matter or report in sight, or by the office for a leader.

Changes: one `Instruction` in state noted, its attachments, a notice to those who register. Refused:
no text, a day after today, an urgent limit without amount or basis (TR-07), a leader who holds no
leading post above the office, a matter or report outside the actor's sight.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.instructions import rules
from luoshi.desks.instructions.domain.limits import reference_limit
from luoshi.desks.instructions.enums import WrittenOn
from luoshi.desks.instructions.models import Instruction
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import leaders_over, people_in
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment
from luoshi.supervision.matters import rules as matter_rules
from luoshi.supervision.matters.models import Matter, Report

OWNER = "instruction"
EARLIEST = date(2000, 1, 1)
LONGEST = 2000


@dataclass(frozen=True)
class Words:
    """What was written. `instructed_on` and `received_at` default to now; an urgent limit is
    typed with its basis (TR-07)."""

    text: str
    instructed_on: date | None = None
    received_at: datetime | None = None
    file_number: str = ""
    paper_title: str = ""
    paper_reference: str = ""
    urgent_amount: int | None = None
    urgent_unit: str = ""
    urgent_basis: str = ""


def note(
    *,
    words: Words,
    actor: Actor,
    at: datetime,
    leader_id: UUID | None = None,
    on_matter: Matter | None = None,
    on_report: Report | None = None,
    files: Sequence[tuple[str, BinaryIO]] = (),
) -> Instruction:
    """Write an instruction down; a leader's own needs no `leader_id`."""
    ensure(rules.may_note(actor))
    own = actor.role == Role.LEADER
    post = post_of(actor, None if own else leader_id, office_date(at))
    checked(words, at)
    if on_report is not None:
        on_matter = on_report.assignment.matter
    with acting(actor=actor, at=at):
        row = Instruction(
            office_id=actor.unit_id,
            leader=post.person,
            leader_name=post.person.full_name,
            leader_title=post.post.title,
            on_matter=on_matter,
            on_report=on_report,
            written_on=place(on_matter, on_report),
            noted_by_id=actor.person_id,
            noted_by_name=actor.person_name,
            noted_at=at,
            on_behalf=not own,
            **columns(words, at),
        )
        put_reference(row)
        row.save()
        for name, stream in files:
            store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=row.pk)
        after = {"text": row.text[:200], "leader": row.leader_name, "behalf": row.on_behalf}
        record("instructions.noted", actor=actor, at=at, obj=row, after=after)
        tell_office(row, at)
    return row


def post_of(actor: Actor, leader_id: UUID | None, on: date) -> Appointment:
    """The leading post whose words these are: the actor's own, or the named leader's."""
    wanted = leader_id or (actor.person_id if actor.role == Role.LEADER else None)
    found = leaders_over(actor.unit_id, on).filter(person_id=wanted).first() if wanted else None
    if found is None:
        why = _("Choose a leader who holds a leading post here or above.")
        raise Invalid(_("Not noted."), {"leader": [why]}, code="no-such-leader")
    return found


def place(matter: Matter | None, report: Report | None) -> WrittenOn:
    """What the words were written on."""
    if report is not None:
        return WrittenOn.REPORT
    return WrittenOn.MATTER if matter is not None else WrittenOn.PAPER


def checked(words: Words, at: datetime) -> None:
    """Refuse words that cannot be kept."""
    errors: dict[str, list[Text]] = {}
    texts = {"file_number": words.file_number, "urgent_basis": words.urgent_basis}
    texts |= {"paper_title": words.paper_title, "paper_reference": words.paper_reference}
    errors |= too_long(Instruction, {**texts, "text": words.text})
    if not words.text.strip():
        errors["text"] = [_("Write the words of the instruction.")]
    elif len(words.text) > LONGEST:
        errors["text"] = [_("At most 2,000 characters.")]
    day = words.instructed_on
    if day is not None and not EARLIEST <= day <= office_date(at):
        errors["instructed_on"] = [_("Give a day not after today.")]
    if words.received_at is not None and words.received_at > at:
        errors["received_on"] = [_("Give a day not after today.")]
    elif day and words.received_at and office_date(words.received_at) < day:
        errors["received_on"] = [_("It cannot be received before it was written.")]
    if words.urgent_amount is not None:
        if words.urgent_unit not in {"hours", "days"} or not 0 < words.urgent_amount <= 720:
            errors["urgent_amount"] = [_("Give the urgent limit in hours or days, at most 720.")]
        if not words.urgent_basis.strip():
            errors["urgent_basis"] = [_("Name the basis of the urgent limit (TR-07).")]
    if errors:
        raise Invalid(_("Not noted: something is missing."), errors)


def columns(words: Words, at: datetime) -> dict[str, Any]:
    """The words as columns."""
    urgent = words.urgent_amount is not None
    return {
        "text": words.text.strip(),
        "instructed_on": words.instructed_on or office_date(words.received_at or at),
        "received_at": words.received_at or at,
        "file_number": words.file_number.strip(),
        "paper_title": words.paper_title.strip(),
        "paper_reference": words.paper_reference.strip(),
        "urgent_amount": words.urgent_amount,
        "urgent_unit": words.urgent_unit if urgent else "",
        "urgent_basis": words.urgent_basis.strip() if urgent else "",
    }


def put_reference(row: Instruction) -> None:
    """Write down the limit counted from the instruction's own day, with its trace (A4)."""
    likeness = Matter(
        office_id=row.office_id,
        urgent=row.urgent_amount is not None,
        urgent_amount=row.urgent_amount,
        urgent_unit=row.urgent_unit,
        urgent_basis=row.urgent_basis,
    )
    due = reference_limit(
        matter=likeness, instructed_on=row.instructed_on, received_at=row.received_at
    )
    if due is not None:
        row.reference_due_at, row.reference_trace = due.at, due.trace.to_json()


def tell_office(row: Instruction, at: datetime) -> None:
    """A notice to those who register in the office; an urgent one does not wait for morning."""
    people = people_in(row.office_id, matter_rules.REGISTERING_ROLES, office_date(at))
    message = Message(
        kind="instruction",
        title_zh=f"{row.leader_name}批示待登记：{row.text[:80]}",
        title_en=f"Instruction of {row.leader_name} to register: {row.text[:80]}",
        url=f"/instructions/{row.pk}/",
        key=f"instruction|{row.pk}",
        urgent=row.urgent_unit == "hours",
    )
    others = [person for person in people if person.pk != row.noted_by_id]
    send(message, to=others, unit_id=row.office_id, at=at)
