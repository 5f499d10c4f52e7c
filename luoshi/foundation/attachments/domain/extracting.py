"""Take the text out of an upload in a limited child process (security.md 7)."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments import child
from luoshi.foundation.attachments.enums import TextState
from luoshi.foundation.attachments.kinds import refuse
from luoshi.foundation.reading.sources import LeftOut

WALL_SECONDS = 60
RANGE = 25
PROGRAMS = "/usr/bin:/bin"  # where a reader of old Word files may stand
PACKAGE_ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Extracted:
    """The text of a file, or why there is none. `pages` counts them (0 = a kind without pages),
    `silent` are those that show a picture and no text, `left_out` what was taken out of the text;
    `partial` = only the first were read."""

    state: TextState
    text: str = ""
    tables: list[Any] = field(default_factory=list)
    pages: int = 0
    silent: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    partial: bool = False


def workplace() -> tempfile.TemporaryDirectory[str]:
    """A folder for one reading among the site's files, gone afterwards; what a killed one leaves is
    removed with the leftovers of uploads (`storing.forget_leftovers`)."""
    settings.FILES.mkdir(parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix="upload-reading-", dir=settings.FILES)


def end_group(leader: int) -> None:
    """End what the child may have left behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def extract(path: Path, *, whole: bool = True) -> Extracted:
    """Read a file under a name with its extension; without `whole` a document of more than 40
    pages gives its first ones (`partial`). Raises `Invalid` when it is damaged."""
    return extracted(*in_the_child(path, *(["whole"] if whole else [])))


def extracted(code: int, out: bytes) -> Extracted:
    """What the child found."""
    if code == child.NO_TEXT:
        return Extracted(TextState.NONE)
    if code == child.UNREADABLE:
        return Extracted(TextState.UNREADABLE)
    found = json.loads(out)
    found["silent"] = tuple(found["silent"])
    found["left_out"] = tuple(LeftOut.from_json(one) for one in found["left_out"])
    return Extracted(TextState.READY, **found)


def extract_long(path: Path, pages: int, seen: Callable[[int], None]) -> Extracted:
    """Read a document of pages range by range, each in a child of its own, so that the limits hold
    for a range and not for the document; `seen` learns how many pages are read. Raises `Invalid`
    when a range is damaged or too heavy, and whatever `seen` raises."""
    with workplace() as folder:
        for first in range(1, pages + 1, RANGE):
            last = min(first + RANGE - 1, pages)
            code, out = in_the_child(path, "pages", str(first), str(last))
            if code != 0:
                return extracted(code, out)
            (Path(folder) / f"{first:09}").write_bytes(out)
            seen(last)
        return extracted(*in_the_child(Path(folder), "join", path.suffix.lower().lstrip(".")))


def extract_table(path: Path) -> dict[str, Any] | None:
    """The ledger a spreadsheet holds, as `reading.ledgers.table.Table` in JSON; None where there is
    none. Raises `Invalid` when the file is damaged or no spreadsheet."""
    code, out = in_the_child(path, "table")
    if code != 0:
        raise refuse(_("This is not a readable spreadsheet (XLSX, XLS or CSV)."), "kind")
    found: dict[str, Any] | None = json.loads(out)["table"]
    return found


def in_the_child(path: Path, *mode: str) -> tuple[int, bytes]:
    """Run the limited process on a file; returns its exit code and what it printed. Raises
    `Invalid` where it took too much or found damage."""
    with workplace() as folder:
        command = [sys.executable, "-I", child.__file__ or "", str(PACKAGE_ROOT), str(path), *mode]
        process = subprocess.Popen(  # noqa: S603 - fixed program, path is ours
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8", "PATH": PROGRAMS, "HOME": folder},
            start_new_session=True,
        )
        try:
            out, _err = process.communicate(timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            end_group(process.pid)
            process.communicate()
            raise refuse(_("Reading the file took too long."), "slow") from error
        finally:
            end_group(process.pid)
    if process.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        raise refuse(_("Reading the file took too long."), "slow")
    if process.returncode == child.HEAVY:
        raise refuse(_("Reading the file would take too much memory."), "heavy")
    if process.returncode not in {0, child.NO_TEXT, child.UNREADABLE}:
        raise refuse(_("The file is damaged and cannot be read."), "damaged")
    return process.returncode, out
