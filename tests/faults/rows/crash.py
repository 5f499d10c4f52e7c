"""The upload's writer ends at its n-th write, fsync, rename or commit, in turn through all n."""

import io
from datetime import UTC, datetime
from random import Random
from uuid import uuid4

from django.conf import settings

from luoshi.foundation.accounts.domain.submissions import once
from luoshi.foundation.attachments.domain.storing import forget_leftovers, store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.actors import Actor
from luoshi.site.domain.verifying import verify_site
from tests.faults.ground import Ground
from tests.faults.points import KILLED, forked, killer, watching
from tests.faults.table import Row
from tests.story import person

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")
MOST = 200


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Every point once (sample), in ten files (full); each upload is repeated with its key."""
    ground.fresh("crash")
    settings.FILES.mkdir(parents=True, exist_ok=True)
    user = person("li", "李文清")
    for file in range(1 if scale == "sample" else 10):
        for number in range(1, MOST):
            key, name = uuid4(), f"{file}-{number}.txt"
            text = f"{name} {dice.random()}".encode()

            def send(key: object = key, name: str = name, text: bytes = text) -> str:
                def act() -> str:
                    store(io.BytesIO(text), name=name, actor=SYSTEM, at=AT)
                    return "/"

                return once(key=key, user=user, route="t", at=AT, act=act)  # type: ignore[arg-type]

            def ends(number: int = number, send: object = send) -> None:
                with watching(killer(number)):
                    send()  # type: ignore[operator]

            code, told = forked(ends)
            stored = Attachment.objects.filter(name=name).count()
            row.check(stored == 1 if told else stored <= 1, f"point {number}: {stored} rows")
            row.check(code in {0, KILLED}, f"point {number}: exit {code}")
            problems = verify_site().problems
            row.check(problems == [], f"point {number}: {problems}")
            send()
            row.count(Attachment.objects.filter(name=name).count(), f"{name} after a repetition")
            if code == 0:
                break
    later = datetime.now(tz=UTC).replace(year=2099)
    forget_leftovers(at=later)
    left = [path.name for path in settings.FILES.glob("upload-*")]
    row.check(left == [], f"left behind: {left}")
