"""Parse what the pages of publications send."""

from django.http import QueryDict

from luoshi.desks.publications.domain.founding import Founding
from luoshi.desks.publications.domain.item.collecting import Piece
from luoshi.desks.publications.domain.noting import Printed
from luoshi.desks.publications.models import Item, PressItem
from luoshi.foundation.core.web.typed import a_date, text

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


def piece_of(post: QueryDict) -> Piece:
    """The form of an item; a state that is not sent is the first one."""
    words = {name: text(post, name) for name in PIECE_TEXTS if name in post}
    return Piece(
        **{"title": "", "author": "", **words},
        collected_on=a_date(post.get("collected_on", ""), "collected_on"),
    )


def printed_of(post: QueryDict) -> Printed:
    """The form of a press item."""
    words = {name: text(post, name) for name in PRINTED if name != "published_on"}
    return Printed(**words, published_on=a_date(post.get("published_on", ""), "published_on"))


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
