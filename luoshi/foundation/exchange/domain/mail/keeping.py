"""Where the bytes of an envelope lie: in its row up to 256 KiB, else once on disk by digest."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

from luoshi.foundation.attachments.domain.storing import keep, stored_path
from luoshi.foundation.exchange.envelopes.packing import digests
from luoshi.foundation.exchange.envelopes.several import each
from luoshi.foundation.exchange.models.mail import Carried

IN_ROW = 256 * 1024
MEDIA_TYPE = "application/zip"


def put(row: Carried, file: IO[bytes], size: int, at: datetime) -> None:
    """Give a row its bytes; see `put_all`."""
    put_all([(row, file, size)], at)


def put_all(found: Sequence[tuple[Carried, IO[bytes], int]], at: datetime) -> None:
    """Give rows their bytes; the rows themselves are not saved. Part of the caller's transaction: a
    file on disk comes before the row that names it and is found by its digest if there is none.
    Several files are measured and written at the same time."""
    large = []
    for row, file, size in found:
        file.seek(0)
        row.size = size
        if size <= IN_ROW:
            row.body, row.file = file.read(), None
        else:
            large.append((row, file))
    if not large:
        return
    settings.FILES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="upload-", dir=settings.FILES) as folder:
        paths = [Path(folder) / f"{place}.zip" for place in range(len(large))]
        written = each(written_out, [file for _row, file in large], paths)
        for (row, _file), path, digest in zip(large, paths, written, strict=True):
            row.body, row.file = None, keep(path, digest, MEDIA_TYPE, at)


def written_out(file: IO[bytes], path: Path) -> tuple[str, str, int]:
    """Write a file durably; (SHA-256, SM3, size). Needs no database: several run in threads."""
    sm3, sha256 = digests(file)
    file.seek(0)
    with path.open("wb") as target:
        shutil.copyfileobj(file, target, IN_ROW)
        target.flush()
        os.fsync(target.fileno())
    return sha256, sm3, path.stat().st_size


def bodies(rows: Sequence[Carried]) -> dict[UUID, bytes]:
    """The bytes that lie in these rows of one table, in the database's binary form: as text they
    would be twice as many."""
    if not rows:
        return {}
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    query = f"SELECT id, body FROM {table} WHERE id = ANY(%s)"  # noqa: S608 - the model's name
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        found = cursor.execute(query, [[row.pk for row in rows]], binary=True).fetchall()
    return {key: bytes(body or b"") for key, body in found}


@contextmanager
def opened(row: Carried) -> Iterator[IO[bytes]]:
    """The bytes of a row as a file."""
    if row.file is None:
        yield BytesIO(bytes(row.body or b""))
        return
    with stored_path(row.file.sha256).open("rb") as file:
        yield file
