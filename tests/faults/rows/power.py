"""Power loss: acknowledged = on disk. The server's settings, and the order of the system calls."""

import io
from datetime import UTC, datetime
from random import Random

from django.conf import settings

from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.core.actors import Actor
from luoshi.site.domain.starting import undurable
from tests.faults.ground import Ground
from tests.faults.points import watching
from tests.faults.table import Row

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")
ORDER = ["write", "fsync", "rename", "fsync", "fsync", "commit"]


def order_of(text: bytes) -> list[str]:
    """The points of one stored upload, from its first write on."""
    seen: list[str] = []
    with watching(seen.append):
        store(io.BytesIO(text), name="a.txt", actor=SYSTEM, at=AT)
    points = [name for name in seen if name != "mkdir"]
    return points[points.index("write") :]


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Settings, refusal of each wrong one, order of the upload's writer."""
    ground.fresh("power")
    settings.FILES.mkdir(parents=True, exist_ok=True)
    row.check(undurable() == [], f"settings of make run: {undurable()}")
    names = ("fsync", "full_page_writes", "synchronous_commit")
    for name in names if scale == "full" else names[:1]:
        ground.sql(f"ALTER SYSTEM SET {name} = off")
        ground.sql("SELECT pg_reload_conf(), pg_sleep(0.3)")
        done = ground.command("serve", "--port", "1")
        row.check(done.returncode == 1 and name in done.stderr, f"{name}: {done.stderr[-200:]}")
        ground.sql(f"ALTER SYSTEM RESET {name}")
        ground.sql("SELECT pg_reload_conf(), pg_sleep(0.3)")
    for number in range(3 if scale == "sample" else 20):
        found = order_of(f"文字 {number} {dice.random()}".encode())
        row.check(found == ORDER, f"order {found}")
