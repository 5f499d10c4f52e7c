"""The table of attacks on the container: each refused with its reason, nothing unpacked."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest

from luoshi.foundation.exchange.envelopes import container, opening
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from tests.foundation.exchange.papers import MANIFEST, opened, packed

RAW = packed()


def zipped(*names: str, compress: int = 0, comment: bytes = b"") -> bytes:
    """A ZIP as other programs make it."""
    target = BytesIO()
    with ZipFile(target, "w", compress) as made:
        made.comment = comment
        for name in names:
            made.writestr(ZipInfo(name, (1980, 1, 1, 0, 0, 0)), b"\0" * 2000)
    return target.getvalue()


def contained(*contents: tuple[str, bytes]) -> bytes:
    """A container in our form with any members."""
    target = BytesIO()
    container.write(target, [(name, BytesIO(raw)) for name, raw in contents])
    return target.getvalue()


def bomb() -> bytes:
    """42 kB that would unpack to 40 MB."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as made:
        for name in ("manifest.json", "signatures.json", "files/001"):
            made.writestr(name, b"\0" * 13_000_000)
    return target.getvalue()


def with_size(size: int) -> bytes:
    """A header that claims a size its bytes do not have."""
    head = container.HEAD.pack(b"PK\x03\x04", 20, 0, 0, 0, 33, 0, size, size, 13, 0)
    return head + b"manifest.json" + b"x" * 100


def many() -> bytes:
    """More members than an envelope has."""
    names = [container.expected_name(place) for place in range(container.MOST_MEMBERS + 1)]
    return contained(*((name, b"") for name in names))


PARTS = [("manifest.json", b"{}"), ("signatures.json", b"{}")]
TABLE: dict[str, tuple[Callable[[], bytes], Reason]] = {
    "zip bomb": (bomb, Reason.MALFORMED),
    "member twice": (lambda: contained(*PARTS, PARTS[1]), Reason.MALFORMED),
    "two manifests": (lambda: contained(PARTS[0], PARTS[0], PARTS[1]), Reason.MALFORMED),
    "path traversal": (lambda: contained(*PARTS, ("../../e01", b"")), Reason.MALFORMED),
    "absolute path": (lambda: contained(*PARTS, ("/etc/cron", b"")), Reason.MALFORMED),
    "foreign zip": (lambda: zipped("manifest.json", "signatures.json"), Reason.MALFORMED),
    "zip comment": (lambda: zipped("manifest.json", comment=b"x" * 60_000), Reason.MALFORMED),
    "truncated": (lambda: RAW[: len(RAW) // 2], Reason.MALFORMED),
    "directory missing": (lambda: RAW[: RAW.index(b"PK\x01\x02")], Reason.MALFORMED),
    "trailing bytes": (lambda: RAW + b"\n", Reason.MALFORMED),
    "leading bytes": (lambda: b"#!/bin/sh\n" + RAW, Reason.MALFORMED),
    "manifest alone": (lambda: contained(PARTS[0]), Reason.MALFORMED),
    "empty": (lambda: b"", Reason.MALFORMED),
    "too many members": (many, Reason.TOO_LARGE),
    "manifest too large": (lambda: with_size(1024 * 1024 + 1), Reason.TOO_LARGE),
    "size that lies": (lambda: with_size(4000), Reason.MALFORMED),
    "size of 4 GiB": (lambda: with_size(2**32 - 1), Reason.TOO_LARGE),
}


@pytest.mark.parametrize("name", TABLE)
def test_attack_is_refused_with_its_reason(name: str) -> None:
    """Security.md 5.4: size caps first, then the form; features row 51."""
    make, reason = TABLE[name]
    with pytest.raises(Unacceptable) as refused:
        opened(make())
    assert refused.value.reason == reason


def test_a_file_changed_under_its_checksum_is_found_by_its_digest() -> None:
    """The checksum is no protection; the digests of the signed manifest are."""
    start = RAW.index(b"%PDF-1.7")
    body = bytearray(RAW)
    body[start] ^= 1
    file = bytes(body[start : start + 265])
    old = zlib.crc32(RAW[start : start + 265])
    changed = bytes(body).replace(struct.pack("<I", old), struct.pack("<I", zlib.crc32(file)))
    with pytest.raises(Unacceptable) as refused:
        opened(changed)
    assert refused.value.reason == Reason.WRONG_DIGEST


def test_sizes_are_refused_before_a_byte_of_content_is_read() -> None:
    """Caps before unzipping: the reader asks for headers only."""

    class Counting(BytesIO):
        read_bytes = 0

        def read(self, size: int | None = -1) -> bytes:
            found = super().read(size)
            self.read_bytes += len(found)
            return found

    file = Counting(with_size(1024 * 1024 + 1) + b"\0" * 2_000_000)
    with pytest.raises(Unacceptable):
        opening.read(cast(BinaryIO, file))
    assert file.read_bytes < 100


@pytest.mark.parametrize(
    "name",
    ["../x.pdf", "a/b.pdf", "a\\b.pdf", "x\0.pdf", "..", "", "C:x", "\u202efdp.exe", "a" * 201],
)
def test_a_file_name_that_is_a_path_is_refused(name: str) -> None:
    """Names are data, never places."""
    with pytest.raises(Unacceptable) as refused:
        packed(files=((name, b"x"),))
    assert refused.value.reason == Reason.BAD_NAME


def test_files_and_lines_of_the_manifest_must_agree() -> None:
    """A file too many, one too few, one of another size."""
    raw = MANIFEST.raw()
    marks = b'{"signatures":[]}'
    one = packed(files=(("a.pdf", b"abc"),))
    start = one.index(b"manifest.json") + 13
    line = one[start : one.index(b"PK\x03\x04", start)]
    for contents in (
        [(raw, marks, b"x")],
        [(line, marks)],
        [(line, marks, b"abcd")],
    ):
        names = [container.expected_name(place) for place in range(len(contents[0]))]
        made = contained(*zip(names, contents[0], strict=True))
        with pytest.raises(Unacceptable) as refused:
            opening.read(BytesIO(made))
        assert refused.value.reason == Reason.MALFORMED


def test_more_than_may_travel_is_not_packed() -> None:
    """200 files, a manifest of 1 MiB."""
    with pytest.raises(Unacceptable) as refused:
        packed(files=[(f"{n}.txt", b"") for n in range(201)])
    assert refused.value.reason == Reason.TOO_LARGE
    with pytest.raises(Unacceptable) as refused:
        packed(replace(MANIFEST, payload={"text": "长" * 400_000}))
    assert refused.value.reason == Reason.TOO_LARGE
