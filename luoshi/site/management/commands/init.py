"""`luoshi init`: the one-time code that opens the setup of an empty site."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.core.refusals import Refused
from luoshi.site.domain.installing import begin


class Command(BaseCommand):
    """Make and print the code."""

    help = _("Print the one-time code that opens the setup of an empty site.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        address = "http://127.0.0.1:8000"
        parser.add_argument(
            "--address", default=address, metavar="URL", help=_("Address of the site.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = begin(at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("Open this page and type the code; it is good for 24 hours."))
        self.stdout.write(f"  {options['address']}/setup/\n  {code}")
