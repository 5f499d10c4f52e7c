"""Files flipped, cut or gone on disk: named by `luoshi verify`, and the rest works."""

import hashlib
import io
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from django.conf import settings

from luoshi.foundation.attachments.domain.storing import store, stored_path
from luoshi.foundation.attachments.models import StoredFile
from luoshi.foundation.core.actors import Actor
from luoshi.site.domain.verifying import verify_site
from tests.faults.ground import Ground
from tests.faults.table import Row

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")
FILES = 6


def harm(path: Path, kind: str, dice: Random) -> None:
    """Do one thing to a file."""
    raw = bytearray(path.read_bytes())
    if kind == "missing":
        path.unlink()
    elif kind == "cut":
        path.write_bytes(raw[: dice.randrange(len(raw))])
    else:
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
        path.write_bytes(raw)


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """One file after another is harmed, named, and healed by the same upload again."""
    ground.fresh("rot")
    settings.FILES.mkdir(parents=True, exist_ok=True)
    texts = [f"第{number}号文 {dice.random()}".encode() for number in range(FILES)]
    for text in texts:
        store(io.BytesIO(text), name="a.txt", actor=SYSTEM, at=AT)
    keys = list(StoredFile.objects.order_by("created_at").values_list("sha256", flat=True))
    row.check(verify_site().problems == [], "untouched")
    for number in range(12 if scale == "sample" else 200):
        key, kind = dice.choice(keys), dice.choice(("missing", "cut", "changed"))
        harm(stored_path(key), kind, dice)
        found = verify_site()
        row.check(found.problems == [f"file {kind}: {key}"], f"{number}: {found.problems}")
        row.check(found.files == FILES, f"{number}: {found.files} files were read")
        if number % 3 == 0:
            text = next(t for t in texts if row_of(t) == key)
            store(io.BytesIO(text), name="a.txt", actor=SYSTEM, at=AT)
            row.check(verify_site().problems == [], f"{number}: not healed")
        else:
            stored_path(key).write_bytes(next(t for t in texts if row_of(t) == key))


def row_of(text: bytes) -> str:
    """The key a text is stored under."""
    return hashlib.sha256(text).hexdigest()
