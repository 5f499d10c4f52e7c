"""The desk's own lists as they are written out: engaged officers, topics asked for, issues, the
figures of a year, of urgent information too, scores of a month and of a year with what was counted
(features rows 55, 56, 58, 59, 61)."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.channels import officers_of, topics_for
from luoshi.desks.information.domain.queries.figures import by_unit
from luoshi.desks.information.domain.queries.items import YEAR
from luoshi.desks.information.domain.queries.scores import (
    Fact,
    a_month,
    facts_of,
    facts_seen,
    sheet_for,
    weights_of,
)
from luoshi.desks.information.domain.queries.sums import NAMES, Line, sums_of
from luoshi.desks.information.domain.queries.year import a_year, year_of
from luoshi.desks.information.domain.running.points import points, sheet
from luoshi.desks.information.enums import COUNTED
from luoshi.desks.information.models import Issue, ScoreSheet
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.sheets.registry import Column, Lines

Rows = QuerySet[Any]


def officers(request: OfficeRequest) -> Rows:
    """Whom the office has engaged, each with how many items came this year."""
    ensure(rules.may_open_desk(request.actor))
    rows = officers_of(request.actor, office_date(request.now).year)
    return rows.order_by("name", "id")


def topics(request: OfficeRequest) -> Rows:
    """The topics in sight, the newest first; only the office that asked reads how many answered."""
    ensure(rules.may_see_items(request.actor))
    return topics_for(request.actor).order_by("-made_at", "id")


def issues(request: OfficeRequest) -> Rows:
    """The office's issues, of one `series` where it is named, the newest first."""
    ensure(rules.may_see_book(request.actor))
    rows = Issue.objects.filter(series__office_id=request.actor.unit_id).select_related("series")
    series = a_key(request.GET.get("series", ""))
    rows = rows.filter(series_id=series) if series else rows
    rows = rows.annotate(items=Count("entries")).defer("content")
    return rows.order_by("-begun_at", "id")


def figures(request: OfficeRequest) -> Lines:
    """A year's lines by unit, by engaged officer and by month, and the year's."""
    ensure(rules.may_see_book(request.actor))
    asked = request.GET.get("year", "")
    year = int(asked) if YEAR.fullmatch(asked) else office_date(request.now).year
    sums = sums_of(request.actor, year)

    def told() -> Iterator[dict[str, Any]]:
        parts = (
            (_now("By unit"), sums.units),
            (_now("By engaged officer"), sums.officers),
            (_now("By month"), sums.months),
            (_now("Year"), [sums.total | {"name": str(year)}]),
        )
        for part, lines in parts:
            yield from (line | {"part": part} for line in lines)

    return Lines(list(told()))


def year_scores(request: OfficeRequest) -> Lines:
    """Both rankings as they are written out."""
    ensure(rules.may_see_book(request.actor))
    found = year_of(request.actor.unit_id, a_year(request), office_date(request.now))
    lines = [*found.ranking(officers=False), *found.ranking(officers=True)]
    return Lines([line | {"year": found.year} for line in lines])


def of(name: str) -> Any:
    """A column of a line."""
    return lambda row, at: row[name]


def what(row: Line, at: datetime) -> str:
    """Whether it is a unit or an officer."""
    return str(_("Engaged officer") if row["officer"] else _("Unit"))


def urgent_figures(request: OfficeRequest) -> Lines:
    """How fast a year's events were reported, by the unit that knew first, and the whole."""
    ensure(rules.may_see_events(request.actor))
    year = a_year(request)
    lines = by_unit(request.actor, year)
    names = ("events", "late", "missing", "false", "concealed")
    total: Line = {name: sum(line[name] for line in lines) for name in names}
    total |= {"name": _now("Total"), "of": "", "median": None}
    return Lines([line | {"year": year} for line in (*lines, total)])


def month_scores(request: OfficeRequest) -> Lines:
    """A month's points and ranks: of the published sheet that is named, else as they stand."""
    if (key := named_sheet(request)) is not None:
        row, _names = sheet_for(request.actor, key)
        return Lines([dict(line) | {"month": str(row)} for line in row.lines])
    month, facts, weights = running_month(request)
    return Lines([line | {"month": f"{month:%Y-%m}"} for line in sheet(facts, weights)])


def month_facts(request: OfficeRequest) -> Lines:
    """What gave points in that month; who submits gets what was counted of the own items."""
    if (key := named_sheet(request)) is not None:
        row, names = sheet_for(request.actor, key)
        weights: Mapping[str, int] = row.weights
        facts = row.facts if names is None else facts_seen(row, request.actor, names)
    else:
        _month, facts, weights = running_month(request)
    found = [fact for fact in facts if fact["what"] != "submitted"]
    return Lines([fact | {"points": points(fact, weights)} for fact in found])


def named_sheet(request: OfficeRequest) -> UUID | None:
    """The key of the sheet in the address, None where none is named. A key that is none is no
    sheet's: the running month is never written out in its place."""
    raw = request.GET.get("sheet", "")
    key = a_key(raw)
    if raw and key is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return key


def running_month(request: OfficeRequest) -> tuple[date, list[Fact], Mapping[str, int]]:
    """The month of the address as it stands, with the weights in force; as published, where it is:
    the page leads on to the sheet."""
    ensure(rules.may_see_book(request.actor))
    month = a_month(request.GET.get("month", ""), office_date(request.now).replace(day=1))
    kept = ScoreSheet.objects.filter(office_id=request.actor.unit_id, month=month).first()
    if kept is not None:
        return month, kept.facts, kept.weights
    return month, facts_of(request.actor.unit_id, month), weights_of(request.actor.unit_id)[1]


def day(value: date | None) -> str:
    """A civil date, or nothing."""
    return value.isoformat() if value else ""


def moment_day(value: datetime | None) -> str:
    """The civil date of an instant, or nothing."""
    return office_date(value).isoformat() if value else ""


def counted(name: str, label: Any) -> Column:
    """One of the six counts."""
    return Column(name, label, lambda row, at: row[name])


HEADS = (
    pgettext_lazy("item", "Submitted"),
    pgettext_lazy("item", "Issued"),
    _("Adopted"),
    _("Instruction"),
    _("Adopted or instructed"),
    _("With a result"),
)
OFFICERS = (
    Column("name", pgettext_lazy("person", "Name"), lambda row, at: row.name),
    Column("unit", _("Unit"), lambda row, at: str(row.unit or "")),
    Column("work", _("Work or position"), lambda row, at: row.work),
    Column("since", _("From"), lambda row, at: day(row.since)),
    Column("until", _("Until"), lambda row, at: day(row.until)),
    Column("sent", _("Submitted this year"), lambda row, at: row.sent),
    Column("quota", _("Asked a year"), lambda row, at: row.quota),
)
TOPICS = (
    Column("topic", _("Topic"), lambda row, at: row.topic),
    Column("words", _("What you want to read about it"), lambda row, at: row.words),
    Column("office", _("Asked by"), lambda row, at: str(row.office)),
    Column("asked", _("Units"), lambda row, at: row.asked_names),
    Column(
        "officers",
        _("The engaged officers as well"),
        lambda row, at: str(_("yes")) if row.officers else "",
    ),
    Column("due", _("Due"), lambda row, at: last_day(row.due_at).isoformat()),
    Column("answers", _("Answers"), lambda row, at: row.answers),
    Column("closed", _("Closed"), lambda row, at: moment_day(row.closed_at)),
)
ISSUES = (
    Column("issue", pgettext_lazy("issue", "Issue"), lambda row, at: str(row)),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("items", _("Items"), lambda row, at: row.items),
    Column("issued", pgettext_lazy("issue", "Issued"), lambda row, at: day(row.issued_on)),
    Column("signer", _("Signed by"), lambda row, at: row.signer),
)
FIGURES = (
    Column("part", _("Group"), lambda row, at: row["part"]),
    Column("name", _("Name"), lambda row, at: row["name"]),
    *(counted(name, label) for name, label in zip(NAMES, HEADS, strict=True)),
    Column("rate", _("Adoption rate"), lambda row, at: row["rate"]),
    Column("quota", _("Asked a year"), lambda row, at: row["quota"]),
)
YEAR_SCORES = (
    Column("year", _("Year"), of("year")),
    Column("what", _("Kind"), what),
    Column("rank", _("Rank"), of("rank")),
    Column("name", _("Unit or officer"), of("name")),
    Column("points", pgettext_lazy("score", "Points"), lambda row, at: row["points"] / 100),
    Column("submitted", pgettext_lazy("item", "Submitted"), of("submitted")),
    Column("issued", pgettext_lazy("item", "Issued"), of("issued")),
    Column("adopted", _("Adopted"), of("adopted")),
    Column("instructed", _("Instruction"), of("instructed")),
)
URGENT_FIGURES = (
    Column("year", _("Year"), of("year")),
    Column("unit", _("Known first by"), of("name")),
    Column("of", _("Superior"), of("of")),
    Column("events", _("Events"), of("events")),
    Column("median", _("Minutes to the first word (median)"), of("median")),
    Column("late", _("Late"), of("late")),
    Column("missing", _("Missing"), of("missing")),
    Column("false", _("False"), of("false")),
    Column("concealed", _("Concealed"), of("concealed")),
)
MONTH_SCORES = (Column("month", _("Month"), of("month")), *YEAR_SCORES[1:])
MONTH_FACTS = (
    Column("name", _("Unit or officer"), of("name")),
    Column("number", _("Number"), of("number")),
    Column("title", _("Title"), of("title")),
    Column("what", pgettext_lazy("lineage", "What"), lambda row, at: str(COUNTED[row["what"]])),
    Column("on", _("On"), of("on")),
    Column(
        "merged",
        _("merged with others"),
        lambda row, at: str(_("yes")) if row["merged"] else "",
    ),
    Column(
        "research",
        _("Drawn from research"),
        lambda row, at: str(_("yes")) if row["research"] else "",
    ),
    Column("points", pgettext_lazy("score", "Points"), lambda row, at: row["points"] / 100),
)
