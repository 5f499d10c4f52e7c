"""Workbooks that wait between preview and confirmation, in a folder only the product reads."""

import shutil
import tempfile
import time
import uuid
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.fitting import needing_room
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.importing import Preview, read_tree

KEPT_SECONDS = 86_400
MOST_ENTRIES, MOST_BYTES, MOST_UNPACKED = 1000, 10 * 1024 * 1024, 100 * 1024 * 1024


def folder() -> Path:
    """Where they wait."""
    made = Path(settings.CONFIG.var) / "imports"
    made.mkdir(parents=True, exist_ok=True)
    made.chmod(0o700)
    return made


def refused(text: Any) -> Invalid:
    """Nothing was imported, with the reason."""
    return Invalid(_("Not imported."), {"file": [text]})


def keep_workbook(upload: Any) -> tuple[str, Preview]:
    """Keep and read an uploaded file; returns the name to confirm it by and what it would do.
    Refused: nothing uploaded, more than 10 MiB, no workbook, one that unpacks to too much."""
    if upload is None:
        raise refused(_("Choose a file first."))
    if (upload.size or 0) > MOST_BYTES:
        raise refused(_("The workbook is larger than 10 MiB."))
    with (
        needing_room(folder()),
        tempfile.NamedTemporaryFile(dir=folder(), suffix=".part", delete=False) as file,
    ):
        shutil.copyfileobj(upload, file)
    path = Path(file.name)
    try:
        refuse_bomb(path)
        preview = read_tree(path)
    except Invalid:
        path.unlink()
        raise
    name = uuid.uuid4().hex
    path.rename(folder() / f"{name}.xlsx")
    return name, preview


def refuse_bomb(path: Path) -> None:
    """Refuse a file that is no archive or unpacks to more than 100 MiB (security.md 7)."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise refused(_("This is not a readable XLSX workbook.")) from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise refused(_("The workbook unpacks to too much."))


def kept_workbook(name: str) -> Preview:
    """The workbook whose preview was shown, read again."""
    path = folder() / f"{name}.xlsx"
    if not name.isalnum() or not path.exists():
        raise refused(_("Choose the file again."))
    return read_tree(path)


def forget_workbook(name: str) -> None:
    """Remove a workbook that was written, and those nobody confirmed for a day."""
    old = time.time() - KEPT_SECONDS
    for path in folder().iterdir():
        if path.stem == name or path.stat().st_mtime < old:
            path.unlink(missing_ok=True)
