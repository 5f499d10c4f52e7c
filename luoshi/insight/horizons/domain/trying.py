"""One limit, computed otherwise (换个算法试算): another phrase, calendar, grace or start day.
Nothing is saved (ui.md 5.3)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import Due, NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import (
    BadRule,
    DeadlineRule,
    Once,
    RelativeDue,
    from_json,
)
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.written import rule_of
from luoshi.insight.horizons.domain.asking import Question, calendar_of
from luoshi.supervision.matters.domain.queries.showing import explanation
from luoshi.supervision.matters.models import ReportDuty

MOST_GRACE = 60


@dataclass(frozen=True)
class Trying:
    """What to try; `start` replaces the day the limit counts from."""

    limit: str
    grace: str
    roll: bool
    calendar: str
    start: date | None


def as_it_stands(duty: ReportDuty) -> Trying:
    """The limit's own computation."""
    trace = Trace.from_json(duty.trace or {})
    return Trying(phrase(from_json(trace.rule), "zh"), str(trace.grace or ""), trace.roll, "", None)


def tried(duty: ReportDuty, wanted: Trying) -> Due:
    """The limit as tried. Refused: words that are no single limit, an event that has not
    happened, a day outside the calendar."""
    trace = Trace.from_json(duty.trace or {})
    calendar = calendar_of(Question(calendar=wanted.calendar)) if wanted.calendar else None
    rule = limit_of(wanted.limit)
    anchors: dict[str, date | datetime] = {
        name: datetime.fromisoformat(day) if "T" in day else date.fromisoformat(day)
        for name, day in trace.anchors.items()
    }
    if wanted.start and isinstance(rule, Once) and isinstance(rule.due, RelativeDue):
        anchors[rule.due.anchor] = wanted.start
    grace = wanted.grace.strip() or "0"
    if not (grace.isascii() and grace.isdigit() and int(grace) <= MOST_GRACE):
        raise Invalid(_("Not computed."), {"grace": [_("From 0 to 60 working days.")]})
    try:
        return compute(
            rule,
            anchors,
            calendar or current_calendar(),
            roll=wanted.roll,
            grace_workdays=int(grace),
            provision=trace.provision,
        )
    except NeedsAnchor as error:
        words = _("The event it counts from has no day yet: give the start day.")
        raise Invalid(_("Not computed."), {"start": [words]}) from error
    except (NoDate, OutOfCalendar, OverflowError) as error:
        raise Invalid(_("Not computed."), {"limit": [_("This is no single date.")]}) from error


def limit_of(words: str) -> DeadlineRule:
    """The typed limit."""
    try:
        return rule_of(words.strip())
    except (BadRule, ValueError) as error:
        message = _("Write it as the catalogue prints it, e.g. 签收后15个自然日内.")
        raise Invalid(_("Not computed."), {"limit": [message]}) from error


def told(duty: ReportDuty, due: Due, language: str) -> dict[str, Any] | None:
    """The explanation of a tried date, as the matter's page would show it."""
    copy = ReportDuty(
        title_zh=duty.title_zh,
        title_en=duty.title_en,
        trace=due.trace.to_json(),
        due_at=due.at,
        hourly=due.hourly,
        provisional=due.provisional,
    )
    return explanation(copy, language)
