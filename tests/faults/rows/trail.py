"""The trail tampered with: changed, removed, inserted, reordered, cut; found, and where. Eight
writers at once leave no gap and no fork."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

from django.db import connection

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.domain.stored import stored_rows, verify_stored
from luoshi.foundation.audit.domain.verifying import Row as Stored
from luoshi.foundation.audit.domain.verifying import verify
from luoshi.foundation.audit.hashing import entry_hash
from luoshi.foundation.audit.models import Entry, Head
from luoshi.foundation.core.actors import Actor
from tests.faults.ground import Ground
from tests.faults.table import Row

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")
KINDS = (
    "body",
    "hash",
    "prev",
    "text",
    "salt",
    "removed",
    "inserted",
    "reordered",
    "cut",
    "rewritten",
)


def other(text: str, dice: Random) -> str:
    """The text with one character changed."""
    place = dice.randrange(len(text))
    changed = "0" if text[place] != "0" else "1"
    return text[:place] + changed + text[place + 1 :]


def rewrite(made: list[Stored], place: int) -> None:
    """An entry changed with its hash and its successor's link mended: the rest would have to be
    rewritten as well."""
    old = made[place]
    body = old.body.replace('"via":"job"', '"via":"cli"')
    mended = entry_hash("sm3", old.prev, body)
    made[place] = replace(old, body=body, hash=mended)
    made[place + 1] = replace(made[place + 1], prev=mended)


def tampered(rows: list[Stored], kind: str, place: int, dice: Random) -> list[Stored]:
    """A copy of the trail with one thing done to it at a place."""
    made = list(rows)
    if kind == "removed":
        del made[place]
    elif kind == "inserted":
        made.insert(place, made[place])
    elif kind == "reordered":
        made[place - 1], made[place] = made[place], made[place - 1]
    elif kind == "cut":
        del made[place:]
    elif kind == "rewritten":
        rewrite(made, place)
    else:
        old = getattr(made[place], kind) or "0" * 64
        made[place] = replace(made[place], **{kind: other(old, dice)})  # type: ignore[arg-type]
    return made


def write(count: int) -> None:
    """One writer: an act after the other, each with its entry."""
    for number in range(count):
        with acting(actor=SYSTEM, at=AT):
            record("audit.verified", actor=SYSTEM, at=AT, object_kind="w", object_id=number)
    connection.close()


def eight_writers(row: Row, each: int) -> None:
    """All of them at once; then the trail is walked in parts, as a long one is."""
    before = Entry.objects.count()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, [each] * 8))
    row.check(Entry.objects.count() == before + 8 * each, "entries of eight writers")
    found = verify_stored(long=0)
    row.check((found.code, found.count) == (0, before + 8 * each), f"eight writers: {found}")


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Tamper with copies; then with the table itself, guard removed, as only root can."""
    ground.fresh("trail")
    count = 60
    for number in range(count):
        with acting(actor=SYSTEM, at=AT):
            record("audit.verified", actor=SYSTEM, at=AT, object_kind="t", object_id=number)
    rows = list(stored_rows())
    heads = {head.chain_id: (head.seq, head.hash) for head in Head.objects.all()}
    row.check(verify(rows, algorithms={}, heads=heads).code == 0, "untouched")
    for number in range(200 if scale == "sample" else 1000):
        kind, place = dice.choice(KINDS), dice.randrange(1, count - 1)
        found = verify(tampered(rows, kind, place, dice), algorithms={}, heads=heads)
        near = found.seq in {place, place + 1, place + 2}
        row.check(found.code != 0 and near, f"{number}: {kind} at {place + 1}: {found}")
    eight_writers(row, 40 if scale == "sample" else 1000)
    ground.sql("ALTER TABLE audit_entry DISABLE TRIGGER USER", ground.name)
    ground.sql("UPDATE audit_entry SET action = 'x' WHERE seq = 7", ground.name)
    done = ground.command("audit", "verify")
    row.check(done.returncode == 1 and " 7 " in done.stdout, f"in the table: {done.stdout}")
