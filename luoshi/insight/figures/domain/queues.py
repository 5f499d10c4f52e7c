"""Counts that stand in the left bar: only what waits for the reader."""

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.enums import ReportState
from luoshi.supervision.matters.models import Report


def reviews_waiting(request: OfficeRequest) -> int:
    """Reports that wait for review in the reader's office."""
    unit = request.actor.unit_id
    return Report.objects.filter(
        state=ReportState.SUBMITTED, assignment__matter__office_id=unit
    ).count()
