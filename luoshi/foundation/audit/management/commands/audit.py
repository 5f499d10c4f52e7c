"""`luoshi audit verify | export`."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from luoshi.foundation.audit.domain.verifying import exported_rows, verify, verify_stored
from luoshi.foundation.audit.models import Chain, Entry


class Command(BaseCommand):
    """Verify or export the trail."""

    help = _("Verify the audit trail, or export it for checking without a database.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", choices=("verify", "export"), help=_("What to do."))
        parser.add_argument(
            "file", nargs="?", type=Path, metavar="FILE", help=_("Exported file to verify.")
        )
        parser.add_argument("--json", action="store_true", help=_("Print JSON."))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "export":
            self.export()
            return
        if options["file"]:
            with options["file"].open(encoding="utf-8") as file:
                found = verify(exported_rows(file), algorithms={}, heads={})
        else:
            found = verify_stored()
        if options["json"]:
            self.stdout.write(json.dumps(found.__dict__))
        elif found.code == 0:
            text = _("%(count)d entries, complete and unchanged. Head %(head)s")
            self.stdout.write(text % {"count": found.count, "head": found.head})
        else:
            text = _("Not sound from entry %(seq)d of chain %(chain)d on (%(why)s).")
            self.stdout.write(text % found.__dict__)
        if found.code:
            raise SystemExit(found.code)

    def export(self) -> None:
        """Write every entry as one JSON line."""
        algorithms = dict(Chain.objects.values_list("number", "algorithm"))
        rows = Entry.objects.order_by("chain_id", "seq").iterator(chunk_size=5000)
        for row in rows:
            line = {
                "chain": row.chain_id,
                "seq": row.seq,
                "alg": algorithms[row.chain_id],
                "body": row.body,
                "prev": row.prev,
                "hash": row.hash,
            }
            self.stdout.write(json.dumps(line, ensure_ascii=False))
