"""The assigning office sets a limit by its own decision: another day for one that runs, or the next
day of a report that has none (TR-03: the officer sets the next date).

Changes: the duty's limit, a `Redating` with the reason and both sides, the share's clock; the unit
is told. The original limit and its trace stay. Refused: others than the office, tokens, a limit
that has passed (its late mark stays) or counts in hours, one that waits for an event, while a
request of the unit waits, no reason, a day before today or a year ahead.
"""

from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import end_of_day, last_day
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.compute import compute
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.extending import LONGEST, put_limit
from luoshi.supervision.matters.domain.duty.recomputing import Move, totals
from luoshi.supervision.matters.domain.duty.redating import lock, settle_shares
from luoshi.supervision.matters.domain.duty.scheduling import anchors_of, put_date
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import Cause, Change
from luoshi.supervision.matters.models import Assignment, RedatedDuty, Redating, ReportDuty


def set_limit(
    *, duty: ReportDuty, on: date | None, reason: str, actor: Actor, at: datetime
) -> Redating:
    """Let the limit of an open duty be the end of `on`, with the reason its unit reads."""
    ensure(rules.may_set_limit(actor, duty, at))
    with acting(actor=actor, at=at):
        lock({duty.assignment_id})
        share = locked(Assignment.objects.select_related("matter", "unit"), duty.assignment_id)
        row = locked(ReportDuty.objects.select_related("rule_version__rule"), duty.pk)
        row.assignment = share
        ensure(rules.may_set_limit(actor, row, at))
        until = fitting(row, on, reason, at)
        before, trace = row.due_at, row.trace
        if before is None:
            put_first(row, until, reason.strip())
        else:
            put_limit(row, until)
        moved = Move(row, change_of(before, until), before, until, None, overdue=False)
        counted = totals([moved])
        act = Redating.objects.create(
            cause=Cause.OFFICE,
            title=reason.strip(),
            office_id=share.matter.office_id,
            decided_by_name=actor.person_name,
            decided_at=at,
            totals=asdict(counted) | {"moved": counted.moved},
        )
        RedatedDuty.objects.create(
            act=act,
            duty=row,
            change=moved.change,
            before_at=before,
            after_at=until,
            before_trace=trace,
            after_trace=row.trace,
            before_version=row.rule_version,
            after_version=row.rule_version,
        )
        settle_shares(act, [moved], actor=actor, at=at)
    return act


def change_of(before: datetime | None, until: datetime) -> Change:
    """Which way the limit goes."""
    if before is None:
        return Change.DATED
    return Change.EARLIER if until < before else Change.LATER


def fitting(duty: ReportDuty, on: date | None, reason: str, at: datetime) -> datetime:
    """The new limit; refuses a day that cannot be one, and no reason."""
    errors: dict[str, list[Text]] = {}
    until = end_of_day(on) if on is not None else None
    if until is None or not at < until <= at + LONGEST:
        errors["on"] = [_("Choose a day from today on, within a year.")]
    elif until == duty.due_at:
        errors["on"] = [_("This is the limit already.")]
    long = too_long(Redating, {"title": reason.strip()}).get("title")
    if long or not reason.strip():
        errors["reason"] = long or [_("Give the reason; the unit reads these words.")]
    if errors or until is None:
        raise Invalid(_("Limit not set."), errors)
    return until


def put_first(duty: ReportDuty, until: datetime, reason: str) -> None:
    """Date a report that had no date; the trace names the day and the decision."""
    day = last_day(until)
    raw = {"anchor": "calendar", "year": day.year, "month": day.month, "day": day.day}
    rule = from_json({"type": "once", "due": raw})
    known, calendar = anchors_of(duty.assignment), current_calendar()
    basis = f"{duty.legal_basis}；{reason}"
    due = compute(rule, known, calendar, roll=False, provision=basis)
    warning = duty.rule_version.warning_workdays if duty.rule_version else 3
    put_date(duty, due, known, calendar, warning=warning)
    duty.save()
