"""Weights as forms: one row per kind of fact, points and cap."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.supervision.appraisal.domain.scoring import ZERO, Weight, Weights
from luoshi.supervision.appraisal.enums import FactKind

MOST = Decimal(1000)


def number(given: Mapping[str, str], name: str, errors: dict[str, list[Text]]) -> Decimal | None:
    """A typed number below 1000 with one decimal; empty = None; others are named in `errors`."""
    raw = given.get(name, "").strip().replace("−", "-")
    if not raw:
        return None
    try:
        value = Decimal(raw)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) > MOST or value * 10 != (value * 10).to_integral_value():
        errors[name] = [_("Give a number below 1000 with one decimal at most.")]
        return None
    return value


def typed_weights(given: Mapping[str, str]) -> Weights:
    """The weights as typed; everything that is no number is refused at once."""
    errors: dict[str, list[Text]] = {}
    items = {}
    for kind in FactKind.values:
        points = number(given, f"points_{kind}", errors)
        cap = number(given, f"cap_{kind}", errors)
        if cap is not None and cap < 0:
            errors[f"cap_{kind}"] = [_("A cap is at least 0.")]
        items[kind] = Weight(points if points is not None else ZERO, cap)
    base, floor = number(given, "base", errors), number(given, "floor", errors)
    if base is None:
        errors.setdefault("base", [_("Give the base.")])
    if errors:
        raise Invalid(_("Not usable."), errors)
    return Weights(base if base is not None else ZERO, floor if floor is not None else ZERO, items)


def weight_rows(weights: Weights, typed: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """One row per kind for the form; what was typed and refused is shown as typed."""
    none = Weight(ZERO)
    rows = []
    for kind in FactKind:
        now: Any = weights.items.get(kind.value, none)
        if typed is not None:
            points, cap = (typed.get(f"{name}_{kind.value}", "") for name in ("points", "cap"))
            now = {"points": points, "cap": cap}
        rows.append({"kind": kind.value, "label": kind.label, "now": now})
    return rows


def limits(weights: Weights, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Base and floor for the form, as typed where that was refused."""
    if typed is not None:
        return {name: typed.get(name, "") for name in ("base", "floor")}
    return {"base": weights.base, "floor": weights.floor}
