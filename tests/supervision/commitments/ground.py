"""An office that undertakes things, and the days of the tests."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import at_clock
from luoshi.supervision.commitments.domain.coming import come
from luoshi.supervision.commitments.domain.rhythm import Choice
from luoshi.supervision.commitments.domain.undertaking import Plan, undertake
from luoshi.supervision.commitments.models import Commitment, Occurrence
from tests.story import World

CLOCK = Actor.system("commitments")
MONDAY = datetime(2026, 4, 13, 1, 0, tzinfo=UTC)  # 09:00 at the office
STUDY, SHEET, DAILY = "每周五", "每月5日前", "每日17时"
HOUR = timedelta(hours=1)


def plan(words: str = STUDY, **change: Any) -> Plan:
    """A commitment of the supervision officers."""
    values: dict[str, Any] = {
        "title": "理论学习",
        "choice": Choice(words=words),
        "basis": "机关学习制度",
        "role": "supervision_officer",
    }
    return Plan(**{**values, **change})


def undertaken(
    world: World, words: str = STUDY, at: datetime = MONDAY, **change: Any
) -> Commitment:
    """It is undertaken by the officer."""
    return undertake(plan=plan(words, **change), actor=world.officer, at=at)


def noon(year: int, month: int, day: int) -> datetime:
    """12:00 of a day at the office."""
    return at_clock(date(year, month, day), time(12))


def run(at: datetime) -> int:
    """The schedule's job."""
    return come(actor=CLOCK, at=at)


def due_days(commitment: Commitment) -> list[date]:
    """The days of its occurrences, in order."""
    return list(commitment.occurrences.order_by("due_at").values_list("due_on", flat=True))


def on(commitment: Commitment, *day: int) -> Occurrence:
    """The occurrence that falls due on a day."""
    rows = Occurrence.objects.select_related("commitment", "version")
    found: Occurrence = rows.get(commitment=commitment, due_on=date(*day))
    return found
