"""`luoshi sweep`: bring what time alone brings; `--on` moves a demo database to a day."""

from datetime import date, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from luoshi.foundation.accounts.domain.clock import now
from luoshi.foundation.accounts.models import DatabaseNature
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import at_clock
from luoshi.supervision.chasing.domain.sweeping import sweep


class Command(BaseCommand):
    """Run the sweep."""

    help = _("Bring reminders, new duties and summaries up to date.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DATE", help=_("A day (demo database only).")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at, demo = now()
        if options["on"]:
            if not demo:
                raise CommandError(_("Only a demo database can see another day."))
            DatabaseNature.objects.filter(pk=1).update(demo_day=options["on"])
            at = at_clock(options["on"], time(9))
        found = sweep(actor=Actor.system("sweep", via="cli"), at=at)
        words = _("%(duties)d new duties, %(reminders)d reminders, %(summaries)d summaries.")
        self.stdout.write(words % found.__dict__)
