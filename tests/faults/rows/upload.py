"""Hostile uploads: the corpus, and whole files with flipped, cut and repeated bytes."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from django.conf import settings

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid
from tests.faults.ground import Ground
from tests.faults.table import Row

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")
SAMPLES = Path(__file__).parents[2] / "data" / "samples"
REFUSED = {
    "bomb.docx",
    "entries5001.xlsx",
    "xxe.docx",
    "traversal.docx",
    "truncated.pdf",
    "encrypted.pdf",
    "empty.docx",
    "png_named.docx",
    "invalid_bytes.txt",
}


def put(raw: bytes, name: str) -> str:
    """Store; returns "" or the code of the refusal."""
    try:
        store(io.BytesIO(raw), name=name, actor=SYSTEM, at=AT)
    except Invalid as refusal:
        return refusal.code
    return ""


def broken(raw: bytes, dice: Random) -> bytes:
    """A file with some of its bytes flipped, cut off or repeated."""
    made = bytearray(raw)
    for _each in range(dice.randrange(1, 20)):
        made[dice.randrange(len(made))] ^= 1 << dice.randrange(8)
    if dice.random() < 0.3:
        made = made[: dice.randrange(1, len(made))]
    if dice.random() < 0.2:
        made += made[: dice.randrange(len(made))]
    return bytes(made)


def repacked(raw: bytes, dice: Random) -> bytes:
    """An archive that is whole but for one member whose bytes were broken before packing."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        chosen = dice.choice(old.namelist())
        for name in old.namelist():
            inside = old.read(name)
            new.writestr(name, broken(inside, dice) if name == chosen and inside else inside)
    return out.getvalue()


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Refused with a reason and nothing kept, or stored whole; never anything else."""
    ground.fresh("upload")
    settings.FILES.mkdir(parents=True, exist_ok=True)
    for name in sorted(REFUSED):
        before = Attachment.objects.count()
        code = put((SAMPLES / "hostile" / name).read_bytes(), name)
        row.check(code != "" and Attachment.objects.count() == before, f"{name} was stored")
    whole = sorted(p for p in SAMPLES.iterdir() if p.suffix in {".docx", ".pdf", ".xlsx", ".txt"})
    for number in range(8 if scale == "sample" else 400):
        source = dice.choice(whole)
        before = Attachment.objects.count()
        packed = source.suffix in {".docx", ".xlsx"} and dice.random() < 0.6
        raw = (repacked if packed else broken)(source.read_bytes(), dice)
        code = put(raw, source.name)
        kept = Attachment.objects.count() - before
        row.check(kept == (0 if code else 1), f"{number} {source.name}: {code}, {kept} rows")
    row.check([*settings.FILES.glob("upload-*")] == [], "left behind")
