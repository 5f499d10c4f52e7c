"""A later holiday notice moves the limits that are still ahead (R-CAL-3).

Changes: limits of open occurrences that were computed without the edition now in force. A limit
that has passed was judged by the notices known then and stays.
"""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.stops import recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.supervision.commitments.domain.drawing import date_misses, fill
from luoshi.supervision.commitments.domain.locking import locked
from luoshi.supervision.commitments.domain.occurring import Coming, warned
from luoshi.supervision.commitments.domain.rhythm import kept_rule
from luoshi.supervision.commitments.enums import OccurrenceState
from luoshi.supervision.commitments.models import Commitment, Occurrence


def follow_calendar(*, actor: Actor, at: datetime) -> int:
    """Compute anew what an edition has overtaken; returns how many limits moved."""
    calendar = current_calendar()
    rows = Occurrence.objects.filter(state=OccurrenceState.OPEN, due_at__gt=at)
    overtaken = {
        commitment_id
        for commitment_id, editions in rows.values_list("commitment_id", "trace__editions")
        if old(editions, calendar)
    }
    found = Commitment.objects.filter(pk__in=overtaken).order_by("pk")
    return sum(follow_one(one, calendar, actor, at) for one in found)


def old(editions: dict[str, int], calendar: Calendar) -> bool:
    """Whether a year was computed with another edition than the one in force."""
    known = calendar.editions
    return any(
        (known[int(year)].number if int(year) in known else 0) != number
        for year, number in editions.items()
    )


def follow_one(commitment: Commitment, calendar: Calendar, actor: Actor, at: datetime) -> int:
    """The open limits of one commitment by the editions in force."""
    moved = 0
    with acting(actor=actor, at=at):
        row = locked(commitment)
        open_rows = row.occurrences.filter(state=OccurrenceState.OPEN, due_at__gt=at)
        for one in open_rows.select_related("version"):
            due = recompute(Trace.from_json(one.trace), calendar)
            rule, lead = kept_rule(one.version.rule), one.version.warning_workdays
            warn = warned(due, rule, one.opens_on, calendar, lead)
            if due.at != one.due_at:
                moved, one.moved_from_at, one.told = moved + 1, one.due_at, ""
            fill(one, Coming(one.key, one.opens_on, due, warn))
            one.save()
        if moved:
            date_misses(row, [])
            record("commitments.redated", actor=actor, at=at, obj=row, after={"moved": moved})
    return moved
