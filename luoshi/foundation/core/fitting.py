"""Text that does not fit its column is refused by name, never cut and never a server error."""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Text

LONGEST = 20_000


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


def revision_of(text: str) -> int:
    """The revision a form was opened with; anything but a plain number counts as none (0)."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
