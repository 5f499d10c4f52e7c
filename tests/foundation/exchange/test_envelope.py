"""The envelope (feature row 51): made, checked on the bytes received, opened."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.foundation.exchange.envelopes import opening
from luoshi.foundation.exchange.envelopes.canonical import canonical, parse
from luoshi.foundation.exchange.envelopes.manifest import Revision
from luoshi.foundation.exchange.envelopes.manifest import read as read_manifest
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.envelopes.policy import Policy
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.envelopes.suites import SM2
from tests.foundation.exchange.papers import (
    AT,
    BOTH,
    FILES,
    KEYS,
    MANIFEST,
    lookup,
    opened,
    packed,
    pair,
)

RAW = packed()
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


def reason(raw: bytes, **how: Any) -> str:
    """Why an envelope is refused."""
    with pytest.raises(Unacceptable) as refused:
        opened(raw, **how)
    return refused.value.reason


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), VALUES))
def test_canonical_bytes_come_back_as_they_were(value: dict[str, Any]) -> None:
    """Sorted keys, UTF-8, no floats: one value, one form."""
    raw = canonical(value)
    assert parse(raw) == value
    assert canonical(parse(raw)) == raw


@pytest.mark.parametrize(
    "raw",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a": 1}',
        b'{"a":1.0}',
        b'{"a":NaN}',
        b'{"a":9007199254740992}',
        b'{"a":"\\u4e00"}',
        b'{"a":"\\ud800"}',
        b"[1]",
        b"{",
        b"\xff",
        b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
        b'{"a":' + b"9" * 6000 + b"}",
        b"",
    ],
)
def test_other_forms_of_a_value_are_refused(raw: bytes) -> None:
    """Two readers can never understand one signature differently."""
    with pytest.raises(Unacceptable) as refused:
        parse(raw)
    assert refused.value.reason == Reason.MALFORMED


@pytest.mark.parametrize("value", [{"a": 1.5}, {"a": b"x"}, {1: "x"}, {"a": 2**53}])
def test_what_has_no_one_form_cannot_be_written(value: Any) -> None:
    """No floats, no bytes, no number that JavaScript would round."""
    with pytest.raises((TypeError, ValueError)):
        canonical(value)


def test_what_was_packed_is_read_back() -> None:
    """S3-111, features row 51: id, addressees, digest, signature, metadata, files; any ZIP program
    opens it."""
    found = opened(RAW)
    assert replace(found.manifest, files=()) == MANIFEST
    for place, (name, raw) in enumerate(FILES, start=1):
        target = BytesIO()
        opening.extract(found, place, target)
        assert (found.manifest.files[place - 1].name, target.getvalue()) == (name, raw)
    with ZipFile(BytesIO(RAW)) as known:
        assert known.testzip() is None
        assert known.namelist() == ["manifest.json", "signatures.json", "files/001", "files/002"]


def test_the_digest_names_the_content_whoever_signs_it() -> None:
    """A consignment signed again after a key's end is the same consignment (security.md 5.4)."""
    other = packed(keys=(KEYS["ED25519-SHA256"],))
    assert other != RAW
    assert opened(other).digest == opened(RAW).digest


@settings(max_examples=400, deadline=None)
@given(st.integers(0, len(RAW) - 1), st.integers(1, 255))
def test_any_byte_flipped_is_refused(place: int, change: int) -> None:
    """Features row 51: no byte of an envelope lies outside the check."""
    altered = bytearray(RAW)
    altered[place] ^= change
    with pytest.raises(Unacceptable):
        opened(bytes(altered))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_cut_addition_or_swap_is_refused(data: st.DataObject) -> None:
    """Truncated anywhere, something added anywhere, two stretches exchanged."""
    one = data.draw(st.integers(0, len(RAW) - 1))
    extra = data.draw(st.binary(min_size=1, max_size=30))
    length = data.draw(st.integers(1, 40))
    swapped = RAW[:one] + RAW[one + length :] + RAW[one : one + length]
    for altered in (RAW[:one], RAW[:one] + extra + RAW[one:], RAW + extra, swapped):
        if altered != RAW:
            with pytest.raises(Unacceptable):
                opened(altered)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_anything_at_all_is_refused_not_broken(raw: bytes) -> None:
    """Fuzz: a refusal with its reason, never another error."""
    for noise in (raw, b"PK\x03\x04" + raw, RAW[:60] + raw):
        with pytest.raises(Unacceptable):
            opened(noise)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(parse(MANIFEST.raw()))), VALUES | st.floats(allow_nan=False))
def test_any_field_of_the_manifest_may_be_wrong(name: str, value: Any) -> None:
    """Malformed manifests (fuzzed): refused with a reason, or understood."""
    changed = parse(MANIFEST.raw()) | {name: value}
    try:
        raw = canonical(changed)
    except TypeError:
        return
    try:
        read_manifest(raw)
    except Unacceptable as refused:
        assert refused.reason in {Reason.MALFORMED, Reason.UNKNOWN_VERSION, Reason.GRADED}


def test_unknown_fields_are_ignored_and_unknown_versions_refused() -> None:
    """A newer node may say more; another version is refused by a word machines read."""
    value = parse(MANIFEST.raw())
    more = value | {"colour": "red", "metadata": value["metadata"] | {"mood": "good"}}
    assert read_manifest(canonical(more)) == MANIFEST
    for version in (0, 2, "1", None):
        with pytest.raises(Unacceptable) as refused:
            read_manifest(canonical(value | {"version": version}))
        assert refused.value.reason == Reason.UNKNOWN_VERSION


def test_revision_and_metadata_travel() -> None:
    """GB/T 33480 names; the object's revision orders what comes early (security.md 5.6)."""
    said = replace(MANIFEST, revision=Revision("matter:2026-17", 3))
    found = opened(packed(said)).manifest
    assert found.revision == Revision("matter:2026-17", 3)
    names = "identifier type title number issuer signer date main_addressees copy_addressees"
    names += " urgency secrecy pages attachments relations format process"
    assert list(Metadata().as_json()) == names.split()


@pytest.mark.parametrize(
    "change",
    [
        {"secrecy": "秘密"},
        {"secrecy": "机密★20年"},
        {"secrecy": "top secret"},
        {"title": "关于××的通知（绝密★）"},
        {"number": "浙办发〔2026〕1号 机密★1年"},
        {"attachments": ["秘 密★附件"]},
    ],
)
def test_graded_documents_are_refused_at_both_doors(change: dict[str, Any]) -> None:
    """Decision 16, R-DOC-11: 秘密 and above are never sent and never taken."""
    said = replace(MANIFEST, metadata=replace(MANIFEST.metadata, **change))
    with pytest.raises(Unacceptable) as refused:
        packed(said)
    assert refused.value.reason == Reason.GRADED
    with pytest.raises(Unacceptable) as refused:
        read_manifest(said.raw())
    assert refused.value.reason == Reason.GRADED
    open_words = replace(MANIFEST.metadata, title="关于保守国家秘密宣传的通知", secrecy="内部")
    assert opened(packed(replace(MANIFEST, metadata=open_words))).manifest.metadata == open_words


def test_the_policy_says_which_suites_are_accepted() -> None:
    """One good signature of an accepted suite is enough; none is refused."""
    only = Policy(accepted=frozenset({"SM2-SM3"}))
    assert opened(RAW, policy=only)
    assert reason(packed(keys=(KEYS["ED25519-SHA256"],)), policy=only) == Reason.UNSIGNED
    assert opened(packed(keys=(KEYS["ED25519-SHA256"],)))


def test_keys_unknown_expired_revoked_and_foreign_are_refused() -> None:
    """Wrong key, expired key, revoked key: each with its reason."""
    stranger = packed(keys=(pair("SM2-SM3"),))
    later, hour = AT + timedelta(hours=1), timedelta(hours=1)
    assert reason(stranger) == Reason.UNKNOWN_KEY
    assert reason(packed(replace(MANIFEST, sender="P34"))) == Reason.UNKNOWN_KEY
    assert reason(RAW, keys=lookup(since=later)) == Reason.EXPIRED_KEY
    assert reason(RAW, keys=lookup(until=AT)) == Reason.EXPIRED_KEY
    assert opened(RAW, keys=lookup(until=AT + hour))
    assert reason(RAW, keys=lookup(revoked=True)) == Reason.REVOKED_KEY


def test_a_wrong_signature_beside_a_good_one_is_refused() -> None:
    """Nobody may add a mark in another's name."""
    forged = replace(KEYS["SM2-SM3"], private=SM2.generate()[0])
    assert reason(packed(keys=(KEYS["ED25519-SHA256"], forged))) == Reason.WRONG_SIGNATURE


def test_encrypted_files_open_for_the_reader_only() -> None:
    """Optional encryption; digests are checked on the bytes received, without any key."""
    private, public = SM2.generate()
    raw = packed(readers={"ab" * 32: public})
    assert FILES[0][1] not in raw
    found = opened(raw)
    target = BytesIO()
    opening.extract(found, 1, target, ("ab" * 32, private))
    assert target.getvalue() == FILES[0][1]
    for reader in (None, ("cd" * 32, private), ("ab" * 32, SM2.generate()[0])):
        with pytest.raises(Unacceptable) as refused:
            opening.extract(found, 1, BytesIO(), reader)
        assert refused.value.reason == Reason.NOT_OPENED


def test_nothing_leaves_without_a_signature() -> None:
    """An envelope nobody signed is not made."""
    with pytest.raises(Unacceptable) as refused:
        packed(keys=())
    assert refused.value.reason == Reason.UNSIGNED
    assert len(BOTH) == 2
