"""The measured effect of a matter on closing and at look-back (S3-128): words, a typed figure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.supervision.matters.domain.report.reporting import fits


@dataclass(frozen=True)
class Effect:
    """What the matter brought about, in words and as a typed figure (S3-128)."""

    words: str = ""
    name: str = ""
    value: Decimal | None = None
    measure: str = ""

    def columns(self) -> dict[str, Any]:
        """The effect as columns of a conclusion or a look-back."""
        return {
            "effect": self.words.strip(),
            "effect_name": self.name.strip(),
            "effect_value": self.value,
            "effect_measure": self.measure.strip(),
        }


NO_EFFECT = Effect()


def effect_errors(model: type[Model], effect: Effect) -> dict[str, list[Text]]:
    """What is wrong with an effect: text that does not fit, a value without a name."""
    texts = {k: v for k, v in effect.columns().items() if k != "effect_value"}
    errors = too_long(model, texts)
    if effect.value is not None and not effect.name.strip():
        errors["effect_name"] = [_("Say what the figure measures.")]
    if effect.value is not None and not fits(effect.value):
        errors["effect_value"] = [_("Give figures below 100,000,000,000,000.")]
    return errors


def typed_effect(given: Mapping[str, str]) -> Effect:
    """The effect as typed into a form; a value that is no number is refused by name."""
    raw = given.get("effect_value", "").replace(",", "").strip()
    try:
        value = Decimal(raw) if raw else None
    except InvalidOperation as error:
        text = _("“%(raw)s” is not a number.") % {"raw": raw[:20]}
        raise Invalid(_("Not saved."), {"effect_value": [text]}) from error
    words, name = given.get("effect", ""), given.get("effect_name", "")
    return Effect(words, name, value, given.get("effect_measure", ""))
