"""The manifest: who sends what to whom, as which kind, with which files; these bytes are signed.

Unknown fields are ignored, so that a newer node may say more; another version of the format is
refused, so that nobody half understands it.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from luoshi.foundation.exchange.envelopes.canonical import canonical, parse
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.envelopes.metadata import read as read_metadata
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable

FORMAT, VERSION = "luoshi.envelope", 1
ID = re.compile(r"[0-9a-f]{32}")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,23}")
KIND = re.compile(r"[a-z][a-z-]{0,19}\.[a-z][a-z-]{0,19}")
DIGESTS = {"sm3": re.compile(r"[0-9a-f]{64}"), "sha256": re.compile(r"[0-9a-f]{64}")}


@dataclass(frozen=True)
class File:
    """A file as carried: its place is its number; size and digests are of the bytes in the
    container. `clear_*` and `nonce` describe the plain bytes of an encrypted one."""

    name: str
    media_type: str
    size: int
    sm3: str
    sha256: str
    nonce: str = ""
    clear_size: int = 0
    clear_sm3: str = ""

    def as_json(self) -> dict[str, Any]:
        """Plain values; what describes encryption only where there is some."""
        plain = {key: getattr(self, key) for key in ("name", "media_type", "size", "sm3", "sha256")}
        if self.nonce:
            plain |= {k: getattr(self, k) for k in ("nonce", "clear_size", "clear_sm3")}
        return plain


@dataclass(frozen=True)
class Revision:
    """Which object the payload is about and the number of its state, counted from 1."""

    object: str
    number: int


@dataclass(frozen=True)
class Manifest:
    """`id`: 128 random bits that survive every resend; `sequence`: 1, 2, 3 … per (sender,
    incarnation, receiver); `kind_version`: of the payload, not of the envelope; `wrapped`: the
    content key for each reader (key id → SM2 cipher text, hex)."""

    id: str
    kind: str
    kind_version: int
    sender: str
    sender_unit: str
    receiver: str
    units: tuple[str, ...]
    incarnation: str
    sequence: int
    sent_at: datetime
    payload: dict[str, Any]
    metadata: Metadata = field(default_factory=Metadata)
    revision: Revision | None = None
    files: tuple[File, ...] = ()
    wrapped: dict[str, str] = field(default_factory=dict)

    def raw(self) -> bytes:
        """The bytes to sign."""
        return canonical(
            {
                "format": FORMAT,
                "version": VERSION,
                "id": self.id,
                "kind": self.kind,
                "kind_version": self.kind_version,
                "sender": {"node": self.sender, "unit": self.sender_unit},
                "receiver": {"node": self.receiver, "units": list(self.units)},
                "incarnation": self.incarnation,
                "sequence": self.sequence,
                "sent_at": self.sent_at.isoformat(),
                "payload": self.payload,
                "metadata": self.metadata.as_json(),
                "revision": vars(self.revision) if self.revision else None,
                "files": [file.as_json() for file in self.files],
                "wrapped": self.wrapped,
            }
        )

    def digest(self) -> str:
        """SM3 of the bytes to sign: what names the content, whoever signs it."""
        return hashlib.new("sm3", self.raw()).hexdigest()

    def with_files(self, files: tuple[File, ...], wrapped: dict[str, str]) -> "Manifest":
        """The same consignment once its files were measured."""
        return replace(self, files=files, wrapped=wrapped)


def read(raw: bytes) -> Manifest:
    """The manifest in these bytes. Refused: another format or version, a missing or wrong field, a
    file name that is a path, a graded document."""
    value = parse(raw)
    if value.get("format") != FORMAT:
        raise Unacceptable(Reason.MALFORMED, "format")
    if value.get("version") != VERSION:
        raise Unacceptable(Reason.UNKNOWN_VERSION, str(value.get("version"))[:20])
    sender, receiver = part(value, "sender", dict), part(value, "receiver", dict)
    return Manifest(
        id=word(value, "id", ID),
        kind=word(value, "kind", KIND),
        kind_version=number(value, "kind_version", 1),
        sender=word(sender, "node", CODE),
        sender_unit=word(sender, "unit", CODE),
        receiver=word(receiver, "node", CODE),
        units=tuple(codes(receiver)),
        incarnation=word(value, "incarnation", ID),
        sequence=number(value, "sequence", 1),
        sent_at=instant(value),
        payload=part(value, "payload", dict),
        metadata=read_metadata(value.get("metadata")),
        revision=revision(value.get("revision")),
        files=tuple(file(one) for one in part(value, "files", list)),
        wrapped=wrapped(part(value, "wrapped", dict)),
    )


def wrong(name: str) -> Unacceptable:
    """A field is missing or not what it should be."""
    return Unacceptable(Reason.MALFORMED, name)


def part(value: dict[str, Any], name: str, kind: type) -> Any:
    """A field of this type."""
    found = value.get(name)
    if not isinstance(found, kind):
        raise wrong(name)
    return found


def word(value: dict[str, Any], name: str, form: re.Pattern[str]) -> str:
    """A text field of this form."""
    found = value.get(name)
    if not isinstance(found, str) or form.fullmatch(found) is None:
        raise wrong(name)
    return found


def number(value: dict[str, Any], name: str, least: int) -> int:
    """A whole number from `least` on."""
    found = value.get(name)
    if type(found) is not int or found < least:
        raise wrong(name)
    return found


def codes(receiver: dict[str, Any]) -> list[str]:
    """The codes of the units addressed, each once."""
    found = part(receiver, "units", list)
    if not all(isinstance(one, str) and CODE.fullmatch(one) for one in found):
        raise wrong("units")
    if len(set(found)) != len(found):
        raise wrong("units")
    return list(found)


def instant(value: dict[str, Any]) -> datetime:
    """An instant with its offset, in the one form `isoformat` writes."""
    try:
        found = datetime.fromisoformat(word(value, "sent_at", re.compile(r"[-+:.T0-9]{19,40}")))
    except ValueError as error:
        raise wrong("sent_at") from error
    if found.tzinfo is None:
        raise wrong("sent_at")
    return found


def revision(value: Any) -> Revision | None:
    """The revision, where the kind counts states."""
    if value is None:
        return None
    if not isinstance(value, dict):
        raise wrong("revision")
    return Revision(
        word(value, "object", re.compile(r"[\w.:/-]{1,120}")), number(value, "number", 1)
    )


def wrapped(value: dict[str, Any]) -> dict[str, str]:
    """The content key for each reader."""
    sound = all(DIGESTS["sm3"].fullmatch(k) and isinstance(v, str) for k, v in value.items())
    if not sound or any(
        re.fullmatch(r"(?:[0-9a-f]{2}){45,366}", v) is None for v in value.values()
    ):
        raise wrong("wrapped")
    return dict(value)


def file(value: Any) -> File:
    """One file's line."""
    if not isinstance(value, dict):
        raise wrong("files")
    found = File(
        name=refuse_path(part(value, "name", str)),
        media_type=word(value, "media_type", re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}")),
        size=number(value, "size", 0),
        sm3=word(value, "sm3", DIGESTS["sm3"]),
        sha256=word(value, "sha256", DIGESTS["sha256"]),
    )
    if "nonce" not in value:
        return found
    return replace(
        found,
        nonce=word(value, "nonce", re.compile(r"[0-9a-f]{24}")),
        clear_size=number(value, "clear_size", 0),
        clear_sm3=word(value, "clear_sm3", DIGESTS["sm3"]),
    )


def refuse_path(name: str) -> str:
    """A file's name as people call it: no folder, no control or reading-order mark, ≤ 200 long."""
    unseen = any(unicodedata.category(one) in {"Cc", "Cf", "Cs"} for one in name)
    if not name.strip(". ") or len(name) > 200 or unseen or any(one in name for one in "/\\:"):
        raise Unacceptable(Reason.BAD_NAME, ascii(name)[:60])
    return name
