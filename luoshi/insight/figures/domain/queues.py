"""Counts that stand in the left bar: only what waits for the reader."""

from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.enums import ExtensionState, ReportState
from luoshi.supervision.matters.models import Extension, Report


def reviews_waiting(request: OfficeRequest) -> "QuerySet[Any]":
    """Reports that wait for review in the reader's office."""
    unit = request.actor.unit_id
    return Report.objects.filter(state=ReportState.SUBMITTED, assignment__matter__office_id=unit)


def extensions_waiting(request: OfficeRequest) -> "QuerySet[Any]":
    """Requests for a later limit that wait for a decision of the reader's office."""
    unit = request.actor.unit_id
    return Extension.objects.filter(
        state=ExtensionState.ASKED, duty__assignment__matter__office_id=unit
    )
