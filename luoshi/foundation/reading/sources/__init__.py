"""Decode a document: TXT, DOCX, PDF, OFD (and DOC through antiword or catdoc) → text and tables.

Free of policy: limits and refusals belong to the caller's sandbox.
"""

from pathlib import Path

from luoshi.foundation.reading.sources.legacy import from_doc
from luoshi.foundation.reading.sources.pages import from_pages
from luoshi.foundation.reading.sources.source import CannotRead, LeftOut, NoText, Source, Table
from luoshi.foundation.reading.sources.text import decode, from_text
from luoshi.foundation.reading.sources.word.body import from_docx

__all__ = ["CannotRead", "LeftOut", "NoText", "Source", "Table", "decode", "read_text"]


def read_text(path: Path) -> Source:
    """Decode by extension. Raises `NoText` or `CannotRead`; other errors mean damage."""
    kind = path.suffix.lower().lstrip(".")
    if kind in {"txt", "csv"}:
        return from_text(path, kind)
    if kind == "docx":
        return from_docx(path)
    if kind in {"pdf", "ofd"}:
        return from_pages(path)
    if kind in {"doc", "wps"}:
        return from_doc(path)
    if kind in {"png", "jpg", "jpeg"}:
        raise NoText(path.name)
    raise CannotRead(kind)
