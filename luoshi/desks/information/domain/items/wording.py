"""The words of an item and what is wrong with them (R-INF-5): one matter, situation, analysis and
suggestion, about 1,500 characters at most."""

from dataclasses import asdict, dataclass

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.enums import MOST_CHARACTERS, ItemKind
from luoshi.desks.information.models import Item
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.refusals import Invalid, Text


@dataclass(frozen=True)
class Words:
    """Title, situation (or the whole text), analysis, suggestion."""

    title: str
    text: str
    analysis: str = ""
    suggestion: str = ""

    def trimmed(self) -> dict[str, str]:
        """As columns."""
        return {name: value.strip() for name, value in asdict(self).items()}

    @property
    def characters(self) -> int:
        """How long it is, blanks not counted, the title not counted."""
        return sum(len("".join(one.split())) for one in (self.text, self.analysis, self.suggestion))


def words_of(item: Item) -> Words:
    """The words an item has now."""
    return Words(item.title, item.text, item.analysis, item.suggestion)


def faults(words: Words, kind: str) -> dict[str, list[Text]]:
    """What keeps the words from being taken, by field. The length is a limit for a social-opinion
    item; other items are only warned (`long`)."""
    errors = too_long(Item, words.trimmed())
    if not words.title.strip():
        errors["title"] = [_("Say in one line what it is about.")]
    if not words.text.strip():
        errors["text"] = [_("Write the text.")]
    if kind != ItemKind.OPINION:
        return errors
    if not words.analysis.strip():
        errors["analysis"] = [_("A social-opinion item says why it is so.")]
    if not words.suggestion.strip():
        errors["suggestion"] = [_("A social-opinion item ends in a suggestion.")]
    if long(words):
        errors["text"] = [
            _("At most 1,500 characters; these are %(count)d. One item, one matter.")
            % {"count": words.characters}
        ]
    return errors


def long(words: Words) -> bool:
    """Longer than the measure of R-INF-5."""
    return words.characters > MOST_CHARACTERS


def checked(words: Words, kind: str, what: Text) -> None:
    """Refuse words that cannot be kept, as `what`."""
    if errors := faults(words, kind):
        raise Invalid(what, errors)
