"""Verify the trail: sound, or altered, cut, forked, and where (exit codes of security.md 6)."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from luoshi.foundation.audit.hashing import commitment, entry_hash
from luoshi.foundation.audit.models import Chain, Entry, Head

SOUND, ALTERED, CUT, FORK, DETAIL_MISSING = 0, 1, 2, 3, 4
BATCH = 5000


@dataclass(frozen=True)
class Row:
    """One entry as verified: stored text, hashes, and its detail (None = erased or lost)."""

    chain: int
    seq: int
    body: str
    prev: str
    hash: str
    columns: dict[str, Any] | None
    salt: str | None
    text: str | None
    algorithm: str = ""


@dataclass(frozen=True)
class Finding:
    """The result: `code` is the exit code, `count` how many entries were read."""

    code: int
    count: int
    chain: int = 0
    seq: int = 0
    head: str = ""
    why: str = ""


def columns_match(row: Row) -> bool:
    """The finding columns say what the hashed text says."""
    said = json.loads(row.body)
    if row.columns is None:
        return bool((said["chain"], said["seq"]) == (row.chain, row.seq))
    at = datetime.fromisoformat(said["at"])
    expected = {
        "at": at,
        "action": said["action"],
        "actor_id": said["actor"],
        "object": said["object"],
        "seq": said["seq"],
    }
    return all(row.columns[key] == value for key, value in expected.items())


def verify(
    rows: Iterable[Row], *, algorithms: dict[int, str], heads: dict[int, tuple[int, str]]
) -> Finding:
    """Walk the entries in order of chain and sequence; stops at the first fault."""
    count, chain, seq, prev = 0, 0, 0, ""
    ends: dict[int, tuple[int, str]] = {}
    for row in rows:
        if row.chain != chain:
            chain, seq, prev = row.chain, 0, ""
        if row.seq != seq + 1:
            return Finding(ALTERED, count, chain, seq + 1, why="missing or reordered")
        algorithm = row.algorithm or algorithms.get(chain, "sm3")
        if row.prev != prev or entry_hash(algorithm, row.prev, row.body) != row.hash:
            return Finding(ALTERED, count, chain, row.seq, why="hash")
        if not columns_match(row):
            return Finding(ALTERED, count, chain, row.seq, why="columns")
        fault = detail_fault(row, algorithm, count)
        if fault is not None:
            return fault
        count, seq, prev = count + 1, row.seq, row.hash
        ends[chain] = (seq, prev)
    for number, (last, hash_) in heads.items():
        found = ends.get(number, (0, ""))
        if found[0] < last:
            return Finding(CUT, count, number, found[0] + 1, why="cut")
        if found != (last, hash_):
            return Finding(FORK, count, number, found[0], why="head")
    return Finding(SOUND, count, chain, seq, head=prev)


def detail_fault(row: Row, algorithm: str, count: int) -> Finding | None:
    """A detail that is missing, or that is not the one committed to."""
    if row.columns is None:
        return None
    if row.salt is None or row.text is None:
        return Finding(DETAIL_MISSING, count, row.chain, row.seq, why="detail missing")
    if commitment(algorithm, row.salt, row.text) != json.loads(row.body)["detail"]:
        return Finding(ALTERED, count, row.chain, row.seq, why="detail")
    return None


def stored_rows(*, first_chain: int = 0) -> Iterator[Row]:
    """Every entry of this and later chains with its detail, streamed in order."""
    entries = (
        Entry.objects.filter(chain_id__gte=first_chain)
        .order_by("chain_id", "seq")
        .values_list(
            "chain_id",
            "seq",
            "body",
            "prev",
            "hash",
            "at",
            "action",
            "actor_id",
            "object_kind",
            "object_id",
            "detail__salt",
            "detail__text",
        )
        .iterator(chunk_size=BATCH)
    )
    for chain, seq, body, prev, hash_, at, action, actor, kind, key, salt, text in entries:
        columns = {
            "at": at,
            "action": action,
            "actor_id": str(actor) if actor else None,
            "object": [kind, key],
            "seq": seq,
        }
        yield Row(chain, seq, body, prev, hash_, columns, salt, text)


def verify_stored() -> Finding:
    """Verify the whole trail of this database in one snapshot."""
    algorithms = dict(Chain.objects.values_list("number", "algorithm"))
    heads = {h.chain_id: (h.seq, h.hash) for h in Head.objects.all()}
    return verify(stored_rows(), algorithms=algorithms, heads=heads)


def exported_rows(lines: Iterable[str]) -> Iterator[Row]:
    """Entries of an exported file of JSON lines (without details)."""
    for line in lines:
        raw = json.loads(line)
        texts = (raw["body"], raw["prev"], raw["hash"])
        yield Row(raw["chain"], raw["seq"], *texts, None, None, None, raw.get("alg", ""))
