"""Signature suites behind a registry, so that certified hardware can be plugged in (GB/T 39786).

`SM2-SM3`: GM/T 0003.2 with the usual signer id, DER signature, public key 64 bytes (x‖y), private
key 32 bytes. `ED25519-SHA256`: RFC 8032, raw keys of 32 bytes; SHA-256 is its digest of files.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import gmssl_pyx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)


@dataclass(frozen=True)
class Suite:
    """How a suite makes a pair (private, public), signs with both halves, and verifies."""

    name: str
    digest: str
    generate: Callable[[], tuple[bytes, bytes]]
    sign: Callable[[bytes, bytes, bytes], bytes]
    verify: Callable[[bytes, bytes, bytes], bool]


class UnknownSuite(LookupError):
    """No suite of this name is registered here."""


SUITES: dict[str, Suite] = {}


def register(suite: Suite) -> None:
    """Make a suite known under its name; a later one of the same name takes its place."""
    SUITES[suite.name] = suite


def suite(name: str) -> Suite:
    """The registered suite, or `UnknownSuite`."""
    try:
        return SUITES[name]
    except KeyError:
        raise UnknownSuite(name) from None


def key_id(name: str, public: bytes) -> str:
    """The name of a key, and its fingerprint: SM3 over suite and public key, 64 hex digits."""
    return hashlib.new("sm3", name.encode() + b"\0" + public).hexdigest()


def sm2_pair() -> tuple[bytes, bytes]:
    """A fresh SM2 pair."""
    public, private = gmssl_pyx.sm2_key_generate()
    return private, public


def sm2_sign(private: bytes, public: bytes, message: bytes) -> bytes:
    """Sign with ZA of the usual signer id."""
    return bytes(gmssl_pyx.sm2_sign(private, public, message))


def sm2_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is good; a public key that is no point of the curve is not."""
    try:
        point = gmssl_pyx.normalize_sm2_public_key(public)
        return bool(gmssl_pyx.sm2_verify(point, message, signature))
    except (gmssl_pyx.GmsslInnerError, ValueError):
        return False


def ed25519_pair() -> tuple[bytes, bytes]:
    """A fresh Ed25519 pair."""
    made = Ed25519PrivateKey.generate()
    private = made.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return private, made.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def ed25519_sign(private: bytes, public: bytes, message: bytes) -> bytes:
    """Sign; the public half is part of the call only because SM2 needs it."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature is good."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


SM2 = Suite("SM2-SM3", "sm3", sm2_pair, sm2_sign, sm2_verify)
ED25519 = Suite("ED25519-SHA256", "sha256", ed25519_pair, ed25519_sign, ed25519_verify)
register(SM2)
register(ED25519)
