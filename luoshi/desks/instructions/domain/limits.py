"""The first limit of an instruction, read from the day it was written (A4).

The limit that binds runs from the handler's signing for receipt (TR-06); this one is shown beside
it, so that an instruction that lies unregistered is seen to grow old.
"""

from datetime import date, datetime

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import Due
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
    hours = matter.urgent and matter.urgent_unit == "hours"
    anchor = received_at if hours else instructed_on
    return once(asked, {"receipt": anchor, "issue": instructed_on}, current_calendar())
