"""Make an envelope: measure the files, write the manifest, sign it, put all into the container."""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import SEEK_END
from typing import IO

from luoshi.foundation.exchange.envelopes import container
from luoshi.foundation.exchange.envelopes.canonical import canonical
from luoshi.foundation.exchange.envelopes.encrypting import KEY_BYTES, bound, encrypt, wrap
from luoshi.foundation.exchange.envelopes.manifest import File, Manifest
from luoshi.foundation.exchange.envelopes.manifest import read as read_manifest
from luoshi.foundation.exchange.envelopes.policy import SigningKey
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.envelopes.suites import suite

PREFIX = b"luoshi.envelope.v1\n"
IN_MEMORY = 4 * 1024 * 1024


@dataclass(frozen=True)
class Source:
    """A file to carry: its name and type as people know it, and its bytes."""

    name: str
    media_type: str
    file: IO[bytes]


def pack(
    target: IO[bytes],
    manifest: Manifest,
    sources: Sequence[Source],
    *,
    keys: Sequence[SigningKey],
    readers: dict[str, bytes] | None = None,
) -> Manifest:
    """Write the envelope; returns the manifest as signed. `readers` (key id → SM2 public key)
    encrypts the files. Refused: what the receiver would refuse (sizes, names, a graded document);
    nothing can leave that no neighbour would take."""
    key = os.urandom(KEY_BYTES) if readers else None
    carried, lines = [], []
    with ExitStack() as stack:
        for place, source in enumerate(sources, start=1):
            locked = stack.enter_context(tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))
            line, file = measured(source, place, manifest.id, key, locked)
            carried.append((container.expected_name(place + 1), file))
            lines.append(line)
        made = manifest.with_files(tuple(lines), wrap(key, readers) if key and readers else {})
        raw = made.raw()
        marks = signatures(raw, keys)
        refuse_oversized(raw, lines)
        read_manifest(raw)
        texts = ((container.MANIFEST, raw), (container.SIGNATURES, marks))
        contents = [(name, container.memory(text)) for name, text in texts]
        container.write(target, [*contents, *carried])
    return made


def measured(
    source: Source, place: int, consignment: str, key: bytes | None, locked: IO[bytes]
) -> tuple[File, IO[bytes]]:
    """A file's line of the manifest, and the bytes to put into the container: its own, or those
    written to `locked`."""
    size = source.file.seek(0, SEEK_END)
    if size > container.LARGEST_FILE:
        raise Unacceptable(Reason.TOO_LARGE, source.name)
    sm3, sha256 = digests(source.file)
    if key is None:
        return File(source.name, source.media_type, size, sm3, sha256), source.file
    source.file.seek(0)
    plain = container.blocks(source.file, size)
    nonce, longer = encrypt(plain, locked, key=key, aad=bound(consignment, place))
    outer_sm3, outer_sha256 = digests(locked)
    line = File(
        source.name, source.media_type, longer, outer_sm3, outer_sha256, nonce.hex(), size, sm3
    )
    return line, locked


def digests(file: IO[bytes]) -> tuple[str, str]:
    """(SM3, SHA-256) of a file from its beginning."""
    size = file.seek(0, SEEK_END)
    file.seek(0)
    sm3, sha256 = hashlib.new("sm3"), hashlib.sha256()
    for block in container.blocks(file, size):
        sm3.update(block)
        sha256.update(block)
    return sm3.hexdigest(), sha256.hexdigest()


def signatures(raw: bytes, keys: Sequence[SigningKey]) -> bytes:
    """The signatures' member over these manifest bytes."""
    if not keys:
        raise Unacceptable(Reason.UNSIGNED)
    lines = [
        {
            "suite": key.suite,
            "key": key.id,
            "value": suite(key.suite).sign(key.private, key.public, PREFIX + raw).hex(),
        }
        for key in keys
    ]
    return canonical({"signatures": lines})


def refuse_oversized(raw: bytes, files: Sequence[File]) -> None:
    """Refuse what would not fit into a container."""
    if len(raw) > container.cap(container.MANIFEST):
        raise Unacceptable(Reason.TOO_LARGE, container.MANIFEST)
    if len(files) > container.MOST_MEMBERS - 2:
        raise Unacceptable(Reason.TOO_LARGE, "members")
    if sum(file.size for file in files) + 2 * 1024 * 1024 > container.LARGEST:
        raise Unacceptable(Reason.TOO_LARGE, "envelope")
