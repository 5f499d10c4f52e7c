"""`luoshi read FILE…`: what the reading drafts from documents; needs no database."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.attachments.kinds import NO_READER, OLD_WORD
from luoshi.foundation.deadlines.engine.calendar import SHIPPED_CALENDAR
from luoshi.foundation.deadlines.engine.compute import NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.organizations.domain.queries.names import all_names
from luoshi.foundation.reading.drafting import read
from luoshi.foundation.reading.drafts import Draft
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.sources import CannotRead, NoText, read_text

REFUSED = (NoText, CannotRead, OSError, ValueError, SubprocessError)


def why(error: Exception) -> object:
    """Why a file cannot be read, with what to do about it."""
    if isinstance(error, NoText):
        return _("The file has no text layer; it needs OCR before drafting.")
    if isinstance(error, CannotRead):
        old = str(error) in OLD_WORD
        return NO_READER if old else _("Give a TXT, DOCX, PDF or OFD file.")
    if isinstance(error, SubprocessError):
        return _("The file is damaged and cannot be read.")
    return error


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    return date.fromisoformat(text)


def site_units() -> UnitNames | None:
    """The names of the site's units where its database can be reached; None = by grammar alone."""
    with suppress(DatabaseError):
        names = all_names()
        return UnitNames.of(names) if names else None
    return None


class Command(BaseCommand):
    """Draft obligations from files."""

    help = _("Draft the obligations of documents (TXT, DOCX, PDF, OFD); no database is needed.")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=_("Documents."))
        parser.add_argument("--units", type=Path, metavar="XLSX", help=_("Unit tree (XLSX)."))
        parser.add_argument(
            "--format", choices=("table", "json"), default="table", help=_("Form of the answer.")
        )
        parser.add_argument(
            "--possible", action="store_true", help=_("Also what only possibly binds somebody.")
        )
        for name in ("issued", "meeting", "receipt"):
            parser.add_argument(f"--{name}", type=day, metavar="DATE", help=_("A known date."))

    def handle(self, *args: Any, **options: Any) -> None:
        units = UnitNames.from_xlsx(options["units"]) if options["units"] else site_units()
        found: dict[str, list[Draft]] = {}
        for path in options["files"]:
            try:
                source = read_text(path)
            except REFUSED as error:
                message = _("%(file)s cannot be read: %(why)s") % {"file": path, "why": why(error)}
                raise CommandError(message, returncode=2) from error
            reading = read(source.text, units=units, tables=source.tables)
            wanted = ("draft", "possible") if options["possible"] else ("draft",)
            drafts = [draft for draft in reading.drafts if draft.band in wanted]
            found[path.stem] = drafts
        if options["format"] == "json":
            plain = {stem: [d.to_json() for d in drafts] for stem, drafts in found.items()}
            out: Any = next(iter(plain.values())) if len(plain) == 1 else plain
            self.stdout.write(json.dumps(out, ensure_ascii=False, indent=1))
            return
        anchors = {"issue": options["issued"], "meeting": options["meeting"]}
        anchors |= {"receipt": options["receipt"], "document": options["issued"]}
        known = {name: value for name, value in anchors.items() if value}
        for stem in found:
            self.stdout.write(f"{stem}: {len(found[stem])}")
            for draft in found[stem]:
                self.stdout.write(self.line(draft, known))

    def line(self, draft: Draft, known: dict[str, date]) -> str:
        """One draft as a line: band, span, units, limits with dates where known."""
        language = get_language() or "zh"
        limits = []
        for raw in draft.rules:
            try:
                rule = from_json(raw)
            except BadRule:
                continue
            words = phrase(rule, language)
            with suppress(NeedsAnchor, NoDate):
                words += f" → {compute(rule, known, SHIPPED_CALENDAR).on.isoformat()}"
            limits.append(words)
        who = "、".join(unit.text for unit in draft.responsible)
        head = f"  [{draft.band}] {draft.start}-{draft.end} {who}"
        return f"{head} | {'; '.join(limits)} | {draft.text[:60]}"
