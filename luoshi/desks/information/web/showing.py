"""The words of an event's row and page: its clock, its way, its hops."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.desks.information.domain.queries.clock import (
    MINUTE,
    Met,
    due_at,
    due_of,
    hops_of,
    legs_of,
    slowest,
)
from luoshi.desks.information.domain.queries.daily import days_of
from luoshi.desks.information.domain.queries.daily import due_of as day_due
from luoshi.desks.information.enums import EventState, Leg
from luoshi.desks.information.models import Event, EventReport, Passage
from luoshi.desks.information.models.urgent import DAY, nearing
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.foundation.organizations.enums import Level
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.enums import Light

DAYS = 10


def span(length: timedelta) -> str:
    """Hours and minutes: 0:47, 26:05."""
    minutes = max(length, -length) // MINUTE
    return f"{minutes // 60}:{minutes % 60:02}"


def dress(rows: Iterable[Any], at: datetime) -> None:
    """Give every row its light and what its clock says; no query."""
    for row in rows:
        row.shown = row.light(at)
        row.word = word(row)
        row.left = left(row, at)


def word(row: Event) -> str:
    """The word that goes with the light."""
    if row.state != EventState.OPEN:
        return str(row.get_state_display())
    if row.next_due_at is None and row.limits:
        return _("All limits met")
    return "" if row.next_due_at else pgettext("event", "Received")


def left(row: Event, at: datetime) -> str:
    """What is due next and how much time is left."""
    if row.state != EventState.OPEN or row.next_due_at is None:
        return ""
    leg = str(Leg(row.next_leg).label)
    rest = row.next_due_at - at
    words = _("%(span)s left: %(leg)s") if rest >= timedelta(0) else _("%(span)s over: %(leg)s")
    return words % {"leg": leg, "span": span(rest)}


def clock(row: Event, at: datetime, language: str) -> dict[str, Any]:
    """What the big clock shows: since the event, until the next limit, and how that came about."""
    due = None
    if row.next_leg == Leg.DAILY and row.next_due_at is not None:
        due = day_due(office_date(row.next_due_at), row.daily_hour)
    elif minutes := row.limits.get(row.next_leg):
        due = due_of(row.happened_at, minutes)
    running = row.state == EventState.OPEN and row.next_due_at is not None
    return {
        "passed": span(at - row.happened_at),
        "left": span(row.next_due_at - at) if running and row.next_due_at else "",
        "over": bool(running and row.next_due_at and row.next_due_at <= at),
        "running": running,
        "leg": Leg(row.next_leg).label if row.next_leg else "",
        "due_at": row.next_due_at,
        "light": row.light(at),
        "lines": lines(due.trace, language) if due else [],
    }


def levels_of(passages: list[Passage]) -> dict[str, str]:
    """The levels of who was told, by code; one query."""
    codes = {one.receiver_code for one in passages}
    return dict(Unit.objects.filter(code__in=codes).values_list("code", "level"))


def way(
    row: Event, passages: list[Passage], levels: dict[str, str], *, copy: bool
) -> dict[str, Any]:
    """The hops, each with its minutes, and the one that took longest; this office's own is none
    where it has a mere copy."""
    hops = hops_of(row, passages)
    return {"hops": hops, "slowest": slowest(hops, levels, row.office.code if copy else "")}


def legs(
    row: Event, passages: list[Passage], levels: dict[str, str], at: datetime
) -> list[dict[str, Any]]:
    """Every limit of this office: when it passes, when it was met, how late."""
    top = {code for code, level in levels.items() if level == Level.PROVINCE}
    return [
        {
            "leg": met.leg.label,
            "minutes": row.limits[met.leg],
            "due_at": due_at(row.happened_at, row.limits[met.leg]),
            "met_at": met.met_at,
            "late": met.late,
            "light": standing(met, row.limits[met.leg], at),
        }
        for met in legs_of(row, row.office.code, row.limits, passages, top)
    ]


def days(row: Event, own: list[EventReport], at: datetime) -> list[dict[str, Any]]:
    """The daily reports of a long event as limits, the newest first."""
    found = days_of(row, own)[::-1]
    return [
        {
            "leg": met.leg.label,
            "due_at": met.due_at,
            "met_at": met.met_at,
            "late": met.late,
            "light": standing(met, DAY, at),
        }
        for met in found[:DAYS]
    ]


def standing(met: Met, minutes: int, at: datetime) -> Light:
    """The light of one limit that is not met yet, as the event's own (ui.md 3)."""
    return Light.GREEN if met.met_at is not None else nearing(met.due_at, minutes, at)
