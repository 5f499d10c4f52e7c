"""Collect an item for a publication, put it into an issue or back into the stock, edit it.

Changes: the item and its number of characters: counted from its text, or typed with a source where
the text is on paper or in a file. Refused: by others, no title or author, neither text nor a typed
number, a typed number without its source, pages out of order, an issue at the printer's or out, an
issue of another publication, a page that is older than what is saved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any, BinaryIO

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.checking import Errors, unlisted, wrong_texts
from luoshi.desks.publications.domain.locking import locked, locked_item
from luoshi.desks.publications.domain.measuring import characters_of
from luoshi.desks.publications.enums import ItemState, Measure
from luoshi.desks.publications.models import Issue, Item, Publication
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import refuse_older
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date

OWNER = "publication_item"
NOT_KEPT = _("Not saved: something is missing.")
TEXTS = ("title", "author", "author_unit", "text", "measure_source")
MOST = 9_999_999
Files = Sequence[tuple[str, BinaryIO]]


@dataclass(frozen=True)
class Piece:
    """An item as typed. `characters`: typed where there is no text to count; `collected_on`: None =
    today."""

    title: str
    author: str
    author_unit: str = ""
    text: str = ""
    characters: str = ""
    measure_source: str = ""
    first_page: str = ""
    last_page: str = ""
    state: str = ItemState.COLLECTED
    collected_on: date | None = None


def collect(
    *,
    publication: Publication,
    piece: Piece,
    issue: Issue | None = None,
    files: Files = (),
    actor: Actor,
    at: datetime,
) -> Item:
    """A new item, in an issue or in the stock."""
    ensure(rules.may_keep(actor))
    if publication.office_id != actor.unit_id:
        ensure(rules.not_yours(_("Not saved.")))
    values = checked(piece, office_date(at))
    with acting(actor=actor, at=at):
        into = placed(issue, publication, actor)
        row = Item.objects.create(
            office_id=publication.office_id,
            publication=publication,
            issue=into,
            place=next_place(into),
            collected_by_name=actor.person_name,
            collected_at=at,
            **values,
        )
        attach(row, files, actor, at)
        after = {"title": row.title, "characters": row.characters}
        record("publications.collected", actor=actor, at=at, obj=row, after=after)
    return row


def edit(
    *,
    item: Item,
    piece: Piece,
    issue: Issue | None,
    revision: int,
    files: Files = (),
    actor: Actor,
    at: datetime,
) -> Item:
    """Change it, or give it to another issue (None = back into the stock); `revision` is the one
    the editor had before the eyes. The trail keeps the digest of a text that was replaced."""
    ensure(rules.may_edit(actor, item))
    values = checked(piece, office_date(at))
    with acting(actor=actor, at=at):
        row = locked_item(item, issue)
        ensure(rules.may_edit(actor, row))
        refuse_older(row.revision, revision)
        if (issue.pk if issue else None) != row.issue_id:
            row.issue = placed(issue, row.publication, actor)
            row.place = next_place(row.issue)
        before = said(row, values)
        for name, value in values.items():
            setattr(row, name, value)
        row.revision += 1
        row.save()
        attach(row, files, actor, at)
        after = said(row, values)
        changed = [name for name in before if before[name] != after[name]]
        record(
            "publications.edited",
            actor=actor,
            at=at,
            obj=row,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return row


def said(row: Item, names: Iterable[str]) -> dict[str, str]:
    """What the trail compares: the columns, the text by its digest."""
    found = {name: str(getattr(row, name)) for name in names if name != "text"}
    return found | {"sha256": sha256(row.text.encode()).hexdigest() if row.text else ""}


def placed(issue: Issue | None, publication: Publication, actor: Actor) -> Issue | None:
    """The issue an item goes into, held; refused where it is another publication's or closed."""
    if issue is None:
        return None
    if issue.publication_id != publication.pk:
        raise Invalid(NOT_KEPT, {"issue": [_("This issue is another publication's.")]})
    row = locked(issue)
    ensure(rules.may_fill(actor, row))
    return row


def next_place(issue: Issue | None) -> int:
    """Behind the last item of the issue."""
    if issue is None:
        return 0
    last = issue.items.aggregate(last=Max("place"))["last"]
    return (last or 0) + 1


def attach(row: Item, files: Files, actor: Actor, at: datetime) -> None:
    """Files of the item; part of the caller's act."""
    for name, stream in files:
        store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=row.pk)


def checked(piece: Piece, today: date) -> dict[str, Any]:
    """The piece as columns; everything that is wrong is refused at once."""
    words = {name: str(value) for name, value in asdict(piece).items() if name in TEXTS}
    needed = {"title": _("Give it a title."), "author": _("Name the author.")}
    errors = wrong_texts(Item, words, needed)
    errors |= unlisted(piece.state, ItemState.values, "state")
    first = number(piece.first_page, "first_page", errors)
    last = number(piece.last_page, "last_page", errors)
    last = first if last is None else last
    if last is not None and (first is None or first > last):
        errors["last_page"] = [_("The pages run from the first to the last.")]
    day = piece.collected_on or today
    if day > today:
        errors["collected_on"] = [_("This day is still to come.")]
    measured = measure(piece, errors)
    if errors:
        raise Invalid(NOT_KEPT, errors)
    kept = {name: text.strip() for name, text in words.items() if name != "measure_source"}
    pages = {"first_page": first, "last_page": last}
    return kept | pages | measured | {"state": piece.state, "collected_on": day}


def measure(piece: Piece, errors: Errors) -> dict[str, Any]:
    """The number of characters and where it comes from: a text is always counted."""
    if piece.text.strip():
        count = characters_of(piece.text)
        return {"characters": count, "measure": Measure.COUNTED, "measure_source": ""}
    typed = number(piece.characters, "characters", errors)
    if typed is None and "characters" not in errors:
        errors["characters"] = [_("Enter the text, or type its number of characters.")]
    if typed is not None and not piece.measure_source.strip():
        errors["measure_source"] = [_("Say where the number comes from.")]
    source = piece.measure_source.strip()
    return {"characters": typed or 0, "measure": Measure.TYPED, "measure_source": source}


def number(text: str, name: str, errors: Errors) -> int | None:
    """A typed whole number from 1; empty = None."""
    text = text.strip().replace(",", "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 7 and 0 < int(text) <= MOST:
        return int(text)
    errors[name] = [_("Give a whole number from 1.")]
    return None
