"""Parts of a large envelope as they come in: each on disk before it is acknowledged, so that a
relay killed in the middle goes on where it was."""

import hashlib
import os
import re
import shutil
import time
from pathlib import Path
from typing import IO

from luoshi.foundation.exchange.envelopes.container import LARGEST
from luoshi.foundation.exchange.transports.interface import SMALL

PART = SMALL
MOST = LARGEST // PART + 1
STALE = 14 * 86_400.0  # seconds; a sender begins anew long before
NAME = re.compile(r"[0-9a-f]{32}\.[0-9a-f]{64}\.\d{1,4}")


class Assembly:
    """A folder named `<consignment>.<sha256>.<number of parts>` with a file per part."""

    def __init__(self, base: Path, name: str) -> None:
        self.folder = base / name
        self.digest, self.total = name.split(".")[1], int(name.split(".")[2])

    def add(self, number: int, raw: bytes) -> None:
        """Write a part durably; one that is there already is left."""
        path = self.folder / str(number)
        if path.exists():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = self.folder / f".{number}"
        with part.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    def come(self) -> int:
        """How many parts are here."""
        return sum(1 for path in self.folder.glob("[0-9]*") if path.name.isdigit())

    def age(self) -> float:
        """Seconds since a part came."""
        return time.time() - self.folder.stat().st_mtime

    def complete(self) -> bool:
        """Whether every part is here."""
        return self.come() >= self.total

    def joined(self) -> IO[bytes] | None:
        """The whole envelope as a file, or None when it is not what was announced: then it is
        forgotten, and comes again."""
        whole = self.folder / "whole"
        digest = hashlib.sha256()
        with whole.open("wb") as target:
            for number in range(self.total):
                raw = (self.folder / str(number)).read_bytes()
                digest.update(raw)
                target.write(raw)
        if digest.hexdigest() != self.digest:
            self.forget()
            return None
        return whole.open("rb")

    def forget(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def assemblies(base: Path) -> list[Assembly]:
    """What an earlier process left. What is not whole and no part has come for in two weeks is
    removed: its sender has begun anew, or it was whole before a part of it came a second time."""
    if not base.exists():
        return []
    names = sorted(path.name for path in base.iterdir() if NAME.fullmatch(path.name))
    left = [Assembly(base, name) for name in names]
    for one in left:
        if one.age() > STALE and not one.complete():
            one.forget()
    return [one for one in left if one.folder.exists()]
