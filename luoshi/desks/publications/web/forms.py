"""Parse what the pages of publications send."""

from datetime import date, datetime

from django.http import QueryDict

from luoshi.desks.publications.domain.founding import Founding
from luoshi.desks.publications.domain.item.collecting import NOT_KEPT, Piece
from luoshi.desks.publications.domain.item.collecting import checked as checked_piece
from luoshi.desks.publications.domain.noting import NOT_NOTED, Printed
from luoshi.desks.publications.domain.noting import checked as checked_printed
from luoshi.desks.publications.models import Item, PressItem
from luoshi.foundation.core.web.typed import Fields, a_date, text

FOUNDED = ("title", "kind", "periodicity", "layout", "last_number")
PIECE = (
    *("title", "author", "author_unit", "text", "characters", "measure_source"),
    *("first_page", "last_page", "state", "collected_on", "publication", "issue"),
)
PRINTED = ("title", "outlet", "level", "published_on", "link", "authors")
PIECE_TEXTS = tuple(name for name in Piece.__dataclass_fields__ if name != "collected_on")


def founding_of(post: QueryDict) -> Founding:
    """The form of a publication."""
    return Founding(**{name: text(post, name) for name in FOUNDED})


def piece_of(post: QueryDict, today: date, fields: Fields) -> Piece:
    """The form of an item; a state that is not sent is the first one. Refused with what `fields`
    could not read besides."""
    words = {name: text(post, name) for name in PIECE_TEXTS if name in post}
    piece = Piece(
        **{"title": "", "author": "", **words},
        collected_on=fields.read(a_date, text(post, "collected_on"), "collected_on"),
    )
    fields.refuse(NOT_KEPT, lambda: checked_piece(piece, today))
    return piece


def printed_of(post: QueryDict, at: datetime, *, has_file: bool) -> Printed:
    """The form of a press item."""
    words, fields = {name: text(post, name) for name in PRINTED if name != "published_on"}, Fields()
    day = fields.read(a_date, text(post, "published_on"), "published_on")
    printed = Printed(**words, published_on=day)
    fields.refuse(NOT_NOTED, lambda: checked_printed(printed, at, has_file=has_file))
    return printed


def kept_piece(row: Item) -> dict[str, object]:
    """An item as its form shows it."""
    values: dict[str, object] = {
        name: getattr(row, name) for name in PIECE if name != "publication"
    }
    for name in ("first_page", "last_page"):
        values[name] = values[name] or ""
    return values | {
        "issue": row.issue_id or "",
        "revision": row.revision,
        "collected_on": row.collected_on.isoformat(),
        "characters": "" if row.text else row.characters,
    }


def kept_press(row: PressItem) -> dict[str, object]:
    """A press item as its form shows it."""
    values: dict[str, object] = {name: getattr(row, name) for name in PRINTED}
    return values | {"published_on": row.published_on.isoformat(), "revision": row.revision}
