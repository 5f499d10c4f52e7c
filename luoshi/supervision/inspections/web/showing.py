"""What the page of an inspection shows to each of its readers."""

from typing import Any
from uuid import UUID

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain import ending, frequency
from luoshi.supervision.inspections.domain.finding import OWNER
from luoshi.supervision.inspections.enums import SENT_OUT, InspectionState, Method, ReviewState
from luoshi.supervision.inspections.models import (
    CallingOff,
    Finding,
    FrequencyException,
    Inspection,
    Problem,
)
from luoshi.supervision.inspections.web.turns import turn_of


def inspection_context(request: OfficeRequest, row: Inspection) -> dict[str, Any]:
    """A unit sees what concerns itself: its own findings, problems and review (decision 8)."""
    actor, at = request.actor, request.now
    unit_only = actor.role in HANDLING_ROLES
    objects = list(row.objects_inspected.select_related("unit", "inspection"))
    mine = next((one for one in objects if one.unit_id == actor.unit_id), None)
    found = row.findings.select_related("unit", "problem")
    problems = Problem.objects.visible_to(actor).filter(finding__inspection=row)
    reviews = row.reviews.select_related("unit", "inspection__conclusion")
    if unit_only:
        sent = row.state in SENT_OUT
        found = found.filter(unit=actor.unit_id) if sent else found.none()
        reviews = reviews.filter(unit=actor.unit_id)
        objects = [one for one in objects if one is mine]
    listed = list(problems.select_related("unit").order_by("serial"))
    for problem in listed:
        problem.shown = problem.light(at)
    names = dict(Method.choices)
    planned = row.state == InspectionState.PLANNED
    shown = list(reviews)
    listed_findings = with_files(list(found))
    context = {
        "inspection": row,
        "methods": [names[key] for key in row.methods],
        "objects": objects,
        "mine": mine,
        "group": list(row.group.all()),
        "findings": listed_findings,
        "problems": listed,
        "reviews": [(one, bool(rules.may_decide_review(actor, one))) for one in shown],
        "open_review": any(one.state == ReviewState.ASKED for one in shown),
        "oversteps": frequency.oversteps(row) if planned and not unit_only else [],
        "unexcused": frequency.unexcused(row) if planned and not unit_only else [],
        "exception": FrequencyException.objects.filter(inspection=row).first(),
        "called_off": CallingOff.objects.filter(inspection=row).first(),
        "conclusion": getattr(row, "conclusion", None),
        "obstacles": ending.obstacles(row) if rules.may_close(actor, row) else [],
        "may": allowed(request, row, mine),
    }
    return context | {"turn": "" if unit_only else turn_of(row, context)}


def with_files(found: list[Finding]) -> list[Finding]:
    """Each finding with its photos and papers; one query for all."""
    rows = Attachment.objects.filter(owner_kind=OWNER, owner_id__in=[one.pk for one in found])
    by_finding: dict[UUID | None, list[Attachment]] = {}
    for file in rows.order_by("created_at", "pk"):
        by_finding.setdefault(file.owner_id, []).append(file)
    for one in found:
        one.files = by_finding.get(one.pk, [])  # type: ignore[attr-defined] # for the page
    return found


def allowed(request: OfficeRequest, row: Inspection, mine: Any) -> dict[str, bool]:
    """Which acts the page offers this actor now."""
    actor = request.actor
    in_time = mine is not None and (mine.review_until is None or request.now < mine.review_until)
    return {
        "change": bool(rules.may_change(actor, row)),
        "except": bool(rules.may_except(actor, row)),
        "start": bool(rules.may_start(actor, row)),
        "record": bool(rules.may_record(actor, row)),
        "conclude": bool(rules.may_conclude(actor, row, request.now)),
        "close": bool(rules.may_close(actor, row)),
        "call_off": bool(rules.may_call_off(actor, row)),
        "receive": mine is not None and bool(rules.may_receive(actor, mine)),
        "ask": in_time and bool(rules.may_ask_review(actor, mine)),
    }
