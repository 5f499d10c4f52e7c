"""After every telling: which limit comes next, what was late, and of whom (TR-10, R-INF-3).

Changes: the event's next limit and late minutes; one finding "late" for each unit and leg.
"""

from datetime import datetime

from django.db import connection
from django.db.models import Max

from luoshi.desks.information.domain.queries.clock import Met, legs_of, limits_for
from luoshi.desks.information.domain.queries.daily import days_of
from luoshi.desks.information.enums import Fault, Leg
from luoshi.desks.information.models import Event, Finding, Passage
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.enums import Level
from luoshi.foundation.organizations.models import Unit

LOCK = 0x7572676E  # the number of this lock among the database's advisory locks


def one_at_a_time() -> None:
    """Tellings of this site follow one another: one goes up from book to book, its answer comes
    down the same books, and two that met half-way would wait for each other. Held to the end of
    the transaction; taken again it costs nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def recount(event: Event, *, at: datetime) -> None:
    """Part of the caller's act; the event is locked and saved here."""
    passages = list(event.passages.all())
    codes = {one.sender_code for one in passages} | {one.receiver_code for one in passages}
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    top = {code for code, unit in known.items() if unit.level == Level.PROVINCE}
    owed = legs_of(event, event.office.code, event.limits, passages, top)
    days = daily(event, at)
    waiting = min((one for one in (*owed, *days) if one.met_at is None), key=due, default=None)
    event.next_leg = waiting.leg if waiting else ""
    event.next_due_at = waiting.due_at if waiting else None
    event.late_minutes = max((one.late for one in owed), default=0)
    event.save()
    for met in (*owed, *days):
        note_late(event, event.office, met, at)
    for code in {one.sender_code for one in passages} - {event.office.code}:
        if code in known:
            judge(event, known[code], passages, top, at)


def daily(event: Event, at: datetime) -> list[Met]:
    """The daily reports of a long event; it is one from the day somebody said so."""
    if not event.daily:
        event.daily_since = None
        return []
    event.daily_since = event.daily_since or office_date(at)
    return days_of(event, list(event.reports.filter(unit_code=event.office.code)))


def next_report(event: Event, unit_code: str, step: str) -> int:
    """The next number of a unit's reports of a step in this book. Where two events were merged, the
    reports of both count on: each chain began with number 1."""
    rows = event.reports.filter(unit_code=unit_code, step=step)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def due(one: Met) -> datetime:
    """The order of limits."""
    return one.due_at


def judge(event: Event, unit: Unit, passages: list[Passage], top: set[str], at: datetime) -> None:
    """What another unit owed of the same event, by this office's limits for its level."""
    limits = limits_for(event.office_id, unit.level, event.grade)
    if not any(one.sender_code == unit.code and one.receiver_code in top for one in passages):
        limits.pop(Leg.TOP, None)
    for met in legs_of(event, unit.code, limits, passages, top):
        note_late(event, unit, met, at)


def note_late(event: Event, unit: Unit, met: Met, at: datetime) -> None:
    """A finding of the clock; it stays, whatever is corrected later."""
    if not met.late:
        return
    Finding.objects.get_or_create(
        event=event,
        fault=Fault.LATE,
        unit_code=unit.code,
        leg=met.leg,
        defaults={
            "unit_name": str(unit),
            "minutes": met.late,
            "automatic": True,
            "found_by_name": "",
            "found_at": at,
        },
    )
