"""Make report duties from rules, and date them when their trigger happens.

Every date comes from the deadline engine with its trace; nothing is dated by guess: a duty whose
anchor has not happened has no date yet. Making is idempotent by (share, rule, period), so that the
sweep may run as often as it likes.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import Calendar, OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import Due, NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.open_hours import ZONE, first_morning
from luoshi.foundation.deadlines.engine.periods import Occurrence, occurrences
from luoshi.foundation.deadlines.engine.rule import (
    DeadlineRule,
    Once,
    RelativeDue,
    from_json,
)
from luoshi.supervision.matters.domain.duty.standing import past_stops, without
from luoshi.supervision.matters.domain.duty.warning import warn_instant
from luoshi.supervision.matters.enums import DutyState, Part
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.queries.versions import newest_first, versions_for
from luoshi.supervision.rulebook.domain.vague import WRITTEN, default_of
from luoshi.supervision.rulebook.enums import Content, DutyKind
from luoshi.supervision.rulebook.models import ReportingRuleVersion

LOOK_AGAIN, DAY = timedelta(days=366), timedelta(days=1)
FIRST_WITHIN = timedelta(days=800)
OPINION_CODE, OPINION_ZH, OPINION_EN = "R-PRO-5", "会办意见", "Opinion to the lead unit"
OPINION_BASIS = "会办单位应当在规定时限内将意见送牵头单位（R-PRO-5）"
TASK_TITLE_ZH, TASK_TITLE_EN = "任务落实情况报告", "Report on the task"
REDONE_ZH, REDONE_EN = "整改情况报告", "Report on putting it right"
Anchors = Mapping[str, date | datetime]


@dataclass
class Asked:
    """A rule a share is under, from the catalogue or from the source document itself."""

    code: str
    kind: str
    title_zh: str
    title_en: str
    basis: str
    rule: DeadlineRule | None
    content: list[str] = field(default_factory=list)
    reports_to: str = ""
    anchor: str = ""
    grace: int = 0
    skip_first: int = 0
    warning: int = 3
    roll: bool = True
    begins: date = date.min
    version: ReportingRuleVersion | None = None


def rules_of(share: Assignment) -> list[Asked]:
    """Everything that asks for a report on this share: the catalogue's versions it was issued
    under, then the limits the source itself writes. A written limit that a catalogue row already
    says is asked once, under the row; a word without a number counts only where nothing else
    gives a date."""
    matter = share.matter
    versions = versions_under(share)
    known = [version.deadline for version in versions if version.deadline]
    asked = [from_version(matter, version) for version in versions]
    written = [rule for rule in matter.task_rules if rule not in known]
    sure = [rule for rule in written if rule["type"] != "vague"]
    asked.extend(from_source(matter, number, raw) for number, raw in enumerate(sure, start=1))
    if not known and not sure:
        asked.extend(from_words(matter, written))
    if not asked and matter.end_on:
        end = {"anchor": "calendar", "year": matter.end_on.year, "month": matter.end_on.month}
        raw = {"type": "once", "due": {**end, "day": matter.end_on.day}}
        asked.append(from_source(matter, 1, raw))
    return within_quarterly(share, asked)


def within_quarterly(share: Assignment, asked: list[Asked]) -> list[Asked]:
    """Without what the office merged into the quarterly report before assigning (B6)."""
    row = getattr(share.matter, "asked_together", None)
    if row is None:
        return asked
    kept = [one for one in asked if one.code not in row.codes]
    target = next((one for one in kept if one.code == row.into_code), None)
    if target is None and row.version is not None and not share.duties.exists():
        target = from_version(share.matter, row.version)
        kept.append(target)
    if target is not None and row.version is not None:
        target.basis = row.basis
    return kept


def contents(matter: Matter, code: str, parts: list[str], on: date | None) -> list[str]:
    """What a duty of this rule must carry: its own parts and those of requests merged into it, each
    in the reports of its months."""
    row = getattr(matter, "asked_together", None)
    if row is None or row.into_code != code:
        return list(parts)
    month = on.month if on else 0
    merged = {part for part, months in row.content.items() if not months or month in months}
    return [part for part in Content.values if part in {*parts, *merged}]


def asked_of(assignment: Assignment) -> list[Asked]:
    """What a share is asked for. After a reopening: a report on putting things right by the new
    limit, and the catalogue's rules anew; limits the source once set have had their day (B9)."""
    reopening = assignment.reopening
    if reopening is None:
        return rules_of(assignment)
    day = reopening.due_on
    raw = {"anchor": "calendar", "year": day.year, "month": day.month, "day": day.day}
    rectification = Asked(
        code="REOPEN",
        kind=DutyKind.TASK,
        title_zh=REDONE_ZH,
        title_en=REDONE_EN,
        basis=reopening.reason[:200],
        rule=from_json({"type": "once", "due": raw}),
        content=[Content.PROGRESS],
    )
    versions = versions_under(assignment)
    return [rectification, *(from_version(assignment.matter, version) for version in versions)]


def versions_under(share: Assignment) -> list[ReportingRuleVersion]:
    """The versions a share is under: those its duties carry since it was issued, which only an
    act on open duties changes (features row 14); before it has any, those in force on its day."""
    kept = ReportingRuleVersion.objects.filter(duties__assignment=share).select_related("rule")
    found = {row.rule_id: row for row in reversed(newest_first(kept.distinct()))}
    if found:
        return [row for row in sorted(found.values(), key=lambda r: r.rule.code) if row.applies]
    if share.duties.exists():
        return []
    return versions_for(
        regime=share.matter.regime,
        urgent=share.matter.urgent,
        office_id=share.matter.office_id,
        on=office_date(share.assigned_at),
    )


def from_words(matter: Matter, written: list[Mapping[str, Any]]) -> list[Asked]:
    """The office's default for the source's words without a number, the shortest of them; its
    basis says that the number is the office's and not the source's (A9)."""
    settings = settings_of(matter.office_id)
    cues = [(default_of(rule["cue"], settings), rule["cue"]) for rule in written]
    dated = sorted((days, cue) for days, cue in cues if days is not None)
    if not dated:
        return []
    days, cue = dated[0]
    offset = {"workdays": days}
    raw = {"type": "once", "due": {"anchor": "receipt", "dir": "after", "offset": offset}}
    asked = from_source(matter, 1, raw)
    note = f"（原文“{WRITTEN[cue]}”无数字，按本机关默认{days}个工作日）"
    asked.basis = asked.basis[: 200 - len(note)] + note
    return [asked]


def from_version(matter: Matter, version: ReportingRuleVersion) -> Asked:
    """A catalogue row; the urgent row takes the limit typed for this matter (TR-07, A8)."""
    raw: Any = version.deadline
    if matter.urgent and version.rule.code == "TR-07":
        offset = {matter.urgent_unit: matter.urgent_amount}
        raw = {"type": "once", "due": {"anchor": "receipt", "dir": "after", "offset": offset}}
    urgent_basis = matter.urgent_basis if version.rule.code == "TR-07" else ""
    return Asked(
        code=version.rule.code,
        kind=version.kind,
        title_zh=version.rule.title_zh,
        title_en=version.rule.title_en,
        basis=urgent_basis or version.legal_basis,
        rule=from_json(raw) if raw else None,
        content=list(version.content),
        reports_to=version.reports_to,
        anchor=version.anchor,
        grace=version.grace_workdays,
        skip_first=version.skip_first_days,
        warning=version.warning_workdays,
        roll=version.roll,
        begins=version.valid_from,
        version=version,
    )


def opinion_of(assignment: Assignment) -> Asked:
    """What a joint unit owes: its opinion, within the office's days from the assignment."""
    days = settings_of(assignment.matter.office_id).opinion_days
    raw = {"type": "once", "due": {"anchor": "issue", "dir": "after", "offset": {"days": days}}}
    return Asked(
        code=OPINION_CODE,
        kind=DutyKind.OPINION,
        title_zh=OPINION_ZH,
        title_en=OPINION_EN,
        basis=OPINION_BASIS,
        rule=from_json(raw),
        reports_to="牵头单位",
        anchor="issue",
    )


def from_source(matter: Matter, number: int, raw: Mapping[str, Any]) -> Asked:
    """A limit the source document itself sets."""
    rule = from_json(raw)
    anchor = rule.due.anchor if isinstance(rule, Once) and isinstance(rule.due, RelativeDue) else ""
    basis = matter.origin_reference or matter.origin_title or matter.basis or matter.title
    return Asked(
        code=f"SRC-{number}",
        kind=DutyKind.TASK,
        title_zh=TASK_TITLE_ZH,
        title_en=TASK_TITLE_EN,
        basis=basis[:200],
        rule=rule,
        content=[Content.PROGRESS],
        anchor=anchor,
    )


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
    the share's `extends_on`; the caller saves it."""
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
    row = ReportDuty(
        assignment=assignment,
        rule_version=asked.version,
        rule_code=asked.code,
        period=period[:16],
        kind=asked.kind,
        title_zh=asked.title_zh if period == "-" else f"{period} {asked.title_zh}",
        title_en=asked.title_en if period == "-" else f"{period} {asked.title_en}",
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
    rows = assignment.duties.filter(state=DutyState.OPEN, due_at=None).exclude(deadline=None)
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
