"""A leader's written words on an event become a matter with an hour limit (R-INF-4, TR-07).

Changes: the words on the event; a matter of the regime "instruction", registered and assigned
through supervision's own verbs by who may; the event holds the key to it. Refused: no words, no
leader of this office or above, no unit, a limit outside 1–72 hours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.urgent.phoning import locked
from luoshi.desks.information.models import Event, EventInstruction
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import leaders_over, people_in
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment, Unit
from luoshi.supervision.matters import rules as matter_rules
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register, propose
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import MatterState, Part
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Regime

KIND, HOURS, MOST_HOURS = "information", 24, 72
BASIS = "领导批示要求当日办理，最迟24小时（R-INF-4）"


@dataclass(frozen=True)
class Words:
    """What was written, and what follows: units, and within how many hours they answer."""

    text: str
    units: Sequence[Unit]
    hours: int = HOURS
    leader_id: UUID | None = None


def instruct(*, event: Event, words: Words, actor: Actor, at: datetime) -> EventInstruction:
    """Note the words. Who registers matters here registers them in the same act; for others they
    wait, and those who do are told at any hour."""
    ensure(rules.may_instruct(actor, event))
    post = leading_post(words, actor, at)
    checked(words)
    with acting(actor=actor, at=at):
        row = locked(event)
        ensure(rules.may_instruct(actor, row))
        made = EventInstruction.objects.create(
            event=row,
            leader=post.person,
            leader_name=post.person.full_name,
            leader_title=post.post.title,
            text=words.text.strip(),
            units=[unit.code for unit in words.units],
            hours=words.hours,
            noted_by_name=actor.person_name,
            noted_at=at,
        )
        after = {"text": made.text[:200], "reason": made.leader_name}
        record("information.noted", actor=actor, at=at, obj=row, after=after)
        if matter_rules.may_draft(actor):
            become_matter(made, row, actor=actor, at=at)
        else:
            tell_office(made, at)
    return made


def register(*, instruction: EventInstruction, actor: Actor, at: datetime) -> EventInstruction:
    """Make noted words a matter. Refused: by others, twice."""
    ensure(rules.may_register_words(actor, instruction))
    with acting(actor=actor, at=at):
        event = locked(instruction.event)
        row = EventInstruction.objects.select_for_update().get(pk=instruction.pk)
        ensure(rules.may_register_words(actor, row))
        become_matter(row, event, actor=actor, at=at)
    return row


def become_matter(made: EventInstruction, row: Event, *, actor: Actor, at: datetime) -> None:
    """A matter with its hour limit, given to the units at once where the office's officers
    register; elsewhere proposed. Part of the caller's act."""
    found = Unit.objects.in_bulk(made.units, field_name="code")
    shares = shares_of([found[code] for code in made.units if code in found])
    matter = draft(
        plan=plan_of(row, made, shares),
        actor=actor,
        at=at,
        origin=Origin(
            kind=KIND,
            title=f"{made.leader_name}同志批示：{row.title}"[:200],
            reference=row.number,
            quote=made.text,
            source_id=row.pk,
        ),
        instructed_by=made.leader_id,
    )
    despite = f"{row.number}紧急信息批示"
    if settings_of(row.office_id).officer_registers and actor.is_person:
        matter = approve_to_register(matter=matter, actor=actor, at=at, despite=despite)
    else:
        matter = propose(matter=matter, actor=actor, at=at, despite=despite)
    if matter.state == MatterState.REGISTERED:
        assign(matter=matter, shares=shares, actor=actor, at=at)
    made.matter = matter
    made.save(update_fields=("matter",))
    after = {"text": made.text[:200], "reason": made.leader_name, "matter": str(matter)}
    record("information.instructed", actor=actor, at=at, obj=row, after=after)


def tell_office(made: EventInstruction, at: datetime) -> None:
    """An urgent notice to those who register in the office."""
    event = made.event
    people = people_in(event.office_id, matter_rules.REGISTERING_ROLES, office_date(at))
    message = Message(
        kind="instruction",
        title_zh=f"{made.leader_name}对紧急信息批示待立项：{made.text[:80]}",
        title_en=f"{made.leader_name} on urgent information, to register: {made.text[:80]}",
        url=f"/urgent/{event.pk}/#instructions",
        key=f"event-instruction|{made.pk}",
        urgent=True,
    )
    send(message, to=people, unit_id=event.office_id, at=at)


def leading_post(words: Words, actor: Actor, at: datetime) -> Appointment:
    """Whose words these are: the actor's own, or those of the leader named."""
    wanted = actor.person_id if actor.role == Role.LEADER else words.leader_id
    posts = leaders_over(actor.unit_id, office_date(at))
    found = posts.filter(person_id=wanted).first() if wanted else None
    if found is None:
        why = _("Choose a leader who holds a leading post here or above.")
        raise Invalid(_("Not noted."), {"leader": [why]}, code="no-such-leader")
    return found


def checked(words: Words) -> None:
    """Refuse words that lead to nothing."""
    errors: dict[str, list[Text]] = {}
    if not words.text.strip():
        errors["text"] = [_("Write the words of the instruction.")]
    elif len(words.text) > 2000:
        errors["text"] = [_("At most 2,000 characters.")]
    if not words.units:
        errors["units"] = [_("Name at least one unit.")]
    if not 1 <= words.hours <= MOST_HOURS:
        errors["hours"] = [_("From 1 to 72 hours.")]
    if errors:
        raise Invalid(_("Not noted: something is missing."), errors)


def plan_of(event: Event, made: EventInstruction, shares: Sequence[Share]) -> Plan:
    """The matter's plan: what the event and the words say."""
    return Plan(
        title=event.title,
        regime=Regime.INSTRUCTION,
        content=made.text,
        method="按批示要求处置，结果书面反馈",
        purpose="妥善处置突发事件",
        basis=event.number,
        end_on=office_date(made.noted_at + timedelta(hours=made.hours)),
        anchors={"instruction": office_date(made.noted_at).isoformat()},
        proposed_shares=[
            {"unit": one.unit.short_name, "part": one.part, "task": one.task} for one in shares
        ],
        urgent_amount=made.hours,
        urgent_unit="hours",
        urgent_basis=BASIS,
    )


def shares_of(units: Sequence[Unit]) -> list[Share]:
    """One unit alone, several with the first leading."""
    if len(units) == 1:
        return [Share(units[0], Part.SOLE)]
    return [Share(units[0], Part.LEAD), *(Share(unit, Part.JOINT) for unit in units[1:])]
