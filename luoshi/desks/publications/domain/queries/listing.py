"""Issues, items and press items as lists, and as they are written out."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.queries.narrowing import Filters, narrowed, said_in
from luoshi.desks.publications.enums import ItemState, Production
from luoshi.desks.publications.models import Issue, Item, PressItem, Publication
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import date_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.sheets.registry import Column

ISSUE_ORDER = ("-year", "-number", "id")
ITEM_ORDER = ("-collected_on", "id")
PRESS_ORDER = ("-published_on", "id")
PRINTED = ~Q(items__state=ItemState.LEFT_OUT)


def publications(actor: Actor) -> "QuerySet[Any]":
    """Every publication with its issues under way and out, and the items of its stock."""
    rows: QuerySet[Any] = Publication.objects.visible_to(actor)
    return rows.annotate(
        under_way=Count("issues", filter=~Q(issues__state=Production.OUT), distinct=True),
        out=Count("issues", filter=Q(issues__state=Production.OUT), distinct=True),
        stock=Count("items", filter=Q(items__issue=None), distinct=True),
    )


def issues(actor: Actor, filters: Filters) -> "QuerySet[Any]":
    """Issues with what is printed of them; `year`: of planning, while `out` of coming out."""
    rows = narrowed(Issue.objects.visible_to(actor), filters)
    if filters.year and filters.state == Production.OUT:
        rows = rows.filter(out_on__year=filters.year)
    elif filters.year:
        rows = rows.filter(year=filters.year)
    counted = rows.annotate(
        pieces=Count("items", filter=PRINTED),
        length=Sum("items__characters", filter=PRINTED, default=0),
    )
    return counted.select_related("publication")


def items(actor: Actor, filters: Filters) -> "QuerySet[Any]":
    """Items; `year`: of collecting."""
    rows = narrowed(Item.objects.visible_to(actor), filters)
    if filters.year:
        rows = rows.filter(collected_on__year=filters.year)
    if filters.issue:
        rows = rows.filter(issue_id=filters.issue)
    if filters.printed:
        rows = rows.filter(printed_in(filters.printed))
    if filters.stock:
        rows = rows.filter(issue=None)
    rows = rows.filter(said_in(filters.text, "title", "author", "author_unit"))
    return rows.select_related("publication", "issue__publication").defer("text")


def printed_in(year: int) -> Q:
    """Items that stand in issues of a year as they came out."""
    return Q(issue__state=Production.OUT, issue__out_on__year=year) & ~Q(state=ItemState.LEFT_OUT)


def press(actor: Actor, filters: Filters) -> "QuerySet[Any]":
    """Press items; `year`: of appearing."""
    rows = PressItem.objects.visible_to(actor)
    if filters.year:
        rows = rows.filter(published_on__year=filters.year)
    if filters.level:
        rows = rows.filter(level=filters.level)
    return rows.filter(said_in(filters.text, "title", "outlet", "authors"))


def issue_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The issues as they are written out."""
    ensure(rules.may_see(request.actor))
    return issues(request.actor, Filters.of(request.GET)).order_by(*ISSUE_ORDER)


def item_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The items as they are written out."""
    ensure(rules.may_see(request.actor))
    return items(request.actor, Filters.of(request.GET)).order_by(*ITEM_ORDER)


def press_rows(request: OfficeRequest) -> "QuerySet[Any]":
    """The press items as they are written out."""
    ensure(rules.may_see(request.actor))
    return press(request.actor, Filters.of(request.GET)).order_by(*PRESS_ORDER)


def day_of(name: str) -> Any:
    """A column that writes a civil date."""

    def written(row: Any, at: datetime) -> str:
        value = getattr(row, name)
        return date_text(value, "zh-hans") if value else ""

    return written


def pages(row: Any, at: datetime) -> str:
    """The pages of an item: 3, 3–7."""
    if row.first_page is None:
        return ""
    last = "" if row.last_page == row.first_page else f"–{row.last_page}"
    return f"{row.first_page}{last}"


ISSUE_COLUMNS = (
    Column("publication", _("Publication"), lambda row, at: row.publication.title),
    Column("number", _("Number"), lambda row, at: row.words),
    Column("theme", _("Theme"), lambda row, at: row.theme),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("planned", _("Planned for"), day_of("planned_on")),
    Column("out", _("Out on"), day_of("out_on")),
    Column("items", _("Items"), lambda row, at: row.pieces),
    Column("characters", _("Characters"), lambda row, at: row.length),
    Column("sha256", _("Hash of the frozen paper"), lambda row, at: row.sha256, usual=False),
)
ITEM_COLUMNS = (
    Column("title", _("Title"), lambda row, at: row.title),
    Column("author", _("Author"), lambda row, at: row.author),
    Column("unit", _("Author's unit"), lambda row, at: row.author_unit),
    Column("publication", _("Publication"), lambda row, at: row.publication.title),
    Column("issue", _("Issue"), lambda row, at: row.issue.words if row.issue else ""),
    Column("characters", _("Characters"), lambda row, at: row.characters),
    Column("measure", _("Measure"), lambda row, at: str(row.get_measure_display())),
    Column("source", _("Source of the number"), lambda row, at: row.measure_source, usual=False),
    Column("pages", pgettext_lazy("item", "Pages"), pages),
    Column("state", _("State"), lambda row, at: str(row.get_state_display())),
    Column("collected", _("Collected on"), day_of("collected_on")),
)
PRESS_COLUMNS = (
    Column("title", _("Title"), lambda row, at: row.title),
    Column("outlet", _("Outlet"), lambda row, at: row.outlet),
    Column("level", _("Level"), lambda row, at: str(row.get_level_display())),
    Column("on", _("Appeared on"), day_of("published_on")),
    Column("authors", _("Authors"), lambda row, at: row.authors),
    Column("link", _("Link"), lambda row, at: row.link),
)
