"""The ledger and the units' board as they are written out: rows as narrowed by the address,
columns."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text, last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.insight.figures.domain.board import board
from luoshi.insight.figures.domain.filtering import Filters
from luoshi.insight.figures.domain.ledger import matters
from luoshi.supervision.matters.domain.share.stages import behind_words
from luoshi.supervision.matters.enums import LIGHTS_WORST_FIRST, Light, Turn
from luoshi.supervision.matters.models import Matter

CHOSEN_MOST = 500


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The ledger in the reader's sight as narrowed; with `m` only the rows selected."""
    ensure(may_see_business(request.actor))
    chosen = ids(request.GET.getlist("m")[:CHOSEN_MOST])
    rows = matters(request.actor, Filters.of(request.GET), request.now, chosen)
    return (
        rows.select_related("lead_unit", "owing_unit")
        .defer("search", "seen_by", "viewers", "task_rules", "stages", "anchors", "proposed_shares")
        .order_by("overdue_at", "pk")
    )


def ids(values: list[str]) -> list[UUID]:
    """Selected ids; what is no id is dropped."""
    found = []
    for value in values:
        try:
            found.append(UUID(value))
        except ValueError:
            continue
    return found


def heard(row: Matter, at: datetime) -> str:
    """When the unit was last heard of."""
    language = get_language() or "zh-hans"
    return instant_text(row.last_heard_at, language) if row.last_heard_at else ""


def day(value: datetime | None) -> str:
    """The civil date of an instant, or nothing."""
    return office_date(value).isoformat() if value else ""


def turn_of(row: Any, at: datetime) -> str:
    """Whose turn it is, as the ledger shows it: a unit other than the lead unit by its name."""
    if row.turn == Turn.UNIT and row.owing_unit and row.owing_unit_id != row.lead_unit_id:
        return str(row.owing_unit)
    return str(row.get_turn_display())


def slipping(row: Matter, at: datetime) -> str:
    """What was planned and what is reported, of a matter behind its plan."""
    return behind_words(row, get_language() or "zh-hans") if row.behind(at) else ""


def board_rows(request: OfficeRequest) -> Lines:
    """The units of the board, worst first."""
    ensure(may_see_business(request.actor))
    return Lines(board(request.actor, request.now))


def lit(light: Light) -> Column:
    """How many shares show a light."""
    return Column(light.value, light.label, lambda row, at: getattr(row, light.value))


COLUMNS = (
    Column("light", _("Light"), lambda row, at: str(row.light(at).label)),
    Column("number", _("Number"), lambda row, at: row.number),
    Column("title", _("Matter"), lambda row, at: row.title),
    Column("source", _("Source"), lambda row, at: str(row.get_regime_display())),
    Column("lead", _("Lead unit"), lambda row, at: str(row.lead_unit or "")),
    Column("turn", _("Whose turn"), turn_of),
    Column(
        "next",
        _("Next report"),
        lambda row, at: last_day(row.overdue_at).isoformat() if row.overdue_at else "",
    ),
    Column("heard", _("Last heard"), heard),
    Column("late", _("Late"), lambda row, at: row.late_marks),
    Column("behind", _("Behind plan"), slipping, usual=False),
    Column("state", _("State"), lambda row, at: str(row.get_state_display()), usual=False),
    Column("progress", _("Progress"), lambda row, at: row.latest_progress, usual=False),
    Column("content", _("Content"), lambda row, at: row.content, usual=False),
    Column("purpose", _("Purpose"), lambda row, at: row.purpose, usual=False),
    Column("report_to", _("Reports go to"), lambda row, at: row.report_names, usual=False),
    Column("copy_to", _("Copy to"), lambda row, at: row.copy_names, usual=False),
    Column("basis", _("Basis"), lambda row, at: row.basis, usual=False),
    Column("registered", _("Registered"), lambda row, at: day(row.registered_at), usual=False),
    Column("assigned", _("Assigned"), lambda row, at: day(row.assigned_at), usual=False),
    Column("ended", _("Ended"), lambda row, at: day(row.ended_at), usual=False),
)
BOARD = (
    Column("unit", _("Unit"), lambda row, at: str(row.unit)),
    *(lit(light) for light in LIGHTS_WORST_FIRST),
    Column("behind", _("Behind plan"), lambda row, at: row.behind),
    Column("late", _("Late marks"), lambda row, at: row.late_shares),
)
