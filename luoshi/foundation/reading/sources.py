"""Decode a document: TXT, DOCX, PDF (and DOC through antiword or catdoc) → text and tables.

Free of policy: limits and refusals belong to the caller's sandbox. TXT keeps every character but
the BOM, with CRLF and CR as one newline.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Table = list[list[str]]
JOINED = re.compile(
    r"(?<=[\u4e00-\u9fff，、；：“”（）《》0-9])\n(?=[\u4e00-\u9fff，、；：“”（）《》0-9])"
)
PARAGRAPH = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[．.、]|第[一二三四五六七八九十]+条|"
    r"附件|抄送|主送|参加|出席|列席|[\u4e00-\u9fff]{2,12}[：:])"
)
PAGE_NUMBER = re.compile(r"^[\s—－\-–]*\d{1,3}[\s—－\-–]*$")


class NoText(Exception):
    """The document has no text layer."""


class CannotRead(Exception):
    """This kind of document is not read here."""


@dataclass(frozen=True)
class Source:
    """The decoded text and its tables (rows of cells, merged cells repeated)."""

    text: str
    tables: list[Table] = field(default_factory=list)
    kind: str = "txt"


def read_text(path: Path) -> Source:
    """Decode by extension. Raises `NoText` or `CannotRead`; other errors mean damage."""
    kind = path.suffix.lower().lstrip(".")
    if kind in {"txt", "csv"}:
        return Source(decode(path.read_bytes()), kind=kind)
    if kind == "docx":
        return from_docx(path)
    if kind == "pdf":
        return from_pdf(path)
    if kind in {"doc", "wps"}:
        return from_doc(path)
    if kind in {"png", "jpg", "jpeg"}:
        raise NoText(path.name)
    raise CannotRead(kind)


def decode(raw: bytes) -> str:
    """UTF-8 (with or without BOM), else GB18030; raises UnicodeDecodeError."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def from_docx(path: Path) -> Source:
    """Body paragraphs in order; tables as rows, their text after the body."""
    import docx  # noqa: PLC0415 - heavy, only in the reading child

    document = docx.Document(str(path))
    tables = [table_rows(table) for table in document.tables]
    body = [p.text for p in document.paragraphs]
    text = "\n".join([*body, *(row_line(row) for table in tables for row in table)])
    if not text.strip() and not tables:
        raise NoText(path.name)
    return Source(text, tables, "docx")


def row_line(row: list[str]) -> str:
    """A table row as one line of the text; a cell merged across stands once."""
    kept = [cell for i, cell in enumerate(row) if i == 0 or cell != row[i - 1]]
    return "\t".join(kept)


def table_rows(table: Any) -> Table:
    """Rows of cell texts; a merged cell repeats its text in every place it covers."""
    return [[cell.text.strip().replace("\n", "") for cell in row.cells] for row in table.rows]


def from_pdf(path: Path) -> Source:
    """All pages; lines of a paragraph are joined across line and page breaks."""
    import pypdfium2  # noqa: PLC0415 - heavy, only in the reading child

    document = pypdfium2.PdfDocument(str(path))
    pages = [page.get_textpage().get_text_range() for page in document]
    text = join_lines(list(clean_lines("\n".join(pages))))
    if not text.strip():
        raise NoText(path.name)
    return Source(text, kind="pdf")


def clean_lines(text: str) -> Iterator[str]:
    """Lines without page numbers and soft hyphens."""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        plain = line.replace("\u0002", "").replace("\ufffe", "").strip()
        if plain and not PAGE_NUMBER.match(plain):
            yield plain


def join_lines(rows: list[str]) -> str:
    """A line that does not end a paragraph is joined to the next, unless that one begins one."""
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    out = [rows[0]]
    for row in rows[1:]:
        full = len(out[-1].rsplit("\n", 1)[-1]) >= width - 6
        closed = out[-1].endswith(("。", "！", "？", "：", "；"))
        if PARAGRAPH.match(row) or (closed and not full) or not full:
            out.append(row)
        else:
            out[-1] += row
    return "\n".join(out)


def from_doc(path: Path) -> Source:
    """Old Word files through antiword or catdoc, when one is installed."""
    program = shutil.which("antiword") or shutil.which("catdoc")
    if program is None:
        raise CannotRead("doc")
    done = subprocess.run(  # noqa: S603 - fixed program, path is ours
        [program, str(path)], capture_output=True, check=True, timeout=30
    )
    return Source(decode(done.stdout), kind="doc")
