"""Dates of a draft's limits, computed as one looks: from the days known, or as if the trigger were
today, each with its trace."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from luoshi.desks.meetings.domain.dating import Days
from luoshi.desks.meetings.models import SourceDocument
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.periods import occurrences
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, DeadlineRule, from_json
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.foundation.reading.times.document_date import plan_begins


def known_days(days: Days, title: str, today: date) -> dict[str, date]:
    """The anchors a document's limits count from; the document's own day is never unknown. Where
    nobody says it, months without a year in a yearly plan are seen from the first of its year."""
    said = days.issued_on or days.meeting_on
    found = {
        "issue": days.issued_on,
        "meeting": days.meeting_on,
        "receipt": days.received_on,
        "document": said or today,
        "plan": None if said else plan_begins(title),
    }
    return {name: day for name, day in found.items() if day}


def samples(
    document: SourceDocument,
    raw_rules: Sequence[Any],
    language: str,
    today: date,
    days: Days | None = None,
    unsaid: Sequence[Any] = (),
) -> list[dict[str, Any]]:
    """Each rule in words, with a date computed live: from the document's dates (or `days`, as they
    are being typed), or as if the trigger happened today. What a plain 日 counts is said (calendar
    days, the office's default), and which of the rules nothing in the text says the start of
    (`unsaid`)."""
    known = known_days(days or Days.of(document), document.title, today)
    out = []
    for raw in raw_rules:
        try:
            rule = from_json(raw)
        except BadRule:
            continue
        row: dict[str, Any] = {"words": phrase(rule, language), "vague": raw["type"] == "vague"}
        row["unsaid"] = raw in unsaid
        row["plain_days"] = "days" in raw.get("due", {}).get("offset", {})
        out.append(row | dated(rule, raw, known, today, language))
    return out


def dated(
    rule: DeadlineRule, raw: dict[str, Any], known: Mapping[str, date], today: date, language: str
) -> dict[str, Any]:
    """`due`, `assumed`, `next`, `lines` of one rule; empty where it has no date."""
    for anchors, assumed in ((known, False), ({**assume(raw, today), **known}, True)):
        try:
            due = compute(rule, anchors, current_calendar())
        except (NeedsAnchor, NoDate, OutOfCalendar):
            continue
        return {"due": due.on, "assumed": assumed, "lines": lines(due.trace, language)}
    return first_of(rule, today, language) if raw["type"] != "vague" else {}


def earliest(raw_rules: Sequence[Any], known: Mapping[str, date], today: date) -> dict[str, Any]:
    """The nearest date of a draft, for its row in the list; empty where it has none."""
    found = []
    for raw in raw_rules:
        try:
            row = dated(from_json(raw), raw, known, today, "zh")
        except BadRule:
            continue
        if "due" in row:
            found.append(row)
    return min(found, key=lambda row: row["due"], default={})


def first_of(rule: DeadlineRule, today: date, language: str) -> dict[str, Any]:
    """The next date of a rhythm, with its trace; empty where there is none within two years."""
    coming = occurrences(
        rule, start=today, until=today + timedelta(days=731), calendar=current_calendar()
    )
    if not coming:
        return {}
    due = coming[0].due
    return {"due": due.on, "next": True, "lines": lines(due.trace, language)}


def assume(raw: dict[str, Any], today: date) -> dict[str, date]:
    """The rule's anchor as if it happened today."""
    anchor = raw.get("due", {}).get("anchor")
    return {anchor: today} if anchor and anchor != "calendar" else {}
