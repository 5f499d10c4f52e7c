"""Rows of publications as JSON objects."""

from datetime import datetime
from typing import Any

from luoshi.desks.publications.enums import ItemState, Production
from luoshi.desks.publications.models import Issue, Item, PressItem
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.enums import Light


def publication(row: Any) -> dict[str, Any]:
    """A row of `listing.publications`."""
    names = ("title", "kind", "periodicity", "layout", "under_way", "out", "stock")
    return {name: getattr(row, name) for name in names} | {"id": str(row.pk)}


def issue_line(row: Any, at: datetime) -> dict[str, Any]:
    """A row of `listing.issues`; no query."""
    names = ("year", "number", "words", "theme", "state", "sha256")
    out = row.state == Production.OUT
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "publication_id": str(row.publication_id),
        "publication": row.publication.title,
        "light": (Light.GREEN if out else row.light(at)).value,
        "planned_on": row.planned_on.isoformat() if row.planned_on else None,
        "out_on": row.out_on.isoformat() if row.out_on else None,
        "items": row.pieces,
        "characters": row.length,
    }


def issue(row: Issue, at: datetime) -> dict[str, Any]:
    """An issue with its items in order and its steps; two queries."""
    rows = row.items.select_related("publication", "issue__publication").defer("text")
    items = list(rows.order_by("place", "pk"))
    printed = [one for one in items if one.state != ItemState.LEFT_OUT]
    counted: Any = row
    counted.pieces, counted.length = len(printed), sum(one.characters for one in printed)
    return issue_line(counted, at) | {
        "contents": [item_line(one) for one in items],
        "steps": [
            {
                "before": one.before,
                "after": one.after,
                "reason": one.reason,
                "by": one.by_name,
                "at": instant(one.at),
            }
            for one in row.steps.order_by("at", "pk")
        ],
    }


def item_line(row: Item) -> dict[str, Any]:
    """An item; its publication and issue are read with it."""
    names = (
        *("title", "author", "author_unit", "characters", "measure", "measure_source"),
        *("first_page", "last_page", "state"),
    )
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "publication_id": str(row.publication_id),
        "publication": row.publication.title,
        "issue_id": str(row.issue_id) if row.issue_id else None,
        "issue": row.issue.words if row.issue else None,
        "collected_on": row.collected_on.isoformat(),
        "collected_by": row.collected_by_name,
    }


def item(row: Item) -> dict[str, Any]:
    """An item with its text."""
    return item_line(row) | {"text": row.text, "revision": row.revision}


def press(row: PressItem) -> dict[str, Any]:
    """A press item."""
    names = ("title", "outlet", "level", "link", "authors", "revision")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "published_on": row.published_on.isoformat(),
        "noted_by": row.noted_by_name,
        "noted_at": instant(row.noted_at),
    }
