"""The trail as JSON lines, to be verified without a database.

One line per entry, as stored and hashed, without its erasable detail; the last line carries the
heads and the checkpoints, so that a file cut short shows.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from luoshi.foundation.audit.domain.stored import BATCH, stored_anchors
from luoshi.foundation.audit.domain.verifying import (
    ALTERED,
    CUT,
    Anchor,
    Finding,
    Heads,
    Row,
    verify,
)
from luoshi.foundation.audit.models import Chain, Entry

KEYS = ("chain", "seq", "body", "prev", "hash", "alg")


def exported_lines() -> Iterator[str]:
    """The whole trail, one JSON object a line."""
    algorithms = dict(Chain.objects.values_list("number", "algorithm"))
    heads: Heads = {}
    columns = ("chain_id", "seq", "body", "prev", "hash")
    rows = Entry.objects.order_by("chain_id", "seq").values_list(*columns)
    for chain, seq, body, prev, hash_ in rows.iterator(chunk_size=BATCH):
        values = (chain, seq, body, prev, hash_, algorithms[chain])
        heads[chain] = (seq, hash_)
        yield json.dumps(dict(zip(KEYS, values, strict=True)), ensure_ascii=False)
    marks = [vars(anchor) for anchor in stored_anchors()]
    yield json.dumps({"heads": [[n, *end] for n, end in heads.items()], "checkpoints": marks})


class Exported:
    """An exported file: its rows, and the heads of its last line once they have been read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = lines
        self.heads: Heads | None = None
        self.anchors: list[Anchor] = []
        self.broken = 0

    def rows(self) -> Iterator[Row]:
        """The entries; a line that cannot be read ends them."""
        for number, line in enumerate(self.lines, start=1):
            try:
                raw: dict[str, Any] = json.loads(line)
                if "heads" in raw:
                    self.heads = {n: (seq, head) for n, seq, head in raw["heads"]}
                    self.anchors = [Anchor(**mark) for mark in raw["checkpoints"]]
                    continue
                chain, seq, body, prev, hash_, algorithm = (raw[key] for key in KEYS)
            except (ValueError, KeyError, TypeError):
                self.broken = number
                return
            yield Row(chain, seq, body, prev, hash_, None, None, None, algorithm)


def verify_exported(lines: Iterable[str], *, against: Iterable[Anchor] = ()) -> Finding:
    """Verify an exported file by itself, and against heads kept elsewhere."""
    file = Exported(lines)
    rows = list(file.rows())
    if file.broken:
        return Finding(ALTERED, 0, seq=file.broken, why="unreadable line")
    if file.heads is None:
        return Finding(CUT, len(rows), seq=len(rows) + 1, why="cut")
    heads = file.heads
    return verify(
        rows,
        algorithms={},
        heads=heads,
        later=lambda: heads,
        anchors=[*file.anchors, *against],
    )


def anchors_in(text: str) -> list[Anchor]:
    """The heads a checkpoint file or an exported file says; raises ValueError for other files."""
    found: list[Anchor] = []
    for line in text.splitlines():
        raw = json.loads(line)
        if "heads" in raw:
            found.extend(Anchor(*head) for head in raw["heads"])
            found.extend(Anchor(**mark) for mark in raw["checkpoints"])
        elif "head" in raw:
            found.append(Anchor(raw["chain"], raw["seq"], raw["head"]))
        elif "body" in raw:
            found.append(Anchor(raw["chain"], raw["seq"], raw["hash"]))
    if not found:
        raise ValueError("no checkpoint")
    return found
