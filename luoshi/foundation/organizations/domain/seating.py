"""Derive each unit's territory: which city a committee, a government and a bureau share.

Order: the longest code of a unit of the same level that begins this unit's code; else the
territory of its children; else its highest ancestor of the same level.
"""

from collections.abc import Iterable
from uuid import UUID

from luoshi.foundation.organizations.models import Unit


def seat_paths(units: Iterable[Unit]) -> dict[str, str]:
    """Unit code → path of the unit that stands for its territory."""
    by_code = {unit.code: unit for unit in units}
    by_id = {unit.pk: unit for unit in by_code.values()}
    tops = {code for code, unit in by_code.items() if code.isdigit()}
    found: dict[str, str] = {}
    for code, unit in by_code.items():
        prefixes = (code[:end] for end in range(len(code), 0, -1))
        match = next((p for p in prefixes if p in tops and by_code[p].level == unit.level), None)
        if match:
            found[code] = by_code[match].path
    children: dict[str, list[str]] = {}
    for unit in by_code.values():
        parent = by_id.get(unit.parent_id) if unit.parent_id else None
        if parent is not None and parent.level == unit.level:
            children.setdefault(parent.code, []).append(unit.code)
    for code, unit in by_code.items():
        if code in found:
            continue
        below = next((found[c] for c in sorted(children.get(code, ())) if c in found), None)
        found[code] = below or climb(unit, by_id).path
    return found


def climb(unit: Unit, by_id: dict[UUID, Unit]) -> Unit:
    """The highest ancestor of the unit's own level."""
    while unit.parent_id and unit.parent_id in by_id and by_id[unit.parent_id].level == unit.level:
        unit = by_id[unit.parent_id]
    return unit
