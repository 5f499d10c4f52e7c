"""What a decoded document is, and why there may be none."""

from dataclasses import dataclass, field
from typing import Any

Table = list[list[str]]


class NoText(Exception):
    """The document has no text layer."""


class CannotRead(Exception):
    """This kind of document is not read here."""


@dataclass(frozen=True)
class LeftOut:
    """A line that stands in the document and not in its text. `why`: "edge" (head or foot line),
    "number" (page number), "contents" (line of a table of contents), "heading" (of a table, again
    on a later page). `pages`, from 1, are those it stood on (none where a kind has no pages); lines
    that differ in their numbers alone are one, with the words of the first."""

    text: str
    why: str
    pages: tuple[int, ...] = ()

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> "LeftOut":
        """What `dataclasses.asdict` made of it."""
        return cls(raw["text"], raw["why"], tuple(raw["pages"]))


@dataclass(frozen=True)
class Source:
    """A decoded document.

    `text` has one paragraph a line; a row of a table is one line at the table's place, its cells
    apart by a tab (`row_line`); footnotes stand after the last paragraph, each on a line of its
    own, and their marks are out of the sentences. `tables` are rows of cells in the order of the
    text, merged cells repeated. `pages` counts the pages (0 where a kind has none), `silent` are
    the numbers of pages that show a picture and no text, from 1. `left_out` says what was taken
    out, why and where, in the order of the document.
    """

    text: str
    tables: list[Table] = field(default_factory=list)
    kind: str = "txt"
    pages: int = 0
    silent: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def row_line(row: list[str]) -> str:
    """A table row as one line of the text; a cell merged across stands once."""
    return "\t".join(cell for i, cell in enumerate(row) if i == 0 or cell != row[i - 1])


def one_cell(text: str) -> str:
    """The text of a cell without the line breaks and tabs that cut rows."""
    return text.strip().replace("\n", "").replace("\t", " ")
