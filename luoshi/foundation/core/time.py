"""Civil time of the office: one zone for every date, instants in UTC, a day ends at 24:00.

The clock is read at the edge and handed in; nothing here reads it (R-CAL-1).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def office_zone() -> ZoneInfo:
    """The office's zone (setting; default Asia/Shanghai)."""
    return ZoneInfo(settings.TIME_ZONE)


def office_date(at: datetime) -> date:
    """The civil date of an instant at the office."""
    return at.astimezone(office_zone()).date()


def end_of_day(on: date) -> datetime:
    """24:00 of a civil date, i.e. 00:00 of the next, as an instant in UTC."""
    return at_clock(on + timedelta(days=1), time(0))


def at_clock(on: date, clock: time) -> datetime:
    """A wall-clock time of a civil date as an instant in UTC."""
    return datetime.combine(on, clock, tzinfo=office_zone()).astimezone(UTC)


def typed_day(text: str) -> date:
    """A date as people type it: 2026-3-6, 2026-03-06, 2026/3/6. Raises ValueError for what is none
    or names a day that does not exist."""
    year, month, day = (int(part) for part in text.strip().replace("/", "-").split("-"))
    return date(year, month, day)


def last_day(due_at: datetime) -> date:
    """The civil date a limit belongs to: 00:00 counts as 24:00 of the day before."""
    local = due_at.astimezone(office_zone())
    return (local - timedelta(microseconds=1)).date()


def weekday_text(number: int, language: str) -> str:
    """周五 or Fri; `number` 1 (Monday) to 7, as `date.isoweekday` counts."""
    return f"周{WEEKDAYS_ZH[number - 1]}" if language.startswith("zh") else WEEKDAYS_EN[number - 1]


def date_text(on: date, language: str, *, year: bool = True) -> str:
    """2026年3月6日（周五） or Fri 6 Mar 2026: the weekday is never missing (ui.md 4)."""
    weekday = weekday_text(on.isoweekday(), language)
    if language.startswith("zh"):
        head = f"{on.year}年" if year else ""
        return f"{head}{on.month}月{on.day}日（{weekday}）"
    tail = f" {on.year}" if year else ""
    return f"{weekday} {on.day} {MONTHS_EN[on.month - 1]}{tail}"


def instant_text(at: datetime, language: str, *, year: bool = True) -> str:
    """2026年3月6日（周五）09:30 or Fri 6 Mar 2026, 09:30."""
    local = at.astimezone(office_zone())
    joint = "" if language.startswith("zh") else ", "
    return f"{date_text(local.date(), language, year=year)}{joint}{local:%H:%M}"
