"""`luoshi due "收到之日起15日内" --receipt 2026-02-09`: the date and how it came about."""

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR
from luoshi.foundation.deadlines.engine.compute import NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.trace import lines
from luoshi.foundation.reading.times import rules_in

ANCHORS = {"receipt": "receipt", "meeting": "meeting", "issued": "issue", "event": "event"}


def moment(text: str) -> date | datetime:
    """A date, or a date with a clock time of the office."""
    if "T" in text or " " in text:
        value = datetime.fromisoformat(text)
        return value if value.tzinfo else value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return date.fromisoformat(text)


class Command(BaseCommand):
    """Compute a due date from a phrase."""

    help = _("Compute a due date from a phrase and explain it; no database is needed.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("phrase", metavar="PHRASE", help=_("A limit as documents write it."))
        for name in (*ANCHORS, "on"):
            parser.add_argument(f"--{name}", type=moment, metavar="DATE", help=_("A known date."))
        parser.add_argument("--json", action="store_true", help=_("Print JSON."))

    def handle(self, *args: Any, **options: Any) -> None:
        known = {key: options[name] for name, key in ANCHORS.items() if options[name]}
        if options["on"]:
            known |= dict.fromkeys((*ANCHORS.values(), "completion", "document"), options["on"])
        known.setdefault("document", known.get("issue") or next(iter(known.values()), date.today()))  # noqa: DTZ011 - only where nothing is given
        default = next((key for name, key in ANCHORS.items() if options[name]), "receipt")
        rules = rules_in(options["phrase"], default)
        if not rules:
            raise CommandError(
                _("Not understood: %(words)s. Write it as in documents, e.g. 收到之日起15日内.")
                % {"words": options["phrase"]},
                returncode=2,
            )
        try:
            due = compute(rules[0], known, SHIPPED_CALENDAR)
        except NeedsAnchor as need:
            message = _("The date of “%(anchor)s” is needed.") % {"anchor": need.anchor}
            raise CommandError(message, returncode=2) from need
        except NoDate as error:
            raise CommandError(_("This limit has no single date."), returncode=2) from error
        if options["json"]:
            out = {
                "due": due.on.isoformat(),
                "at": due.at.isoformat(),
                "trace": due.trace.to_json(),
            }
            self.stdout.write(json.dumps(out, ensure_ascii=False))
            return
        self.stdout.write(due.at.isoformat() if due.hourly else due.on.isoformat())
        for number, line in enumerate(lines(due.trace, get_language() or "zh"), start=1):
            self.stdout.write(f"  {number}. {line}")
