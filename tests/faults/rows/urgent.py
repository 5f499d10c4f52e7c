"""A night in which everybody reports at once: officers of counties take events in, telephone and
write to the city, the city to the province, each through a connection of its own.

Nothing is lost or there twice, no number is given twice, every limit stands at its second, every
level knows the same way, nobody waits for another for ever.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from random import Random

from django.db import connection

from luoshi.desks.information.domain.urgent.phoning import phone
from luoshi.desks.information.domain.urgent.reporting import Writing, report
from luoshi.desks.information.domain.urgent.taking_in import Facts, take_in
from luoshi.desks.information.models import Event, EventReport
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.faults.ground import Ground
from tests.faults.table import Row
from tests.story import actor, make_world

NIGHT = datetime(2026, 2, 17, 15, 10, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SIZES = {"sample": (6, 4), "full": (50, 20)}  # officers, events of each
LIMITS: tuple[dict[str, int], ...] = ({"phone": 30, "written": 60}, {"phone": 60, "top": 120}, {})


class Officer(threading.Thread):
    """One officer of a county, and the colleague of the city who takes each of them up."""

    def __init__(self, number: int, events: int, county: Actor, city: Actor) -> None:
        super().__init__()
        self.number, self.events, self.county, self.city = number, events, county, city
        self.acknowledged: list[str] = []
        self.faults: list[str] = []

    def run(self) -> None:
        """All events of the night."""
        try:
            for place in range(self.events):
                self.one(place)
        except Exception as error:
            self.faults.append(repr(error))
        finally:
            connection.close()

    def one(self, place: int) -> None:
        """One event from the county to the province."""
        title = f"事件{self.number}-{place}"
        happened = NIGHT + (self.number * 61 + place) * SECOND
        facts = Facts(title, f"第{self.number}镇", happened, "值班室", aware_at=happened + MINUTE)
        at = happened + 5 * MINUTE
        event = take_in(facts, actor=self.county, at=at)
        phone(event=event, to_name="值班员", actor=self.county, at=at + MINUTE)
        first = Writing("first", f"{title}已发生，正在处置。", "主任")
        report(event=event, writing=first, actor=self.county, at=at + 2 * MINUTE)
        city = Event.objects.get(chain=event.chain, office_id=self.city.unit_id)
        report(event=city, writing=first, actor=self.city, at=at + 3 * MINUTE)
        # the county writes on while the city's officer does: up and down meet half-way
        city.refresh_from_db()
        more = Writing("update", f"{title}已控制，抢险人员撤离。", "主任")
        crossing = threading.Thread(target=self.update, args=(city, more, at))
        crossing.start()
        report(event=event, writing=more, actor=self.county, at=at + 4 * MINUTE)
        crossing.join()
        self.acknowledged.append(event.chain.hex)

    def update(self, city: Event, more: Writing, at: datetime) -> None:
        """The city's follow-up, on a connection of its own."""
        try:
            report(event=city, writing=more, actor=self.city, at=at + 4 * MINUTE)
        except Exception as error:
            self.faults.append(repr(error))
        finally:
            connection.close()


def run(row: Row, ground: Ground, scale: str, _dice: Random) -> None:
    """Everybody reports, then the books are compared."""
    ground.fresh("urgent")
    officers, events = SIZES[scale]
    world = make_world()
    units = list(Unit.objects.filter(parent__code="0101", level="county").order_by("code"))
    city = actor("kong", "孔亮", world.office, Role.DUTY_OFFICER)
    threads = [
        Officer(
            number,
            events,
            actor(f"duty{number}", f"值班{number}", units[number % len(units)], Role.DUTY_OFFICER),
            city,
        )
        for number in range(officers)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - began
    faults = [fault for thread in threads for fault in thread.faults]
    row.check(not faults, f"{len(faults)} faults: {faults[:3]}")
    compare(row, [chain for thread in threads for chain in thread.acknowledged], officers * events)
    found = ground.command("audit", "verify")
    row.check(found.returncode == 0, f"audit verify: {found.stdout[-300:]}")
    row.say(f"{officers} officers, {officers * events} events in {seconds:.1f} s")


def compare(row: Row, acknowledged: Iterable[str], expected: int) -> None:
    """Each acknowledged event once in three books, each with the whole way and the right limits."""
    known = Counter(acknowledged)
    row.cases += expected
    row.check(len(known) == expected, f"{expected - len(known)} events were not acknowledged")
    books = Counter(Event.objects.values_list("chain", flat=True))
    row.lost += sum(books[chain] < 3 for chain in books)
    row.twice += sum(books[chain] > 3 for chain in books)
    row.check(len(books) == expected, f"{len(books)} events in the books")
    numbers = Counter(Event.objects.values_list("office_id", "number"))
    row.check(max(numbers.values(), default=0) == 1, "a number was given twice")
    row.check(EventReport.objects.count() == expected * 8, "reports are missing or twice")
    wrong = [str(event) for event in Event.objects.prefetch_related("passages") if bad(event)]
    row.wrong += len(wrong)
    row.check(not wrong, f"{len(wrong)} with a wrong clock or way: {wrong[:3]}")


def bad(event: Event) -> bool:
    """Whether a book's row is not what it must be after the night."""
    way = sorted((one.way, one.at - event.happened_at) for one in event.passages.all())
    told = [("phone", 6 * MINUTE), ("written", 7 * MINUTE), ("written", 8 * MINUTE)]
    open_ = event.next_due_at is not None or event.late_minutes > 0
    return way != told or open_ or event.limits not in LIMITS
