"""One byte form for each value: sorted keys, no spaces, UTF-8, no floats, no key twice.

What is signed is these bytes as they were received; they are never written anew to be checked.
Reading compares instead: bytes that are not the canonical form of what they say are refused, so
that two readers can never understand one signature differently.
"""

import json
from typing import Any

from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable

LARGEST_INT = 2**53 - 1
DEEPEST = 12


def canonical(value: dict[str, Any]) -> bytes:
    """The bytes of a value of dicts, lists, texts, whole numbers within ±(2^53 − 1), booleans and
    None, at most twelve levels deep. Raises `TypeError` or `ValueError` for anything else."""
    check(value, 0)
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def check(value: Any, depth: int) -> None:
    """Refuse what has more than one form on the wire."""
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, dict):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError("a key is a text")
            check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            check(inner, depth + 1)
    elif isinstance(value, int) and not isinstance(value, bool):
        if abs(value) > LARGEST_INT:
            raise ValueError("number too large")
    elif value is not None and not isinstance(value, (str, bool)):
        raise TypeError(f"not allowed in an envelope: {type(value).__name__}")


def parse(raw: bytes) -> dict[str, Any]:
    """The value of canonical bytes. Raises `Unacceptable(MALFORMED)` for any other bytes."""
    try:
        value = json.loads(raw)
        if isinstance(value, dict) and canonical(value) == raw:
            return value
    except (ValueError, TypeError, RecursionError) as error:
        raise Unacceptable(Reason.MALFORMED, type(error).__name__) from error
    raise Unacceptable(Reason.MALFORMED, "not canonical")
