"""Take the text out of an upload in a limited child process (security.md 7)."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments import child
from luoshi.foundation.attachments.enums import TextState
from luoshi.foundation.attachments.kinds import refuse

WALL_SECONDS = 60
PACKAGE_ROOT = Path(__file__).resolve().parents[4]


@dataclass(frozen=True)
class Extracted:
    """The text of a file, or why there is none."""

    state: TextState
    text: str = ""
    tables: list[Any] = field(default_factory=list)


def end_group(leader: int) -> None:
    """End what the child may have left behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def extract(path: Path) -> Extracted:
    """Read a stored file under a name with its extension. Raises `Invalid` when it is damaged."""
    with tempfile.TemporaryDirectory(prefix="luoshi-parse-") as folder:
        command = [sys.executable, "-I", child.__file__ or "", str(PACKAGE_ROOT), str(path)]
        process = subprocess.Popen(  # noqa: S603 - fixed program, path is ours
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            cwd=folder,
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "HOME": folder},
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
    if process.returncode == child.NO_TEXT:
        return Extracted(TextState.NONE)
    if process.returncode == child.UNREADABLE:
        return Extracted(TextState.UNREADABLE)
    if process.returncode != 0:
        raise refuse(_("The file is damaged and cannot be read."), "damaged")
    found = json.loads(out)
    return Extracted(TextState.READY, found["text"], found["tables"])
