"""Make report duties from rules, and date them when their trigger happens.

Every date comes from the deadline engine with its trace; nothing is dated by guess: a duty whose
anchor has not happened has no date yet. Making is idempotent by (share, rule, period), so that the
sweep may run as often as it likes.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar, OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import Due, NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.open_hours import ZONE, first_morning
from luoshi.foundation.deadlines.engine.periods import Occurrence, occurrences
from luoshi.foundation.deadlines.engine.rule import Once, from_json
from luoshi.supervision.matters.domain.duty.asking import Asked, asked_of, contents, opinion_of
from luoshi.supervision.matters.domain.duty.naming import titled
from luoshi.supervision.matters.domain.duty.standing import past_stops, without
from luoshi.supervision.matters.domain.duty.warning import warn_instant
from luoshi.supervision.matters.enums import DutyState, Part
from luoshi.supervision.matters.models import Assignment, ReportDuty
from luoshi.supervision.rulebook.enums import NOTED_EVENTS

LOOK_AGAIN, DAY = timedelta(days=366), timedelta(days=1)
FIRST_WITHIN = timedelta(days=800)
Anchors = Mapping[str, date | datetime]


def anchors_of(assignment: Assignment) -> dict[str, date | datetime]:
    """What is known of the events limits count from; after a reopening they count from it."""
    matter = assignment.matter
    known: dict[str, date | datetime] = {
        name: date.fromisoformat(value) for name, value in matter.anchors.items() if value
    }
    if assignment.reopening_id:
        known = dict.fromkeys(known, office_date(assignment.assigned_at))
    known.setdefault("issue", office_date(assignment.assigned_at))
    known.setdefault("document", known["issue"])
    if assignment.signed_at:
        known["receipt"] = assignment.signed_at
    return known


def make_duties(assignment: Assignment, *, on: date) -> list[ReportDuty]:
    """Make the duties of a share up to a date; what exists already is left alone. A joint unit owes
    no report to the assigner, only its opinion to the lead unit (features row 13, R-PRO-5). Sets
    the share's `extends_on`; the caller saves it. Duties of a matter led elsewhere come from
    there."""
    if assignment.matter.home:
        assignment.extends_on = on + LOOK_AGAIN
        return []
    calendar, anchors = current_calendar(), anchors_of(assignment)
    stops = past_stops(assignment)
    assigned_on = office_date(assignment.assigned_at)
    joint = assignment.part == Part.JOINT
    if joint:
        anchors = {"issue": assigned_on}
    wanted = [opinion_of(assignment)] if joint else asked_of(assignment)
    there = set(assignment.duties.values_list("rule_code", "period"))
    made = []
    for asked in wanted:
        for period, bare in dates(asked, anchors, calendar, until=on):
            if (asked.code, period[:16]) in there:
                continue
            due = without(bare, period, assignment, stops, calendar) if bare else None
            row = duty(assignment, asked, period, due, anchors, calendar)
            row.original_due_at = bare.at if bare else None
            made.append(row)
    assignment.extends_on = min(
        (begins_next(asked, anchors, calendar, on) for asked in wanted), default=on + LOOK_AGAIN
    )
    if not made:
        return []
    ReportDuty.objects.bulk_create(made, ignore_conflicts=True)
    return [row for row in assignment.duties.all() if (row.rule_code, row.period) not in there]


def dates(
    asked: Asked, anchors: Anchors, calendar: Calendar, *, until: date
) -> Iterable[tuple[str, Due | None]]:
    """(period, due) pairs: one for a single limit (undated while its anchor is unknown), one per
    period for recurring ones."""
    if asked.rule is None:
        return [("-", None)]
    if isinstance(asked.rule, Once):
        return [("-", once(asked, anchors, calendar))]
    if asked.anchor in NOTED_EVENTS and asked.anchor not in anchors:
        return [("-", None)]
    start = anchors.get(asked.anchor or "issue", anchors["issue"])
    begin = start.astimezone(ZONE).date() if isinstance(start, datetime) else start
    found = periods(asked, begin, max(until, begin), calendar)
    found = found or periods(asked, begin, begin + FIRST_WITHIN, calendar)[:1]
    return [(one.key, one.due) for one in found] or [("-", None)]


def begins_next(asked: Asked, anchors: Anchors, calendar: Calendar, on: date) -> date:
    """The first day after `on` on which one more period has begun, at most a year ahead."""
    if asked.rule is None or isinstance(asked.rule, Once):
        return on + LOOK_AGAIN
    now = len(list(dates(asked, anchors, calendar, until=on)))
    days = bisect_left(
        range(LOOK_AGAIN.days),
        x=True,
        key=lambda n: len(list(dates(asked, anchors, calendar, until=on + n * DAY))) > now,
    )
    return on + days * DAY


def periods(asked: Asked, start: date, until: date, calendar: Calendar) -> list[Occurrence]:
    """The dated periods of a recurring rule; a version asks for none that ended before it began."""
    if asked.rule is None:
        return []
    found = occurrences(
        asked.rule,
        start=start,
        until=until,
        calendar=calendar,
        roll=asked.roll,
        grace_workdays=asked.grace,
        skip_first_days=asked.skip_first,
        provision=asked.basis,
    )
    return [one for one in found if one.due.on >= asked.begins]


def once(asked: Asked, anchors: Anchors, calendar: Calendar) -> Due | None:
    """The date of a single limit, or None while it cannot be known."""
    if asked.rule is None:
        return None
    try:
        return compute(
            asked.rule,
            anchors,
            calendar,
            roll=asked.roll,
            grace_workdays=asked.grace,
            provision=asked.basis,
        )
    except (NeedsAnchor, NoDate, OutOfCalendar):
        return None


def duty(
    assignment: Assignment,
    asked: Asked,
    period: str,
    due: Due | None,
    anchors: Anchors,
    calendar: Calendar,
) -> ReportDuty:
    """An unsaved duty row."""
    title_zh, title_en = titled(asked.title_zh, asked.title_en, period, asked.kind)
    row = ReportDuty(
        assignment=assignment,
        rule_version=asked.version,
        rule_code=asked.code,
        period=period[:16],
        kind=asked.kind,
        title_zh=title_zh,
        title_en=title_en,
        content=contents(assignment.matter, asked.code, asked.content, due.on if due else None),
        reports_to=asked.reports_to,
        legal_basis=asked.basis,
        deadline=asked.rule.to_json() if asked.rule else None,
        anchor=asked.anchor,
    )
    put_date(row, due, anchors, calendar, warning=asked.warning)
    return row


def put_date(
    row: ReportDuty, due: Due | None, anchors: Anchors, calendar: Calendar, *, warning: int
) -> None:
    """Write a computed date with its trace and the instant it turns yellow."""
    if due is None:
        return
    row.due_at = row.original_due_at = due.at
    row.hourly, row.provisional = due.hourly, due.provisional
    row.trace = due.trace.to_json()
    trigger = anchors.get(row.anchor)
    if trigger is not None:
        row.trigger_at = trigger if isinstance(trigger, datetime) else first_morning(trigger)
    row.warn_at = warn_instant(due, row.trigger_at, calendar, warning)


def date_duties(assignment: Assignment, *, anchors: Anchors) -> int:
    """Date the open duties whose anchor has happened meanwhile; returns how many."""
    calendar = current_calendar()
    rows = assignment.duties.filter(state=DutyState.OPEN, due_at=None, deadline__type="once")
    dated = 0
    for row in rows.select_related("rule_version"):
        version = row.rule_version
        grace = version.grace_workdays if version else 0
        roll = version.roll if version else True
        try:
            due = compute(
                from_json(row.deadline),
                anchors,
                calendar,
                roll=roll,
                grace_workdays=grace,
                provision=row.legal_basis,
            )
        except (NeedsAnchor, NoDate, OutOfCalendar):
            continue
        warning = version.warning_workdays if version else 3
        put_date(row, due, anchors, calendar, warning=warning)
        row.save()
        dated += 1
    return dated
