"""Who gets the reports of a matter, and who a copy: units of the tree where known, else words."""

import re
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Text
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.models import Matter

COLUMNS = ("report_to", "copy_to")
APART = re.compile(r"[、，,；;\n]")
MOST, LONGEST = 20, 60


def names_in(text: str) -> list[str]:
    """Names written in one line, parted by 、 or a comma; each once."""
    return list(dict.fromkeys(name.strip() for name in APART.split(text) if name.strip()))


def fitting(names: Sequence[str]) -> list[Text]:
    """Why these names cannot stand; empty = they can."""
    if len(names) > MOST:
        return [_("At most %(most)d addressees.") % {"most": MOST}]
    if any(not 0 < len(name) <= LONGEST or "\x00" in name for name in names):
        return [_("An addressee is a name of at most %(most)d characters.") % {"most": LONGEST}]
    return []


def addressed(names: Sequence[str]) -> list[dict[str, str]]:
    """The addressees of these names or unit codes, in their order: one query where there are any.
    A name that no active unit bears, or several, stays as its words."""
    names = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not names:
        return []
    match = Q(name__in=names) | Q(short_name__in=names) | Q(aliases__name__in=names)
    rows = Unit.objects.filter(match | Q(code__in=names), is_active=True)
    found: dict[str, set[tuple[str, str]]] = {}
    columns = ("code", "name", "short_name", "aliases__name")
    for code, name, short, alias in rows.values_list(*columns):
        for word in (code, name, short, alias):
            found.setdefault(word, set()).add((code, short or name))
    return [row_of(name, found.get(name, set())) for name in names]


def row_of(name: str, units: set[tuple[str, str]]) -> dict[str, str]:
    """One addressee: the one unit of that name, else the words."""
    if len(units) != 1:
        return {"name": name, "unit": ""}
    [(code, known)] = units
    return {"name": known, "unit": code}


def kept(matter: Matter, column: str) -> list[str]:
    """What a plan says again to keep the addressees as they are."""
    return [row["name"] for row in getattr(matter, column)]
