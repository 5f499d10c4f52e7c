"""Codes of the second factor: TOTP by RFC 6238 (SHA-1, six digits, 30 s, as every authenticator
reads it) and recovery codes of 80 random bits, of which only a hash is kept."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP

STEP, DIGITS, SEED_BYTES, DRIFT = 30, 6, 20, 1
RECOVERY_CODES, RECOVERY_BYTES = 10, 10


def new_seed() -> str:
    """A fresh seed in Base32, as authenticators take it."""
    return base64.b32encode(secrets.token_bytes(SEED_BYTES)).decode()


def step_of(at: datetime) -> int:
    """The 30-second step of an instant."""
    return int(at.timestamp()) // STEP


def code_of(seed: str, step: int) -> str:
    """The code of a step."""
    hotp = HOTP(base64.b32decode(seed), DIGITS, SHA1())  # noqa: S303 - RFC 6238's own default
    return hotp.generate(step).decode()


def matching_step(seed: str, code: str, *, at: datetime, after: int) -> int | None:
    """The step this code belongs to, one step of drift allowed; None for a wrong code and for one
    of a step that is used up (a code works once)."""
    now = step_of(at)
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(code_of(seed, step).encode(), code.encode()):
            return step
    return None


def address_of(seed: str, username: str) -> str:
    """The `otpauth:` address that a QR code carries."""
    return f"otpauth://totp/Luoshi:{quote(username)}?secret={seed}&issuer=Luoshi"


def plain(text: str) -> str:
    """A typed code without the spaces and hyphens of its grouping."""
    return "".join(character for character in text.lower() if character.isalnum())


def new_recovery_codes() -> list[str]:
    """Ten codes to print and lock away."""
    found = []
    for _number in range(RECOVERY_CODES):
        word = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
        found.append("-".join(word[start : start + 4] for start in range(0, 16, 4)))
    return found


def hashed(code: str) -> str:
    """What is kept of a recovery code; 80 random bits need no slow hash."""
    return hashlib.sha256(plain(code).encode()).hexdigest()
