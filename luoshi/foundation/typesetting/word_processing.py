"""The slip as DOCX with the settings of GB/T 9704-2012: A4, margins 37/35/28/26 mm, a line grid of
579 twips (22 lines), 16 pt FangSong in all four font slots, red head, title at 22 pt.

Pure: takes the paper, gives bytes. The grid is of type `lines` with −5 twentieths of a point
between characters (28 a line); `linesAndChars` would be counted differently by each word processor.
"""

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from luoshi.foundation.typesetting.rendering import Slip

BODY, HEAD, TITLE = "FangSong_GB2312", "SimHei", "FZXiaoBiaoSong-B05S"
RED = RGBColor(0xC0, 0x00, 0x00)
LINE_PITCH, TIGHTER = 579, -5
SLOTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def render_docx(paper: Slip) -> bytes:
    """The slip as a DOCX file."""
    document: Any = Document()
    lay_out(document)
    for name in filter(None, (paper.issuer, paper.joint_issuer)):
        size = 28 if paper.joint_issuer else min(36, 420 / max(1, len(name)))
        line(document, name, face=TITLE, size=size, colour=RED, middle=True, bold=True)
    rule(line(document, "", size=6))
    line(document, paper.title, face=TITLE, size=22, middle=True, bold=True)
    line(document, paper.number)
    facts(document, paper.rows)
    line(document, "")
    for place, words in enumerate(paper.paragraphs):
        line(document, words, indent=place > 0)
    line(document, "")
    for words in filter(None, (paper.office, paper.joint_issuer, paper.date)):
        signed = line(document, words)
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signed.paragraph_format.right_indent = Pt(64)
    document.core_properties.title = paper.title
    document.core_properties.author = paper.issuer
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def lay_out(document: Any) -> None:
    """Page, margins, grid and the body's style."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    found = section._sectPr.find(qn("w:docGrid"))
    grid = found if found is not None else OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    if found is None:
        section._sectPr.append(grid)
    style = document.styles["Normal"]
    style.font.size = Pt(16)
    faces(style.element.get_or_add_rPr(), BODY)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)


def faces(properties: Any, face: str) -> None:
    """Set a face in all four slots; a missing slot would fall back to the theme's."""
    fonts = properties.get_or_add_rFonts()
    for slot in SLOTS:
        fonts.set(qn(slot), face)


def line(
    document: Any,
    words: str,
    *,
    face: str = BODY,
    size: float = 16,
    colour: RGBColor | None = None,
    middle: bool = False,
    bold: bool = False,
    indent: bool = False,
) -> Any:
    """One paragraph of one run."""
    made = document.add_paragraph()
    run = made.add_run(words)
    run.font.size, run.font.bold = Pt(size), bold
    faces(run._element.get_or_add_rPr(), face)
    if size == 16:
        closer(run)
    if colour is not None:
        run.font.color.rgb = colour
    if middle:
        made.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        made.paragraph_format.first_line_indent = Pt(32)
    return made


def closer(run: Any) -> None:
    """Twenty-eight characters a line."""
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(TIGHTER))
    run._element.get_or_add_rPr().append(spacing)


def rule(paragraph: Any) -> None:
    """The red line under the issuer's mark."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "1"), ("color", "C00000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    paragraph._element.get_or_add_pPr().append(borders)


def facts(document: Any, rows: tuple[tuple[str, str], ...]) -> None:
    """The table of facts."""
    table = document.add_table(rows=0, cols=2)
    table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for name, words in rows:
        cells = table.add_row().cells
        for cell, width, text, face in (
            (cells[0], Mm(34), name, HEAD),
            (cells[1], Mm(122), words, BODY),
        ):
            cell.width = width
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(14)
            faces(run._element.get_or_add_rPr(), face)
