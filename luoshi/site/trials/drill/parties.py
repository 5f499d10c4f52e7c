"""The drill's own processes inside an installation: a relay that knows the drill's kind, and a
writer that sends items and tells the witness what was accepted.

python -m luoshi.site.trials.drill.parties ACT JSON
"""

import json
import secrets
import sys
import time
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import django
from django.utils import timezone

django.setup()

from luoshi.foundation.audit.domain.acting import acting  # noqa: E402
from luoshi.foundation.core.actors import Actor  # noqa: E402
from luoshi.foundation.exchange.domain.mail.carrying import carry_in  # noqa: E402
from luoshi.foundation.exchange.domain.mail.sending import Content, send  # noqa: E402
from luoshi.foundation.exchange.envelopes.packing import Source  # noqa: E402
from luoshi.foundation.exchange.models import Outgoing  # noqa: E402
from luoshi.foundation.exchange.relay import running  # noqa: E402
from luoshi.foundation.organizations.models import Unit  # noqa: E402
from luoshi.site.trials.drill.bare import draw, push  # noqa: E402
from luoshi.site.trials.drill.items import KIND, register  # noqa: E402
from luoshi.site.trials.drill.telling import Witness  # noqa: E402

ACTOR = Actor.system("drill")
MOST_OPEN, PAUSE = 400, 0.2
LARGEST_BATCH, LARGEST_TEXT = 12, 6000
WITH_FILE, FILE = 0.02, (300 << 10, 2 << 20)  # how many of 1; bytes


def relay() -> None:
    """The product's relay."""
    register()
    running.run()


def writer(*, flow: str, unit: str, to: str, total: int, seed: int, socket: str) -> None:
    """Send until the witness knows `total` items of this flow: one batch, one transaction, told
    only once it is committed. A writer that was killed goes on from what the witness knows."""
    register()
    witness = Witness(socket)
    known = witness.ask({"known": flow})["count"]
    dice = Random(f"{seed} {flow} {known}")  # noqa: S311 - by seed
    sender, receiver = Unit.objects.get(code=unit), Unit.objects.get(code=to)
    while known < total:
        if Outgoing.objects.filter(next_at__isnull=False, control=False).count() > MOST_OPEN:
            time.sleep(PAUSE)
            continue
        batch = min(dice.randint(1, LARGEST_BATCH), total - known)
        ids = sent(batch, dice, sender, receiver)
        witness.ask({"flow": flow, "items": ids})
        known += batch


def sent(batch: int, dice: Random, sender: Unit, receiver: Unit) -> list[str]:
    """One transaction; the consignments' numbers."""
    at = timezone.now()
    with acting(actor=ACTOR, at=at):
        rows = [
            send(
                kind=KIND,
                content=Content({"text": "落" * dice.randint(1, LARGEST_TEXT)}, files=files(dice)),
                sender=sender,
                units=[receiver],
                actor=ACTOR,
                at=at,
            )[0]
            for _one in range(batch)
        ]
    return [row.pk.hex for row in rows]


def carry(*, folder: str) -> dict[str, int]:
    """Take in the envelopes of a medium."""
    register()
    found = carry_in(folder=Path(folder), actor=ACTOR, at=timezone.now())
    return {"taken": found.taken, "again": found.again}


def fill(*, unit: str, to: str, count: int, size: int) -> dict[str, float]:
    """So many envelopes with a file of this size into the outbox at once; when that was."""
    register()
    at, raw = timezone.now(), secrets.token_bytes(size)
    sender, receiver = Unit.objects.get(code=unit), Unit.objects.get(code=to)
    with acting(actor=ACTOR, at=at):
        for number in range(count):
            file = Source(f"{number}.bin", "application/octet-stream", BytesIO(raw))
            content = Content({"number": number}, files=[file])
            send(kind=KIND, content=content, sender=sender, units=[receiver], actor=ACTOR, at=at)
    return {"at": time.time()}


def files(dice: Random) -> list[Source]:
    """Some envelopes carry a file that needs several parts on its way."""
    if dice.random() >= WITH_FILE:
        return []
    raw = dice.randbytes(dice.randint(*FILE))
    return [Source("drill.bin", "application/octet-stream", BytesIO(raw))]


PARTIES: dict[str, Any] = {
    "relay": relay,
    "writer": writer,
    "carry_in": carry,
    "fill": fill,
    "push": push,
    "draw": draw,
}

if __name__ == "__main__":
    answer = PARTIES[sys.argv[1]](**json.loads(sys.argv[2]))
    sys.stdout.write(json.dumps(answer) + "\n")
