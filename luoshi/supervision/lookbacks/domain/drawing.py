"""Draw a sample reproducibly (B9). Pure: no database, no clock, no random generator.

The algorithm, so that anybody can repeat it with a calculator of hashes:

1. every concluded matter that is key or carries a promised date is in the sample;
2. each of the others gets the digest SHA-256 of the UTF-8 text `<seed>|<matter number>`;
3. the digests are sorted as hexadecimal text, and the first ⌈n × percent / 100⌉ of n are drawn.

The digest depends on the seed and the number alone: neither on the order of rows, nor on ids, nor
on which other matters there are. A greater percentage only adds matters to the sample.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from luoshi.supervision.lookbacks.enums import Ground


@dataclass(frozen=True)
class Candidate:
    """A concluded matter by its number; `row` is whatever the caller wants back."""

    number: str
    key: bool = False
    promised: bool = False
    row: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Drawn:
    """A matter of the sample with its grounds and digest."""

    candidate: Candidate
    grounds: tuple[str, ...]
    digest: str

    @property
    def words(self) -> list[str]:
        """The grounds as words."""
        return [str(Ground(ground).label) for ground in self.grounds]


def digest_of(seed: int, number: str) -> str:
    """SHA-256 of `<seed>|<number>` as hexadecimal text."""
    return hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()


def draw(candidates: Iterable[Candidate], *, seed: int, percent: int) -> list[Drawn]:
    """The sample: key and promised matters by number, then the drawn ones by digest."""
    certain: list[Drawn] = []
    rest: list[Drawn] = []
    for one in sorted(candidates, key=lambda c: c.number):
        digest = digest_of(seed, one.number)
        named = ((Ground.KEY.value, one.key), (Ground.PROMISED.value, one.promised))
        grounds = tuple(ground for ground, applies in named if applies)
        (certain if grounds else rest).append(Drawn(one, grounds, digest))
    count = -(-len(rest) * percent // 100)
    drawn = sorted(rest, key=lambda d: d.digest)[:count]
    return certain + [Drawn(d.candidate, (Ground.RANDOM.value,), d.digest) for d in drawn]
