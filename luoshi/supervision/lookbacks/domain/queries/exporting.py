"""The sample of a look-back round, and the promised dates, as they are written out."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.domain.drawing import draw
from luoshi.supervision.lookbacks.domain.queries.population import candidates_of
from luoshi.supervision.lookbacks.domain.queries.promises import promises_of
from luoshi.supervision.lookbacks.domain.queries.showing import items_of, rounds_of
from luoshi.supervision.lookbacks.enums import Finding, Ground, RoundState
from luoshi.supervision.lookbacks.models import LookBackItem, LookBackRound


def asked_round(request: OfficeRequest) -> LookBackRound | None:
    """The office's round the address names (`round`)."""
    ensure(rules.may_read(request.actor))
    key = a_key(request.GET.get("round", ""))
    found: LookBackRound | None = rounds_of(request.actor).filter(pk=key).first() if key else None
    return found


def drawn_of(request: OfficeRequest) -> Lines:
    """The sample an open round would draw, whole, in its order; a fixed one has its own rows."""
    found = asked_round(request)
    if found is None or found.state != RoundState.OPEN:
        return Lines([])
    candidates = candidates_of(found.office_id, found.year)
    return Lines(draw(candidates, seed=found.seed, percent=found.percent))


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The rows of the office's round the address names (`round`), as its number narrows them
    (`shown`)."""
    found = asked_round(request)
    if found is None:
        return LookBackItem.objects.none()
    rows = items_of(found, request.GET.get("shown", ""), request.actor.person_id)
    return rows.order_by("place", "pk")


def every_round(request: OfficeRequest) -> "QuerySet[Any]":
    """The office's rounds with their numbers, the latest year first."""
    ensure(rules.may_read(request.actor))
    return rounds_of(request.actor).order_by("-year", "id")


def number(key: str, label: Any) -> Column:
    """How many rows of a round a number counts."""
    return Column(key, label, lambda row, at: getattr(row, f"n_{key}"))


ROUNDS = (
    Column("year", _("Concluded in"), lambda row, at: row.year),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("due", _("To be fixed by"), lambda row, at: row.due_on.isoformat()),
    Column(
        "fixed",
        _("Fixed"),
        lambda row, at: office_date(row.fixed_at).isoformat() if row.fixed_at else "",
    ),
    Column("by", _("Fixed by"), lambda row, at: row.fixed_by_name),
    Column("late", _("Days late"), lambda row, at: row.late_days),
    Column("seed", _("Seed"), lambda row, at: str(row.seed)),
    Column("percent", _("Random share, per cent"), lambda row, at: row.percent),
    Column("concluded", _("Matters concluded"), lambda row, at: row.concluded),
    number("items", _("In the sample")),
    number("to_check", _("To check")),
    *(number(one.value, one.label) for one in (*Ground, *Finding)),
    number("reopened", _("Reopened")),
)


def effect(value: Any, measure: str) -> str:
    """A measured effect, or nothing."""
    return f"{value.normalize():f} {measure}".strip() if value is not None else ""


COLUMNS = (
    Column("place", _("No."), lambda row, at: row.place),
    Column("number", _("Number"), lambda row, at: row.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.matter.title),
    Column("lead", _("Lead unit"), lambda row, at: str(row.matter.lead_unit or "")),
    Column("result", _("Result"), lambda row, at: str(row.closure.get_result_display())),
    Column(
        "grounds",
        _("In the sample because"),
        lambda row, at: "、".join(str(word) for word in row.ground_words()),
    ),
    Column("checker", _("Checker"), lambda row, at: row.checker_name),
    Column("finding", _("Finding"), lambda row, at: str(row.get_finding_display())),
    Column(
        "then",
        _("Effect at conclusion"),
        lambda row, at: effect(row.closure.effect_value, row.closure.effect_measure),
    ),
    Column(
        "now", _("Effect now"), lambda row, at: effect(row.effect_value, row.closure.effect_measure)
    ),
    Column(
        "reopened",
        _("Reopened"),
        lambda row, at: row.reopening.due_on.isoformat() if row.reopening else "",
    ),
)


DRAWN = (
    Column("number", _("Number"), lambda row, at: row.candidate.number),
    Column("matter", _("Matter"), lambda row, at: row.candidate.row.matter.title),
    Column("lead", _("Lead unit"), lambda row, at: str(row.candidate.row.matter.lead_unit or "")),
    Column("result", _("Result"), lambda row, at: str(row.candidate.row.get_result_display())),
    Column("grounds", _("In the sample because"), lambda row, at: "、".join(row.words)),
    Column("digest", _("Digest"), lambda row, at: row.digest),
)


def promise_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """Promised dates of the office, the earliest first."""
    ensure(rules.may_read(request.actor))
    return promises_of(request.actor.unit_id).order_by("runs_on", "id")


def outcome(row: Any) -> str:
    """What became of a promise so far."""
    if row.kept:
        return str(_("Kept: B → A"))
    return str(_("Missed, reopened")) if getattr(row, "reopening", None) else ""


PROMISES = (
    Column("number", _("Number"), lambda row, at: row.matter.number),
    Column("matter", _("Matter"), lambda row, at: row.matter.title),
    Column("lead", _("Lead unit"), lambda row, at: str(row.matter.lead_unit or "")),
    Column("result", _("Result"), lambda row, at: str(row.get_result_display())),
    Column("promised", _("Promised by"), lambda row, at: row.runs_on.isoformat()),
    Column("outcome", _("Status"), lambda row, at: outcome(row)),
)
