"""A limit the leader's words say (十日内报我): proposed to whoever registers, never set by itself.

TR-07: the officer types a limit that goes before the 15 days, with its basis; the words are that
basis. Only hours and days are proposed, and only where they end before the office's first report.
"""

from dataclasses import dataclass

from luoshi.desks.instructions.models import Instruction
from luoshi.foundation.deadlines.engine.rule import BadRule, Once, RelativeDue, from_json
from luoshi.foundation.reading.times.grammar import find_times

UNITS = ("hours", "days")
FIRST_REPORT = 15  # TR-06


@dataclass(frozen=True)
class Said:
    """So many hours or days, and the words that say so."""

    amount: int
    unit: str
    words: str

    @property
    def basis(self) -> str:
        """The basis as the matter keeps it."""
        return f"批示原文：“{self.words}”"


def limit_said(row: Instruction) -> Said | None:
    """The shortest limit of the words that goes before the first report; None where they name
    none, or where one was typed already."""
    if row.urgent_amount is not None:
        return None
    found = []
    for time in find_times(row.text):
        try:
            rule = from_json(time.rule) if time.rule else None
        except BadRule:
            continue
        if not isinstance(rule, Once) or not isinstance(rule.due, RelativeDue):
            continue
        unit, amount = rule.due.offset or ("", 0)
        if rule.due.dir == "after" and unit in UNITS and amount > 0:
            found.append(Said(amount, unit, row.text[time.start : time.end]))
    early = [one for one in found if one.unit == "hours" or one.amount < usual(row)]
    return min(early, key=lambda one: one.amount * (1 if one.unit == "hours" else 24), default=None)


def usual(row: Instruction) -> int:
    """The days of the office's first report on this instruction."""
    rule = (row.reference_trace or {}).get("rule") or {}
    days = ((rule.get("due") or {}).get("offset") or {}).get("days")
    return days if isinstance(days, int) else FIRST_REPORT
