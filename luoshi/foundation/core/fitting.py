"""What does not fit is refused, never cut and never a server error: text in its column, files on
their disk (a warning at 15 % free, no uploads or imports from 5 % on; security.md 8), a form on
what is saved by now."""

import errno
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text, Unavailable

LONGEST = 20_000
WARN_FREE, STOP_FREE = 0.15, 0.05
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def too_long(model: type[Model], values: Mapping[str, str]) -> dict[str, list[Text]]:
    """Errors for the fields of `model` whose text is longer than the column (20,000 characters
    where the column sets no length) or holds a NUL character; empty = everything fits."""
    errors: dict[str, list[Text]] = {}
    for name, text in values.items():
        most = getattr(model._meta.get_field(name), "max_length", None) or LONGEST
        if len(text) > most:
            errors[name] = [
                _("At most %(most)d characters; these are %(count)d.")
                % {"most": most, "count": len(text)}
            ]
        elif "\x00" in text:
            errors[name] = [_("Remove the characters that cannot be shown.")]
    return errors


def fitted(
    model: type[Model], column: str, text: str, *, what: Text, missing: Text = "", field: str = ""
) -> str:
    """A typed text without the blanks around it. Refused as `what`: more than the column holds, and
    none at all where `missing` says what is missing. `field` is its name in the form, where that is
    not the column's."""
    words = text.strip()
    errors = too_long(model, {column: words}).get(column, [])
    if missing and not words:
        errors = [missing]
    if errors:
        raise Invalid(what, {field or column: errors})
    return words


def unsaid(text: str, name: str, missing: Text) -> dict[str, list[Text]]:
    """The error of a field without any words, to be refused together with others."""
    return {} if text.strip() else {name: [missing]}


def free_share(folder: Path) -> float:
    """The free share of the disk that holds a folder, made or not yet made."""
    while not folder.exists():
        folder = folder.parent
    room = shutil.disk_usage(folder)
    return room.free / room.total


def no_room() -> Unavailable:
    """Nothing was stored; what is there stays as it is."""
    return Unavailable(
        _("Not stored: the disk has too little room."),
        _("Reading and everything without files works on."),
        next_steps=(_("Tell the system administrator; send it again when there is room."),),
        code="disk-full",
        retry_seconds=300,
    )


@contextmanager
def needing_room(folder: Path) -> Iterator[None]:
    """Write files below `folder`. Refused: less than 5 % free, or a disk that fills meanwhile."""
    if free_share(folder) < STOP_FREE:
        raise no_room()
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise no_room() from error
        raise


def refuse_older(saved: int, seen: int) -> None:
    """Two people at one form: the later one does not put back what the other wrote."""
    if saved != seen:
        raise Invalid(
            _("Somebody changed this page meanwhile. Your text is kept."),
            {"": [_("Compare with the saved version below, then save again.")]},
            code="edited-meanwhile",
        )


def revision_of(text: str) -> int:
    """The revision a form was opened with; anything but a plain number counts as none (0)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
