"""The text of a DOCX in document order: paragraphs with their numbers, tables at their place, text
boxes after the paragraph that holds them, footnotes and endnotes after the body."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luoshi.foundation.reading.sources.source import (
    LeftOut,
    NoText,
    Source,
    Table,
    one_cell,
    row_line,
)
from luoshi.foundation.reading.sources.word.numbering import (
    LEVELS,
    Lists,
    W,
    lists_of,
    numbering_in,
    value,
    whole,
)

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DELETED = {W + name for name in ("del", "moveFrom", "delText", "instrText", "rPr", "pPr")}
INSIDE = {W + name for name in ("txbxContent", "footnoteReference", "endnoteReference")}
WRITTEN = {"tab": " ", "noBreakHyphen": "-", "cr": "\n", "br": "\n"}
NOTES = ("footnotes", "endnotes")
CONTENTS = "toc"
MERGED_OVER = 1000


@dataclass
class Writing:
    """What has been written so far."""

    lists: Lists
    contents: set[str]
    lines: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    glued: bool = False  # the mark at the end of the last paragraph is deleted


def from_docx(path: Path) -> Source:
    """Body in order. Left out: tracked deletions, tables of contents, head and foot of pages."""
    import docx  # noqa: PLC0415 - heavy, only in the reading child

    document = docx.Document(str(path))
    parts = roots(document.part)
    writing = Writing(
        lists_of(parts.get("numbering"), parts.get("styles")), contents_styles(parts.get("styles"))
    )
    blocks(document.element.body, writing)
    for name in NOTES:
        notes(parts.get(name), writing)
    text = "\n".join(writing.lines)
    if not text.strip():
        raise NoText(path.name)
    return Source(text, writing.tables, "docx", left_out=tuple(writing.left_out))


def roots(part: Any) -> dict[str, Any]:
    """The parsed parts beside the body, by the last word of their relation."""
    from docx.oxml import parse_xml  # noqa: PLC0415 - heavy, only in the reading child

    found = {}
    for relation in part.rels.values():
        name = relation.reltype.rsplit("/", 1)[-1]
        if name in {"numbering", "styles", *NOTES} and not relation.is_external:
            found[name] = parse_xml(relation.target_part.blob)
    return found


def contents_styles(styles: Any) -> set[str]:
    """The ids of the styles of a table of contents."""
    found = set()
    for style in styles.iter(W + "style") if styles is not None else ():
        name = value(style, "name").lower()
        if name.startswith(CONTENTS + " ") or name == "toc":
            found.add(style.get(W + "styleId", ""))
    return found


def blocks(parent: Any, writing: Writing) -> None:
    """Paragraphs and tables of an element, those in content controls and insertions too."""
    for child in parent:
        if child.tag == W + "p":
            paragraph(child, writing)
        elif child.tag == W + "tbl":
            rows = list(table_rows(child, writing.lists))
            if any(any(row) for row in rows):
                writing.tables.append(rows)
                writing.lines.extend(map(row_line, rows))
                writing.glued = False
        elif child.tag == W + "sdt":
            for content in child.findall(W + "sdtContent"):
                blocks(content, writing)
        elif child.tag in {W + "ins", W + "moveTo", W + "customXml", W + "smartTag"}:
            blocks(child, writing)


def paragraph(element: Any, writing: Writing) -> None:
    """One paragraph with its number, then its text boxes."""
    text = words(element)
    if style_of(element) in writing.contents:
        if text.strip():
            writing.left_out.append(LeftOut(text.strip(), "contents"))
        return
    if text.strip():
        text = number_of(element, writing.lists) + text
    if writing.glued and writing.lines:
        writing.lines[-1] += text
    else:
        writing.lines.append(text)
    mark = element.find(f"{W}pPr/{W}rPr")
    writing.glued = mark is not None and mark.find(W + "del") is not None
    for box in boxes(element):
        blocks(box, writing)


def style_of(element: Any) -> str:
    """The id of a paragraph's style."""
    return value(element.find(W + "pPr"), "pStyle")


def number_of(element: Any, lists: Lists) -> str:
    """The number Word would print before a paragraph; counts it."""
    own, styled = numbering_in(element), lists.styles.get(style_of(element))
    if own is None and element.find(f"{W}pPr/{W}numPr") is not None and styled:
        own = (
            styled[0],
            min(whole(value(element.find(f"{W}pPr/{W}numPr"), "ilvl"), 0), LEVELS - 1),
        )
    number, level = own or styled or ("0", 0)
    return lists.next(number, level) if number != "0" else ""


def words(element: Any) -> str:
    """The visible words under an element, without deletions, field codes, text boxes and marks of
    notes; of alternative contents the first."""
    out = []
    for child in element:
        tag = child.tag
        if tag == W + "t":
            out.append(child.text or "")
        elif tag in DELETED or tag in INSIDE or tag == MC + "Fallback" or not isinstance(tag, str):
            continue
        elif tag.startswith(W) and tag[len(W) :] in WRITTEN:
            out.append(WRITTEN[tag[len(W) :]])
        else:
            out.append(words(child))
    return "".join(out)


def boxes(element: Any) -> Iterator[Any]:
    """The text boxes a paragraph holds, each once."""
    for box in element.iter(W + "txbxContent"):
        holder = next(iter(box.iterancestors(W + "p")), None)
        fallback = any(one.tag == MC + "Fallback" for one in box.iterancestors())
        if holder is element and not fallback:
            yield box


def table_rows(table: Any, lists: Lists) -> Iterator[list[str]]:
    """Rows of cell texts; a merged cell repeats its text in every place it covers; deleted rows
    are left out."""
    above: list[str] = []
    for row in table.iter(W + "tr"):
        if row.getparent() is not table and nearest_table(row) is not table:
            continue
        if row.find(f"{W}trPr/{W}del") is not None:
            continue
        before = min(whole(value(row.find(W + "trPr"), "gridBefore"), 0), MERGED_OVER)
        cells = [""] * before
        for cell in cells_in(row):
            properties = cell.find(W + "tcPr")
            span = min(max(1, whole(value(properties, "gridSpan"), 1)), MERGED_OVER)
            merge = properties.find(W + "vMerge") if properties is not None else None
            goes_on = merge is not None and merge.get(W + "val", "continue") == "continue"
            place = len(cells)
            if goes_on and place < len(above):
                text = above[place]
            else:
                text = one_cell("\n".join(cell_lines(cell, lists)))
            cells.extend([text] * span)
        if cells:
            above = cells
            yield cells


def nearest_table(element: Any) -> Any:
    """The table an element belongs to."""
    return next(iter(element.iterancestors(W + "tbl")), None)


def cells_in(row: Any) -> Iterator[Any]:
    """The cells of a row, those in content controls too."""
    for child in row:
        if child.tag == W + "tc":
            yield child
        elif child.tag == W + "sdt":
            for content in child.findall(W + "sdtContent"):
                yield from cells_in(content)


def cell_lines(cell: Any, lists: Lists) -> Iterator[str]:
    """The paragraphs of a cell, those of tables inside it too."""
    for element in cell.iter(W + "p"):
        text = words(element)
        numbered = numbering_in(element)
        yield (number_of(element, lists).strip() if text.strip() or numbered else "") + text


def notes(root: Any, writing: Writing) -> None:
    """Footnotes or endnotes, each as one line; separators are none."""
    for note in root if root is not None else ():
        if note.get(W + "type") is None and isinstance(note.tag, str):
            text = "".join(words(element) for element in note.iter(W + "p")).strip()
            if text:
                writing.lines.append(text)
