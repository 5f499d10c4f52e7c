"""The container: a ZIP with one possible byte form, so that no byte of it is outside the check.

Members are stored, not compressed (papers are compressed already), in a fixed order, without date,
comment, extra field or path: there is nothing to unzip, hence no bomb, and whatever differs by a
byte from what the writer would have written is refused. Every ZIP program opens it.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import SEEK_CUR, SEEK_END, BytesIO
from struct import Struct
from typing import IO

from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable

BLOCK = 256 * 1024
MANIFEST, SIGNATURES = "manifest.json", "signatures.json"
FILE = re.compile(r"files/(\d{3})")
MOST_MEMBERS = 202
LARGEST_FILE = 100 * 1024 * 1024
LARGEST = 200 * 1024 * 1024
LARGEST_TEXT = {MANIFEST: 1024 * 1024, SIGNATURES: 64 * 1024}
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
HEAD = Struct("<4sHHHHHIIIHH")
ENTRY = Struct("<4sHHHHHHIIIHHHHHII")
TAIL = Struct("<4sHHHHIIH")
MADE_BY, DAY_ONE = 20, 0x21


@dataclass(frozen=True)
class Member:
    """A member as it lies in the container; `offset` is where its bytes begin."""

    name: str
    offset: int
    size: int
    crc: int

    def head(self) -> bytes:
        """The local header."""
        raw = self.name.encode()
        return (
            HEAD.pack(LOCAL, MADE_BY, 0, 0, 0, DAY_ONE, self.crc, self.size, self.size, len(raw), 0)
            + raw
        )

    def entry(self) -> bytes:
        """The line of the directory."""
        raw = self.name.encode()
        place = self.offset - HEAD.size - len(raw)
        numbers = (MADE_BY, MADE_BY, 0, 0, 0, DAY_ONE, self.crc, self.size, self.size)
        return ENTRY.pack(CENTRAL, *numbers, len(raw), 0, 0, 0, 0, 0, place) + raw


def directory(members: Iterable[Member], offset: int) -> bytes:
    """The directory and the end record, which close the container."""
    lines = [member.entry() for member in members]
    body = b"".join(lines)
    return body + TAIL.pack(END, 0, 0, len(lines), len(lines), len(body), offset, 0)


def blocks(file: IO[bytes], size: int) -> Iterator[bytes]:
    """So many bytes from where the file stands; refuses an earlier end."""
    while size:
        block = file.read(min(BLOCK, size))
        if not block:
            raise Unacceptable(Reason.MALFORMED, "cut off")
        size -= len(block)
        yield block


def write(target: IO[bytes], contents: Iterable[tuple[str, IO[bytes]]]) -> None:
    """Write the members in this order; each source is read from its beginning, twice."""
    members = []
    for name, source in contents:
        size = source.seek(0, SEEK_END)
        source.seek(0)
        crc = 0
        for block in blocks(source, size):
            crc = zlib.crc32(block, crc)
        source.seek(0)
        member = Member(name, target.tell() + HEAD.size + len(name.encode()), size, crc)
        target.write(member.head())
        for block in blocks(source, size):
            target.write(block)
        members.append(member)
    target.write(directory(members, target.tell()))


def expected_name(place: int) -> str:
    """What the member at a place is called: manifest, signatures, then files/001 onwards."""
    return (MANIFEST, SIGNATURES)[place] if place < 2 else f"files/{place - 1:03d}"


def cap(name: str) -> int:
    """How many bytes a member may have."""
    return LARGEST_TEXT.get(name, LARGEST_FILE)


def read(file: IO[bytes]) -> list[Member]:
    """The members of a container that is exactly as `write` makes it. Sizes and counts are refused
    from the headers alone; no content is read here."""
    total = file.seek(0, SEEK_END)
    if total > LARGEST:
        raise Unacceptable(Reason.TOO_LARGE, "envelope")
    file.seek(0)
    members: list[Member] = []
    while (start := file.read(4)) == LOCAL:
        members.append(read_head(file, len(members)))
    rest = start + file.read(MOST_MEMBERS * (ENTRY.size + 20) + TAIL.size + 1)
    offset = members[-1].offset + members[-1].size if members else 0
    if len(members) < 2 or rest != directory(members, offset):
        raise Unacceptable(Reason.MALFORMED, "directory")
    return members


def read_head(file: IO[bytes], place: int) -> Member:
    """The member whose header begins four bytes back; leaves the file behind its bytes."""
    if place >= MOST_MEMBERS:
        raise Unacceptable(Reason.TOO_LARGE, "members")
    name = expected_name(place)
    raw = LOCAL + file.read(HEAD.size - 4 + len(name))
    if len(raw) != HEAD.size + len(name):
        raise Unacceptable(Reason.MALFORMED, "cut off")
    numbers = HEAD.unpack(raw[: HEAD.size])
    member = Member(name, file.tell(), numbers[8], numbers[6])
    if raw != member.head():
        raise Unacceptable(Reason.MALFORMED, f"member {place + 1}")
    if member.size > cap(name):
        raise Unacceptable(Reason.TOO_LARGE, name)
    file.seek(member.size, SEEK_CUR)
    return member


def content(file: IO[bytes], member: Member) -> Iterator[bytes]:
    """The bytes of a member, block by block; refuses at the end what its checksum does not fit."""
    file.seek(member.offset)
    crc = 0
    for block in blocks(file, member.size):
        crc = zlib.crc32(block, crc)
        yield block
    if crc != member.crc:
        raise Unacceptable(Reason.MALFORMED, f"checksum of {member.name}")


def text(file: IO[bytes], member: Member) -> bytes:
    """A small member whole."""
    return b"".join(content(file, member))


def memory(raw: bytes) -> IO[bytes]:
    """Bytes as a file."""
    return BytesIO(raw)
