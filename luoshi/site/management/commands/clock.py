"""`luoshi clock [confirm]`: whether the clock stands behind the trail; trust it as it is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.site.domain.starting import clock_behind, confirm_clock


class Command(BaseCommand):
    """Show or confirm the clock."""

    help = _("Compare the clock with the last entry of the trail, or confirm that it is right.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        choices = ("show", "confirm")
        parser.add_argument(
            "act", nargs="?", choices=choices, default="show", help=_("Show it, or trust it.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        confirmed = options["act"] == "confirm"
        behind = confirm_clock(at=at) if confirmed else clock_behind(at)
        self.stdout.write(_("Behind the last entry: %(n)d s") % {"n": behind.total_seconds()})
        if confirmed:
            self.stdout.write(_("Confirmed. The entry is in the trail."))
