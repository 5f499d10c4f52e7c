"""Canonical text and chained hashes of the trail: SM3 (GB/T 32905) or SHA-256."""

import hashlib
import json
from functools import cache
from typing import Any

CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
PREFIX = b"luoshi.audit.v1\n"


def canonical(values: dict[str, Any]) -> str:
    """Sorted keys, no spaces, UTF-8 kept, no floats."""
    return CANONICAL.encode(values)


@cache
def begun(algorithm: str) -> Any:
    """The state after the prefix; copied for each digest, which is cheaper than a new one."""
    return hashlib.new(algorithm, PREFIX)


def digest(algorithm: str, *parts: bytes) -> str:
    """Hex digest of the prefix and the parts."""
    state = begun(algorithm).copy()
    state.update(b"".join(parts))
    return str(state.hexdigest())


def entry_hash(algorithm: str, prev: str, body: str) -> str:
    """The hash of an entry over its predecessor's hash and its stored text."""
    return digest(algorithm, prev.encode(), b"\n", body.encode())


def commitment(algorithm: str, salt: str, text: str) -> str:
    """What the entry says about its erasable detail."""
    return digest(algorithm, salt.encode(), b"\n", text.encode())
