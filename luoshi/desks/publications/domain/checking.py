"""What every verb of this desk checks alike: texts that fit, choices of a list, and that nobody has
written meanwhile."""

from collections.abc import Iterable, Mapping

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.refusals import Invalid, Text

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


def refuse_older(saved: int, seen: int) -> None:
    """Refuse what was written on an older page than the saved one: two people at one text."""
    if saved != seen:
        raise Invalid(
            _("Somebody changed this page meanwhile. Your text is kept."),
            {"": [_("Compare with the saved version below, then save again.")]},
            code="edited-meanwhile",
        )
