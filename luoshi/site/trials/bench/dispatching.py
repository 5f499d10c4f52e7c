"""One document of 1 MiB to every unit: the dispatch, and the bare transaction that keeps the same
bytes and the same rows."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.dispatch.dispatching import Cover, dispatch
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.envelopes.packing import Source
from luoshi.foundation.exchange.relay.passing import pass_local
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.site.trials.bench.timing import seconds

BYTES, ROUNDS, MOST = 1 << 20, 3, 1500
KIND = "documents.document"


def measure_dispatch() -> dict[str, float]:
    """Seconds, the shortest of three: sending, passing to the units here, the bare transaction."""
    actor = Actor.system("bench", via="cli")
    units = list(Unit.objects.filter(is_active=True).order_by("sort_key")[:MOST])
    sender = units[0]
    clerk = replace(actor, kind="person", role=Role.DOCUMENT_CLERK, unit_id=sender.pk)
    raw, sent, passed, bare = secrets.token_bytes(BYTES), [], [], []
    with elsewhere() as folder:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE bench_addressees (path text, n bigint, title text)")
        initialise(code="BENCH", name="bench", address="", actor=actor, at=timezone.now())
        for number in range(ROUNDS):
            file = Source("a.pdf", "application/pdf", BytesIO(raw))
            sent.append(seconds(partial(send, clerk, sender, units, file)))
            passed.append(seconds(partial(pass_local, at=timezone.now())))
            path = folder / f"bare-{number}"
            bare.append(seconds(partial(bare_transaction, path, raw, len(units))))
    return {
        "dispatch_s": min(sent),
        "dispatch_passed_s": min(passed),
        "dispatch_bare_s": min(bare),
    }


@contextmanager
def elsewhere() -> Iterator[Path]:
    """Keys and files of the measured node lie in a folder that is removed."""
    with TemporaryDirectory(prefix="luoshi-bench-") as folder:
        config = replace(settings.CONFIG, var=Path(folder), files=Path(folder) / "files")
        with override_settings(CONFIG=config, FILES=config.files):
            yield Path(folder)


def send(clerk: Actor, sender: Unit, units: list[Unit], file: Source) -> None:
    """The product's verb."""
    cover = Cover("关于做好防汛工作的通知", "测〔2026〕1号", "", "请按要求办理。")
    at = timezone.now()
    given: dict[str, Any] = {"kind": KIND, "cover": cover, "payload": {}, "sender": sender}
    dispatch(**given, units=units, actor=clerk, at=at, files=[file])


def bare_transaction(path: Path, raw: bytes, units: int) -> None:
    """The bytes on disk, as many rows as addressees one by one, one durable commit."""
    with transaction.atomic(), connection.cursor() as cursor:
        with path.open("wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        rows = [(str(path), number, "测" * 20) for number in range(units)]
        cursor.executemany("INSERT INTO bench_addressees VALUES (%s, %s, %s)", rows)
