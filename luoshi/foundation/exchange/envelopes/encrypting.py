"""Optional encryption of the files: SM4-GCM, one content key per envelope, wrapped by SM2 for each
reader. What routes the envelope (sender, kind, metadata) stays readable to who carries it."""

import os
from collections.abc import Iterable
from typing import IO

import gmssl_pyx
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.algorithms import SM4
from cryptography.hazmat.primitives.ciphers.base import Cipher
from cryptography.hazmat.primitives.ciphers.modes import GCM

from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable

KEY_BYTES, NONCE_BYTES, TAG_BYTES = 16, 12, 16


def wrap(key: bytes, readers: dict[str, bytes]) -> dict[str, str]:
    """Key id → the content key for that SM2 public key."""
    return {name: gmssl_pyx.sm2_encrypt(public, key).hex() for name, public in readers.items()}


def unwrap(wrapped: dict[str, str], name: str, private: bytes) -> bytes:
    """The content key for the reader of this key id."""
    try:
        return bytes(gmssl_pyx.sm2_decrypt(private, bytes.fromhex(wrapped[name])))
    except (KeyError, ValueError, gmssl_pyx.GmsslInnerError) as error:
        raise Unacceptable(Reason.NOT_OPENED, "no key for us") from error


def bound(consignment: str, place: int) -> bytes:
    """What a cipher text is bound to: it cannot change its envelope or its place."""
    return f"{consignment}:{place}".encode()


def encrypt(
    source: Iterable[bytes], target: IO[bytes], *, key: bytes, aad: bytes
) -> tuple[bytes, int]:
    """Write cipher text and tag; returns (nonce, bytes written)."""
    nonce = os.urandom(NONCE_BYTES)
    lock = Cipher(SM4(key), GCM(nonce)).encryptor()
    lock.authenticate_additional_data(aad)
    size = sum(target.write(lock.update(block)) for block in source)
    size += target.write(lock.finalize() + lock.tag)
    return nonce, size


def decrypt(
    source: Iterable[bytes], target: IO[bytes], *, key: bytes, nonce: bytes, aad: bytes
) -> None:
    """Write the plain bytes; raises at the end when a byte was altered: use them only after."""
    unlock = Cipher(SM4(key), GCM(nonce)).decryptor()
    unlock.authenticate_additional_data(aad)
    held = b""
    for block in source:
        held += block
        target.write(unlock.update(held[:-TAG_BYTES]))
        held = held[-TAG_BYTES:]
    try:
        target.write(unlock.finalize_with_tag(held))
    except (InvalidTag, ValueError) as error:
        raise Unacceptable(Reason.NOT_OPENED, "altered") from error
