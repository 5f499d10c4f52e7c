"""Old Word and WPS files through antiword or catdoc, when one is installed."""

import shutil
import subprocess
from pathlib import Path

from luoshi.foundation.reading.sources.source import CannotRead, NoText, Source
from luoshi.foundation.reading.sources.text import decode

PROGRAMS = {
    "antiword": ("-m", "UTF-8.txt", "-w", "0"),  # -w 0: one paragraph a line
    "catdoc": ("-d", "utf-8", "-w"),
}
SECONDS = 30


def from_doc(path: Path) -> Source:
    """The text of a binary Word file by the first program that reads it. Raises `CannotRead` where
    no program is installed or none can be started, the last program's error where none reads it;
    tables arrive as text, because neither program says where cells end."""
    failed: subprocess.CalledProcessError | None = None
    for name, options in PROGRAMS.items():
        program = shutil.which(name)
        if program is None:
            continue
        try:
            done = subprocess.run(  # noqa: S603 - fixed program, path is ours
                [program, *options, str(path)], capture_output=True, check=True, timeout=SECONDS
            )
        except BlockingIOError as error:  # no process may be started in this sandbox
            raise CannotRead("doc") from error
        except subprocess.CalledProcessError as error:
            failed = error
            continue
        text = decode(done.stdout).strip("\n\f")
        if not text.strip():
            raise NoText(path.name)
        return Source(text, kind="doc")
    if failed is not None:
        raise failed
    raise CannotRead("doc")
