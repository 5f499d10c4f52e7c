"""The points lists in sight as they are written out, each with its figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.supervision.lists.domain.queries.progress import FIGURES, counts_by_list
from luoshi.supervision.lists.models import SupervisionPointsList
from luoshi.supervision.matters.enums import Light

WORDS = {
    "total": _("Number of points"),
    "open": _("Under way"),
    "red": Light.RED.label,
    "yellow": Light.YELLOW.label,
    "green": Light.GREEN.label,
    "grey": Light.GREY.label,
    "review": _("In review"),
    "done": _("Concluded"),
    "revoked": _("Revoked"),
    "late": _("Late"),
}


def lists_of(request: OfficeRequest) -> Lines:
    """The lists in sight, the latest year first: two queries, however many."""
    ensure(may_see_business(request.actor))
    rows = SupervisionPointsList.objects.visible_to(request.actor)
    found = list(rows.select_related("office", "joint_office").order_by("-year", "id"))
    counted = counts_by_list(found, request.actor, request.now)
    for row in found:
        row.counts = counted[row.pk]
    return Lines(found)


def figure(key: str) -> Column:
    """How many points of the list a figure counts."""

    def value(row: Any, at: Any) -> int:
        return int(row.counts[key])

    return Column(key, WORDS[key], value, usual=key in ("total", "done", "red", "yellow", "green"))


COLUMNS = (
    Column("year", _("Year"), lambda row, at: row.year),
    Column("title", _("List"), lambda row, at: row.title),
    Column("reference", _("Document number"), lambda row, at: row.reference),
    Column("office", _("Office"), lambda row, at: str(row.office)),
    Column("joint", _("Joint issuer"), lambda row, at: str(row.joint_office or "")),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column(
        "issued",
        _("Issued"),
        lambda row, at: row.issued_on.isoformat() if row.issued_on else "",
    ),
    *(figure(key) for key in FIGURES),
)
