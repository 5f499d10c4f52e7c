"""The log, hand-overs, swaps and checks as lists, narrowed by the words of the address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.duty import rules
from luoshi.desks.duty.enums import CheckResult, NoteKind
from luoshi.desks.duty.models import DutyCheck, Handover, LogNote, Swap
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column

LOG_ORDER, CHECK_ORDER, HANDOVER_ORDER = ("-at", "id"), ("-called_at", "id"), ("-given_at", "id")
SWAP_ORDER = ("-asked_at", "id")
YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True)
class LogFilters:
    """`show`: "open" or ""; `kind`: one of the kinds; `text`: in who, what or to whom."""

    show: str = ""
    kind: str = ""
    text: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "LogFilters":
        """Read the address; unknown words are dropped."""
        return cls(
            show="open" if given.get("show") == "open" else "",
            kind=given.get("kind", "") if given.get("kind", "") in NoteKind.values else "",
            text=given.get("text", "")[:60].replace("\x00", "").strip(),
        )


def notes(actor: Actor, filters: LogFilters) -> "QuerySet[Any]":
    """The office's log."""
    rows: QuerySet[Any] = LogNote.objects.filter(office_id=actor.unit_id)
    if filters.show:
        rows = rows.filter(pending=True, settled_at=None)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.text:
        words = filters.text
        rows = rows.filter(
            Q(who__contains=words) | Q(text__contains=words) | Q(given_to__contains=words)
        )
    return rows


def note_counts(actor: Actor) -> dict[str, int]:
    """How many lines there are, and how many open ones."""
    found: dict[str, int] = LogNote.objects.filter(office_id=actor.unit_id).aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(pending=True, settled_at=None))
    )
    return found


def log_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The log as it is written out."""
    ensure(rules.may_see_books(request.actor, request.now))
    return notes(request.actor, LogFilters.of(request.GET)).order_by(*LOG_ORDER)


def swaps(actor: Actor) -> "QuerySet[Any]":
    """Swaps of the office's rosters; no row asks for another query."""
    rows = Swap.objects.filter(shift__office_id=actor.unit_id)
    return rows.select_related("shift__roster", "shift__person", "other", "asker", "taker")


def handovers(actor: Actor) -> "QuerySet[Any]":
    """The office's hand-overs."""
    rows = Handover.objects.filter(office_id=actor.unit_id)
    return rows.select_related("giver", "taker", "shift")


@dataclass(frozen=True)
class CheckFilters:
    """`unit`: its code; `result`; `year`."""

    unit: str = ""
    result: str = ""
    year: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "CheckFilters":
        """Read the address; unknown words are dropped."""
        year, result = given.get("year", ""), given.get("result", "")
        return cls(
            unit=given.get("unit", "")[:24].replace("\x00", ""),
            result=result if result in CheckResult.values else "",
            year=int(year) if YEAR.fullmatch(year) else None,
        )


def checks(actor: Actor, filters: CheckFilters) -> "QuerySet[Any]":
    """Checks this office made, and those made of it."""
    mine = Q(office_id=actor.unit_id) | Q(unit_id=actor.unit_id)
    rows: QuerySet[Any] = DutyCheck.objects.filter(mine).select_related("office", "unit")
    if filters.unit:
        rows = rows.filter(unit__code=filters.unit)
    if filters.result:
        rows = rows.filter(result=filters.result)
    if filters.year:
        rows = rows.filter(called_at__year=filters.year)
    return rows


def check_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """Checks as they are written out."""
    ensure(rules.may_see_books(request.actor, request.now))
    return checks(request.actor, CheckFilters.of(request.GET)).order_by(*CHECK_ORDER)


def handover_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """Hand-overs as they are written out."""
    ensure(rules.may_see_books(request.actor, request.now))
    return handovers(request.actor).order_by(*HANDOVER_ORDER)


def swap_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """Swaps as they are written out."""
    ensure(rules.may_see(request.actor))
    return swaps(request.actor).order_by(*SWAP_ORDER)


def moment(name: str) -> Any:
    """A column that writes an instant."""

    def written(row: Any, at: datetime) -> str:
        value = getattr(row, name)
        return instant_text(value, "zh-hans") if value else ""

    return written


LOG_COLUMNS = (
    Column("at", _("When"), moment("at")),
    Column("kind", _("Kind"), lambda row, at: str(row.get_kind_display())),
    Column("who", pgettext_lazy("duty log", "Who"), lambda row, at: row.who),
    Column("text", _("What it was about"), lambda row, at: row.text),
    Column("given", _("Passed on to"), lambda row, at: row.given_to),
    Column("settled", pgettext_lazy("duty log", "Settled"), moment("settled_at")),
    Column("outcome", pgettext_lazy("duty log", "What was done"), lambda row, at: row.outcome),
    Column("by", _("Written by"), lambda row, at: row.noted_by_name),
)
CHECK_COLUMNS = (
    Column("at", _("Called at"), moment("called_at")),
    Column("unit", _("Unit"), lambda row, at: str(row.unit)),
    Column("office", _("Checked by"), lambda row, at: f"{row.office} {row.checked_by_name}"),
    Column("expected", _("On the roster"), lambda row, at: row.expected),
    Column("answered", _("Answered by"), lambda row, at: row.answered_by),
    Column(
        "seconds", _("Seconds"), lambda row, at: "" if row.seconds is None else str(row.seconds)
    ),
    Column("result", _("Result"), lambda row, at: str(row.get_result_display())),
    Column("words", _("Remarks"), lambda row, at: row.words, usual=False),
)
SHIFT = (
    Column("day", _("Shift"), lambda row, at: row.shift.day.isoformat()),
    Column("post", _("Post"), lambda row, at: str(row.shift.get_post_display())),
)
HANDOVER_COLUMNS = (
    *SHIFT,
    Column("giver", _("Handed over by"), lambda row, at: str(row.giver)),
    Column("taker", _("Taken over by"), lambda row, at: str(row.taker)),
    Column("words", _("How things stood"), lambda row, at: row.words),
    Column("taken", pgettext_lazy("duty log", "Remark"), lambda row, at: row.taken_words),
    Column("open", pgettext_lazy("duty log", "Open"), lambda row, at: len(row.notes)),
    Column("given_at", _("Signed"), moment("given_at")),
    Column("taken_at", _("Second signature"), moment("taken_at")),
)
SWAP_COLUMNS = (
    *SHIFT,
    Column("asker", _("Asked by"), lambda row, at: str(row.asker)),
    Column("taker", _("Taken over by"), lambda row, at: str(row.taker)),
    Column("other", _("In exchange for"), lambda row, at: str(row.other.day) if row.other else ""),
    Column("reason", _("Reason"), lambda row, at: row.reason),
    Column("answer", _("Answer"), lambda row, at: row.answer),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("asked", _("Asked"), moment("asked_at")),
    Column("by", _("Decided by"), lambda row, at: row.decided_by_name),
)
