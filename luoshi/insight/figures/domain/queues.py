"""Counts that stand in the left bar: only what waits for the reader."""

from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.enums import Answer, ExtensionState, ReportState
from luoshi.supervision.matters.models import Extension, Proposal, Report, owned_by


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


def extensions_waiting(request: OfficeRequest) -> "QuerySet[Any]":
    """Requests for a later limit that wait for a decision of the reader's office."""
    unit = request.actor.unit_id
    return Extension.objects.filter(
        state=ExtensionState.ASKED, duty__assignment__matter__office_id=unit
    )


def signatures_waiting(request: OfficeRequest) -> "QuerySet[Any]":
    """Reports of the reader's unit that wait for the principal's signature."""
    unit = request.actor.unit_id
    return Report.objects.filter(state=ReportState.SIGNING, assignment__unit_id=unit)
