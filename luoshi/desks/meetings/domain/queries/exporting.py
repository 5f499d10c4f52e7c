"""The office's sources of drafts as they are written out."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.models import SourceDocument
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column, Value


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The office's sources, the newest first, without their texts."""
    ensure(rules.may_upload(request.actor))
    rows = SourceDocument.objects.filter(office_id=request.actor.unit_id)
    return rows.defer("text", "acting").order_by("-uploaded_at", "id")


def moment(name: str) -> Value:
    """A column that writes an instant."""

    def written(row: Any, at: datetime) -> str:
        value = getattr(row, name)
        return instant_text(value, get_language() or "zh-hans") if value else ""

    return written


COLUMNS = (
    Column("title", _("Document"), lambda row, at: row.title),
    Column("reference", _("Number"), lambda row, at: row.reference),
    Column("source", _("Source"), lambda row, at: str(row.get_regime_display())),
    Column("reading", _("Reading"), lambda row, at: str(row.get_reading_display())),
    Column("by", _("Uploaded by"), lambda row, at: row.uploaded_by_name),
    Column("uploaded", _("Uploaded"), moment("uploaded_at")),
    Column("submitted", _("Submitted"), moment("submitted_at")),
)
