"""User nkeys of leaf links in their documented base32 form, made with `cryptography`.

The package `nkeys` has no wheel. Form: prefix, 32 bytes, CRC-16/XMODEM little-endian, base32
without padding (docs.nats.io, nkeys).
"""

import base64
import binascii

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

SEED, USER = 18 << 3, 20 << 3


def armoured(raw: bytes) -> str:
    """Base32 of the bytes with their checksum."""
    checksum = binascii.crc_hqx(raw, 0).to_bytes(2, "little")
    return base64.b32encode(raw + checksum).decode().rstrip("=")


def seed_of(private: bytes) -> str:
    """`SU…`: the secret half as the server's configuration takes it."""
    return armoured(bytes((SEED | USER >> 5, (USER & 31) << 3)) + private)


def name_of(public: bytes) -> str:
    """`U…`: the public half, under which the other side lets the link in."""
    return armoured(bytes((USER,)) + public)


def link_key() -> tuple[str, str]:
    """A fresh (seed, name) of a link."""
    made = Ed25519PrivateKey.generate()
    private = made.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = made.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return seed_of(private), name_of(public)
