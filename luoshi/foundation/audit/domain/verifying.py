"""Verify the trail: sound, or altered, cut, forked, and where (exit codes of security.md 6).

Stored bytes are hashed as they are, never written anew. A checkpoint kept elsewhere is what shows
a cut tail or a chain rewritten as a whole: nothing inside the database can.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from luoshi.foundation.audit.hashing import commitment, entry_hash

SOUND, ALTERED, CUT, FORK, DETAIL_MISSING = 0, 1, 2, 3, 4
STEP = 5000
Heads = dict[int, tuple[int, str]]
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as verified: stored text, hashes, and its detail (None = erased or lost);
    `columns` None = an exported row, which carries neither columns nor detail."""

    chain: int
    seq: int
    body: str
    prev: str
    hash: str
    columns: tuple[Any, ...] | None
    salt: str | None
    text: str | None
    algorithm: str = ""


@dataclass(frozen=True)
class Anchor:
    """A head somebody wrote down: at this number of this chain stood this hash."""

    chain: int
    seq: int
    head: str


@dataclass(frozen=True)
class Finding:
    """The result: `code` is the exit code, `count` how many entries were read."""

    code: int
    count: int
    chain: int = 0
    seq: int = 0
    head: str = ""
    why: str = ""


@dataclass
class Walk:
    """Where the walk stands, and what has to be settled at its end."""

    algorithms: dict[int, str]
    count: int = 0
    chain: int = 0
    seq: int = 0
    prev: str = ""
    ends: Heads = field(default_factory=dict)
    bare: dict[tuple[int, int], None] = field(default_factory=dict)
    erased: set[tuple[int, int]] = field(default_factory=set)

    def fault(self, code: int, why: str, *, seq: int = 0) -> Finding:
        """A finding at the present chain."""
        return Finding(code, self.count, self.chain, seq, why=why)

    def take(self, row: Row) -> Finding | None:
        """Check one entry against the one before it; None = sound so far."""
        if row.chain != self.chain:
            self.chain, self.seq, self.prev = row.chain, 0, ""
        if row.seq != self.seq + 1:
            return self.fault(ALTERED, "missing or reordered", seq=self.seq + 1)
        algorithm = row.algorithm or self.algorithms.get(row.chain, "sm3")
        if row.prev != self.prev or entry_hash(algorithm, row.prev, row.body) != row.hash:
            return self.fault(ALTERED, "hash", seq=row.seq)
        said = json.loads(row.body)
        if not agrees(row, said):
            return self.fault(ALTERED, "columns", seq=row.seq)
        if row.salt is not None and row.text is not None:
            if commitment(algorithm, row.salt, row.text) != said["detail"]:
                return self.fault(ALTERED, "detail", seq=row.seq)
        elif row.columns is not None:
            self.bare[(row.chain, row.seq)] = None
        if "erased" in said:
            self.erased.update((chain, seq) for chain, seq in said["erased"])
        self.count, self.seq, self.prev = self.count + 1, row.seq, row.hash
        self.ends[self.chain] = (self.seq, self.prev)
        return None

    def along(
        self,
        rows: Iterable[Row],
        kept: dict[tuple[int, int], str],
        since: Anchor | None,
        progress: Progress,
    ) -> Finding | None:
        """Take the rows one after the other, crossing off the heads in `kept`; `since`: they begin
        with the entry of this anchor. The first fault, or None."""
        for row in rows:
            if since is not None and self.count == 0:
                if (row.chain, row.seq) != (since.chain, since.seq):
                    break
                self.chain, self.seq, self.prev = row.chain, row.seq - 1, row.prev
            found = self.take(row)
            if found is not None:
                return found
            if kept.pop((row.chain, row.seq), row.hash) != row.hash:
                return self.fault(FORK, "checkpoint", seq=row.seq)
            if self.count % STEP == 0:
                progress(self.count)
        progress(self.count)
        return None


def agrees(row: Row, said: dict[str, Any]) -> bool:
    """The columns that help to find an entry say what its hashed text says."""
    if (said["chain"], said["seq"]) != (row.chain, row.seq):
        return False
    if row.columns is None:
        return True
    at, action, actor, unit, kind, key = row.columns
    return bool(
        action == said["action"]
        and [kind, key] == said["object"]
        and (str(actor) if actor else None) == said["actor"]
        and (str(unit) if unit else None) == said["unit"]
        and at == datetime.fromisoformat(said["at"])
    )


def verify(
    rows: Iterable[Row],
    *,
    algorithms: dict[int, str],
    heads: Heads,
    later: Callable[[], Heads] = dict,
    anchors: Iterable[Anchor] = (),
    since: Anchor | None = None,
    progress: Progress = lambda _done: None,
) -> Finding:
    """Walk the entries in order of chain and sequence; stops at the first fault. `heads`: as read
    before the walk, `later`: reads them again when the trail grew meanwhile; `anchors`: heads kept
    elsewhere; `since`: rows begin with the entry of this anchor, trusted up to there."""
    walk = Walk(algorithms)
    kept = noted([*anchors, *([since] if since else [])])
    if isinstance(kept, Finding):
        return kept
    found = walk.along(rows, kept, since, progress)
    return found or ending(walk, heads, later, kept, since)


def noted(anchors: Iterable[Anchor]) -> dict[tuple[int, int], str] | Finding:
    """The heads written down, by place; two different ones for one place are a fork."""
    kept: dict[tuple[int, int], str] = {}
    for anchor in anchors:
        if kept.setdefault((anchor.chain, anchor.seq), anchor.head) != anchor.head:
            return Finding(FORK, 0, anchor.chain, anchor.seq, why="two heads")
    return kept


def ending(
    walk: Walk,
    heads: Heads,
    later: Callable[[], Heads],
    kept: dict[tuple[int, int], str],
    since: Anchor | None,
) -> Finding:
    """What only the end of the walk can tell: a cut tail, another head, details gone."""
    for number, (last, hash_) in sorted(heads.items()):
        if since is not None and number < since.chain:
            continue
        end = walk.ends.get(number, (0, ""))
        if end[0] < last:
            return Finding(CUT, walk.count, number, end[0] + 1, why="cut")
        if end[0] == last and end != (last, hash_):
            return Finding(FORK, walk.count, number, last, why="head")
    grown = {n: end for n, end in walk.ends.items() if heads and heads.get(n) != end}
    now = later() if grown else {}
    for number, end in grown.items():
        head = now.get(number, (0, ""))
        if head[0] < end[0] or (head[0] == end[0] and head != end):
            return Finding(FORK, walk.count, number, end[0], why="beyond the head")
    for chain, seq in sorted(kept):
        if since is None or (chain, seq) >= (since.chain, since.seq):
            end = walk.ends.get(chain, (0, ""))
            return Finding(CUT, walk.count, chain, end[0] + 1, why="cut before a checkpoint")
    for place in walk.bare:
        if place not in walk.erased:
            return Finding(DETAIL_MISSING, walk.count, *place, why="detail missing")
    return Finding(SOUND, walk.count, walk.chain, walk.seq, head=walk.prev)
