"""Sources of figures, measures and conclusions as the API gives them: plain dicts."""

from typing import Any

from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.domain.report.composing import Sum
from luoshi.supervision.matters.domain.report.contents import lacking, named_figures
from luoshi.supervision.matters.domain.report.evidence import least_needed
from luoshi.supervision.matters.domain.report.signing_off import words_of
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import (
    ConclusionReport,
    Matter,
    MatterFigure,
    Report,
    RollUpRow,
)


def draft(row: Report) -> dict[str, Any]:
    """A draft with what each open duty still lacks."""
    said, named = words_of(row), named_figures(row.assignment.matter)
    duties = row.assignment.duties.filter(state__in=DUTY_AWAITING_UNIT).order_by("due_at", "pk")
    return {
        "id": str(row.pk),
        "revision": row.revision,
        "saved_at": instant(row.saved_at),
        "lacking": [
            {
                "duty_id": str(duty.pk),
                "title_zh": duty.title_zh,
                "parts": [str(part) for part in lacking(duty, said, named)],
            }
            for duty in duties
        ],
    }


def source(row: RollUpRow) -> dict[str, Any]:
    """A row of a composed figure with what its unit says by now."""
    changes = list(row.outdated.all())
    now = changes[-1].value if changes else row.value
    return {
        "report_id": str(row.source_id),
        "receipt_number": row.receipt,
        "unit": row.unit_name,
        "name": row.name,
        "value": str(row.value),
        "measure": row.measure,
        "approved_by": row.approved_by_name,
        "approved_at": instant(row.approved_at),
        "outdated": now != row.value,
        "now": None if now is None else str(now),
    }


def sources(sums: list[Sum]) -> list[dict[str, Any]]:
    """All rows, figure by figure."""
    return [source(row) for one in sums for row in one.rows]


def measures(row: Matter) -> dict[str, Any]:
    """The figures asked for and the least grade."""
    return {
        "figures": [asked(figure) for figure in row.asked_figures.all()],
        "least_evidence": row.least_evidence,
        "needed": int(least_needed(row)),
    }


def asked(row: MatterFigure) -> dict[str, Any]:
    """A figure with its target."""
    target = None if row.target is None else str(row.target)
    return {"name": row.name, "measure": row.measure, "target": target}


def conclusion(row: ConclusionReport) -> dict[str, Any]:
    """How the matter ended."""
    closure = row.closure
    struck = getattr(closure, "strike_off", None)
    return {
        "round": closure.round,
        "result": closure.result,
        "summary": closure.summary,
        "effect": closure.effect,
        "unmet": row.unmet,
        "promised_on": closure.promised_on.isoformat() if closure.promised_on else None,
        "evidence": row.evidence,
        "final_report_id": str(row.final_report_id) if row.final_report_id else None,
        "struck_off": struck.number if struck else None,
        "concluded_by": closure.concluded_by_name,
        "concluded_at": instant(closure.concluded_at),
    }
