"""What assigning the matters of a ledger would ask of their units in a year, before it is done
(B6). Thousands of rows are under a few kinds of rules: each kind is asked once."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.desks.ledgers.domain.assigning import waiting
from luoshi.desks.ledgers.models import Ledger
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.queries.burden import (
    Burden,
    asked_this_year,
    burden_of,
    rules_asked,
)
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

READ = ("matter__regime", "matter__task_rules", "matter__end_on", "matter__proposed_shares")
CADENCE = ("type", "every", "times", "n")


@dataclass(frozen=True)
class Over:
    """A unit above the office's cap: dated reports of this year, and with the ledger's."""

    unit: str
    now: int
    then: int


@dataclass(frozen=True)
class Load:
    """Reports and tables a year of all the ledger's units; those above the cap."""

    matters: int
    units: int
    reports: int
    tables: int
    unfounded: bool
    over: Sequence[Over]
    cap: int


def load_of(ledger: Ledger, on: date) -> Load | None:
    """The load of the rows that wait for their units; None where none does. Joint units give their
    opinion to the lead unit and owe no reports. Six queries and three for each kind of rules."""
    kinds: dict[str, Burden] = {}
    owed: Counter[str] = Counter()
    tables, matters, unfounded = 0, 0, False
    for regime, rules, end_on, proposed in waiting(ledger).values_list(*READ).iterator():
        units = [one["unit"] for one in proposed if one["part"] != Part.JOINT]
        if not units:
            continue
        key = json.dumps([regime, sorted(cadence(rule) for rule in rules), end_on is not None])
        if key not in kinds:
            like = {"regime": regime, "task_rules": rules, "end_on": end_on}
            kinds[key] = burden_of(rules_asked(likeness(ledger, like), on), 1)
        found = kinds[key]
        matters += 1
        tables += found.tables * len(units)
        unfounded = unfounded or bool(found.unfounded)
        for unit in units:
            owed[unit] += found.reports
    if not matters:
        return None
    cap = settings_of(ledger.office_id).report_cap
    over = above(ledger, owed, cap, on.year)
    return Load(matters, len(owed), owed.total(), tables, unfounded, over, cap)


def likeness(ledger: Ledger, like: Mapping[str, Any]) -> Matter:
    """A matter under the same rules as a row's."""
    return Matter(office_id=ledger.office_id, basis=ledger.title[:200], **like)


def cadence(rule: Mapping[str, Any]) -> str:
    """How often a written limit comes, whatever its day."""
    parts = [str(rule.get(name, "")) for name in CADENCE]
    return "|".join([*parts, str(len(rule.get("points", ())))])


def above(ledger: Ledger, owed: Mapping[str, int], cap: int, year: int) -> list[Over]:
    """The units that would go above the cap, the most loaded first."""
    named = defaultdict(int, owed)
    units = {unit.pk: unit for unit in Unit.objects.filter(short_name__in=owed, is_active=True)}
    asked = asked_this_year(ledger.office_id, list(units), year)
    found = [
        Over(str(unit), asked[key], asked[key] + named[unit.short_name])
        for key, unit in units.items()
        if asked[key] + named[unit.short_name] > cap
    ]
    return sorted(found, key=lambda one: (-one.then, one.unit))
