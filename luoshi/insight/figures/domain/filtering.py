"""What narrows the ledger: every part is a word of the URL, so that a link shares it and Back
restores it (ui.md rule 6). Unknown words are dropped, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.bigrams import query
from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.organizations.domain.queries.names import named
from luoshi.foundation.organizations.domain.queries.viewers import HandledBy, LowHalf, Marks
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    MATTER_BEFORE_ASSIGNING,
    MATTER_ENDED,
    Light,
    MatterState,
    Turn,
)
from luoshi.supervision.matters.models import Assignment, behind_plan, instructed_by, showing
from luoshi.supervision.rulebook.enums import Regime


class Tab(models.TextChoices):
    """The tabs above the list: the lights, what is in review, what carries a late mark."""

    RED = "red", _("Overdue")
    YELLOW = "yellow", _("Due soon")
    GREEN = "green", _("On track")
    GREY = "grey", _("No clock runs")
    REVIEW = "review", _("In review")
    LATE = "late", _("Late marks")


class Due(models.TextChoices):
    """When the next report falls due."""

    WEEK = "week", _("This week")
    MONTH = "month", _("This month")
    UNDATED = "undated", _("No date")


class Ended(models.TextChoices):
    """Matters that ended, and how."""

    ANY = "1", _("Ended")
    CONCLUDED = "concluded", _("Concluded")
    REVOKED = "revoked", _("Revoked")


@dataclass(frozen=True)
class Filters:
    """What narrows the list. `share` asks for the light of the named unit's own share, as the
    units' board counts it; `mine` keeps what carries the reader's own instruction, `own` what
    the reader's office issued, `early` what is not assigned yet, `behind` what is
    behind its planned progress; `ended_on` is the first day of what ended."""

    tab: str = ""
    text: str = ""
    regime: str = ""
    unit: str = ""
    share: bool = False
    turn: str = ""
    year: int | None = None
    due: str = ""
    mine: bool = False
    own: bool = False
    early: bool = False
    behind: bool = False
    ended: str = ""
    ended_on: date | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read the URL."""
        unit = given.get("unit", "")[:60].replace("\x00", "")
        year = given.get("year", "")
        return cls(
            tab=among(Tab, given.get("light", "") or ("late" if given.get("late") else "")),
            text=given.get("text", "")[:100].replace("\x00", "").strip(),
            regime=among(Regime, given.get("regime", "")),
            unit=unit,
            share=bool(given.get("share")),
            turn=among(Turn, given.get("turn", "")),
            year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
            due=among(Due, given.get("due", "")),
            mine=bool(given.get("mine")),
            own=bool(given.get("own")),
            early=bool(given.get("early")),
            behind=bool(given.get("behind")),
            ended=among(Ended, given.get("ended", "")),
            ended_on=a_day(given.get("since", "")),
        )

    def without_tab(self) -> "Filters":
        """The same, whatever tab is open: what the tabs count."""
        return replace(self, tab="")


def among(choices: type[models.TextChoices], word: str) -> str:
    """The word if it is one of the choices, else nothing."""
    return word if word in choices.values else ""


def a_day(text: str) -> date | None:
    """An ISO date, or nothing."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def own_shares(filters: Filters) -> bool:
    """Whether the tabs ask for the named unit's own shares instead of the matters."""
    return filters.share and bool(filters.unit)


def tab_rows(filters: Filters, tab: str, at: datetime) -> Q | Exists:
    """The condition of a tab."""
    own = own_shares(filters)
    if tab == Tab.LATE:
        return Exists(shares(filters).filter(late_marks__gt=0)) if own else Q(late_marks__gt=0)
    if tab == Tab.REVIEW:
        wanted = Q(turn=Turn.REVIEWER)
        return Exists(shares(filters).filter(wanted)) if own else wanted
    light = Light(tab)
    return Exists(shares(filters).filter(showing(light, at))) if own else showing(light, at)


def shares(filters: Filters) -> "QuerySet[Any]":
    """The named unit's share of a matter; an unknown name has none."""
    return Assignment.objects.filter(matter=OuterRef("pk"), unit_id=the_unit(filters))


def open_shares(filters: Filters) -> "QuerySet[Any]":
    """The named unit's share of a matter while it is open."""
    return shares(filters).filter(state__in=ASSIGNMENT_OPEN)


SOME_NAME = "\x00"  # stands in for a unit's name in what is worded once: no name holds it


@cache
def unit_ready() -> tuple[str, tuple[Any, ...]]:
    """The lookup of a unit by name, worded once: a page asks it twice."""
    return named(SOME_NAME).order_by("pk").values("pk")[:1].query.sql_with_params()


def the_unit(filters: Filters) -> RawSQL:
    """The key of the named unit, looked up inside the query, once."""
    sql, params = unit_ready()
    words = [filters.unit if value == SOME_NAME else value for value in params]
    return RawSQL(sql, words, output_field=UUIDField())  # noqa: S611 - compiled by Django


def narrowed(
    rows: "QuerySet[Any]", filters: Filters, at: datetime, actor: Actor
) -> "QuerySet[Any]":
    """Every filter but the tab."""
    rows = by_ending(rows, filters)
    if filters.regime:
        rows = rows.filter(regime=filters.regime)
    if filters.turn:
        rows = rows.filter(turn=filters.turn)
    if filters.year:
        rows = rows.filter(year=filters.year)
    if filters.mine:
        rows = rows.filter(instructed_by(actor))
    if filters.early:
        rows = rows.filter(state__in=MATTER_BEFORE_ASSIGNING)
    if filters.behind:
        slipping = behind_plan(at)
        own = own_shares(filters)
        rows = rows.filter(Exists(open_shares(filters).filter(slipping)) if own else slipping)
    if filters.own:
        rows = rows.filter(office_id=actor.unit_id)
    if filters.due:
        rows = rows.filter(due_condition(filters.due, at))
    if filters.unit:
        rows = rows.filter(viewers__contains=Marks(HandledBy(LowHalf(the_unit(filters)))))
    if filters.text:
        words = query(filters.text)
        match = Q(number__contains=filters.text)
        if words:
            match |= Q(search=SearchQuery(words, config="simple", search_type="raw"))
        rows = rows.filter(match)
    return rows


def by_ending(rows: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    """Open matters, or the ended ones asked for."""
    if not filters.ended:
        return rows.exclude(state__in=MATTER_ENDED)
    wanted = MATTER_ENDED if filters.ended == Ended.ANY else (MatterState(filters.ended),)
    rows = rows.filter(state__in=wanted)
    if filters.ended_on:
        rows = rows.filter(ended_at__gte=end_of_day(filters.ended_on - timedelta(days=1)))
    return rows


def due_condition(due: str, at: datetime) -> Q:
    """The limit lies before the end of this week or month, or there is none."""
    today = office_date(at)
    if due == Due.UNDATED:
        return Q(overdue_at=None)
    if due == Due.WEEK:
        return Q(overdue_at__lte=end_of_day(today + timedelta(days=6 - today.weekday())))
    following = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Q(overdue_at__lte=end_of_day(following - timedelta(days=1)))
