"""The card a node hands to a neighbour: code, name, units, public keys, link key, authority.

A card is signed by every signing key it names, so that nobody hands out another's key, and bound to
a one-time code spoken on another way (HMAC-SM3), so that nobody puts another card in its place.
Its fingerprint is what the two security administrators compare by voice.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Any

from luoshi.foundation.exchange.broker.certificates import readable
from luoshi.foundation.exchange.envelopes.canonical import canonical, parse
from luoshi.foundation.exchange.envelopes.manifest import CODE, part, word
from luoshi.foundation.exchange.envelopes.opening import unhex
from luoshi.foundation.exchange.envelopes.policy import SigningKey
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.envelopes.suites import SM2, SUITES, key_id, suite

FORMAT, VERSION = "luoshi.card", 1
PREFIX = b"luoshi.card.v1\n"
LARGEST = 64 * 1024
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LINK = re.compile(r"(?:U[A-Z2-7]{55})?")
ADDRESS = re.compile(r"(?:[A-Za-z0-9.:\[\]-]{3,110}:\d{1,5})?")


@dataclass(frozen=True)
class PublicKey:
    """A key as a card names it."""

    id: str
    suite: str
    purpose: str
    public: str


@dataclass(frozen=True)
class Card:
    """What a node says of itself; `address` is where its subordinates connect (a superior's)."""

    code: str
    name: str
    units: tuple[str, ...]
    keys: tuple[PublicKey, ...]
    link: str
    authority: str
    address: str

    def raw(self) -> bytes:
        """The bytes that are signed, and whose SM3 is the fingerprint."""
        return canonical(
            {
                "format": FORMAT,
                "version": VERSION,
                "node": {"code": self.code, "name": self.name},
                "units": list(self.units),
                "keys": [vars(key) for key in self.keys],
                "link": self.link,
                "authority": self.authority,
                "address": self.address,
            }
        )

    def fingerprint(self) -> str:
        """SM3 of the card, 64 hex digits."""
        return hashlib.new("sm3", self.raw()).hexdigest()


def one_time_code() -> str:
    """A code to speak on the telephone: four groups of five, 100 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _n in range(5)) for _part in range(4))


def proof(code: str, raw: bytes) -> str:
    """HMAC-SM3 of the card under the code; spaces, hyphens and small letters do not matter."""
    plain = "".join(one for one in code.upper() if one in ALPHABET)
    return hmac.new(plain.encode(), PREFIX + raw, "sm3").hexdigest()


def handed_out(card: Card, keys: list[SigningKey], code: str) -> bytes:
    """The file for the neighbour who holds this code."""
    raw = card.raw()
    marks = [
        {"key": key.id, "value": suite(key.suite).sign(key.private, key.public, PREFIX + raw).hex()}
        for key in keys
    ]
    return canonical({"card": parse(raw), "signatures": marks, "proof": proof(code, raw)})


def read(file: bytes, code: str) -> Card:
    """The card in a neighbour's file. Refused (`Unacceptable`): another form or version, a key
    whose owner did not sign, a code that is not the one this file was made with."""
    if len(file) > LARGEST:
        raise Unacceptable(Reason.TOO_LARGE, "card")
    value = parse(file)
    said = part(value, "card", dict)
    if said.get("format") != FORMAT or said.get("version") != VERSION:
        raise Unacceptable(Reason.UNKNOWN_VERSION, str(said.get("version"))[:20])
    raw = canonical(said)
    if not hmac.compare_digest(str(value.get("proof")).encode(), proof(code, raw).encode()):
        raise Unacceptable(Reason.NOT_OPENED, "code")
    card = understood(said)
    refuse_unsigned(card, raw, part(value, "signatures", list))
    return card


def understood(said: dict[str, Any]) -> Card:
    """The fields of a card."""
    node = part(said, "node", dict)
    units, keys = part(said, "units", list), part(said, "keys", list)
    if not all(isinstance(unit, str) and CODE.fullmatch(unit) for unit in units):
        raise Unacceptable(Reason.MALFORMED, "units")
    if not all(isinstance(key, dict) for key in keys) or len(keys) > 20:
        raise Unacceptable(Reason.MALFORMED, "keys")
    authority = part(said, "authority", str)
    if authority and not readable(authority):
        raise Unacceptable(Reason.MALFORMED, "authority")
    return Card(
        code=word(node, "code", CODE),
        name=word(node, "name", re.compile(r"[^\x00-\x1f\x7f]{1,100}")),
        units=tuple(units),
        keys=tuple(public_key(key) for key in keys),
        link=word(said, "link", LINK),
        authority=authority,
        address=word(said, "address", ADDRESS),
    )


def public_key(value: dict[str, Any]) -> PublicKey:
    """One key whose id is what its bytes give."""
    found = PublicKey(
        id=word(value, "id", re.compile(r"[0-9a-f]{64}")),
        suite=word(value, "suite", re.compile(r"[A-Z0-9-]{1,20}")),
        purpose=word(value, "purpose", re.compile(r"sign|encrypt")),
        public=word(value, "public", re.compile(r"[0-9a-f]{64,200}")),
    )
    if key_id(found.suite, unhex(found.public)) != found.id:
        raise Unacceptable(Reason.WRONG_DIGEST, found.id[:8])
    return found


def refuse_unsigned(card: Card, raw: bytes, marks: list[Any]) -> None:
    """Each signing key of a suite known here has signed; an encryption key is SM2."""
    values = {mark.get("key"): mark.get("value") for mark in marks if isinstance(mark, dict)}
    signing = [key for key in card.keys if key.purpose == "sign" and key.suite in SUITES]
    if not signing:
        raise Unacceptable(Reason.UNSIGNED)
    for key in signing:
        if not SUITES[key.suite].verify(unhex(key.public), PREFIX + raw, unhex(values.get(key.id))):
            raise Unacceptable(Reason.WRONG_SIGNATURE, key.id[:8])
    if any(key.purpose == "encrypt" and key.suite != SM2.name for key in card.keys):
        raise Unacceptable(Reason.MALFORMED, "encrypt")
