"""Start an inspection: announced to its objects, unless it goes undercover (R-SUP-7).

Refused: a plan that is not approved, no group, a limit of frequency passed without exception.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.frequency import refuse_unexcused
from luoshi.supervision.inspections.domain.telling import tell_unit
from luoshi.supervision.inspections.domain.transitions import INSPECTION_MOVES
from luoshi.supervision.inspections.enums import InspectionState, Method, Part, PlanState
from luoshi.supervision.inspections.models import Inspection
from luoshi.supervision.matters.domain.transitions import locked, move


def start(*, inspection: Inspection, actor: Actor, at: datetime) -> Inspection:
    """Begin; the objects are told content, scope and dates, the group's people that it begins."""
    ensure(rules.may_start(actor, inspection))
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects.select_related("plan", "office"), inspection.pk)
        ensure(rules.may_start(actor, row))
        refuse_unready(row)
        move(row, InspectionState.UNDER_WAY, INSPECTION_MOVES)
        row.started_at = at
        row.save(update_fields=("state", "started_at"))
        if Method.UNDERCOVER not in row.methods:
            for one in row.objects_inspected.all():
                tell_unit(one.unit_id, announcement(row), at=at)
        people = User.objects.filter(pk__in=row.group.exclude(person=None).values("person"))
        send(summons(row), to=people, unit_id=row.office_id, at=at)
        record("inspections.started", actor=actor, at=at, obj=row)
    return row


def refuse_unready(row: Inspection) -> None:
    """Approved plan, a group with its leader, within the limits of frequency."""
    if row.plan.state != PlanState.APPROVED:
        raise Refused(
            _("Not started: the plan of the year is not approved."),
            _("Its state is now “%(state)s”.") % {"state": row.plan.get_state_display()},
            next_steps=(_("File the plan; the secretary-general approves it."),),
            source="R-CUT-6",
            code="plan-not-approved",
        )
    if not row.group.filter(part=Part.LEADER).exists():
        raise Refused(
            _("Not started: the group has no leader."),
            next_steps=(_("Name the group first."),),
            source="R-SUP-7",
            code="no-leader",
        )
    refuse_unexcused(row, _("Not started: it passes a limit of frequency."))


def summons(row: Inspection) -> Message:
    """The notice to a member of the group."""
    days = f"{row.starts_on:%Y-%m-%d} – {row.ends_on:%Y-%m-%d}"
    return Message(
        kind="inspection_group",
        title_zh=f"您是督查组成员，督查已启动（{days}），请现场记录发现：{row.title}",
        title_en=f"Your inspection has begun ({days}), record what you find: {row.title}",
        url=f"/inspections/{row.pk}/",
        key=f"inspection-group|{row.pk}",
    )


def announcement(row: Inspection) -> Message:
    """The notice to an object."""
    days = f"{row.starts_on:%Y-%m-%d} – {row.ends_on:%Y-%m-%d}"
    return Message(
        kind="inspection",
        title_zh=f"{row.office}将于{days}开展督查：{row.title}",
        title_en=f"{row.office} inspects {days}: {row.title}",
        url=f"/inspections/{row.pk}/",
        key=f"inspection|{row.pk}",
    )
