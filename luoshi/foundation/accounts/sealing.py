"""Seal single fields of the database with SM4-GCM; the key's id stands in front (row 18).

Keys are files of 0600 outside the database and its backup, one per id under `field_keys`; the last
id seals, every known id opens. `domain.resealing` changes to a new key by sealing again.
"""

import base64
import logging
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.base import Cipher
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings
from django.db import models

logger = logging.getLogger(__name__)
MARK, KEY_BYTES, NONCE_BYTES, TAG_BYTES = "sm4gcm", 16, 12, 16


class NotOpened(Exception):
    """A sealed field cannot be opened: its key is not here, or the value was altered."""


def folder() -> Path:
    """Where the keys lie."""
    return Path(settings.CONFIG.var) / "field_keys"


def key_ids() -> list[str]:
    """The ids of the keys here, oldest first."""
    return sorted(path.name for path in folder().glob("k[0-9]*"))


def new_key() -> str:
    """Make the next key; returns its id."""
    folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"k{int(key_ids()[-1][1:]) + 1 if key_ids() else 1:04d}"
    try:
        handle = os.open(folder() / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return name
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(KEY_BYTES))
    return name


def key(name: str) -> bytes:
    """The key of that id; raises `NotOpened` when it is not here."""
    path = folder() / name
    if name not in key_ids():
        raise NotOpened(f"field key {name} is not here")
    return bytes.fromhex(path.read_text().strip())


def seal(text: str, purpose: str) -> str:
    """The sealed form of a text; bound to its purpose, so that fields cannot be exchanged."""
    name = (key_ids() or [new_key()])[-1]
    nonce = os.urandom(NONCE_BYTES)
    lock = Cipher(SM4(key(name)), GCM(nonce)).encryptor()
    lock.authenticate_additional_data(purpose.encode())
    body = lock.update(text.encode()) + lock.finalize()
    return f"{MARK}:{name}:{base64.b64encode(nonce + body + lock.tag).decode()}"


def unseal(sealed: str, purpose: str) -> str:
    """The text; raises `NotOpened` for an altered value, a foreign field or a missing key."""
    _mark, name, packed = sealed.split(":", 2)
    raw = base64.b64decode(packed)
    nonce, body, tag = raw[:NONCE_BYTES], raw[NONCE_BYTES:-TAG_BYTES], raw[-TAG_BYTES:]
    unlock = Cipher(SM4(key(name)), GCM(nonce, tag)).decryptor()
    unlock.authenticate_additional_data(purpose.encode())
    try:
        return (unlock.update(body) + unlock.finalize()).decode()
    except InvalidTag as error:
        raise NotOpened(f"the value sealed with {name} was altered") from error


def opened(text: str) -> bool:
    """Whether a text is readable, not a sealed one whose key is missing."""
    return not text.startswith(MARK + ":")


class SealedField(models.TextField):
    """A text the database holds sealed; empty stays empty. It cannot be searched by value. What
    cannot be opened (a backup restored without its keys) is read and kept as it is, so that its
    owner's page still opens; `opened` tells the two apart."""

    def purpose(self) -> str:
        """What the value is bound to."""
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        return seal(str(value), self.purpose()) if value and opened(value) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open on the way out; a value from before this field was sealed is read as it is."""
        if not value or opened(value):
            return value
        try:
            return unseal(value, self.purpose())
        except (NotOpened, ValueError):
            logger.warning("sealed field not opened", extra={"field": self.purpose()})
            return value
