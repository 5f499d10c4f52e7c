"""The queue of reports that wait for review, as it is written out."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.matters.enums import ReportState
from luoshi.supervision.matters.models import Report
from luoshi.supervision.matters.models.scopes import owned_by


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """Reports that wait for review in one's own office, the longest first."""
    ensure(may_see_business(request.actor))
    own = owned_by(request.actor.unit_id, "assignment__matter__")
    rows = Report.objects.visible_to(request.actor).filter(own, state=ReportState.SUBMITTED)
    rows = rows.select_related("assignment__matter", "assignment__unit").prefetch_related("duties")
    return rows.defer("search", "assignment__matter__search").order_by("submitted_at", "pk")


def sent(row: Any) -> str:
    """When it was sent."""
    return instant_text(row.submitted_at, get_language() or "zh-hans")


COLUMNS = (
    Column("unit", _("Unit"), lambda row, at: str(row.assignment.unit)),
    Column("number", _("Number"), lambda row, at: row.assignment.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.assignment.matter.title),
    Column(
        "duties", _("Report"), lambda row, at: "、".join(one.title_zh for one in row.duties.all())
    ),
    Column("sent", _("Sent"), lambda row, at: sent(row)),
    Column("late", _("Late"), lambda row, at: str(_("yes")) if row.late else ""),
    Column("progress", _("Progress"), lambda row, at: row.progress, usual=False),
)
