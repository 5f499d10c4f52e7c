"""Limits and stopped clocks: which stops cover a share, and how its limits move (features row
20)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from luoshi.foundation.core.time import end_of_day, last_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import calendar_as_of, current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar
from luoshi.foundation.deadlines.engine.compute import Due
from luoshi.foundation.deadlines.engine.periods import period_start
from luoshi.foundation.deadlines.engine.stops import Stop, carried, length, recompute
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.supervision.matters.domain.duty.warning import warn_instant
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT, DutyState, StopState
from luoshi.supervision.matters.models import Assignment, ClockStop, ReportDuty, Review


def stops_over(share: Assignment) -> "QuerySet[ClockStop]":
    """The stops that cover a share: its own, its matter's, its whole matter's."""
    matters = [share.matter_id, share.matter.parent_id]
    return ClockStop.objects.filter(
        Q(assignment=share) | Q(assignment=None, matter_id__in=[key for key in matters if key])
    )


def past_stops(share: Assignment) -> list[Stop]:
    """The spans in which a share stood still, overlapping ones joined, in order."""
    rows = stops_over(share).filter(state=StopState.ENDED).order_by("stopped_at")
    found: list[Stop] = []
    for start, end in rows.values_list("stopped_at", "resumed_at"):
        if start is None or end is None:
            continue
        if found and start <= found[-1].end:
            found[-1] = Stop(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Stop(start, end))
    return found


def began(trace: Trace, period: str, assigned_on: date) -> date | datetime:
    """When a limit began to run: its anchor, else the later of period and assignment (a period key
    that names the due day itself is no period)."""
    anchor = trace.rule.get("due", {}).get("anchor", "")
    text = trace.anchors.get(anchor, "") if anchor != "calendar" else ""
    if text:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    start, due_on = period_start(period), date.fromisoformat(trace.due[:10])
    named = start is not None and (due_on - start).days > 1
    return max(start, assigned_on) if start is not None and named else assigned_on


def without(
    due: Due, period: str, share: Assignment, stops: Sequence[Stop], calendar: Calendar
) -> Due:
    """A freshly computed date with the share's past stops taken out of its time."""
    begin = began(due.trace, period, office_date(share.assigned_at))
    return carried(due, [one.since(begin) for one in stops], calendar)


def move_limits(share: Assignment, stop: Stop) -> int:
    """Move every open limit of a share by a stop that has just ended; returns how many moved."""
    calendar, moved = current_calendar(), 0
    duties = share.duties.filter(state__in=DUTY_AWAITING_UNIT, due_at__isnull=False)
    for duty in duties.select_related("rule_version"):
        before = (duty.due_at, duty.redo_due_at)
        move_limit(duty, share, stop)
        if duty.state == DutyState.RETURNED:
            duty.redo_due_at = redo_after(duty, stop, calendar)
        if (duty.due_at, duty.redo_due_at) != before:
            duty.save()
            moved += 1
    return moved


def move_limit(duty: ReportDuty, share: Assignment, stop: Stop) -> None:
    """The date of a duty computed again with one more stop in its trace, by the calendar editions
    it was computed with. A limit that was extended moves from the extended date; the original
    limit stays as it was."""
    if not duty.trace or duty.due_at is None:
        return
    trace = Trace.from_json(duty.trace)
    calendar = calendar_as_of(trace.editions)
    before = recompute(trace, calendar)
    spans = [stop.since(began(trace, duty.period, office_date(share.assigned_at)))]
    due = carried(before, spans, calendar)
    duty.trace, duty.provisional = due.trace.to_json(), due.provisional
    if duty.due_at != before.at:
        late = replace(before, at=duty.due_at, on=last_day(duty.due_at), bare=None)
        due = carried(late, spans, calendar)
    duty.due_at = due.at
    days = duty.rule_version.warning_workdays if duty.rule_version else 3
    duty.warn_at = warn_instant(due, duty.trigger_at, calendar, days)


def redo_after(duty: ReportDuty, stop: Stop, calendar: Calendar) -> datetime | None:
    """A redo limit moved by the working days that stood still since the return."""
    if duty.redo_due_at is None or stop.start >= duty.redo_due_at:
        return duty.redo_due_at
    last = Review.objects.filter(report__duties=duty).order_by("-reviewed_at").first()
    span = stop.since(last.reviewed_at) if last else stop
    lost = length(office_date(span.start), office_date(span.end), calendar, workdays=True)
    return end_of_day(calendar.add_workdays(last_day(duty.redo_due_at), max(0, lost)))
