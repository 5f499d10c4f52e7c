"""Counts that stand in the left bar: only what waits for the reader."""

from django.http import HttpRequest

from luoshi.supervision.matters.enums import ReportState
from luoshi.supervision.matters.models import Report


def reviews_waiting(request: HttpRequest) -> int:
    """Reports that wait for review in the reader's office."""
    unit = request.actor.unit_id  # type: ignore[attr-defined]
    return Report.objects.filter(
        state=ReportState.SUBMITTED, assignment__matter__office_id=unit
    ).count()
