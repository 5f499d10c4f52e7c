"""The late mark: written when a submission comes after its limit, kept for ever (ui.md 3)."""

from datetime import datetime

from luoshi.foundation.core.time import last_day, office_date
from luoshi.supervision.matters.enums import LateUnit
from luoshi.supervision.matters.models import ReportDuty


def mark_late(duty: ReportDuty, *, at: datetime, reason: str) -> bool:
    """Write the mark on the duty if `at` is past its limit; returns whether it is late. An earlier
    mark of the same duty is never made smaller."""
    limit = duty.redo_due_at or duty.due_at
    if limit is None or at < limit:
        return False
    amount, unit = lateness(limit, at, hourly=duty.hourly and duty.redo_due_at is None)
    if duty.late_amount is None or unit != duty.late_unit or amount > duty.late_amount:
        duty.late_amount, duty.late_unit = amount, unit
        duty.late_reason = reason.strip()[:300]
    return True


def lateness(limit: datetime, at: datetime, *, hourly: bool) -> tuple[int, str]:
    """Calendar days for day limits; hours, or minutes under one hour, for hour limits."""
    if not hourly:
        return max(1, (office_date(at) - last_day(limit)).days), LateUnit.DAYS
    minutes = int((at - limit).total_seconds() // 60)
    if minutes < 60:
        return max(1, minutes), LateUnit.MINUTES
    return minutes // 60, LateUnit.HOURS
