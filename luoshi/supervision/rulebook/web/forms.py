"""Parse what the pages send."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid


def a_day(text: str, name: str) -> date | None:
    """A typed date; empty = None."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Invalid(_("Not saved."), {name: [_("Write the date as 2026-11-04.")]}) from error


def whole(text: str) -> int:
    """A typed whole number; anything else is 0, which no range holds."""
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
