"""Store an upload: recognised, checked, read in the sandbox, written by digest, then its row.

Changes: a file under its digest, one `Attachment`. Refused: what `kinds` refuses, files marked
with a secrecy grade (decision 16), and, as a source for drafting, files without text;
a disk without room (`core.fitting`).
"""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.attachments import rules
from luoshi.foundation.attachments.domain.extracting import (
    Extracted,
    extract,
    extract_long,
    workplace,
)
from luoshi.foundation.attachments.enums import TextState
from luoshi.foundation.attachments.kinds import (
    LARGEST,
    NO_READER,
    OLD_WORD,
    recognise,
    refuse,
    remarks_on,
)
from luoshi.foundation.attachments.models import Attachment, StoredFile
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.bigrams import bigrams
from luoshi.foundation.core.fitting import needing_room
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid

GRADE = re.compile(
    r"^[\s\u3000【〔\[（(]*(?:密[\s\u3000]*级[：:]?[\s\u3000]*)?"
    r"(绝[\s\u3000]*密|机[\s\u3000]*密|秘[\s\u3000]*密)[\s\u3000]*(?:[★☆】〕\]）)]|$)",
    re.MULTILINE,
)
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
HEAD = 600
INDEXED = 4000
MOST_PAGES = 2000


@dataclass(frozen=True)
class About:
    """What is known about an upload before it is read."""

    name: str
    owner_kind: str
    owner_id: UUID | None
    as_source: bool


@dataclass(frozen=True)
class Stored:
    """The attachment and what was read from it."""

    attachment: Attachment
    extracted: Extracted


def store(
    stream: BinaryIO,
    *,
    name: str,
    actor: Actor,
    at: datetime,
    owner_kind: str = "",
    owner_id: UUID | None = None,
    as_source: bool = False,
) -> Stored:
    """Store one upload; `as_source` asks for text to draft from. A second try reads the stream
    from its beginning."""
    ensure(rules.may_upload(actor))
    name = safe_name(name)
    if stream.seekable():
        stream.seek(0)
    settings.FILES.mkdir(parents=True, exist_ok=True)
    about = About(name, owner_kind, owner_id, as_source)
    with needing_room(settings.FILES):
        return received(stream, about, actor=actor, at=at)


def received(stream: BinaryIO, about: About, *, actor: Actor, at: datetime) -> Stored:
    """Take the upload in through a folder of its own, which is gone afterwards in every case."""
    name = about.name
    folder = Path(tempfile.mkdtemp(prefix="upload-", dir=settings.FILES))
    try:
        path = folder / ("upload" + Path(name).suffix.lower())
        digests = receive(stream, path)
        kind = recognise(path, name)
        extracted = extract(path, whole=not about.as_source)
        refuse_marks(extracted.text, name)
        refuse_marks("\n".join(one.text for one in extracted.left_out), name)
        if about.as_source:
            refuse_textless(extracted, kind.extension)
        with acting(actor=actor, at=at):
            file = keep(path, digests, kind.media_type, at)
            attachment = Attachment.objects.create(
                file=file,
                name=name,
                uploaded_by_id=actor.person_id,
                uploaded_by_name=actor.person_name,
                unit_id=actor.unit_id,
                owner_kind=about.owner_kind,
                owner_id=about.owner_id,
                text_state=extracted.state,
                text=extracted.text,
                remarks=remarks_on(path_of(path, digests), kind.extension),
                created_at=at,
            )
            index(attachment)
            after = {"sha256": file.sha256, "name": name}
            record("attachments.stored", actor=actor, at=at, obj=attachment, after=after)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return Stored(attachment, extracted)


def index(attachment: Attachment) -> None:
    """Make an attachment found by its name and the first words of its text."""
    words = Value(bigrams(f"{attachment.name} {attachment.text[:INDEXED]}"))
    Attachment.objects.filter(pk=attachment.pk).update(search=SearchVector(words, config="simple"))


def read_whole(attachment: Attachment, *, pages: int, seen: Callable[[int], None]) -> Extracted:
    """Read a stored file to its end, a document of pages range by range (`extract_long`). Raises
    `Invalid` when it is damaged or too heavy."""
    with workplace() as folder:
        path = Path(folder) / ("upload" + Path(attachment.name).suffix.lower())
        path.symlink_to(stored_path(attachment.file.sha256).resolve())
        return extract_long(path, pages, seen) if pages else extract(path)


def keep_text(attachment: Attachment, extracted: Extracted) -> None:
    """Keep what a later reading found. Part of the caller's act; the entry is the caller's too."""
    attachment.text, attachment.text_state = extracted.text, extracted.state
    attachment.save(update_fields=("text", "text_state"))
    index(attachment)


def safe_name(name: str) -> str:
    """The user's name for the file without folders, marks that turn the reading order, control
    characters, and names that some systems keep for devices."""
    plain = UNSEEN.sub("", Path(name.replace("\\", "/")).name).strip()
    return RESERVED.sub(lambda found: f"_{found.group()}", plain)[:200] or "file"


def path_of(path: Path, digests: tuple[str, str, int]) -> Path:
    """Where the bytes are now: in place, or still where they were received."""
    return path if path.exists() else stored_path(digests[0])


def receive(stream: BinaryIO, path: Path) -> tuple[str, str, int]:
    """Write the stream to disk, fsynced; returns (SHA-256, SM3, size)."""
    sha, sm3, size = hashlib.sha256(), hashlib.new("sm3"), 0
    with path.open("wb") as file:
        while chunk := stream.read(1024 * 1024):
            size += len(chunk)
            if size > LARGEST:
                raise refuse(_("The file is larger than 100 MiB."), "too-large")
            sha.update(chunk)
            sm3.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return sha.hexdigest(), sm3.hexdigest(), size


def refuse_marks(text: str, name: str) -> None:
    """Words that mark a secrecy grade block the upload (decision 16, R-DOC-11)."""
    found = GRADE.search(text[:HEAD]) or re.search(r"(绝密|机密|秘密)★", name)
    if found:
        raise Invalid(
            _("Not uploaded: the file is marked “%(grade)s”.")
            % {"grade": "".join(found.group(1).split())},
            {
                "file": [
                    _("Only its number is registered here; pass the text by the secret channel.")
                ]
            },
            code="secret",
        )


def refuse_textless(extracted: Extracted, extension: str = "") -> None:
    """A source for drafting needs text; the rest of a long one may have what its first pages have
    not."""
    if extracted.state == TextState.UNREADABLE and extension in OLD_WORD:
        raise refuse(NO_READER, "old-word")
    if extracted.state == TextState.UNREADABLE:
        raise refuse(_("This kind of file cannot be read here; save it as DOCX or PDF."), "kind")
    if extracted.pages > MOST_PAGES:
        raise refuse(
            _("The document has more than 2,000 pages; upload it in parts."), "too-many-pages"
        )
    if not extracted.text.strip() and not extracted.partial:
        raise refuse(_("The file has no text layer; it needs OCR before drafting."), "needs-ocr")


def stored_path(sha256: str) -> Path:
    """Where the bytes of a digest are."""
    return Path(settings.FILES) / sha256[:2] / sha256


def sync(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def keep(path: Path, digests: tuple[str, str, int], media_type: str, at: datetime) -> StoredFile:
    """Rename into place and fsync the folders; the row comes last, and once per digest. Bytes
    that are there already are put there again: equal, and whole whatever happened to the old."""
    sha256, sm3, size = digests
    target = stored_path(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    path.replace(target)
    sync(target.parent)
    sync(target.parent.parent)
    row, _made = StoredFile.objects.get_or_create(
        sha256=sha256,
        defaults={"sm3": sm3, "size": size, "media_type": media_type, "created_at": at},
    )
    return row


def forget_leftovers(*, at: datetime) -> int:
    """Remove what killed uploads left behind for a day (security row 22); returns how many."""
    before = (at - timedelta(days=1)).timestamp()
    old = [f for f in Path(settings.FILES).glob("upload-*") if f.stat().st_mtime < before]
    for folder in old:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)
