"""What every verb of this desk checks alike: texts that fit, choices of a list."""

from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.refusals import Text

Errors = dict[str, list[Text]]


def wrong_texts(model: type[Model], words: Mapping[str, str], needed: Mapping[str, Text]) -> Errors:
    """What does not fit its column, and what is needed and missing, by its field."""
    errors: Errors = too_long(model, words)
    for name, why in needed.items():
        if not words[name].strip():
            errors[name] = [why]
    return errors


def unlisted(value: str, choices: Iterable[str], name: str) -> Errors:
    """The refusal of a value that is none of the list; else nothing."""
    return {} if value in list(choices) else {name: [_("Choose one of the list.")]}
