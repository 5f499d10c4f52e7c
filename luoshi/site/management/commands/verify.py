"""`luoshi verify`: files against digests, the trail, stored dates against recomputed ones."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from luoshi.site.domain.verifying import verify_site


class Command(BaseCommand):
    """Verify the whole store; exit code 1 when something is wrong."""

    help = _("Verify files, trail and dates; name whatever is wrong.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help=_("Print JSON."))

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify_site(self.quiet if options["json"] else self.progress)
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False))
        else:
            for line in found.problems:
                self.stdout.write(f"  {line}")
            words = _("%(files)d files, %(entries)d entries, %(dates)d dates: %(n)d problems.")
            self.stdout.write(words % (found.as_json() | {"n": len(found.problems)}))
        if found.problems:
            raise SystemExit(1)

    def quiet(self, what: str, done: int, total: int) -> None:
        """No progress in JSON."""

    def progress(self, what: str, done: int, total: int) -> None:
        """Every thousandth, and the last."""
        if done == total or done % 1000 == 0:
            self.stderr.write(f"{what} {done}/{total}")
