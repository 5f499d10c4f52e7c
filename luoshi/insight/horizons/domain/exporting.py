"""Ledger and board as known on a date, as they are written out: the past can be handed on, too
(B19)."""

from typing import Any

from django.db.models import DateTimeField, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import last_day
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.insight.horizons.domain import past
from luoshi.insight.horizons.domain.moments import moment_of
from luoshi.supervision.matters.enums import LIGHTS_WORST_FIRST, Light


def given_of(request: OfficeRequest) -> dict[str, Any]:
    """What narrows the page and the file alike: words, a unit, ended ones."""
    name = request.GET.get("unit", "")[:60].replace("\x00", "")
    return {
        "text": request.GET.get("text", "")[:100].replace("\x00", ""),
        "ended": bool(request.GET.get("ended")),
        "unit": unit_by_name(name) if name else None,
        "share": bool(request.GET.get("share")),
    }


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The rows as known at the moment the address names; each carries the instant its light is
    for."""
    ensure(may_see_business(request.actor))
    moment, given = moment_of(request.GET, request.now), given_of(request)
    rows = past.ledger(request.actor, moment, light=request.GET.get("light", ""), **given)
    if request.GET.get("unit") and given["unit"] is None:
        rows = rows.none()
    lit = Value(moment.lit, output_field=DateTimeField())
    return rows.annotate(lit=lit).order_by(*past.ORDER)


def board_rows(request: OfficeRequest) -> Lines:
    """The units of the board as known at the moment the address names, worst first."""
    ensure(may_see_business(request.actor))
    return Lines(past.board(request.actor, moment_of(request.GET, request.now)))


def about(request: OfficeRequest) -> str:
    """The days the address names."""
    moment = moment_of(request.GET, request.now)
    days = (moment.known_on, moment.lit_on) if moment.apart else (moment.known_on,)
    return f"{_('As known on a date')} {' · '.join(day.isoformat() for day in days)}"


def lit(light: Light) -> Column:
    """How many shares showed a light."""
    return Column(light.value, light.label, lambda row, at: getattr(row, light.value))


COLUMNS = (
    Column("light", _("Light"), lambda row, at: str(row.light(row.lit).label)),
    Column("number", _("Number"), lambda row, at: row.number),
    Column("title", _("Matter"), lambda row, at: row.title),
    Column("source", _("Source"), lambda row, at: str(row.get_regime_display())),
    Column("lead", _("Lead unit"), lambda row, at: str(row.lead_unit or "")),
    Column("turn", _("Whose turn"), lambda row, at: str(row.get_turn_display())),
    Column(
        "next",
        _("Next report"),
        lambda row, at: last_day(row.overdue_at).isoformat() if row.overdue_at else "",
    ),
    Column("progress", _("Progress"), lambda row, at: row.latest_progress),
    Column("late", _("Late"), lambda row, at: row.late_marks),
    Column("state", _("State"), lambda row, at: str(row.get_state_display()), usual=False),
)
BOARD = (
    Column("unit", _("Unit"), lambda row, at: str(row.unit)),
    *(lit(light) for light in LIGHTS_WORST_FIRST),
    Column("late", _("Late marks"), lambda row, at: row.late_marks),
)
