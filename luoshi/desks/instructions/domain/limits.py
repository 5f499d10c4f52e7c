"""The first limit of an instruction, read from the day it was written (A4).

The limit that binds runs from the handler's signing for receipt (TR-06); this one is shown beside
it, so that an instruction that lies unregistered is seen to grow old.
"""

from dataclasses import replace
from datetime import date, datetime

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import Due
from luoshi.foundation.deadlines.engine.rule import DeadlineRule, Once, RelativeDue
from luoshi.supervision.matters.domain.duty.asking import from_version
from luoshi.supervision.matters.domain.duty.scheduling import once
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.queries.versions import versions_for
from luoshi.supervision.rulebook.enums import Regime

FIRST = ("TR-06", "TR-07")


def reference_limit(*, matter: Matter, instructed_on: date, received_at: datetime) -> Due | None:
    """The date of the first report if it ran from the instruction itself: from its day for limits
    in days, from the office's receipt for limits in hours. None where no rule says so. `matter`
    need not be saved: its office and its urgent limit count."""
    versions = versions_for(
        regime=Regime.INSTRUCTION,
        urgent=matter.urgent,
        office_id=matter.office_id,
        on=office_date(received_at),
    )
    first = next((version for version in versions if version.rule.code in FIRST), None)
    if first is None:
        return None
    asked = from_version(matter, first)
    if matter.urgent and matter.urgent_unit == "hours":
        return once(asked, {"receipt": received_at}, current_calendar())
    anchors = {"sign": instructed_on, "issue": instructed_on}
    return once(replace(asked, rule=from_signature(asked.rule)), anchors, current_calendar())


def from_signature(rule: DeadlineRule | None) -> DeadlineRule | None:
    """The same limit counted from the leader's signature, so that its explanation says so."""
    if (
        isinstance(rule, Once)
        and isinstance(rule.due, RelativeDue)
        and rule.due.anchor == "receipt"
    ):
        return replace(rule, due=replace(rule.due, anchor="sign"))
    return rule
