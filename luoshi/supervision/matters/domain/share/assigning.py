"""Assign a registered matter to units (交办): slips, duties with computed dates, notices.

Changes: shares, their duties, state and clock of the matter. Refused: an incomplete plan (S2-92),
no unit, a unit twice, more than one lead, the assigning office itself, words of command to a unit
that may only be asked (S2-90).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.domain.queries.relations import courteous
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.courtesy import softened
from luoshi.supervision.matters.domain.duty.scheduling import make_duties
from luoshi.supervision.matters.domain.queries.burden import burden_of, rules_asked
from luoshi.supervision.matters.domain.share.summarising import hold_units, refresh
from luoshi.supervision.matters.domain.share.widening import widen
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES, locked, move
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, MatterState, Part
from luoshi.supervision.matters.models import Assignment, Matter, Reopening
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


@dataclass(frozen=True)
class Share:
    """A unit's part in a matter."""

    unit: Unit
    part: str
    task: str = ""


def assign(
    *, matter: Matter, shares: Sequence[Share], actor: Actor, at: datetime
) -> list[Assignment]:
    """Assign shares; may be called again to add units, beside whom a sole unit leads or handles its
    own part. After a reopening the new shares belong to
    its round: they owe the report on putting things right (B9)."""
    ensure(rules.may_assign(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_assign(actor, matter))
        widened = widen(matter, [share.part for share in shares], at=at)
        refuse_bad(matter, shares)
        refuse_unfounded(matter, at)
        begin(matter, at)
        hold_units({share.unit.pk for share in shares} | ({widened.unit_id} if widened else set()))
        last = matter.reopenings.order_by("-reopened_at").first()
        made = [hand_over(matter, share, at, reopening=last) for share in shares]
        if widened is not None:
            refresh(widened, at=at)
        told = made if widened is None else [widened, *made]
        after = {"units": [f"{row.unit} ({row.part})" for row in told]}
        record("matters.assigned", actor=actor, at=at, obj=matter, after=after)
    return made


def begin(matter: Matter, at: datetime) -> None:
    """A registered matter is assigned from now on, and so is the whole it is a part of."""
    if matter.state != MatterState.REGISTERED:
        return
    move(matter, MatterState.ASSIGNED, MATTER_MOVES)
    matter.assigned_at = at
    matter.save(update_fields=("state", "assigned_at"))
    if matter.parent_id is not None:
        begin(locked(Matter.objects, matter.parent_id), at)


def polite(matter: Matter, unit: Unit) -> bool:
    """Whether the unit gets a courteous request (商请): neither the office nor its joint office may
    command it (decision 9, S2-90)."""
    offices = [matter.office] + ([matter.joint_office] if matter.joint_office else [])
    return all(courteous(office, unit) for office in offices)


def refuse_bad(matter: Matter, shares: Sequence[Share]) -> None:
    """Refuse shares that contradict each other or what is there."""
    errors: list[object] = []
    units = [share.unit.pk for share in shares]
    there = Assignment.objects.filter(matter=matter, state__in=ASSIGNMENT_OPEN)
    if not shares:
        errors.append(_("Name at least one handling unit."))
    if len(set(units)) != len(units) or there.filter(unit__in=units).exists():
        errors.append(_("A unit stands twice."))
    if matter.office_id in units:
        errors.append(_("The assigning office cannot be its own handling unit."))
    parts = [share.part for share in shares] + list(there.values_list("part", flat=True))
    if parts.count(Part.LEAD) > 1:
        errors.append(_("There is one lead unit; the others are joint."))
    if Part.SOLE in parts and len(parts) > 1:
        errors.append(_("Sole handling allows one unit only."))
    if Part.JOINT in parts and Part.LEAD not in parts:
        errors.append(_("Joint units need a lead unit."))
    if any(part not in Part.values for part in parts):
        errors.append(_("Choose lead, joint, separate or sole."))
    errors.extend(
        _("%(unit)s is asked, not ordered: write “%(text)s”.")
        % {"unit": share.unit, "text": softened(share.task)}
        for share in shares
        if softened(share.task) != share.task and polite(matter, share.unit)
    )
    for share in shares:
        found = too_long(Assignment, {"task": share.task.strip()}).get("task", [])
        errors.extend(f"{share.unit}: {one}" for one in found)
    if errors:
        raise Invalid(_("Not assigned."), {"shares": errors})  # type: ignore[dict-item]


def refuse_unfounded(matter: Matter, at: datetime) -> None:
    """Reduction mode (R-CUT-3, A25): where the office set it, no report without a basis."""
    if not settings_of(matter.office_id).reduction_mode:
        return
    lines = burden_of(rules_asked(matter, office_date(at)), 1).unfounded
    if lines:
        raise Refused(
            _("Not assigned: a report would be asked without a basis."),
            _("Reduction mode: %(titles)s") % {"titles": "、".join(one.title_zh for one in lines)},
            next_steps=(_("Write the basis into the plan, or drop the report."),),
            source="R-CUT-3",
            code="no-basis",
        )


def refuse_closed(unit: Unit) -> None:
    """A closed unit gets no slip; asked anew under the unit's lock, so that no merger is missed."""
    if Unit.objects.filter(pk=unit.pk, is_active=True).exists():
        return
    raise Refused(
        _("Not assigned: %(unit)s is closed.") % {"unit": unit},
        next_steps=(_("Name its successor."),),
        code="unit-closed",
    )


def hand_over(
    matter: Matter, share: Share, at: datetime, *, reopening: Reopening | None = None
) -> Assignment:
    """One slip: the share, its duties, and a notice to the unit's liaisons."""
    refuse_closed(share.unit)
    row = Assignment.objects.create(
        matter=matter,
        unit=share.unit,
        part=share.part,
        task=share.task.strip(),
        courteous=polite(matter, share.unit),
        assigned_at=at,
        reopening=reopening,
    )
    make_duties(row, on=office_date(at))
    refresh(row, at=at)
    word_zh = "商请办理" if row.courteous else "重新交办" if reopening else "交办"
    word_en = "Courteous request" if row.courteous else "Reopened" if reopening else "Assigned"
    message = Message(
        kind="assigned",
        title_zh=f"{word_zh}：{matter.number} {matter.title}",
        title_en=f"{word_en}: {matter.number} {matter.title}",
        url=f"/matters/{matter.pk}/",
        key=f"assigned|{row.pk}",
    )
    people = people_in(share.unit.pk, HANDLING_ROLES, office_date(at))
    send(message, to=people, unit_id=share.unit.pk, at=at)
    return row
