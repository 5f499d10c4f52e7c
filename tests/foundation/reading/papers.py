"""Papers made for the tests of reading: PDF by typst, DOCX and OFD as archives of their own."""

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path

import docx
import typst
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from luoshi.foundation.reading.sources import Source, read_text
from luoshi.foundation.typesetting.fonts import folders

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HEAD = """#set text(font: "Noto Serif SC", size: 12pt, lang: "zh")
#set par(justify: true, first-line-indent: (amount: 2em, all: true))
"""
OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
UNITS = ("市财政局", "市水务局", "市教育局", "市公安局", "市司法局", "市民政局", "市统计局")


def sentence(number: int) -> str:
    """One binding sentence, different for every number."""
    unit = UNITS[number % len(UNITS)]
    return (
        f"{unit}要于2026年{number % 12 + 1}月底前完成第{number}号地下管网改造任务，"
        f"并向市政府办公室书面报告进展情况，遇有重大问题随时报告，不得迟报漏报。"
    )


def typeset(body: str, setup: str = '#set page(paper: "a4")\n') -> bytes:
    """A PDF of a typst text."""
    made = typst.compile(
        (setup + HEAD + body).encode(), font_paths=folders(None), ignore_system_fonts=True
    )
    assert isinstance(made, bytes)
    return made


def long_paper(pages: int) -> bytes:
    """A notice of about so many pages with head line, page numbers and footnotes."""
    setup = (
        '#set page(paper: "a4", header: [清源市重点任务汇编 #h(1fr) 清政发〔2026〕6号], '
        "footer: context align(center)[— #counter(page).display() —])\n"
    )
    parts = ["#align(center)[关于分解2026年重点任务的通知]"]
    for number in range(pages * 4):
        note = "#footnote[数据由市统计局提供。]" if number % 9 == 0 else ""
        parts.append("".join(sentence(number * 4 + k) for k in range(4)) + note)
    return typeset("\n\n".join(parts), setup)


def read_bytes(folder: Path, name: str, raw: bytes) -> Source:
    """Read a file through its name."""
    path = folder / name
    path.write_bytes(raw)
    return read_text(path)


def word(blocks: Iterable[str], **parts: str) -> bytes:
    """A DOCX whose body is these blocks of XML; `parts` are whole parts by name (numbering,
    footnotes), in place of those of the empty document."""
    document = docx.Document()
    body = document.element.body
    for child in list(body):
        if not child.tag.endswith("sectPr"):
            body.remove(child)
    for place, block in enumerate(blocks):
        body.insert(place, parse_xml(block.replace(">", f" {W}>", 1)))
    for relation in list(document.part.rels.values()):
        if relation.reltype.rsplit("/", 1)[-1] in parts:
            del document.part.rels[relation.rId]
    for name, content in parts.items():
        kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
        blob = content.replace(">", f" {W}>", 1).encode()
        part = Part(PackURI(f"/word/{name}.xml"), kind, blob, document.part.package)
        document.part.relate_to(part, RELATION + name)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{inside}<w:r><w:t>{text}</w:t></w:r></w:p>"


def ofd(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """An OFD of pages of (x, baseline y, size, text) in millimetres."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(
            "OFD.xml",
            f"{head}<ofd:OFD {OFD} Version='1.1' DocType='OFD'><ofd:DocBody>"
            "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        )
        listed = "".join(
            f"<ofd:Page ID='{i + 1}' BaseLoc='Pages/P{i}.xml'/>" for i in range(len(pages))
        )
        file.writestr(
            "Doc_0/Document.xml",
            f"{head}<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for i, runs in enumerate(pages):
            objects = "".join(
                f"<ofd:TextObject ID='{1000 * i + k + 10}' Boundary='{x} {y - size} "
                f"{len(text) * size} {1.2 * size}' Font='3' Size='{size}'><ofd:TextCode X='0' "
                f"Y='{size}' DeltaX='g {len(text) - 1} {size}'>{text}</ofd:TextCode>"
                "</ofd:TextObject>"
                for k, (x, y, size, text) in enumerate(runs)
            )
            file.writestr(
                f"Doc_0/Pages/P{i}.xml",
                f"{head}<ofd:Page {OFD}><ofd:Content><ofd:Layer ID='{i + 500}' Type='Body'>"
                f"{objects}</ofd:Layer></ofd:Content></ofd:Page>",
            )
    return out.getvalue()
