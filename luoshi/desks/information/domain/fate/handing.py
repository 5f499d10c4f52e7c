"""Hand an item to a unit, as a request or as a matter (S2-57, features row 74).

Changes: one handing over a unit; the unit sees the item from then on and is told; its sender too.
Towards units without command relation the words are courteous (decision 9). Refused: no unit, no
words, a day that has passed, a unit that was asked and has not answered yet, a matter by who
registers none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.submitting import locked
from luoshi.desks.information.domain.items.telling import SENDERS, tell_senders
from luoshi.desks.information.enums import HandingWay
from luoshi.desks.information.models import Handover, Item, ItemInstruction
from luoshi.desks.information.models.items import SENT
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.domain.queries.relations import courteous
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.courtesy import softened
from luoshi.supervision.matters.domain.matter.drafting import Origin, Plan, draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register, propose
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import MatterState, Part
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import Regime

KIND = "item"


@dataclass(frozen=True)
class Work:
    """What is asked of which units until when; `instruction`: the leader's words it follows."""

    words: str
    units: Sequence[Unit]
    until: date | None = None
    regime: str = Regime.DOCUMENT
    instruction: ItemInstruction | None = None


def request(*, item: Item, work: Work, actor: Actor, at: datetime) -> list[Handover]:
    """Ask units to look into it."""
    ensure(rules.may_hand(actor, item))
    checked(work, at)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_hand(actor, row))
        refuse_asked(row, work)
        made = hand(row, work, None, actor, at)
        named = "、".join(str(one.unit) for one in made)
        after = {"unit": named, "text": work.words[:200]}
        record("information.requested", actor=actor, at=at, obj=row, after=after)
    return made


def make_matter(*, item: Item, work: Work, actor: Actor, at: datetime) -> Matter:
    """Make the item a matter of the office, assigned to the units, the first leading."""
    ensure(rules.may_become_matter(actor, item))
    checked(work, at, matter=True)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_become_matter(actor, row))
        matter = matter_of(row, work, actor=actor, at=at)
        after = {"matter": str(matter), "text": work.words[:200]}
        record("information.registered", actor=actor, at=at, obj=row, after=after)
    return matter


def matter_of(item: Item, work: Work, *, actor: Actor, at: datetime) -> Matter:
    """A matter through supervision's own verbs: registered and assigned where the office's officers
    register, elsewhere proposed. Part of the caller's act, which holds the item; leaves the entries
    of those verbs."""
    said = work.instruction
    shares = shares_of(work.units)
    matter = draft(
        plan=plan_of(item, work, shares, at),
        actor=actor,
        at=at,
        origin=Origin(
            kind=KIND,
            title=f"{said.leader_name}同志批示：{item.title}" if said else f"信息：{item.title}",
            reference=item.number,
            quote=work.words,
            source_id=item.pk,
        ),
        instructed_by=said.leader_id if said else None,
    )
    despite = f"由{item.number}信息转办"
    if settings_of(item.office_id).officer_registers and actor.is_person:
        matter = approve_to_register(matter=matter, actor=actor, at=at, despite=despite)
    else:
        matter = propose(matter=matter, actor=actor, at=at, despite=despite)
    if matter.state == MatterState.REGISTERED:
        assign(matter=matter, shares=shares, actor=actor, at=at)
    hand(item, work, matter, actor, at)
    return matter


def hand(
    item: Item, work: Work, matter: Matter | None, actor: Actor, at: datetime
) -> list[Handover]:
    """One row a unit; the unit sees the item and hears of it. Part of the caller's act, whose entry
    says it."""
    made, way = [], HandingWay.MATTER if matter else HandingWay.REQUEST
    for unit in work.units:
        kind = courteous(item.office, unit)
        row = Handover.objects.create(
            item=item,
            instruction=work.instruction,
            unit=unit,
            way=way,
            words=softened(work.words.strip()) if kind else work.words.strip(),
            due_on=work.until,
            matter=matter,
            on=office_date(at),
            evidence=str(matter) if matter else work.words.strip()[:500],
            noted_by_name=actor.person_name,
            noted_at=at,
        )
        made.append(row)
        if way == HandingWay.REQUEST:
            tell_unit(row, kind, at)
    marks = {SENT + unit.pk.hex for unit in work.units}
    item.viewers = [*item.viewers, *sorted(marks - set(item.viewers))]
    item.save(update_fields=("viewers",))
    names = "、".join(str(unit) for unit in work.units)
    tell_senders(item, (f"信息已转{names}办理", f"Handed to {names}"), f"handed{made[0].pk}", at=at)
    return made


def tell_unit(row: Handover, kind: bool, at: datetime) -> None:
    """A notice to those who answer for the unit."""
    head = "商请办理信息反映事项" if kind else "请办理信息反映事项"
    message = Message(
        kind="information",
        title_zh=f"{head}：{row.item.title}"[:200],
        title_en=f"Please look into: {row.item.title}"[:240],
        url=f"/information/{row.item_id}/",
        key=f"handover|{row.pk}",
    )
    people = people_in(row.unit_id, SENDERS, office_date(at))
    send(message, to=people, unit_id=row.unit_id, at=at)


def checked(work: Work, at: datetime, *, matter: bool = False) -> None:
    """Refuse work nobody can do. A `matter` has a day on which it ends as well (S2-92)."""
    errors = too_long(Handover, {"words": work.words})
    if not work.words.strip():
        errors["words"] = [_("Say what is asked of the unit.")]
    if not work.units:
        errors["units"] = [_("Name at least one unit.")]
    if work.until is not None and work.until < office_date(at):
        errors["until"] = [_("Give a day that is still to come.")]
    elif work.until is None and matter:
        errors["until"] = [_("Give the day it is to be done by.")]
    if errors:
        raise Invalid(_("Not handed over: something is missing."), errors)


def refuse_asked(item: Item, work: Work) -> None:
    """A unit that owes an answer to the first request does not get a second one."""
    rows = item.handovers.filter(way=HandingWay.REQUEST, unit__in=work.units, results=None)
    if asked := rows.select_related("unit").order_by("on").first():
        why = _("%(unit)s was asked on %(day)s and has not answered yet.")
        said = why % {"unit": asked.unit, "day": asked.on.isoformat()}
        raise Invalid(pgettext_lazy("item", "Not handed over."), {"units": [said]})


def plan_of(item: Item, work: Work, shares: Sequence[Share], at: datetime) -> Plan:
    """The matter's plan: what the item and the words say."""
    said = work.instruction
    return Plan(
        title=item.title,
        regime=work.regime,
        content=work.words,
        method="牵头单位研究办理，结果书面反馈",
        purpose="推动信息反映的问题得到解决",
        basis=item.number,
        end_on=work.until,
        anchors={"instruction": said.on.isoformat()} if said else {},
        proposed_shares=[
            {"unit": one.unit.short_name, "part": one.part, "task": one.task} for one in shares
        ],
    )


def shares_of(units: Sequence[Unit]) -> list[Share]:
    """One unit alone, several with the first leading."""
    if len(units) == 1:
        return [Share(units[0], Part.SOLE)]
    return [Share(units[0], Part.LEAD), *(Share(unit, Part.JOINT) for unit in units[1:])]
