"""`luoshi due "收到之日起15日内" --receipt 2026-02-09`: the date and how it came about."""

import argparse
import json
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR, OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import Anchors, Due, NeedsAnchor, compute
from luoshi.foundation.deadlines.engine.periods import occurrences
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.readings import other_reading, other_words
from luoshi.foundation.deadlines.engine.rule import (
    ANCHORS,
    BadRule,
    DeadlineRule,
    Once,
    RelativeDue,
    Vague,
)
from luoshi.foundation.deadlines.engine.wording import ANCHOR_WORDS, lines
from luoshi.foundation.deadlines.engine.written import rule_of
from luoshi.foundation.reading.times import rules_in

OPTIONS = {("issued" if name == "issue" else name.replace("_", "-")): name for name in ANCHORS}
SHOWN = 4
AHEAD = timedelta(days=400)


def moment(text: str) -> date | datetime:
    """A date, or a date with a clock time of the office."""
    try:
        if "T" in text or " " in text:
            value = datetime.fromisoformat(text)
            return value if value.tzinfo else value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        return date.fromisoformat(text)
    except ValueError as error:
        words = _("“%(text)s” is no date: write 2026-02-09, or 2026-02-17T23:10.")
        raise argparse.ArgumentTypeError(words % {"text": text}) from error


class Command(BaseCommand):
    """Compute a due date from a phrase."""

    help = _("Compute a due date from a phrase and explain it; no database is needed.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phrase", metavar="PHRASE", help=_("A limit as documents write it."))
        for option, name in OPTIONS.items():
            words = ANCHOR_WORDS[name][0 if chinese() else 1]
            told = _("When it happened: %(what)s.") % {"what": words}
            parser.add_argument(f"--{option}", type=moment, dest=name, metavar="DATE", help=told)
        parser.add_argument(
            "--on", type=moment, metavar="DATE", help=_("One date for whatever is not given.")
        )
        parser.add_argument("--json", action="store_true", help=_("Print JSON."))

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ANCHORS if options[name]}
        known = (dict.fromkeys(ANCHORS, options["on"]) if options["on"] else {}) | given
        first = options["on"] or next(iter(given.values()), None)
        document = known.get("issue") or first or datetime.now(ZoneInfo("Asia/Shanghai")).date()
        found = []
        for rule in rules_of(options["phrase"], next(iter(given), "receipt")):
            found.extend(dues(rule, {"document": document, **known}))
        if options["json"]:
            out = [as_json(due) for due in found]
            self.stdout.write(json.dumps(out[0] if len(out) == 1 else out, ensure_ascii=False))
            return
        for due in found:
            self.show(due)

    def show(self, due: Due) -> None:
        """The date, its steps, and the other reading where there is one."""
        language = "zh" if chinese() else "en"
        self.stdout.write(due.at.isoformat() if due.hourly else due.on.isoformat())
        for number, line in enumerate(lines(due.trace, language), start=1):
            self.stdout.write(f"  {number}. {line}")
        other = other_reading(due.trace, SHIPPED_CALENDAR)
        if other is not None and other.on != due.on:
            self.stdout.write(f"  {other_words(due.trace, other, language)}")


def chinese() -> bool:
    """Whether the command speaks Chinese."""
    return (get_language() or "zh").startswith("zh")


def as_json(due: Due) -> dict[str, Any]:
    """The date, the instant it passes, and the trace."""
    return {"due": due.on.isoformat(), "at": due.at.isoformat(), "trace": due.trace.to_json()}


def rules_of(words: str, default: str) -> list[DeadlineRule]:
    """The rules a phrase says: as the product prints them, else as documents write them."""
    try:
        return [rule_of(words)]
    except BadRule:
        found = rules_in(words, default)
    if not found:
        message = _("Not understood: %(words)s. Write it as in documents, e.g. 收到之日起15日内.")
        raise CommandError(message % {"words": words}, returncode=2)
    return list(found)


def dues(rule: DeadlineRule, known: Anchors) -> list[Due]:
    """The date of a single limit, or the next dates of one that comes back. Refused, saying what
    to give: a missing anchor, hours without a clock time, a limit without a number."""
    said = {"rule": phrase(rule, "zh" if chinese() else "en")}
    try:
        if isinstance(rule, Once):
            return [compute(rule, with_clock(rule, known), SHIPPED_CALENDAR)]
        start = known["document"]
        day = start.date() if isinstance(start, datetime) else start
        found = occurrences(rule, start=day, until=day + AHEAD, calendar=SHIPPED_CALENDAR)
    except NeedsAnchor as need:
        raise CommandError(needed(need.anchor), returncode=2) from need
    except OutOfCalendar as error:
        message = _("The date lies outside 1990–2099, where no calendar is kept.")
        raise CommandError(message, returncode=2) from error
    except ValueError as error:
        message = _("“%(rule)s” names an event but no length of time: it has no date.")
        raise CommandError(message % said, returncode=2) from error
    if isinstance(rule, Vague):
        message = _("“%(rule)s” has no date: the officer sets a limit, or none.")
        raise CommandError(message % said, returncode=2)
    if not found:
        message = _("“%(rule)s” has no dates of its own: it follows an event or a term.")
        raise CommandError(message % said, returncode=2)
    return [one.due for one in found[:SHOWN]]


def with_clock(rule: Once, known: Anchors) -> Anchors:
    """The same anchors; refused when hours are to be counted from a day."""
    due = rule.due
    hours = isinstance(due, RelativeDue) and due.offset and due.offset[0] in {"hours", "minutes"}
    if not hours or not isinstance(due, RelativeDue) or due.anchor not in known:
        return known
    if not isinstance(known[due.anchor], datetime):
        message = _("Hours count from a moment: give %(option)s with a clock time, e.g. %(eg)s.")
        values = {"option": option_of(due.anchor), "eg": f"{known[due.anchor]}T09:00"}
        raise CommandError(message % values, returncode=2)
    return known


def option_of(anchor: str) -> str:
    """The option that gives an anchor."""
    return "--" + next(option for option, name in OPTIONS.items() if name == anchor)


def needed(anchor: str) -> str:
    """What to give when an anchor is missing."""
    words = ANCHOR_WORDS[anchor][0 if chinese() else 1]
    message = _("The date of “%(anchor)s” is needed: give %(option)s, or --on for any.")
    return message % {"anchor": words, "option": option_of(anchor)}
