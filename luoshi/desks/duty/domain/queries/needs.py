"""Which shifts an office needs: its posts hour by hour over a span of days (R-DUT-1, TR-17).

Hours are wall-clock hours of the office and never roll; holidays come from the one calendar of
working days, sensitive periods from the office's book.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from luoshi.desks.duty.domain.queries.scheme import Way
from luoshi.desks.duty.enums import DayClass, LeaderDays, Post
from luoshi.desks.duty.models import SensitivePeriod
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import FIRST, LAST, WEEKEND_NOTICE, Calendar

DAY = timedelta(days=1)
YEARS = range(FIRST.year, LAST.year)  # of which the calendar knows the days, the last left out
DEEP_NIGHT = time(2)


@dataclass(frozen=True)
class Need:
    """A shift that has to be held."""

    post: str
    day: date
    starts_at: datetime
    ends_at: datetime
    day_class: str
    sensitive: bool
    night: bool
    weight: int


def day_class(on: date, calendar: Calendar) -> DayClass:
    """Working day (make-up days too), weekend or public holiday, by the notice of the year."""
    kind = calendar.kind(on)
    if kind.worked:
        return DayClass.WORKDAY
    return DayClass.WEEKEND if kind.notice == WEEKEND_NOTICE else DayClass.HOLIDAY


def outside(*days_: date | None) -> bool:
    """Whether one of the days lies outside the years the calendar knows."""
    return any(day is not None and day.year not in YEARS for day in days_)


def periods_of(office_id: UUID | None, first: date, last: date) -> list[SensitivePeriod]:
    """Sensitive periods in force that touch the span."""
    rows = SensitivePeriod.objects.filter(
        office_id=office_id, revoked_at=None, starts_on__lte=last, ends_on__gte=first
    )
    return list(rows.order_by("starts_on", "pk"))


def sensitive_days(periods: Iterable[SensitivePeriod], first: date, last: date) -> set[date]:
    """The days of the span that lie in one of them."""
    return {
        day for day in days(first, last) if any(p.starts_on <= day <= p.ends_on for p in periods)
    }


def days(first: date, last: date) -> list[date]:
    """Every day of a span, both included."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def needs(office_id: UUID | None, way: Way, first: date, last: date) -> list[Need]:
    """The shifts that begin on these days, in order."""
    calendar = current_calendar()
    tense = sensitive_days(periods_of(office_id, first, last + DAY), first, last + DAY)
    found: list[Need] = []
    for day in days(first, last):
        for post, starts in ((Post.LEADER, way.leader_starts), (Post.OFFICER, way.officer_starts)):
            for begin, end in spans(day, starts):
                touched = touched_days(begin, end, day)
                sensitive = any(one in tense for one in touched)
                rest = any(day_class(one, calendar) == DayClass.HOLIDAY for one in touched)
                special_only = post == Post.LEADER and way.leader_days == LeaderDays.SPECIAL
                if special_only and not (sensitive or rest):
                    continue
                found.append(need_of(post.value, begin, end, way, tense))
    return sorted(found, key=lambda need: (need.starts_at, need.post))


def need_of(post: str, begin: datetime, end: datetime, way: Way, tense: set[date]) -> Need:
    """A shift from an instant to another, as it weighs. `tense`: the days of sensitive periods."""
    day = office_date(begin)
    kind, night = day_class(day, current_calendar()), through_night(begin, end, day)
    sensitive = any(one in tense for one in touched_days(begin, end, day))
    weight = way.weight(kind, night=night, sensitive=sensitive)
    return Need(post, day, begin, end, kind.value, sensitive, night, weight)


def spans(day: date, starts: Sequence[int]) -> list[tuple[datetime, datetime]]:
    """The shifts of a day: each from its hour to the next, the last into the next day."""
    begins = [at_clock(day, time(hour)) for hour in starts]
    ends = [*begins[1:], at_clock(day + DAY, time(starts[0]))] if starts else []
    return list(zip(begins, ends, strict=True))


def touched_days(begin: datetime, end: datetime, day: date) -> list[date]:
    """The civil days a shift lies in: its own, and the next where it runs past midnight."""
    return [day, day + DAY] if end > at_clock(day + DAY, time(0)) else [day]


def through_night(begin: datetime, end: datetime, day: date) -> bool:
    """Whether a shift runs through 02:00."""
    return any(begin <= at_clock(one, DEEP_NIGHT) < end for one in (day, day + DAY))
