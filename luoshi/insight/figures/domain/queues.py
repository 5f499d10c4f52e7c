"""Counts that stand in the left bar: only what waits for the reader."""

from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.enums import Answer, ReportState
from luoshi.supervision.matters.models import Proposal, Report, owned_by


def reviews_waiting(request: OfficeRequest) -> "QuerySet[Any]":
    """Reports that wait for review in the reader's office."""
    unit = request.actor.unit_id
    return Report.objects.filter(
        owned_by(unit, "assignment__matter__"), state=ReportState.SUBMITTED
    )


def proposals_waiting(request: OfficeRequest) -> "QuerySet[Any]":
    """Proposals that wait for approval in the reader's office."""
    unit = request.actor.unit_id
    return Proposal.objects.filter(state=Answer.PENDING, matter__office_id=unit)
