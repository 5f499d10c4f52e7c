"""What shows that something became of an item: a day, and words or files (B10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.models import Item
from luoshi.desks.information.models.fate import Evidenced
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.refusals import Text
from luoshi.foundation.core.time import office_date

OWNER = "item_fate"
MOST_FILES = 5


@dataclass(frozen=True)
class Shown:
    """When it was (None = today), and what shows it."""

    on: date | None = None
    evidence: str = ""
    files: Sequence[tuple[str, BinaryIO]] = ()


def faults(
    model: type[Evidenced], item: Item, shown: Shown, words: Mapping[str, str], at: datetime
) -> dict[str, list[Text]]:
    """What is wrong with the day, the evidence and the other words, by field."""
    errors = too_long(model, {**words, "evidence": shown.evidence})
    on = shown.on or office_date(at)
    if on > office_date(at):
        errors["on"] = [_("Give a day not after today.")]
    elif on < item.submitted_on:
        errors["on"] = [_("The item was submitted later than that.")]
    if not shown.evidence.strip() and not shown.files:
        errors["evidence"] = [_("Say what shows it, or attach the page.")]
    if len(shown.files) > MOST_FILES:
        errors["files"] = [_("At most five files.")]
    return errors


def columns(shown: Shown, actor: Actor, at: datetime) -> dict[str, Any]:
    """As columns of the row."""
    return {
        "on": shown.on or office_date(at),
        "evidence": shown.evidence.strip(),
        "files": len(shown.files),
        "noted_by_name": actor.person_name,
        "noted_at": at,
    }


def keep_files(row: Evidenced, shown: Shown, *, actor: Actor, at: datetime) -> None:
    """Hang the files on the row. Part of the caller's act; a file leaves its own entry."""
    for name, stream in shown.files:
        store(stream, name=name, actor=actor, at=at, owner_kind=OWNER, owner_id=row.pk)
