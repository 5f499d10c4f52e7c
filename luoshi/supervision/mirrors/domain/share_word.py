"""One share as the leading office says it stands; duties by rule and period, decisions by what they
decide on, so that both sides mean the same row whatever its number.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from luoshi.foundation.exchange.kinds import Declined
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.duty.scheduling import anchors_of, date_duties
from luoshi.supervision.matters.domain.share.summarising import refresh, refresh_unit
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    DUTY_AWAITING_UNIT,
    AssignmentState,
    DutyState,
    ExtensionState,
    ReportState,
    StopState,
    Turn,
    Verdict,
)
from luoshi.supervision.matters.models import (
    Assignment,
    ClockStop,
    Extension,
    Matter,
    Objection,
    Reopening,
    Report,
    ReportDuty,
    Review,
)
from luoshi.supervision.mirrors.domain import columns
from luoshi.supervision.mirrors.domain.noticing import Before, notice
from luoshi.supervision.mirrors.domain.plain import key, put, rows, texts
from luoshi.supervision.mirrors.domain.settling import take_settlements
from luoshi.supervision.mirrors.domain.urges import take_urge

UNDECIDED = (StopState.ASKED, StopState.RUNNING)


def take_share(
    matter: Matter,
    said: Mapping[str, Any],
    unit: Unit,
    reopening: Reopening | None,
    *,
    overlay: bool,
    at: datetime,
) -> Assignment:
    """Write a share; with `overlay`, the unit's own acts the office has not confirmed stay in
    effect. Declined: a share of another matter or unit."""
    pk = key(said.get("id"))
    share = Assignment.objects.select_for_update(of=("self",)).filter(pk=pk).first()
    before = Before.of(share)
    share = share or Assignment(pk=pk, matter=matter, unit=unit)
    if (share.matter_id, share.unit_id) != (matter.pk, unit.pk):
        raise Declined("share")
    share.matter, share.unit, share.reopening = matter, unit, reopening
    put(share, said, columns.SHARE)
    share.save()
    duties = take_duties(share, rows(said, "duties"))
    take_reviews(share, rows(said, "reviews"), set(texts(said, "known")))
    take_extensions(share, rows(said, "extensions"))
    take_objection(share, said.get("objection"))
    take_settlements(share, rows(said, "settlements"))
    if overlay and share.state in ASSIGNMENT_OPEN:
        lay_over(share, duties, set(texts(said, "known")))
    close(share, at)
    for one in rows(said, "urges"):
        take_urge(share, one, tell=overlay, at=at)
    if overlay:
        notice(share, before, at=at)
    return share


def close(share: Assignment, at: datetime) -> None:
    """Bring the clock of the share up to date; an ended one shows none."""
    if share.state not in ASSIGNMENT_OPEN:
        share.turn, share.on_clock = Turn.NOBODY, False
        share.attention_at = share.overdue_at = share.objected_at = None
        share.next_title_zh = share.next_title_en = ""
    refresh(share, at=at)
    refresh_unit(share.unit_id, at=at)


def take_duties(share: Assignment, said: Sequence[Mapping[str, Any]]) -> list[ReportDuty]:
    """The duties the office asks for; what it does not name any more is withdrawn."""
    there = {(one.rule_code, one.period): one for one in share.duties.all()}
    for one in said:
        row = there.pop((str(one.get("rule_code")), str(one.get("period"))), None)
        row = row or ReportDuty(assignment=share)
        before = (row.submitted_at, row.due_at, row.trace)
        put(row, one, columns.DUTY)
        if row.due_at is None and row.state == DutyState.OPEN and share.signed_at is not None:
            row.due_at, row.trace = before[1], before[2]
        row.save()
    for gone in there.values():
        gone.state = DutyState.WITHDRAWN
        gone.save(update_fields=("state",))
    return list(share.duties.all())


def take_reviews(share: Assignment, said: Sequence[Mapping[str, Any]], known: set[str]) -> None:
    """The office's decisions on the unit's reports; one it does not name (lost with a restore) is
    no decision any more."""
    reports = {str(one.pk): one for one in Report.objects.filter(assignment=share)}
    named = {str(one.get("report")): one for one in said}
    for pk, report in reports.items():
        review = Review.objects.filter(report=report).first()
        if pk in named:
            review = review or Review(report=report)
            put(review, named[pk], columns.REVIEW)
            review.save()
            accepted = review.verdict == Verdict.ACCEPTED
            report.state = ReportState.ACCEPTED if accepted else ReportState.RETURNED
            report.save(update_fields=("state",))
        elif review is not None:
            review.delete()
            report.state = ReportState.SUBMITTED
            report.save(update_fields=("state",))


def take_extensions(share: Assignment, said: Sequence[Mapping[str, Any]]) -> None:
    """The answers to requests for a later limit."""
    rows_ = Extension.objects.filter(duty__assignment=share)
    mine = {str(one.pk): one for one in rows_}
    for one in said:
        row = mine.get(str(one.get("id")))
        if row is None:
            continue
        if one.get("state") == ExtensionState.ASKED and row.state == ExtensionState.WITHDRAWN:
            continue  # the unit took it back; the office has not heard of it yet
        put(row, one, columns.EXTENSION)
        row.save()


def take_objection(share: Assignment, said: Any) -> None:
    """The answer to the unit's objection."""
    row = Objection.objects.filter(assignment=share).first()
    if row is not None and isinstance(said, dict):
        put(row, said, columns.OBJECTION)
        row.save()


def take_stops(matter: Matter, said: Sequence[Mapping[str, Any]]) -> None:
    """Stops of the clock. An open one of the same extent that the office does not name gives way
    to the one it names; a unit's request it has not heard of stays otherwise."""
    shares = {str(one.pk): one for one in matter.assignments.all()}
    named = [key(one.get("id")) for one in said]
    for one in said:
        share = shares.get(str(one.get("share")))
        if one.get("share") is not None and share is None:
            continue
        if one.get("state") in UNDECIDED:
            others = ClockStop.objects.filter(matter=matter, assignment=share, state__in=UNDECIDED)
            others = others.exclude(pk__in=named)
            others.filter(state=StopState.ASKED).update(state=StopState.REFUSED)
            others.filter(state=StopState.RUNNING).update(state=StopState.ENDED)
        pk = key(one.get("id"))
        row = ClockStop.objects.filter(pk=pk).first() or ClockStop(pk=pk, matter=matter)
        if row.matter_id != matter.pk:
            raise Declined("stops")
        row.assignment = share
        put(row, one, columns.STOP)
        row.save()


def lay_over(share: Assignment, duties: Sequence[ReportDuty], known: set[str]) -> None:
    """What the unit did and the office has not confirmed stays in effect here: signed for, in
    review, objected."""
    if share.signed_at is not None and share.state == AssignmentState.UNSIGNED:
        share.state = AssignmentState.IN_PROGRESS
        date_duties(share, anchors=anchors_of(share))
    for report in Report.objects.filter(assignment=share, state=ReportState.SUBMITTED):
        if f"report:{report.pk}" in known:
            continue
        share.state = AssignmentState.UNDER_REVIEW
        for duty in report.duties.filter(state__in=DUTY_AWAITING_UNIT):
            duty.state, duty.submitted_at = DutyState.SUBMITTED, report.submitted_at
            duty.save(update_fields=("state", "submitted_at"))
    objection = Objection.objects.filter(assignment=share, answered_at=None).first()
    share.objected_at = objection.raised_at if objection else None
