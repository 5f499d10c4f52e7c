"""The inspections of a year as they are written out."""

import re
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.inspections.models import Inspection

YEAR = re.compile(r"20[0-9]{2}")


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The inspections in the reader's sight of the year the address names, else of this one."""
    ensure(may_see_business(request.actor))
    raw = request.GET.get("year", "")
    year = int(raw) if YEAR.fullmatch(raw) else office_date(request.now).year
    rows = Inspection.objects.visible_to(request.actor).filter(starts_on__year=year)
    rows = rows.select_related("office", "department")
    return rows.prefetch_related("objects_inspected__unit").order_by("-starts_on", "pk")


def inspected(row: Any) -> str:
    """The inspected units in one cell."""
    return "、".join(str(one.unit) for one in row.objects_inspected.all())


COLUMNS = (
    Column("starts", _("Starts on"), lambda row, at: row.starts_on.isoformat()),
    Column("ends", _("Ends on"), lambda row, at: row.ends_on.isoformat()),
    Column("title", _("Inspection"), lambda row, at: row.title),
    Column("scope", _("Scope"), lambda row, at: row.scope),
    Column("units", _("Inspected units"), lambda row, at: inspected(row)),
    Column("kind", _("Kind"), lambda row, at: str(row.get_kind_display())),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("office", _("Office"), lambda row, at: str(row.office)),
    Column("department", _("Department"), lambda row, at: str(row.department), usual=False),
    Column("content", _("Content"), lambda row, at: row.content, usual=False),
    Column("basis", _("Basis"), lambda row, at: row.basis, usual=False),
)
