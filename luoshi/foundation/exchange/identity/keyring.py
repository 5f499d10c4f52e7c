"""Private keys of this node: sealed with a field key, in files 0600, never in the database, its
backup or a log (security row 18)."""

import os
from pathlib import Path

from django.conf import settings

from luoshi.foundation.accounts.sealing import seal, unseal

PURPOSE = "exchange.key."


def folder() -> Path:
    """Where the files lie; 0700."""
    return Path(settings.CONFIG.var) / "node_keys"


def keep(name: str, private: bytes) -> None:
    """Write a private key, once, and make it survive a power cut."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(seal(private.hex(), PURPOSE + name))
        file.flush()
        os.fsync(file.fileno())


def private(name: str) -> bytes | None:
    """The private key of that id, or None when it is not on this machine. Raises `NotOpened` when
    the file or its field key was altered."""
    path = folder() / name
    if not path.exists():
        return None
    return bytes.fromhex(unseal(path.read_text().strip(), PURPOSE + name))


def forget(name: str) -> None:
    """Remove a private key; what it signed stays verifiable by its public half."""
    (folder() / name).unlink(missing_ok=True)
