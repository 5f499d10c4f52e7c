"""Ways through the product: the left bar, and the sections of an object's page."""

from luoshi.foundation.core.navigation.bar import (
    BELL,
    ENTRIES,
    Entry,
    Reader,
    address,
    entries_of,
    parted,
    put_first,
    register,
    register_bell,
    waiting,
)

__all__ = [
    "BELL",
    "ENTRIES",
    "Entry",
    "Reader",
    "address",
    "entries_of",
    "parted",
    "put_first",
    "register",
    "register_bell",
    "waiting",
]
