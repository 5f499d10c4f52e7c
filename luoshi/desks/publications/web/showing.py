"""What the pages of this desk share: fetching in sight, lights, choices, years."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.desks.publications import rules
from luoshi.desks.publications.enums import OPEN, Production
from luoshi.desks.publications.models import Issue, Publication
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.enums import Light

MOST = 200


def seen(request: OfficeRequest, rows: Any, pk: UUID) -> Any:
    """The row in the reader's sight."""
    ensure(rules.may_see(request.actor))
    return visible(rows, request.actor, pk)


def dress(rows: Iterable[Any], at: datetime) -> None:
    """Give every issue its light and word; no query."""
    for row in rows:
        out = row.state == Production.OUT
        row.shown = Light.GREEN if out else row.light(at)
        row.word = str(row.get_state_display()) if out or row.shown == Light.GREY else ""


def publications(request: OfficeRequest) -> list[Publication]:
    """The publications of the office as choices; one query."""
    rows = Publication.objects.visible_to(request.actor).order_by("title", "pk")
    return list(rows[:MOST])


def open_issues(request: OfficeRequest, publication: Publication) -> list[tuple[Any, str]]:
    """The issues an item may go into; first the stock."""
    rows = Issue.objects.visible_to(request.actor).filter(publication=publication, state__in=OPEN)
    found = rows.select_related("publication").order_by("-year", "-number")[:MOST]
    return [("", "—"), *((row.pk, row.words) for row in found)]
