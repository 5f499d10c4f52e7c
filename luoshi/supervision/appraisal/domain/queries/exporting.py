"""The appraisal as it is written out: recorded facts, facts not counted, the draft ranking, and the
rows behind a unit's draft or published score. Only units stand in it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.sheets.registry import Column, Lines
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.computing import live, shown_lines, weights_of
from luoshi.supervision.appraisal.domain.queries.asking import asked_period, version_of
from luoshi.supervision.appraisal.domain.queries.showing import lines_visible, publications_for
from luoshi.supervision.appraisal.domain.queries.trying import trial_of
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE, Line, Standing
from luoshi.supervision.appraisal.enums import FactKind, Group
from luoshi.supervision.appraisal.models import PublishedScore, RecordedFact, SetAside


def recorded(request: OfficeRequest) -> "QuerySet[Any]":
    """What the office recorded, the latest first, withdrawn ones among them."""
    ensure(rules.may_prepare(request.actor))
    rows = RecordedFact.objects.filter(office_id=request.actor.unit_id).select_related("unit")
    return rows.order_by("-happened_on", "id")


def asides(request: OfficeRequest) -> "QuerySet[Any]":
    """The facts the office does not count, the latest first."""
    ensure(rules.may_prepare(request.actor))
    rows = SetAside.objects.filter(office_id=request.actor.unit_id).select_related("unit")
    return rows.order_by("-set_at", "id")


def standings(request: OfficeRequest) -> list[Standing]:
    """The draft ranking of the period and rules the address names, as the facts stand now."""
    ensure(rules.may_prepare(request.actor))
    period, version = asked_period(request), version_of(request)
    office = Unit.objects.get(pk=request.actor.unit_id)
    return live(office, period, weights_of(version) if version else EXAMPLE, request.now)


def simulated(request: OfficeRequest) -> Lines:
    """Who moves and why under the weights of the address (B22)."""
    ensure(rules.may_prepare(request.actor))
    trial = trial_of(request)
    if trial.refusal is not None:
        raise trial.refusal
    return Lines(trial.moves)


def why(move: Any, at: datetime) -> str:
    """The kinds whose points changed, with the difference."""
    return "；".join(f"{line.label} {points:+}" for line, points in move.why)


def draft(request: OfficeRequest) -> Lines:
    """The draft ranking by groups, best first."""
    return Lines(standings(request))


def facts(request: OfficeRequest) -> Lines:
    """The rows behind a score: with `publication` the frozen ones of its `unit`, else those of the
    draft, of one `unit` where it is named."""
    key, unit = a_key(request.GET.get("publication", "")), a_key(request.GET.get("unit", ""))
    if key is None:
        found = [row for row in standings(request) if unit is None or row.unit_id == unit]
        return Lines([one for row in found for one in behind(row.name, row.lines)])
    ensure(rules.may_read(request.actor))
    publication = publications_for(request.actor).filter(pk=key).first()
    if publication is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    rows = PublishedScore.objects.filter(lines_visible(request.actor, publication))
    rows = rows.filter(publication=publication).order_by("group", "rank", "unit__sort_key")
    rows = rows.filter(unit_id=unit) if unit else rows
    return Lines([one for row in rows for one in behind(row.unit_name, shown_lines(row.lines))])


def behind(name: str, lines: list[Line]) -> list[dict[str, Any]]:
    """The rows of a unit's lines, each with its unit and kind."""
    return [dict(row, unit=name, kind=line.label) for line in lines for row in line.rows]


def what(row: dict[str, Any], at: datetime) -> str:
    """The fact in the reader's language."""
    chinese = (get_language() or "zh-hans").startswith("zh")
    return str(row["what_zh"] if chinese else row["what_en"])


def points(kind: FactKind) -> Column:
    """The points of a kind of fact."""

    def value(row: Any, at: datetime) -> float:
        return next((float(line.points) for line in row.lines if line.kind == kind), 0.0)

    return Column(kind.value, kind.label, value, usual=False)


RECORDED = (
    Column("on", _("Date"), lambda row, at: row.happened_on.isoformat()),
    Column("unit", _("Unit"), lambda row, at: str(row.unit)),
    Column("kind", _("Kind"), lambda row, at: str(row.get_kind_display())),
    Column("reason", _("What happened"), lambda row, at: row.reason),
    Column("reference", _("Document that shows it"), lambda row, at: row.reference),
    Column("by", _("Recorded by"), lambda row, at: row.recorded_by_name),
    Column("withdrawn", _("Withdrawn"), lambda row, at: row.withdrawn_by_name),
    Column("why", _("Reason"), lambda row, at: row.withdrawn_reason),
)
ASIDES = (
    Column("unit", _("Unit"), lambda row, at: str(row.unit)),
    Column("kind", _("Kind"), lambda row, at: str(row.get_kind_display())),
    Column("reason", _("Reason"), lambda row, at: row.reason),
    Column("by", _("Set aside by"), lambda row, at: row.set_by_name),
    Column("on", _("Date"), lambda row, at: office_date(row.set_at).isoformat()),
)
DRAFT = (
    Column("group", _("Group"), lambda row, at: str(Group(row.group).label)),
    Column("rank", _("Rank"), lambda row, at: row.rank),
    Column("unit", _("Unit"), lambda row, at: row.name),
    Column("base", _("Base"), lambda row, at: float(row.base)),
    Column("deducted", _("Deducted"), lambda row, at: float(row.deductions)),
    Column("added", _("Added"), lambda row, at: float(row.additions)),
    Column("score", _("Score"), lambda row, at: float(row.score)),
    Column("award", _("Award"), lambda row, at: str(_("No award")) if row.no_award else ""),
    *(points(kind) for kind in FactKind),
)
SIMULATED = (
    Column("group", _("Group"), lambda row, at: str(Group(row.after.group).label)),
    Column("rank", _("Rank"), lambda row, at: row.after.rank),
    Column("before", _("Rank before"), lambda row, at: row.before.rank),
    Column("places", _("Places gained"), lambda row, at: row.places),
    Column("unit", _("Unit"), lambda row, at: row.after.name),
    Column("score", _("Score"), lambda row, at: float(row.after.score)),
    Column("score_before", _("Score before"), lambda row, at: float(row.before.score)),
    Column("why", _("Why"), why),
)
FACTS = (
    Column("unit", _("Unit"), lambda row, at: row["unit"]),
    Column("kind", _("Kind"), lambda row, at: row["kind"]),
    Column("on", _("Date"), lambda row, at: row["on"]),
    Column("number", _("Number"), lambda row, at: row["number"]),
    Column("matter", _("Matter"), lambda row, at: row["title"]),
    Column("fact", _("Fact"), what),
)
