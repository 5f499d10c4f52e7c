"""`luoshi backup create | restore | drill`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.core.refusals import Refused
from luoshi.site.domain import backing_up, restoring


class Command(BaseCommand):
    """Back up, restore into an empty place, or try the newest backup."""

    help = _("Make a backup, restore one into an empty place, or try one out (drill).")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("create", "restore", "drill"), help=_("What to do."))
        parser.add_argument(
            "folder", nargs="?", type=Path, metavar="FOLDER", help=_("A backup's folder.")
        )
        parser.add_argument(
            "--to", type=Path, metavar="FOLDER", help=_("Folder that takes the new backup.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        at, folder = timezone.now(), options["folder"]
        try:
            if options["act"] == "create":
                made = backing_up.create(at=at, to=options["to"])
                self.stdout.write(_("Backup: %(folder)s") % {"folder": made})
            elif options["act"] == "restore":
                if folder is None:
                    raise CommandError(_("Name the backup's folder."))
                restored = restoring.restore(folder, at=at)
                words = _("Restored: %(rows)d rows, %(files)d files. A new trail has begun.")
                rows, files = sum(restored.rows.values()), len(restored.files)
                self.stdout.write(words % {"rows": rows, "files": files})
            else:
                self.drill(folder or backing_up.newest())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal

    def drill(self, folder: Path) -> None:
        """Try a backup; ends with code 1 when it cannot be relied on."""
        found = restoring.drill(folder, at=timezone.now())
        for line in found.problems:
            self.stdout.write(f"  {line}")
        if found.problems:
            raise CommandError(
                _("This backup cannot be relied on: %(n)d problems.") % {"n": len(found.problems)}
            )
        words = _("Drill of %(folder)s: restored and verified in %(seconds).1f s.")
        self.stdout.write(words % {"folder": found.folder, "seconds": found.seconds})
