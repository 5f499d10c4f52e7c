"""The desk's own lists as they are written out: engaged officers, topics asked for, issues, the
figures of a year (features rows 55, 58, 61)."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.domain.queries.items import YEAR
from luoshi.desks.information.domain.queries.sums import NAMES, sums_of
from luoshi.desks.information.models import EngagedOfficer, Issue, TopicRequest
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_key
from luoshi.foundation.sheets.registry import Column, Lines

Rows = QuerySet[Any]


def officers(request: OfficeRequest) -> Rows:
    """Whom the office has engaged, each with how many items came this year."""
    ensure(rules.may_open_desk(request.actor))
    rows = EngagedOfficer.objects.filter(office_id=request.actor.unit_id)
    this_year = Q(item__submitted_on__year=office_date(request.now).year)
    rows = rows.select_related("unit").annotate(sent=Count("item", filter=this_year))
    return rows.order_by("name", "id")


def topics(request: OfficeRequest) -> Rows:
    """The topics in sight, the newest first; only the office that asked reads how many answered."""
    ensure(rules.may_see_items(request.actor))
    rows = TopicRequest.objects.visible_to(request.actor).select_related("office")
    own = Count("item", distinct=True, filter=Q(office_id=request.actor.unit_id))
    return rows.annotate(answers=own).order_by("-made_at", "id")


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
