"""Envelopes to test with: two nodes, keys of both suites, one paper with two files."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.manifest import Manifest
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.envelopes.packing import Source, pack
from luoshi.foundation.exchange.envelopes.policy import KnownKey, Policy, SigningKey
from luoshi.foundation.exchange.envelopes.suites import SUITES, key_id

AT = datetime(2026, 3, 6, 1, 0, tzinfo=UTC)


def pair(name: str) -> SigningKey:
    """A fresh key of a suite."""
    private, public = SUITES[name].generate()
    return SigningKey(name, key_id(name, public), private, public)


KEYS = {name: pair(name) for name in SUITES}
BOTH = tuple(KEYS.values())
MANIFEST = Manifest(
    id="0f" * 16,
    kind="matters.slip",
    kind_version=1,
    sender="P33",
    sender_unit="P33-001",
    receiver="C3301",
    units=("C3301-001", "C3301-002"),
    incarnation="a1" * 16,
    sequence=7,
    sent_at=AT,
    payload={"text": "请于3月底前报送", "limit": 30},
    metadata=Metadata(
        identifier="P33-2026-000017",
        type="通知",
        title="关于做好防汛备汛工作的通知",
        number="浙办发〔2026〕17号",
        issuer="省委办公厅",
        main_addressees=["各市委办公室"],
        urgency="加急",
        pages=4,
        format="PDF",
        process=[{"who": "陈远", "what": "签发", "when": "2026-03-06"}],
    ),
)
FILES = (("关于防汛.pdf", b"%PDF-1.7 " + bytes(range(256))), ("附件1.xlsx", b"PK" * 50))


def sources(files: Any = FILES) -> list[Source]:
    """Files to carry."""
    return [Source(name, "application/octet-stream", BytesIO(raw)) for name, raw in files]


def packed(
    manifest: Manifest = MANIFEST,
    files: Any = FILES,
    keys: Any = BOTH,
    readers: dict[str, bytes] | None = None,
) -> bytes:
    """The bytes of an envelope."""
    target = BytesIO()
    pack(target, manifest, sources(files), keys=keys, readers=readers)
    return target.getvalue()


def lookup(**changes: Any) -> Any:
    """A look-up that knows P33's keys, with something changed about each."""
    known = {k.id: replace(KnownKey(k.suite, k.public, AT), **changes) for k in BOTH}
    return lambda node, key: known.get(key) if node == "P33" else None


def opened(raw: bytes, keys: Any = None, policy: Policy | None = None) -> opening.Opened:
    """An envelope checked as a receiver does."""
    found = opening.read(BytesIO(raw))
    opening.check_signature(found, keys=keys or lookup(), policy=policy or Policy())
    opening.check_files(found)
    return found
