"""Check an envelope on the bytes received, in this order: caps → form → signature → digests.

Nothing is unpacked before the signature is good; a file's bytes are handed out only after its
digests were found right (`check_files`).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from luoshi.foundation.exchange.envelopes import container
from luoshi.foundation.exchange.envelopes.canonical import parse
from luoshi.foundation.exchange.envelopes.container import Member
from luoshi.foundation.exchange.envelopes.encrypting import bound, decrypt, unwrap
from luoshi.foundation.exchange.envelopes.manifest import Manifest
from luoshi.foundation.exchange.envelopes.manifest import read as read_manifest
from luoshi.foundation.exchange.envelopes.packing import PREFIX
from luoshi.foundation.exchange.envelopes.policy import Lookup, Policy
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.envelopes.suites import SUITES, suite


@dataclass(frozen=True)
class Opened:
    """An envelope whose form is sound. `digest`: SM3 of the manifest as received, which names the
    consignment's content whoever signs it; `signed`: the bytes its signatures are over."""

    file: IO[bytes]
    manifest: Manifest
    digest: str
    signed: bytes
    marks: list[dict[str, Any]]
    members: list[Member]

    def blocks(self, place: int) -> Iterator[bytes]:
        """The bytes of a file as carried, by its number from 1."""
        return container.content(self.file, self.members[place + 1])


def read(file: IO[bytes]) -> Opened:
    """Caps and form of an envelope; says nothing about who made it."""
    members = container.read(file)
    raw = container.text(file, members[0])
    manifest = read_manifest(raw)
    if len(manifest.files) != len(members) - 2:
        raise Unacceptable(Reason.MALFORMED, "files")
    for line, member in zip(manifest.files, members[2:], strict=True):
        if line.size != member.size:
            raise Unacceptable(Reason.MALFORMED, member.name)
    marks = parse(container.text(file, members[1])).get("signatures")
    if not isinstance(marks, list) or not all(isinstance(one, dict) for one in marks):
        raise Unacceptable(Reason.MALFORMED, "signatures")
    digest = hashlib.new("sm3", raw).hexdigest()
    return Opened(file, manifest, digest, raw, marks, members)


def check_signature(opened: Opened, *, keys: Lookup, policy: Policy) -> str:
    """The id of the key whose signature was found good. Refused: a signature that is wrong, even
    beside a good one; no accepted suite; a key that is unknown, expired or revoked."""
    good, why = "", Reason.UNSIGNED
    for mark in opened.marks:
        name, key, value = (mark.get(part) for part in ("suite", "key", "value"))
        if name not in policy.accepted or name not in SUITES:
            continue
        known = keys(opened.manifest.sender, str(key))
        if known is None or known.suite != name:
            why = Reason.UNKNOWN_KEY
            continue
        if not suite(name).verify(known.public, PREFIX + opened.signed, unhex(value)):
            raise Unacceptable(Reason.WRONG_SIGNATURE)
        known.refuse_unless_good(opened.manifest.sent_at)
        good = good or str(key)
    if not good:
        raise Unacceptable(why)
    return good


def unhex(value: Any) -> bytes:
    """The bytes of a hexadecimal text in small letters; nothing for another value."""
    try:
        found = bytes.fromhex(value)
    except (TypeError, ValueError):
        return b""
    return found if found.hex() == value else b""


def check_files(opened: Opened) -> None:
    """Compare every file with both digests of its line."""
    for place, line in enumerate(opened.manifest.files, start=1):
        sm3, sha256 = hashlib.new("sm3"), hashlib.sha256()
        for block in opened.blocks(place):
            sm3.update(block)
            sha256.update(block)
        if (sm3.hexdigest(), sha256.hexdigest()) != (line.sm3, line.sha256):
            raise Unacceptable(Reason.WRONG_DIGEST, line.name)


def extract(
    opened: Opened, place: int, target: IO[bytes], reader: tuple[str, bytes] | None = None
) -> None:
    """Write a file's plain bytes; an encrypted one with the reader's (key id, private key)."""
    line = opened.manifest.files[place - 1]
    if not line.nonce:
        for block in opened.blocks(place):
            target.write(block)
        return
    if reader is None:
        raise Unacceptable(Reason.NOT_OPENED, line.name)
    name, private = reader
    key = unwrap(opened.manifest.wrapped, name, private)
    aad = bound(opened.manifest.id, place)
    nonce = bytes.fromhex(line.nonce)
    decrypt(opened.blocks(place), target, key=key, nonce=nonce, aad=aad)
