"""Kinds of commitments that another room keeps by what it does anyway.

The room registers its kind once (`entries.py`) and calls `domain.fulfilling.kept_by` from the verb
that is the fact: the month's score sheet is kept when it is published. An office undertakes the
commitment as any other and chooses the kind.
"""

from django.utils.functional import Promise

Text = str | Promise
KINDS: dict[str, Text] = {}


class UnknownKind(LookupError):
    """A room said to have kept a kind that nobody registered."""


def register(kind: str, label: Text) -> None:
    """Add a kind; called from an app's `entries.py`."""
    KINDS[kind] = label


def label_of(kind: str) -> Text:
    """The words of a kind, or `UnknownKind`."""
    try:
        return KINDS[kind]
    except KeyError:
        raise UnknownKind(kind) from None
