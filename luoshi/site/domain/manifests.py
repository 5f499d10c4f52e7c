"""What a backup consists of, and the signature that says it is ours (security.md 10)."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

DUMP, FILES, MANIFEST, SIGNATURE = "database.dump", "files", "manifest.json", "manifest.sig"
BLOCK = 1 << 20


@dataclass(frozen=True)
class Manifest:
    """Version, migrations, row counts, head of the trail, and every file with size and SHA-256."""

    version: str
    made_at: str
    migrations: list[str]
    rows: dict[str, int]
    chain: int
    seq: int
    head: str
    dump_sha256: str
    files: dict[str, int]
    missing: list[str]

    def text(self) -> str:
        """The signed bytes as text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1)


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def signing_key(var: Path) -> Ed25519PrivateKey:
    """The site's key, 0600, made on first use; it is kept apart from the backups it signs."""
    path = var / "signing_key"
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        raw = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
    return load(path)


def load(path: Path) -> Ed25519PrivateKey:
    """The key in a file."""

    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError("not an Ed25519 key")
    return key


def sign(text: str, key: Ed25519PrivateKey) -> str:
    """Public key and signature, one hexadecimal line each."""
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return f"{public.hex()}\n{key.sign(text.encode()).hex()}\n"


def signer(text: str, signature: str) -> str | None:
    """The public key that signed the text, or None when the signature is not good."""
    try:
        public, mark = (bytes.fromhex(line) for line in signature.split())
        Ed25519PublicKey.from_public_bytes(public).verify(mark, text.encode())
    except (ValueError, InvalidSignature):
        return None
    return public.hex()
