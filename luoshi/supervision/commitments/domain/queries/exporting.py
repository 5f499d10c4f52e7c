"""The office's recurring commitments as they are written out, each with its year."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text, last_day
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.sheets.registry import Column
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.queries import record
from luoshi.supervision.commitments.domain.rhythm import kept_rule
from luoshi.supervision.matters.enums import Light


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The office's commitments, of one light where `show` names it, the next limit first."""
    ensure(rules.may_see(request.actor))
    rows, show = record.commitments(request.actor, request.now), request.GET.get("show", "")
    rows = rows.filter(record.shown(show, request.now)) if show in Light.values else rows
    return rows.order_by(*record.ORDER)


def rhythm(row: Any, at: datetime) -> str:
    """The rhythm in words."""
    return phrase(kept_rule(record.held(row).rule), get_language() or "zh-hans")


def limit(row: Any, at: datetime) -> str:
    """The next limit, with the hour of an hour limit."""
    if row.next_due_at is None:
        return ""
    if row.next_hourly:
        return instant_text(row.next_due_at, get_language() or "zh-hans")
    return last_day(row.next_due_at).isoformat()


def counted(name: str, label: Any) -> Column:
    """A number of the year."""
    return Column(name, label, lambda row, at: record.year_of(row)[name])


COLUMNS = (
    Column("light", _("Light"), lambda row, at: str(record.light_of(row, at).label)),
    Column("title", _("Commitment"), lambda row, at: row.title),
    Column("rhythm", _("Rhythm"), rhythm),
    Column("basis", _("Basis"), lambda row, at: record.held(row).basis),
    Column("who", _("Whose turn"), lambda row, at: record.held(row).who),
    Column("next", _("Next limit"), limit),
    counted("kept", pgettext_lazy("commitment", "Kept in time")),
    counted("late", pgettext_lazy("commitment", "Kept late")),
    counted("missed", pgettext_lazy("commitment", "Missed")),
    counted("excused", pgettext_lazy("commitment", "Excused")),
)
