"""The points of a list as they are written out, with the progress of each."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import last_day
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.lists.domain.queries.progress import narrowed, seen_points, with_matters
from luoshi.supervision.lists.models import ListPoint, SupervisionPointsList


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The points the reader sees of the list the address names (`list`), as its figure narrows
    them (`show`); none without a list in sight."""
    ensure(may_see_business(request.actor))
    try:
        key = UUID(request.GET.get("list", ""))
    except ValueError:
        return ListPoint.objects.none()
    found = SupervisionPointsList.objects.visible_to(request.actor).filter(pk=key).first()
    if found is None:
        return ListPoint.objects.none()
    rows = narrowed(seen_points(found, request.actor), request.GET.get("show", ""), request.now)
    return with_matters(rows).order_by("number")


def of_matter(name: str) -> Any:
    """A column of the point's matter; empty before the list is issued."""
    return lambda row, at: getattr(row.matter, name) if row.matter else ""


def units(row: Any) -> str:
    """The joint units in one cell."""
    return "、".join(str(unit) for unit in row.joint_units.all())


def light(row: Any, at: Any) -> str:
    """The light of the point's matter."""
    return str(row.matter.light(at).label) if row.matter else ""


def limit(row: Any) -> str:
    """The day of the next report."""
    found = row.matter.overdue_at if row.matter else None
    return last_day(found).isoformat() if found else ""


COLUMNS = (
    Column("number", _("No."), lambda row, at: row.number),
    Column("point", _("Point"), lambda row, at: row.text),
    Column("lead", _("Lead unit"), lambda row, at: str(row.lead_unit or "")),
    Column("joint", _("Joint units"), lambda row, at: units(row)),
    Column("matter", _("Number"), of_matter("number")),
    Column("light", _("Light"), light),
    Column("next", _("Next report"), lambda row, at: limit(row)),
    Column("progress", _("Progress"), of_matter("latest_progress")),
)
