"""The disk fills at the n-th write, fsync or folder; then there is room again."""

import errno
import io
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from django.conf import settings
from django.test import override_settings

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.attachments.models import Attachment, StoredFile
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Unavailable
from tests.faults.ground import Ground
from tests.faults.points import breaker, watching
from tests.faults.table import Row

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")
KINDS = {"write", "fsync", "mkdir", "rename"}


def put(text: bytes, name: str) -> str:
    """Store; returns "" or the code of the refusal."""
    try:
        store(io.BytesIO(text), name=name, actor=SYSTEM, at=AT)
    except Unavailable as refusal:
        return refusal.code
    return ""


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Injected at each point; and a real small disk where one may be mounted."""
    ground.fresh("disk")
    settings.FILES.mkdir(parents=True, exist_ok=True)
    for number in range(1, 9 if scale == "sample" else 51):
        text = f"{number} {dice.random()} ".encode() * (1 if number < 9 else 100_000)
        before = Attachment.objects.count()
        with watching(breaker(number, KINDS, errno.ENOSPC)):
            code = put(text, f"{number}.txt")
        half = Attachment.objects.count() - before
        row.check(half == (0 if code else 1), f"point {number}: {code or 'stored'}, {half} rows")
        left = [*settings.FILES.glob("upload-*")]
        row.check(left == [], f"point {number}: left {left}")
        row.check(put(text, f"{number}.txt") == "", f"point {number}: not recovered")
    for file in StoredFile.objects.all():
        path = Path(settings.FILES) / file.sha256[:2] / file.sha256
        row.check(path.exists() and path.stat().st_size == file.size, f"half written {path.name}")
    small_disk(row, ground)


def small_disk(row: Row, ground: Ground) -> None:
    """A disk of 4 MiB: refused from 5 % free on, and when an upload is larger than what is left."""
    place = ground.base / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        row.say("no small disk: mounting one needs root; the injected points stand for it")
        return
    try:
        with override_settings(FILES=place):
            row.check(put(b"a" * 1_000_000, "fits.txt") == "", "fits")
            row.check(put(b"b" * 3_500_000, "large.txt") == "disk-full", "larger than the rest")
            row.check(sorted(p.name for p in place.glob("upload-*")) == [], "left behind")
            (place / "ballast").write_bytes(b"c" * 3_000_000)
            row.check(put(b"d", "small.txt") == "disk-full", "under 5 %")
            (place / "ballast").unlink()
            row.check(put(b"d", "small.txt") == "", "room again")
    finally:
        subprocess.run(["umount", str(place)], check=False)
