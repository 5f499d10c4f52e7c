"""How an office is on duty at the moment: its newest scheme, else the usual one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luoshi.desks.duty.enums import DayClass, LeaderDays
from luoshi.desks.duty.models import Scheme

WEIGHTS = {DayClass.WORKDAY.value: 2, DayClass.WEEKEND.value: 3, DayClass.HOLIDAY.value: 5}


@dataclass(frozen=True)
class Way:
    """A scheme's values. Hours 0–23 in order; weights in points."""

    officer_starts: tuple[int, ...] = (8,)
    leader_starts: tuple[int, ...] = (8,)
    leader_days: str = LeaderDays.ALWAYS
    rest_hours: int = 24
    workday: int = WEIGHTS[DayClass.WORKDAY]
    weekend: int = WEIGHTS[DayClass.WEEKEND]
    holiday: int = WEIGHTS[DayClass.HOLIDAY]
    night_extra: int = 1
    sensitive_extra: int = 2
    answer_seconds: int = 60
    report_hour: int = 17
    check_days: int = 30
    version: int = 0

    def weight(self, kind: str, *, night: bool, sensitive: bool) -> int:
        """What a shift on such a day weighs, through the night and in a sensitive period more."""
        weights = {DayClass.WEEKEND: self.weekend, DayClass.HOLIDAY: self.holiday}
        extra = night * self.night_extra + sensitive * self.sensitive_extra
        return weights.get(DayClass(kind), self.workday) + extra


def scheme_of(office_id: UUID | None, at: datetime | None = None) -> Way:
    """The values in force, or those of an instant; version 0 = the office has set none."""
    rows = Scheme.objects.filter(office_id=office_id)
    if at is not None:
        rows = rows.filter(made_at__lte=at)
    row = rows.order_by("-version").first()
    if row is None:
        return Way()
    weights = WEIGHTS | row.weights
    return Way(
        officer_starts=tuple(row.officer_starts),
        leader_starts=tuple(row.leader_starts),
        leader_days=row.leader_days,
        rest_hours=row.rest_hours,
        workday=weights[DayClass.WORKDAY.value],
        weekend=weights[DayClass.WEEKEND.value],
        holiday=weights[DayClass.HOLIDAY.value],
        night_extra=row.night_extra,
        sensitive_extra=row.sensitive_extra,
        answer_seconds=row.answer_seconds,
        report_hour=row.report_hour,
        check_days=row.check_days,
        version=row.version,
    )
