"""Counts that stand in the left bar: only what waits for the reader."""

from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.enums import ReportState
from luoshi.supervision.matters.models import Report


def reviews_waiting(request: OfficeRequest) -> "QuerySet[Any]":
    """Reports that wait for review in the reader's office."""
    unit = request.actor.unit_id
    return Report.objects.filter(state=ReportState.SUBMITTED, assignment__matter__office_id=unit)
