"""Weights as forms: one row per kind of fact, points and cap."""

from collections.abc import Mapping
from typing import Any

from luoshi.supervision.appraisal.domain.scoring import ZERO, Weight, Weights
from luoshi.supervision.appraisal.enums import FactKind


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
