"""Documents made of pages (PDF, OFD): placed text → lines → paragraphs and tables.

A long document is read in ranges of pages by several processes: `read_pages` gives what stands on
a range (JSON through `Page.to_json`), `assemble` makes the text of all pages together.
"""

from pathlib import Path

from luoshi.foundation.reading.sources.pages.assembling import assemble
from luoshi.foundation.reading.sources.pages.ofd import ofd_count, ofd_pages
from luoshi.foundation.reading.sources.pages.page import Page
from luoshi.foundation.reading.sources.pages.pdf import pdf_count, pdf_pages
from luoshi.foundation.reading.sources.source import NoText, Source

PAGED = ("pdf", "ofd")


def kind_of(path: Path) -> str:
    """The extension without its dot."""
    return path.suffix.lower().lstrip(".")


def count_pages(path: Path) -> int:
    """How many pages a document has; 0 for kinds without pages."""
    counts = {"pdf": pdf_count, "ofd": ofd_count}
    kind = kind_of(path)
    return counts[kind](path) if kind in counts else 0


def read_pages(path: Path, first: int, last: int) -> list[Page]:
    """What stands on pages `first` to `last` (from 1, both included), in page order."""
    return {"pdf": pdf_pages, "ofd": ofd_pages}[kind_of(path)](path, first, last)


def from_pages(path: Path) -> Source:
    """A whole document at once. Raises `NoText` where no page has text."""
    source = assemble(read_pages(path, 1, count_pages(path)), kind_of(path))
    if not source.text.strip():
        raise NoText(path.name)
    return source
