"""The ledger's filters as menus and removable chips; every choice is an address."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from luoshi.foundation.core.time import office_date
from luoshi.insight.figures.domain.filtering import Due, Ended, Filters, Tab
from luoshi.supervision.matters.enums import Turn
from luoshi.supervision.rulebook.enums import Regime

YEARS = 4


@dataclass(frozen=True)
class Menu:
    """One filter: its name, the chosen word, the address that lifts it, the choices."""

    key: str
    label: str
    chosen: str
    lift: str
    options: tuple[tuple[str, str], ...]


def changed(given: QueryDict, **changes: str) -> str:
    """The query string with some parts changed (empty = lifted), back on the first page."""
    values = {k: v for k, v in given.items() if k != "cursor" and k not in changes}
    return "?" + urlencode({**values, **{k: v for k, v in changes.items() if v}})


def menu(
    given: QueryDict, key: str, label: str, choices: Iterable[tuple[str, object]], value: str
) -> Menu:
    """A menu whose choices are addresses."""
    words = {str(name): str(text) for name, text in choices}
    options = tuple((changed(given, **{key: name}), text) for name, text in words.items())
    return Menu(key, label, words.get(value, ""), changed(given, **{key: ""}), options)


def menus(given: QueryDict, filters: Filters, at: datetime) -> list[Menu]:
    """Every filter of the ledger, in its order."""
    this = office_date(at).year
    years = [(str(year), str(year)) for year in range(this, this - YEARS, -1)]
    found = [
        menu(given, "year", _("Year"), years, str(filters.year or "")),
        menu(given, "regime", _("Source"), Regime.choices, filters.regime),
        Menu("unit", _("Unit"), filters.unit, changed(given, unit="", share=""), ()),
        menu(given, "due", _("Due"), Due.choices, filters.due),
        menu(given, "turn", _("Whose turn"), Turn.choices, filters.turn),
        menu(given, "ended", _("Ended"), Ended.choices, filters.ended),
    ]
    switches = (
        ("mine", filters.mine, _("My instructions")),
        ("own", filters.own, _("Our own matters")),
        ("early", filters.early, _("Not assigned yet")),
        ("behind", filters.behind, _("Behind plan")),
    )
    for key, on, label in switches:
        if on:
            found.append(Menu(key, label, _("yes"), changed(given, **{key: ""}), ()))
    if filters.ended_on:
        since = filters.ended_on.isoformat()
        found.append(Menu("since", _("Ended since"), since, changed(given, since=""), ()))
    return found


def sentence(found: Iterable[Menu], filters: Filters) -> str:
    """The filter in words, for print and export."""
    parts = [one.label + _(": ") + one.chosen for one in found if one.chosen]
    if filters.tab:
        parts.insert(0, str(Tab(filters.tab).label))
    if filters.text:
        parts.append(f"“{filters.text}”")
    return _("; ").join(parts)


def heads(given: QueryDict, sort: str) -> dict[str, dict[str, str]]:
    """The sortable headings: where each leads, and how it stands now (aria-sort)."""
    found = {}
    for key in ("number", "due", "heard", "late"):
        first, second = (f"-{key}", key) if key in {"heard", "late"} else (key, f"-{key}")
        turned = second if sort == first else first
        state = {key: "ascending", f"-{key}": "descending"}.get(sort, "none")
        found[key] = {"url": changed(given, sort=turned), "state": state}
    return found
