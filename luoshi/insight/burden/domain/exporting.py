"""The burden ledger as it is written out: units, duties and reports behind a number, meetings."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.insight.burden import rules
from luoshi.insight.burden.domain.ledger import by_unit, chosen, chosen_reports
from luoshi.insight.burden.domain.meetings import asked_meetings
from luoshi.insight.burden.domain.narrowing import kind_of, span_of, unit_of
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def unit_rows(request: OfficeRequest) -> Lines:
    """The ledger by unit, the heaviest first."""
    actor = request.actor
    ensure(rules.may_see_burden(actor))
    settings = settings_of(actor.unit_id)  # type: ignore[arg-type]
    return Lines(by_unit(actor, span_of(request), settings.report_cap))


def duty_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The duties a number counts."""
    actor = request.actor
    ensure(rules.may_see_burden(actor))
    rule, sent = request.GET.get("rule", ""), bool(request.GET.get("sent"))
    rows = chosen(actor, span_of(request), unit_id=unit_of(request), rule=rule, sent=sent)
    return rows.order_by("counted_at", "id")


def report_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The reports a number counts."""
    actor = request.actor
    ensure(rules.may_see_burden(actor))
    span, unit = span_of(request), unit_of(request)
    rows = chosen_reports(actor, span, kind=kind_of(request) or "reports", unit_id=unit)
    return rows.order_by("submitted_at", "id")


def meeting_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The meetings of the span."""
    ensure(rules.may_see_burden(request.actor))
    rows = asked_meetings(request.actor, span_of(request), unit_of(request))
    return rows.order_by("-on", "id")


def hours_text(row: Any, at: Any) -> str:
    """Hours as stated, or nothing."""
    return "" if row.hours is None else f"{row.hours.normalize():f}"


UNITS = (
    Column("unit", _("Unit"), lambda row, at: row.key[1]),
    Column("asked", _("Owed"), lambda row, at: row.asked),
    Column("sent", _("Answered"), lambda row, at: row.sent),
    Column("saved", _("Saved"), lambda row, at: row.saved),
    Column("tables", _("Tables"), lambda row, at: row.tables),
    Column("characters", _("Characters"), lambda row, at: row.characters),
    Column("hours", _("Hours stated"), lambda row, at: f"{row.hours.normalize():f}"),
    Column("told", _("Reports that stated hours"), lambda row, at: row.told),
    Column("meetings", _("Meetings"), lambda row, at: row.meetings),
    Column("over", _("over the cap"), lambda row, at: str(_("yes")) if row.over else ""),
)
DUTIES = (
    Column("number", _("Number"), lambda row, at: row.assignment.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.assignment.matter.title),
    Column("unit", _("Unit"), lambda row, at: str(row.assignment.unit)),
    Column("report", _("Report"), lambda row, at: row.title_zh),
    Column("rule", _("Rule"), lambda row, at: row.rule_code),
    Column("basis", _("Basis"), lambda row, at: row.legal_basis),
    Column("due", _("Due"), lambda row, at: last_day(row.due_at).isoformat() if row.due_at else ""),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
)
REPORTS = (
    Column("number", _("Number"), lambda row, at: row.assignment.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.assignment.matter.title),
    Column("unit", _("Unit"), lambda row, at: str(row.assignment.unit)),
    Column("receipt", _("Receipt"), lambda row, at: row.receipt_number),
    Column("sent", _("Sent"), lambda row, at: office_date(row.submitted_at).isoformat()),
    Column("duties", _("Report duties"), lambda row, at: row.met),
    Column("tables", _("Tables"), lambda row, at: int(row.tabled)),
    Column("characters", _("Characters"), lambda row, at: row.long),
    Column("hours", _("Hours of writing"), hours_text),
)
MEETINGS = (
    Column("on", _("Date"), lambda row, at: row.on.isoformat()),
    Column("title", _("Meeting"), lambda row, at: row.title),
    Column("office", _("Asked by"), lambda row, at: str(row.office)),
    Column("basis", _("Basis"), lambda row, at: row.basis),
    Column("attends", _("Who comes"), lambda row, at: str(row.get_attends_display())),
    Column("units", _("Units"), lambda row, at: row.asked),
    Column("minutes", _("Minutes"), lambda row, at: row.minutes),
    Column("called_off", _("Called off"), lambda row, at: row.called_off_reason),
)
