"""Close an inspection whose problems are struck off, or call off one that does not take place."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.transitions import INSPECTION_MOVES
from luoshi.supervision.inspections.enums import PROBLEM_ENDED, InspectionState, ReviewState
from luoshi.supervision.inspections.models import CallingOff, Inspection, Problem
from luoshi.supervision.matters.domain.transitions import locked, move


def obstacles(inspection: Inspection) -> list[Refused]:
    """What still stands before closing: receipts, open problems, undecided reviews."""
    found = []
    unsigned = inspection.objects_inspected.filter(received_at=None).select_related("unit")
    problems = Problem.objects.filter(finding__inspection=inspection)
    left = problems.exclude(state__in=PROBLEM_ENDED).count()
    if unsigned:
        found.append(
            Refused(
                _("Not closed: the conclusion is not signed for everywhere."),
                "、".join(str(one.unit) for one in unsigned),
                source="R-SUP-7",
                code="not-received",
            )
        )
    if left:
        found.append(
            Refused(
                ngettext_lazy(
                    "Not closed: %(count)d problem is not struck off.",
                    "Not closed: %(count)d problems are not struck off.",
                    left,
                )
                % {"count": left},
                next_steps=(_("Check the rectification and strike them off first."),),
                source="S2-92",
                code="problems-open",
            )
        )
    if inspection.reviews.filter(state=ReviewState.ASKED).exists():
        found.append(
            Refused(
                _("Not closed: a review of the conclusion is not decided."),
                source="R-SUP-7",
                code="review-open",
            )
        )
    return found


def close(*, inspection: Inspection, remark: str, actor: Actor, at: datetime) -> Inspection:
    """End an inspection with a remark on its effect."""
    ensure(rules.may_close(actor, inspection))
    if not remark.strip() or len(remark) > 5000:
        raise Invalid(_("Not closed."), {"remark": [_("Say what the inspection brought.")]})
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects, inspection.pk)
        ensure(rules.may_close(actor, row))
        for obstacle in obstacles(row)[:1]:
            raise obstacle
        move(row, InspectionState.CLOSED, INSPECTION_MOVES)
        row.ended_at, row.closing_remark = at, remark.strip()
        row.save(update_fields=("state", "ended_at", "closing_remark"))
        after = {"reason": row.closing_remark}
        record("inspections.closed", actor=actor, at=at, obj=row, after=after)
    return row


def call_off(*, inspection: Inspection, reason: str, actor: Actor, at: datetime) -> Inspection:
    """Call it off with the reason; it counts no longer for the limits of frequency."""
    ensure(rules.may_call_off(actor, inspection))
    if not reason.strip() or len(reason) > 300:
        text = _("Give the reason in at most 300 characters.")
        raise Invalid(_("Not called off."), {"reason": [text]})
    with acting(actor=actor, at=at):
        row = locked(Inspection.objects, inspection.pk)
        ensure(rules.may_call_off(actor, row))
        move(row, InspectionState.CALLED_OFF, INSPECTION_MOVES)
        row.ended_at = at
        row.save(update_fields=("state", "ended_at"))
        CallingOff.objects.create(
            inspection=row,
            reason=reason.strip(),
            called_off_by_name=actor.person_name,
            called_off_at=at,
        )
        after = {"reason": reason.strip()}
        record("inspections.called_off", actor=actor, at=at, obj=row, after=after)
    return row
