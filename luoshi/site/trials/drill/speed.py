"""How fast the exchange is on this machine, as a share of what the same two servers carry by
themselves: the same bytes in the same parts, published, drawn over the link and acknowledged,
without envelopes, signatures and databases (performance.md: ≥ 50 % at 1 MiB, ≥ 40 % at 64 KiB)."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import psycopg

from luoshi.site.trials.drill.faults import PARTIES
from luoshi.site.trials.drill.ground import Ground, ground
from luoshi.site.trials.drill.items import KIND
from luoshi.site.trials.drill.minding import Minder, Part
from luoshi.site.trials.drill.running import ended_when_told
from luoshi.site.trials.levels.installations import Broken, Installation, listening

HOPS = (("P33", "C3301", "01", "0101D01"), ("C3301", "X330101", "0101D01", "010101"))
ABOVE, BELOW = HOPS[0][:2]
LARGE = 100 << 20
SIZES = ((1 << 20, 96), (1 << 16, 1200))  # bytes, how many
PATIENCE, LOOK = 180.0, 0.02
COUNT = "SELECT count(*) FROM exchange_incoming WHERE kind = %s"


@dataclass(frozen=True)
class Speed:
    """MiB per second of one size of envelope."""

    size: int
    bare: float
    exchange: float

    def line(self) -> str:
        """For people."""
        share = 100 * self.exchange / self.bare
        return (
            f"{self.size >> 10} KiB: servers alone {self.bare:.1f} MiB/s, "
            f"exchange {self.exchange:.1f} MiB/s, {share:.0f} %"
        )


def measure(say: Callable[[object], None]) -> list[Speed]:
    """Both sizes, one after the other, on two levels of their own."""
    with ended_when_told(), ground() as here:
        minder = Minder()
        try:
            for code, one in here.installations.items():
                minder.add(Part(f"broker-{code}", one, one.command("exchange", "broker")))
            for one in here.installations.values():
                listening(one.ports.client, PATIENCE)
            carried(here, 1 << 10, 1)  # the link draws from its first message on
            bare = {size: carried(here, size, count) for size, count in SIZES}
            for code, one in here.installations.items():
                minder.add(Part(f"relay-{code}", one, one.act("relay", PARTIES)))
            found = []
            for size, count in SIZES:
                seconds = exchanged(here, HOPS[0], size, count)
                found.append(Speed(size, bare[size], count * size / (1 << 20) / seconds))
                say(found[-1].line())
            hops = [f"{exchanged(here, hop, LARGE, 1):.1f} s" for hop in HOPS]
            say(f"{LARGE >> 20} MiB over two hops: {' + '.join(hops)}")
            return found
        finally:
            minder.end()


def carried(here: Ground, size: int, count: int) -> float:
    """What the servers carry by themselves."""
    taker = here.installations[BELOW]
    drawing = taker.start(taker.act("draw", PARTIES, count=count, size=size), f"draw-{size}")
    pushed = here.installations[ABOVE].inside("push", PARTIES, to=BELOW, count=count, size=size)
    if drawing.wait(PATIENCE):
        raise Broken(f"draw: {log_of(taker, f'draw-{size}')}")
    ended = float(log_of(taker, f"draw-{size}"))
    return count * size / (1 << 20) / (ended - pushed["began"])


def log_of(one: Installation, name: str) -> str:
    """The last line a process said."""
    return (one.folder / f"{name}.log").read_text().strip().splitlines()[-1]


def exchanged(here: Ground, hop: tuple[str, str, str, str], size: int, count: int) -> float:
    """Seconds from the commit of so many envelopes in the outbox until all came into effect."""
    above, below, unit, to = hop
    with psycopg.connect(here.installations[below].owner, autocommit=True) as link:
        before = came(link)
        given = {"unit": unit, "to": to, "count": count, "size": size}
        began = here.installations[above].inside("fill", PARTIES, **given)["at"]
        end = time.monotonic() + PATIENCE
        while came(link) < before + count:
            if time.monotonic() > end:
                raise Broken(f"{came(link) - before} of {count} envelopes came")
            time.sleep(LOOK)
        return float(time.time() - began)


def came(link: "psycopg.Connection[tuple[int]]") -> int:
    """How many envelopes the receiver has."""
    row = link.execute(COUNT, (KIND,)).fetchone()
    return row[0] if row else 0
