"""An office's items as a list, narrowed by the words of the address; the numbers of its tabs.

A tab with a date of its own (issued, adopted, …) is narrowed to a period by that date, so that a
figure of a year or month opens exactly its rows.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.scores import month_after
from luoshi.desks.information.enums import ItemKind, ItemState
from luoshi.desks.information.models import Item
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import date_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.sheets.registry import Column

YEAR, MONTH = re.compile(r"20[0-9]{2}"), re.compile(r"[1-9]|1[0-2]")
ORDER = ("-submitted_at", "id")
SHOWN: dict[str, str | Promise] = {
    "submitted": ItemState.SUBMITTED.label,
    "accepted": ItemState.ACCEPTED.label,
    "returned": ItemState.RETURNED.label,
    "merged": ItemState.MERGED.label,
    "issued": ItemState.ISSUED.label,
    "adopted": _("Adopted by a higher level"),
    "instructed": _("With a leader's instruction"),
    "either": _("Adopted or instructed"),
    "handled": _("With a result"),
}
DATED = {
    "issued": "issued_on",
    "adopted": "adopted_on",
    "instructed": "instructed_on",
    "handled": "handled_on",
}


@dataclass(frozen=True)
class Filters:
    """What narrows the list: every part is a word of the address. `unit`: a unit's code; `by`: an
    engaged officer; `request`: a topic request; `book`: the office's own book alone."""

    show: str = ""
    text: str = ""
    kind: str = ""
    unit: str = ""
    by: UUID | None = None
    request: UUID | None = None
    year: int | None = None
    month: int | None = None
    book: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read the address; unknown words are dropped."""
        year, month = given.get("year", ""), given.get("month", "")
        return cls(
            show=given.get("show", "") if given.get("show", "") in SHOWN else "",
            text=given.get("text", "")[:60].replace("\x00", "").strip(),
            kind=given.get("kind", "") if given.get("kind", "") in ItemKind.values else "",
            unit=given.get("unit", "")[:24].replace("\x00", ""),
            by=a_key(given.get("by", "")),
            request=a_key(given.get("request", "")),
            year=int(year) if YEAR.fullmatch(year) else None,
            month=int(month) if MONTH.fullmatch(month) else None,
            book=given.get("book", "") == "1",
        )

    @property
    def period(self) -> tuple[date, date] | None:
        """The days of the year, or of the month in it; the last excluded."""
        if self.year is None:
            return None
        if self.month is None:
            return date(self.year, 1, 1), date(self.year + 1, 1, 1)
        first = date(self.year, self.month, 1)
        return first, month_after(first)


def within(name: str, period: tuple[date, date] | None) -> Q:
    """That a date lies in a period; without one, that there is a date."""
    if period is None:
        return Q(**{f"{name}__isnull": False})
    return Q(**{f"{name}__gte": period[0], f"{name}__lt": period[1]})


def tab(show: str, period: tuple[date, date] | None) -> Q:
    """The rows of one tab; without a tab all that were submitted."""
    if show in DATED:
        return within(DATED[show], period)
    if show == "either":
        return within("adopted_on", period) | within("instructed_on", period)
    submitted = within("submitted_on", period) if period else Q()
    return submitted & Q(state=show) if show else submitted


def narrowed(actor: Actor, filters: Filters) -> "QuerySet[Any]":
    """Every filter but the tab and the period."""
    rows: QuerySet[Any] = Item.objects.visible_to(actor)
    if filters.book:
        rows = rows.filter(office_id=actor.unit_id)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.unit:
        rows = rows.filter(unit_code=filters.unit, officer=None)
    if filters.by:
        rows = rows.filter(officer_id=filters.by)
    if filters.request:
        rows = rows.filter(request_id=filters.request)
    if filters.text:
        words = filters.text
        match = Q(title__contains=words) | Q(number__contains=words) | Q(topic__contains=words)
        rows = rows.filter(match | Q(unit_name__contains=words) | Q(author_name__contains=words))
    return rows


def items(actor: Actor, filters: Filters) -> "QuerySet[Any]":
    """The list as the address narrows it; no row asks for another query."""
    rows = narrowed(actor, filters).filter(tab(filters.show, filters.period))
    return rows.select_related("office").defer("text", "analysis", "suggestion", "bands")


def counts(actor: Actor, filters: Filters) -> dict[str, int]:
    """How many rows each tab opens; one query."""
    numbers: dict[str, int] = narrowed(actor, filters).aggregate(
        all=Count("pk", filter=tab("", filters.period)),
        **{show: Count("pk", filter=tab(show, filters.period)) for show in SHOWN},
    )
    return numbers


def rows_of(request: OfficeRequest) -> "QuerySet[Any]":
    """The list as it is written out."""
    ensure(rules.may_see_items(request.actor))
    return items(request.actor, Filters.of(request.GET)).order_by(*ORDER)


def day(name: str) -> Any:
    """A column that writes a date."""

    def written(row: Any, at: object) -> str:
        value = getattr(row, name)
        return date_text(value, "zh-hans") if value else ""

    return written


COLUMNS = (
    Column("number", _("Number"), lambda row, at: row.number),
    Column("kind", _("Kind"), lambda row, at: str(row.get_kind_display())),
    Column("title", _("Title"), lambda row, at: row.title),
    Column("topic", _("Topic"), lambda row, at: row.topic),
    Column("unit", _("Submitted by"), lambda row, at: row.unit_name),
    Column("author", _("Author"), lambda row, at: row.author_name),
    Column("channel", _("Channel"), lambda row, at: str(row.get_channel_display())),
    Column("submitted", pgettext_lazy("item", "Submitted"), day("submitted_on")),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("issued", _("Issued on"), day("issued_on")),
    Column("adopted", _("Adopted on"), day("adopted_on")),
    Column("instructed", _("Instructed on"), day("instructed_on")),
    Column("handled", _("Result on"), day("handled_on")),
    Column("reason", _("Reason"), lambda row, at: row.reason, usual=False),
)
