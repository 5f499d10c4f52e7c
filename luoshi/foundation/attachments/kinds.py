"""What a file is, by content and extension together (security.md 7)."""

import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid

LARGEST = 100 * 1024 * 1024
UNPACKED, RATIO, ENTRIES = 200 * 1024 * 1024, 200, 5000
PIXELS = 50_000_000
CHUNK = 1024 * 1024
NESTED = (".zip", ".rar", ".7z", ".gz", ".tar", ".jar")
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
OLD_WORD = ("doc", "wps")
NO_READER = _(
    "Old Word and WPS files (.doc, .wps) are not read here: save it as DOCX in WPS or Word, or "
    "have a reader installed on the server: apt-get install antiword"
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ofd": "application/ofd",
    "doc": "application/msword",
    "wps": "application/msword",
    "xls": "application/vnd.ms-excel",
    "txt": "text/plain",
    "csv": "text/csv",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}
BROKEN_ARCHIVE = (  # what `zipfile` raises on bytes that are no archive after all
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)
ZIPS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "ofd": "OFD.xml"}


@dataclass(frozen=True)
class Kind:
    """A recognised file."""

    extension: str
    media_type: str


def refuse(text: object, code: str) -> Invalid:
    """A refusal of an upload."""
    return Invalid(_("Not uploaded."), {"file": [str(text)]}, code=code)


def recognise(path: Path, name: str) -> Kind:
    """The kind of a file; raises `Invalid` with the reason when it is refused."""
    extension = Path(name).suffix.lower().lstrip(".")
    size = path.stat().st_size
    if size == 0:
        raise refuse(_("The file is empty (0 bytes)."), "empty")
    if size > LARGEST:
        raise refuse(_("The file is larger than 100 MiB."), "too-large")
    if extension not in MEDIA:
        allowed = ", ".join(sorted({word.upper() for word in MEDIA}))
        raise refuse(_("Allowed are: %(kinds)s.") % {"kinds": allowed}, "kind")
    with path.open("rb") as file:
        head = file.read(8192)
    if not content_matches(extension, head, path):
        raise refuse(
            _("The content is not what the name “%(name)s” says.") % {"name": name}, "mismatch"
        )
    if extension in ZIPS:
        check_archive(path, extension)
    else:
        refuse_archive_behind(path)
    if extension in {"png", "jpg", "jpeg"}:
        check_pixels(path, extension)
    if extension == "pdf":
        check_pdf(path)
    return Kind(extension, MEDIA[extension])


def content_matches(extension: str, head: bytes, path: Path) -> bool:
    """Whether the first bytes fit the extension."""
    if extension in ZIPS:
        return head.startswith(b"PK\x03\x04") and b"%PDF-" not in head
    if extension == "pdf":
        return head.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-")
    if extension in {"doc", "wps", "xls"}:
        return head.startswith(OLE)
    if extension == "png":
        return head.startswith(b"\x89PNG\r\n\x1a\n")
    if extension in {"jpg", "jpeg"}:
        return head.startswith(b"\xff\xd8\xff")
    return is_text(path)


CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def is_text(path: Path) -> bool:
    """Decodes as UTF-8 or GB18030 and holds no control characters but white space."""
    raw = path.read_bytes()
    if b"\x00" in raw:
        return False
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return CONTROL.search(text) is None
    return False


def check_archive(path: Path, extension: str) -> None:
    """Sizes, ratio, names and nesting of a ZIP, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except BROKEN_ARCHIVE as error:
        raise refuse(_("The file is damaged."), "damaged") from error
    if len(entries) > ENTRIES:
        raise refuse(_("The archive has more than 5,000 entries."), "entries")
    total = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if total > UNPACKED or total / packed > RATIO:
        raise refuse(_("The file would unpack to far more than it holds."), "bomb")
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(n.startswith("/") or ".." in n.split("/") or ":" in n for n in names):
        raise refuse(_("The archive contains names that climb out of it."), "traversal")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse(_("The file is encrypted; a password would be needed."), "encrypted")
    if any((entry.external_attr >> 16) & 0o170000 == 0o120000 for entry in entries):
        raise refuse(_("The archive contains links."), "link")
    if any(name.lower().endswith(NESTED) for name in names):
        raise refuse(_("The archive contains another archive."), "nested")
    if ZIPS[extension] not in names:
        raise refuse(_("The content is not what the name says."), "mismatch")
    refuse_entities(path)


def refuse_entities(path: Path) -> None:
    """DTD and entities are refused before any parser sees them, in UTF-8 and in UTF-16."""
    try:
        with zipfile.ZipFile(path) as archive:
            for entry in archive.infolist():
                with archive.open(entry) as member:
                    if not entry.is_dir() and declares(member):
                        raise refuse(_("The file contains DTD or entity declarations."), "entities")
    except BROKEN_ARCHIVE as error:
        raise refuse(_("The file is damaged."), "damaged") from error


def declares(member: IO[bytes]) -> bool:
    """Whether a member is markup with a declaration in it, read piece by piece."""
    tail = b""
    while chunk := member.read(CHUNK):
        piece = tail + chunk.replace(b"\x00", b"")
        if not tail and b"<" not in piece[:64]:
            return False
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            return True
        tail = piece[-16:]
    return False


def refuse_archive_behind(path: Path) -> None:
    """A file that is an archive as well when read from its end (a polyglot)."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        tail = file.read()
    if b"PK\x05\x06" in tail and b"PK\x01\x02" in tail:
        raise refuse(_("The file hides an archive behind its content."), "polyglot")


def check_pixels(path: Path, extension: str) -> None:
    """Pictures of more than 50 megapixels are refused by their header; cut ones as damaged."""
    size = png_size(path) if extension == "png" else jpeg_size(path)
    if size is None:
        raise refuse(_("The picture is damaged."), "damaged")
    if size[0] * size[1] > PIXELS:
        raise refuse(_("The picture has more than 50 megapixels."), "pixels")


def png_size(path: Path) -> tuple[int, int] | None:
    """Width and height in the first chunk."""
    with path.open("rb") as file:
        head = file.read(24)
    return struct.unpack(">II", head[16:24]) if len(head) == 24 else None


def jpeg_size(path: Path) -> tuple[int, int] | None:
    """Width and height in the first frame header."""
    with path.open("rb") as file:
        file.read(2)
        while len(head := file.read(4)) == 4 and head[0] == 0xFF:
            length = struct.unpack(">H", head[2:])[0]
            if head[1] in FRAMES:
                body = file.read(5)
                return struct.unpack(">HH", body[1:5])[::-1] if len(body) == 5 else None
            file.seek(length - 2, 1)
    return None


def remarks_on(path: Path, extension: str) -> list[str]:
    """What a reader should know before opening the file: active content by name."""
    if extension in ZIPS:
        with zipfile.ZipFile(path) as archive:
            names = [entry.filename.lower() for entry in archive.infolist()]
            links = any(
                b'TargetMode="External"' in archive.read(name)
                for name in archive.namelist()
                if name.endswith(".rels")
            )
        found = {
            "macros": any("vbaproject" in name for name in names),
            "embedded": any("/embeddings/" in name for name in names),
            "links": links,
        }
    elif extension == "pdf":
        raw = path.read_bytes()
        found = {
            "scripts": b"/JavaScript" in raw or b"/JS" in raw,
            "actions": b"/OpenAction" in raw or b"/Launch" in raw,
            "embedded": b"/EmbeddedFile" in raw,
        }
    else:
        found = {}
    return [name for name, there in found.items() if there]


def check_pdf(path: Path) -> None:
    """A PDF must be whole and open without a password."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        tail = file.read()
    if b"%%EOF" not in tail or b"startxref" not in tail:
        raise refuse(_("The PDF is damaged: its end is missing."), "damaged")
    if b"/Encrypt" in path.read_bytes():
        raise refuse(_("The PDF is protected; a password would be needed."), "encrypted")
