"""`luoshi audit verify | export`: exit 0 sound, 1 altered, 2 cut, 3 forked, 4 detail missing."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from luoshi.foundation.audit.domain.exporting import anchors_in, exported_lines, verify_exported
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.audit.domain.verifying import Anchor, Finding
from luoshi.foundation.audit.domain.wording import told
from luoshi.foundation.audit.elsewhere import SOURCES
from luoshi.foundation.core.refusals import Refusal

UNREADABLE = 64


class Command(BaseCommand):
    """Verify or export the trail."""

    help = _(
        "Verify the audit trail, or export it for checking without a database. Exit: 0 whole, "
        "1 altered, 2 cut, 3 forked or replayed, 4 detail missing without an erasure entry."
    )
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("verify", "export"), help=_("What to do."))
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help=_("Exported file to verify.")
        )
        parser.add_argument(
            "--since", type=Path, metavar="CHECKPOINT", help=_("Only from this checkpoint on.")
        )
        parser.add_argument(
            "--against",
            type=Path,
            nargs="+",
            default=[],
            metavar="FILE",
            help=_("Checkpoints or exports kept elsewhere."),
        )
        parser.add_argument(
            "--against-superior",
            action="store_true",
            help=_("Ask the superior node for the heads it keeps, and compare."),
        )
        parser.add_argument("--json", action="store_true", help=_("Print JSON."))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "export":
            for line in exported_lines():
                self.stdout.write(line)
            return
        against = [anchor for path in options["against"] for anchor in read_anchors(path)]
        if options["against_superior"]:
            against += from_superior()
        found = self.verified(options, against)
        self.stdout.write(json.dumps(vars(found)) if options["json"] else told(found))
        if found.code:
            raise SystemExit(found.code)

    def verified(self, options: dict[str, Any], against: list[Anchor]) -> Finding:
        """Of a file without a database, or of this database."""
        if options["file"] is None:
            since = read_anchors(options["since"])[-1] if options["since"] else None
            return verify_stored(since=since, against=against)
        if options["since"]:
            message = _("An exported file is verified as a whole: leave --since away.")
            raise CommandError(message, returncode=UNREADABLE)
        try:
            with options["file"].open(encoding="utf-8") as file:
                return verify_exported(file, against=against)
        except OSError as error:
            raise unreadable(options["file"]) from error


def from_superior() -> list[Anchor]:
    """The heads the superior node keeps of this trail."""
    try:
        return SOURCES["superior"]()
    except Refusal as refusal:
        raise CommandError(str(refusal), returncode=UNREADABLE) from refusal


def unreadable(path: Path) -> CommandError:
    """The file is not there or not one of ours."""
    message = _("%(path)s cannot be read as a checkpoint or an export of the trail.")
    return CommandError(message % {"path": path}, returncode=UNREADABLE)


def read_anchors(path: Path) -> list[Anchor]:
    """The heads a file says."""
    try:
        return anchors_in(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(path) from error
