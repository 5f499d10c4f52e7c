"""Render a paper to PDF or PNG pages. User text travels as JSON, never inside the template, and
the same input gives the same bytes."""

import json
import threading
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from luoshi.foundation.typesetting.fonts import chosen, folders

PAPERS = Path(__file__).parent / "papers"
ONE_AT_A_TIME = threading.Lock()  # a warm compiler serves one thread at a time


@dataclass(frozen=True)
class Bar:
    """One bar of the chart: overdue, due soon, on track."""

    label: str
    values: tuple[int, int, int]


@dataclass(frozen=True)
class Bulletin:
    """督查通报: red head, number, text, table of units, chart, as-of line, head of the trail."""

    issuer: str
    number: str
    title: str
    paragraphs: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[Bar, ...]
    chart_title: str
    legend: str
    office: str
    date: str
    as_of: str
    fingerprint: str
    lang: str = "zh"


@dataclass(frozen=True)
class Slip:
    """交办单 (or 商请函 towards units without command relation): facts as rows, then sentences.
    `joint_issuer` stands under the lead office in head and signature (联合行文)."""

    issuer: str
    title: str
    number: str
    rows: tuple[tuple[str, str], ...]
    paragraphs: tuple[str, ...]
    office: str
    date: str
    lang: str = "zh"
    joint_issuer: str = ""


@dataclass(frozen=True)
class Letter:
    """An official letter with a table: red head of one office or of two, text, table, text after
    it. A short paragraph that begins with 一、 is a heading; `widths` are shares of a row."""

    marks: tuple[str, ...]
    number: str
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    head: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    after: tuple[str, ...]
    offices: tuple[str, ...]
    date: str
    note: str = ""
    lang: str = "zh"


@dataclass(frozen=True)
class Article:
    """A piece of an issue, paragraph by paragraph; none where its text is not here."""

    title: str
    author: str
    author_unit: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Journal:
    """An issue of a publication: cover with title, number and date; contents with pages; articles
    in one column or two."""

    title: str
    number: str
    theme: str
    office: str
    date: str
    articles: tuple[Article, ...]
    columns: int = 1
    lang: str = "zh"


@dataclass(frozen=True)
class Entry:
    """One item of an information bulletin: title, paragraphs, where it comes from."""

    title: str
    paragraphs: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class InformationIssue:
    """信息刊物: red head, number of the issue with office and day under it, signer, entries,
    colophon with copies and the digest of what was frozen."""

    issuer: str
    number: str
    signer: str
    entries: tuple[Entry, ...]
    office: str
    date: str
    copies: str
    fingerprint: str
    lang: str = "zh"


Paper = Bulletin | Slip | Letter | Journal | InformationIssue
TEMPLATES: dict[type, str] = {
    Bulletin: "bulletin.typ",
    Slip: "slip.typ",
    Letter: "letter.typ",
    Journal: "journal.typ",
    InformationIssue: "information.typ",
}


@dataclass
class Engine:
    """A warm compiler per template and font folder."""

    compiler: Any
    fonts: str = ""
    folders: list[str] = field(default_factory=list)


@lru_cache(maxsize=8)
def engine(template: str, site: str) -> Engine:
    """The compiler of a template; kept warm."""
    where = Path(site) if site else None
    compiler = typst.Compiler(
        input=str(PAPERS / template),
        root=str(PAPERS),
        font_paths=folders(where),
        ignore_system_fonts=True,
    )
    return Engine(compiler, json.dumps(chosen(where), ensure_ascii=False))


def inputs(paper: Paper, fonts: str) -> dict[str, str]:
    """The paper as JSON with the template's key style."""
    data = {key.replace("_", "-"): value for key, value in asdict(paper).items()}
    return {"data": json.dumps(data, ensure_ascii=False), "fonts": fonts}


def render(paper: Paper, *, site_fonts: Path | None = None) -> bytes:
    """The paper as PDF."""
    found = engine(template_of(paper), str(site_fonts or ""))
    with ONE_AT_A_TIME:
        made = found.compiler.compile(
            format="pdf", sys_inputs=inputs(paper, found.fonts), timestamp=0
        )
    return bytes(made)


def render_pages(paper: Paper, *, site_fonts: Path | None = None) -> list[bytes]:
    """The paper as PNG pages for the screen."""
    found = engine(template_of(paper), str(site_fonts or ""))
    with ONE_AT_A_TIME:
        made = found.compiler.compile(format="png", ppi=96, sys_inputs=inputs(paper, found.fonts))
    return [bytes(page) for page in made] if isinstance(made, list) else [bytes(made)]


def template_of(paper: Paper) -> str:
    """The template of a paper."""
    return TEMPLATES[type(paper)]
