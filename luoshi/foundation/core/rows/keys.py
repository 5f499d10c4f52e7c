"""Keys in the order they are made (RFC 9562, version 7): milliseconds first, then random bits. New
rows then stand side by side in an index of their keys; those of a random key each touch another
page of it, which the database reads, writes and logs whole."""

import os
import time
from uuid import UUID

VERSION = 7 << 76
VARIANT = 2 << 62
RANDOM = (1 << 76) - 1 & ~(0xF << 76) & ~(3 << 62)


def in_turn() -> UUID:
    """A new key, after every key of an earlier millisecond. It tells when it was made: not for what
    is kept secret."""
    made = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10)) & RANDOM
    return UUID(int=made << 80 | VERSION | VARIANT | random)
