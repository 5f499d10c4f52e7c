"""Daily reports of sensitive periods: what is due when, who has reported, who has not (R-DUT-7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from luoshi.desks.duty.domain.queries.needs import days
from luoshi.desks.duty.domain.queries.offices import next_below
from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.models import DailyReport, SensitivePeriod
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import compute
from luoshi.foundation.deadlines.engine.rule import Once, RelativeDue
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.enums import Light

BASIS = "敏感时期每日报告，无事也报（R-DUT-7）"
LEAD = timedelta(hours=1)


def due_of(office_id: UUID | None, day: date) -> datetime:
    """When the report of a day is due, by the deadline engine: the office's hour of that day."""
    return at_hour(day, scheme_of(office_id).report_hour)


def at_hour(day: date, hour: int) -> datetime:
    """An hour of a day as the engine computes it; hours never roll."""
    rule = Once(RelativeDue("issue", "after", ("hours", hour)))
    return compute(rule, {"issue": at_clock(day, time(0))}, current_calendar(), provision=BASIS).at


@dataclass(frozen=True)
class Day:
    """A day of a period for one unit: reported, or owed."""

    day: date
    due_at: datetime
    report: DailyReport | None

    def light(self, at: datetime) -> Light:
        """Green when reported in time; red owed; yellow an hour before."""
        if self.report is not None:
            return Light.RED if self.report.late else Light.GREEN
        if self.due_at <= at:
            return Light.RED
        return Light.YELLOW if self.due_at - at <= LEAD else Light.GREY


def own_days(period: SensitivePeriod, at: datetime) -> list[Day]:
    """The days up to today of an office's own reports, the newest first."""
    last = min(period.ends_on, office_date(at))
    if last < period.starts_on:
        return []
    hour = scheme_of(period.office_id).report_hour
    sent = {
        one.day: one
        for one in DailyReport.objects.filter(period=period, unit_code=period.office.code)
    }
    found = days(period.starts_on, last)
    return [Day(day, at_hour(day, hour), sent.get(day)) for day in reversed(found)]


@dataclass(frozen=True)
class Below:
    """A unit below on one day."""

    unit: Unit
    report: DailyReport | None


def below(period: SensitivePeriod, day: date) -> list[Below]:
    """Every office right below on a day of a period this office declared: its report, or none."""
    units: Sequence[Unit] = next_below(period.office)
    sent = {
        one.unit_code: one
        for one in DailyReport.objects.filter(office=period.office, period=period, day=day)
    }
    return [Below(unit, sent.get(unit.code)) for unit in units]
