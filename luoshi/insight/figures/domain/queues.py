"""Counts that stand in the left bar: only what waits for the reader."""

from typing import Any

from django.db.models import QuerySet

from luoshi.foundation.core.navigation import Reader
from luoshi.supervision.matters.enums import Answer, ExtensionState, ReportState
from luoshi.supervision.matters.models import Extension, Proposal, Report, owned_by


def reviews_waiting(reader: Reader) -> "QuerySet[Any]":
    """Reports that wait for review in the reader's office."""
    return Report.objects.filter(
        owned_by(reader.unit_id, "assignment__matter__"), state=ReportState.SUBMITTED
    )


def proposals_waiting(reader: Reader) -> "QuerySet[Any]":
    """Proposals that wait for approval in the reader's office."""
    return Proposal.objects.filter(state=Answer.PENDING, matter__office_id=reader.unit_id)


def extensions_waiting(reader: Reader) -> "QuerySet[Any]":
    """Requests for a later limit that wait for a decision of the reader's office."""
    return Extension.objects.filter(
        state=ExtensionState.ASKED, duty__assignment__matter__office_id=reader.unit_id
    )


def signatures_waiting(reader: Reader) -> "QuerySet[Any]":
    """Reports of the reader's unit that wait for the principal's signature."""
    return Report.objects.filter(state=ReportState.SIGNING, assignment__unit_id=reader.unit_id)
