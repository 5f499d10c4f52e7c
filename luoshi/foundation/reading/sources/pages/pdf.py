"""The pages of a PDF through pypdfium2: letters with their places, ruled lines, pictures."""

import ctypes
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from luoshi.foundation.reading.sources.pages.page import Page, Rule, Run
from luoshi.foundation.reading.sources.pages.strokes import strokes

GAP = 1.0  # a wider gap between two letters, in type sizes, ends a run
BLANKS = frozenset(" \u00a0\u3000\u2002\u2003\u2009")
DROPPED = frozenset("\u0000\u0002\u00ad\ufffe\uffff\ufeff\u200b")
PICTURED = 0.3  # share of a page that a picture covers
OBJECTS = 20_000
SAME = {  # radicals and compatibility forms that stand for the usual character
    code: unicodedata.normalize("NFKC", chr(code))
    for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFAFF))
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}
Turn = Callable[[float, float], tuple[float, float]]


def pdf_count(path: Path) -> int:
    """How many pages."""
    import pypdfium2  # noqa: PLC0415 - heavy, only in the reading child

    document = pypdfium2.PdfDocument(str(path))
    try:
        return len(document)
    finally:
        document.close()


def pdf_pages(path: Path, first: int, last: int) -> list[Page]:
    """Pages `first` to `last`, from 1. Any error of the parser means damage."""
    import pypdfium2  # noqa: PLC0415 - heavy, only in the reading child

    document = pypdfium2.PdfDocument(str(path))
    found = []
    try:
        for number in range(first, min(last, len(document)) + 1):
            page = document[number - 1]
            found.append(one_page(page, number))
            page.close()
    finally:
        document.close()
    return found


def turned(page: Any) -> tuple[float, float, Turn]:
    """Width and height as shown, and the way from the page's own coordinates to the shown ones
    (origin above left)."""
    left, bottom, right, top = page.get_cropbox()
    wide, high = right - left, top - bottom
    ways: dict[int, tuple[float, float, Turn]] = {
        0: (wide, high, lambda x, y: (x - left, top - y)),
        90: (high, wide, lambda x, y: (y - bottom, x - left)),
        180: (wide, high, lambda x, y: (right - x, y - bottom)),
        270: (high, wide, lambda x, y: (top - y, right - x)),
    }
    return ways[page.get_rotation() % 360]


def one_page(page: Any, number: int) -> Page:
    """A page with what stands on it."""
    width, height, turn = turned(page)
    rules, covered = objects_of(page, turn)
    uprights = sorted({rule.x0 for rule in rules if not rule.level})
    text = page.get_textpage()
    try:
        runs = list(runs_of(text, turn, uprights))
    finally:
        text.close()
    pictured = covered > PICTURED * width * height
    return Page(number, width, height, runs, rules, pictured)


def objects_of(page: Any, turn: Turn) -> tuple[list[Rule], float]:
    """The ruled lines of a page and the area its pictures cover. Drawings of very many strokes
    rule nothing."""
    import pypdfium2.raw as c  # noqa: PLC0415 - heavy, only in the reading child

    rules: list[Rule] = []
    covered = 0.0
    for index in range(min(c.FPDFPage_CountObjects(page.raw), OBJECTS)):
        item = c.FPDFPage_GetObject(page.raw, index)
        kind = c.FPDFPageObj_GetType(item)
        if kind == c.FPDF_PAGEOBJ_PATH:
            rules.extend(strokes(c, item, turn))
        elif kind in {c.FPDF_PAGEOBJ_IMAGE, c.FPDF_PAGEOBJ_FORM}:
            box = [ctypes.c_float() for _side in range(4)]
            if c.FPDFPageObj_GetBounds(item, *box):
                left, bottom, right, top = (side.value for side in box)
                covered += abs((right - left) * (top - bottom))
    return ([] if len(rules) > OBJECTS // 4 else rules), covered


@dataclass
class Growing:
    """A run while letters are added to it."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    high: float
    blanks: str = ""

    def done(self) -> Run:
        """As it stands."""
        return Run(self.text.translate(SAME), self.x0, self.x1, self.y, self.size)


@dataclass(frozen=True)
class Letter:
    """One letter as shown: its place, baseline and the height of its box."""

    char: str
    x0: float
    x1: float
    y: float
    high: float
    index: int


def letters_of(text: Any, turn: Turn) -> Iterator[Letter]:
    """The letters of a page in the order of its content, without those pdfium made up."""
    import pypdfium2.raw as c  # noqa: PLC0415 - heavy, only in the reading child

    raw, box = text.raw, c.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    high_half = 0
    for index in range(text.count_chars()):
        code = c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            high_half = code
            continue
        if 0xDC00 <= code < 0xE000:
            if not high_half:
                continue
            code = 0x10000 + ((high_half - 0xD800) << 10) + (code - 0xDC00)
        high_half = 0
        char = chr(code)
        if char in DROPPED or char in "\r\n" or c.FPDFText_IsGenerated(raw, index) == 1:
            continue
        if not c.FPDFText_GetLooseCharBox(raw, index, box):
            continue
        c.FPDFText_GetCharOrigin(raw, index, x, y)
        (left, above), (right, below) = turn(box.left, box.top), turn(box.right, box.bottom)
        yield Letter(
            char,
            min(left, right),
            max(left, right),
            turn(x.value, y.value)[1],
            abs(below - above),
            index,
        )


def size_at(text: Any, index: int) -> float:
    """The type size of a letter as shown: its font's size through its matrix."""
    import pypdfium2.raw as c  # noqa: PLC0415 - heavy, only in the reading child

    matrix = c.FS_MATRIX()
    size = float(c.FPDFText_GetFontSize(text.raw, index))
    if c.FPDFText_GetMatrix(text.raw, index, matrix):
        size *= max(abs(matrix.d), abs(matrix.b), abs(matrix.c)) or 1.0
    return max(size, 0.1)


def runs_of(text: Any, turn: Turn, uprights: list[float]) -> Iterator[Run]:
    """Letters as runs. A run ends at a wide gap, a new baseline or size, and where an upright rule
    of the page stands between two letters (two cells of a narrow table)."""
    held: Growing | None = None
    for letter in letters_of(text, turn):
        if letter.char in BLANKS:
            if held:
                held.blanks += letter.char
            continue
        if held and continues(held, letter, uprights):
            held.text += held.blanks + letter.char
            held.x1, held.blanks = max(held.x1, letter.x1), ""
            continue
        if held:
            yield held.done()
        size = size_at(text, letter.index)
        held = Growing(letter.char, letter.x0, letter.x1, letter.y, size, letter.high)
    if held:
        yield held.done()


def continues(held: Growing, letter: Letter, uprights: list[float]) -> bool:
    """Whether a letter belongs to the run before it."""
    size = held.size
    gap = letter.x0 - held.x1
    near = -0.5 * size <= gap <= (GAP + 0.4 * bool(held.blanks)) * size
    level = abs(letter.y - held.y) <= 0.1 * size
    if not near or not level or abs(letter.high - held.high) > 0.25 * held.high + 0.01:
        return False
    if not uprights:
        return True
    middle = letter.x0 + 0.3 * (letter.x1 - letter.x0)
    return bisect_right(uprights, held.x1 - 0.3 * size) == bisect_right(uprights, middle)
