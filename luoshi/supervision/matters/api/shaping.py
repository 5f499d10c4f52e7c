"""Rows as the API gives them: plain dicts, so that a stored answer repeats byte for byte."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.queries.showing import duty_light
from luoshi.supervision.matters.domain.share.stages import as_rows, read
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import (
    Archiving,
    Assignment,
    Extension,
    JointOpinion,
    Matter,
    Report,
    ReportDuty,
)


def instant(at: datetime | None) -> str | None:
    """ISO 8601 with offset, or null."""
    return at.isoformat() if at else None


def unit(row: Unit) -> dict[str, str]:
    """A unit by code and short name."""
    return {"code": row.code, "name": str(row)}


def addressee(row: dict[str, str]) -> dict[str, str | None]:
    """Who gets reports or copies."""
    return {"code": row["unit"] or None, "name": row["name"]}


READ_BY_A_LINE = (
    *("number", "title", "regime", "state", "turn", "on_clock", "attention_at", "overdue_at"),
    *("last_heard_at", "late_marks", "behind_at"),
    *("office__code", "office__name", "office__short_name"),
    *("lead_unit__code", "lead_unit__name", "lead_unit__short_name"),
)


def matter_line(row: Matter, at: datetime) -> dict[str, Any]:
    """A matter in a list."""
    return {
        "id": str(row.pk),
        "number": row.number,
        "title": row.title,
        "regime": row.regime,
        "state": row.state,
        "light": row.light(at).value,
        "behind": row.behind(at),
        "turn": row.turn,
        "office": unit(row.office),
        "lead_unit": unit(row.lead_unit) if row.lead_unit else None,
        "due_at": instant(row.overdue_at),
        "last_heard_at": instant(row.last_heard_at),
        "late_marks": row.late_marks,
    }


def matter(row: Matter, at: datetime) -> dict[str, Any]:
    """A matter in full, with its shares as siblings may see them."""
    shares = row.assignments.select_related("unit").order_by("assigned_at", "pk")
    return with_shares(row, shares, at)


def with_shares(row: Matter, shares: Iterable[Assignment], at: datetime) -> dict[str, Any]:
    """A matter in full with these shares; one just drafted has none."""
    return matter_line(row, at) | {
        "content": row.content,
        "method": row.method,
        "purpose": row.purpose,
        "basis": row.basis,
        "end_on": row.end_on.isoformat() if row.end_on else None,
        "urgent": row.urgent,
        "origin": {
            "kind": row.origin_kind,
            "title": row.origin_title,
            "reference": row.origin_reference,
            "quote": row.origin_quote,
        },
        "registered_at": instant(row.registered_at),
        "assigned_at": instant(row.assigned_at),
        "ended_at": instant(row.ended_at),
        "stopped_at": instant(row.stopped_at),
        "joint_office": unit(row.joint_office) if row.joint_office else None,
        "report_to": [addressee(one) for one in row.report_to],
        "copy_to": [addressee(one) for one in row.copy_to],
        "parent_id": str(row.parent_id) if row.parent_id else None,
        "merged_into": merged_into(row),
        "revision": row.revision,
        "stages": as_rows(read(row.stages)),
        "assignments": [share_line(share, at) for share in shares],
    }


def merged_into(row: Matter) -> str | None:
    """The id of the matter this one went into."""
    merger = getattr(row, "merger", None) if row.state == MatterState.MERGED else None
    return str(merger.into_id) if merger else None


def opinion(row: JointOpinion) -> dict[str, Any]:
    """A joint unit's opinion."""
    return {
        "id": str(row.pk),
        "assignment_id": str(row.assignment_id),
        "unit": unit(row.assignment.unit),
        "lead": unit(row.lead.unit),
        "text": row.text,
        "given_by": row.given_by_name,
        "given_at": instant(row.given_at),
    }


def share_line(row: Assignment, at: datetime) -> dict[str, Any]:
    """Name, part, light."""
    light = row.light(at).value
    return {"id": str(row.pk), "unit": unit(row.unit), "part": row.part, "light": light}


def share(row: Assignment, at: datetime) -> dict[str, Any]:
    """A share with its state and clock."""
    return share_line(row, at) | {
        "matter_id": str(row.matter_id),
        "matter_number": row.matter.number,
        "matter_title": row.matter.title,
        "state": row.state,
        "turn": row.turn,
        "task": row.task,
        "courteous": row.courteous,
        "assigned_at": instant(row.assigned_at),
        "signed_at": instant(row.signed_at),
        "stopped_at": instant(row.stopped_at),
        "due_at": instant(row.overdue_at),
        "late_marks": row.late_marks,
        "returns": row.returns,
        "stages": as_rows(read(row.stages)),
        "behind_at": instant(row.behind_at),
        "planned_percent": row.planned_percent,
        "reported_percent": row.reported_percent,
    }


def duty(row: ReportDuty, at: datetime) -> dict[str, Any]:
    """A duty with its trace."""
    return {
        "id": str(row.pk),
        "assignment_id": str(row.assignment_id),
        "rule": row.rule_code,
        "period": row.period,
        "kind": row.kind,
        "title_zh": row.title_zh,
        "title_en": row.title_en,
        "content": row.content,
        "legal_basis": row.legal_basis,
        "state": row.state,
        "light": duty_light(row, at, stopped=row.assignment.stopped_at is not None).value,
        "due_at": instant(row.redo_due_at or row.due_at),
        "provisional": row.provisional,
        "submitted_at": instant(row.submitted_at),
        "late_amount": row.late_amount,
        "late_unit": row.late_unit,
        "trace": row.trace,
    }


def extension(row: Extension) -> dict[str, Any]:
    """A request for a later limit, with its decision."""
    return {
        "id": str(row.pk),
        "duty_id": str(row.duty_id),
        "state": row.state,
        "reason": row.reason,
        "limit_at": instant(row.limit_at),
        "wanted_at": instant(row.wanted_at),
        "granted_at": instant(row.granted_at),
        "asked_by": row.asked_by_name,
        "asked_at": instant(row.asked_at),
        "decided_by": row.decided_by_name,
        "decided_at": instant(row.decided_at),
        "remark": row.remark,
    }


def archiving(row: Archiving) -> dict[str, Any]:
    """An archived matter."""
    return {
        "matter_id": str(row.matter_id),
        "number": row.matter.number,
        "title": row.matter.title,
        "retention": row.retention,
        "remark": row.remark,
        "archived_by": row.archived_by_name,
        "archived_at": instant(row.archived_at),
    }


def report(row: Report) -> dict[str, Any]:
    """A report as sent, with figures and review."""
    review = getattr(row, "review", None)
    return {
        "id": str(row.pk),
        "assignment_id": str(row.assignment_id),
        "state": row.state,
        "round": row.round,
        "receipt_number": row.receipt_number,
        "final": row.final,
        "late": row.late,
        "progress": row.progress,
        "state_change": row.state_change,
        "problems": row.problems,
        "next_steps": row.next_steps,
        "summary": row.summary,
        "percent": row.percent,
        "hours": None if row.hours is None else str(row.hours),
        "submitted_at": instant(row.submitted_at),
        "corrects": str(row.corrects_id) if row.corrects_id else None,
        "signed_by_principal": row.signed_by_principal,
        "figures": [
            {
                "name": figure.name,
                "value": str(figure.value),
                "measure": figure.measure,
                "previous": None if figure.previous is None else str(figure.previous),
            }
            for figure in row.figures.all()
        ],
        "review": review
        and {
            "verdict": review.verdict,
            "reason": review.reason,
            "reviewer": review.reviewer_name,
            "reviewed_at": instant(review.reviewed_at),
            "redo_due_at": instant(review.redo_due_at),
            "evidence": review.evidence,
            "evidence_note": review.evidence_note,
            "drawn": review.drawn,
        },
    }
