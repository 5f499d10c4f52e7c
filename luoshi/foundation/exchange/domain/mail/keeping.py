"""Where the bytes of an envelope lie: in its row up to 256 KiB, else once on disk by digest."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings

from luoshi.foundation.attachments.domain.storing import keep, stored_path
from luoshi.foundation.attachments.models import StoredFile
from luoshi.foundation.exchange.envelopes.packing import digests
from luoshi.foundation.exchange.models.mail import Carried

IN_ROW = 256 * 1024
MEDIA_TYPE = "application/zip"


def put(row: Carried, file: IO[bytes], size: int, at: datetime) -> None:
    """Give a row its bytes; the row itself is not saved. Part of the caller's transaction: a file
    on disk comes before the row that names it and is found by its digest if there is none."""
    file.seek(0)
    row.size = size
    if size <= IN_ROW:
        row.body, row.file = file.read(), None
        return
    row.body, row.file = None, kept_file(file, at)


def kept_file(file: IO[bytes], at: datetime) -> StoredFile:
    """The stored file with these bytes."""
    settings.FILES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="upload-", dir=settings.FILES) as folder:
        path = Path(folder) / "envelope.zip"
        sm3, sha256 = digests(file)
        file.seek(0)
        with path.open("wb") as target:
            shutil.copyfileobj(file, target, IN_ROW)
            target.flush()
            os.fsync(target.fileno())
        return keep(path, (sha256, sm3, path.stat().st_size), MEDIA_TYPE, at)


@contextmanager
def opened(row: Carried) -> Iterator[IO[bytes]]:
    """The bytes of a row as a file."""
    if row.file is None:
        yield BytesIO(bytes(row.body or b""))
        return
    with stored_path(row.file.sha256).open("rb") as file:
        yield file
