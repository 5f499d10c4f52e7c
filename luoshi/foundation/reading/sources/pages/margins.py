"""What a page holds beside its sentences: head and foot lines, page numbers, contents."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from luoshi.foundation.reading.sources.pages.footnotes import MARK
from luoshi.foundation.reading.sources.pages.gathering import Gathered, key_of
from luoshi.foundation.reading.sources.pages.page import Line, Page

EDGE = 0.15  # share of the page's height where head and foot lines stand
LINES = 3  # how many lines at each end may be such
GAP = 1.35  # times the usual distance of two lines
OFTEN = 0.4
STILL = 0.02  # share of the height by which their place may differ
DASH = r"[\s—－\-–―_~～·・.]*"
NUMBER = r"(?:\d{1,4}|[ivxlcⅠ-ⅿ]{1,7})"
PAGE_NUMBER = re.compile(
    rf"^{DASH}(?:第\s*)?(?:{NUMBER}|[一二三四五六七八九十百〇○零]{{1,5}}(?=\s*页))(?:\s*页)?"
    rf"(?:[\s,，/／|(（]*(?:共|of|总)?\s*{NUMBER}(?:\s*页)?[)）]?)?{DASH}$",
    re.IGNORECASE,
)
ENGLISH = re.compile(r"^page\s*\d+(?:\s*(?:of|/)\s*\d+)?$", re.IGNORECASE)
SENTENCE = re.compile(r"[，。；：,;][”’」』）)]*\d{0,3}$")
CONTENTS = re.compile(r"(?:[.．·・…‥]\s*){4,}\s*[（(]?\d{1,4}[)）]?$|[…]{2,}\s*\d{1,4}$")


def is_page_number(text: str) -> bool:
    """— 3 —, - 3 -, 3, 第3页, 第3页 共20页, 3/20, Page 3 of 20, ·3·."""
    plain = text.strip()
    return bool(plain and (PAGE_NUMBER.match(plain) or ENGLISH.match(plain)))


def at_edge(page: Page, line: Line) -> bool:
    """Near the upper or lower edge."""
    return line.y < EDGE * page.height or line.y > (1 - EDGE) * page.height


def apart(page: Page, lines: Sequence[Line], step: float) -> list[Line]:
    """The lines at the ends of a page that stand apart from its sentences: a gap lies between, or
    their type is smaller. Notes are none of them, nor is what ends like a sentence."""
    found: list[Line] = []
    for inward in (list(lines), list(reversed(lines))):
        ends = inward[:LINES]
        gaps = [
            index
            for index, (one, two) in enumerate(pairwise([*ends, *inward[LINES : LINES + 1]]))
            if abs(two.y - one.y) > GAP * step
        ]
        reach = gaps[-1] + 1 if gaps else 0
        if not gaps and len(inward) > LINES and ends[0].size < 0.9 * inward[LINES].size:
            reach = 1
        found.extend(line for line in ends[:reach] if at_edge(page, line))
    return [line for line in found if not MARK.match(line.text) and not SENTENCE.search(line.text)]


def take_margins(pages: Sequence[tuple[Page, list[Line]]], gathered: Gathered) -> None:
    """Remove page numbers, repeated head and foot lines and lines of a table of contents from the
    lines of each page, in place; what was removed is gathered.

    A head or foot line stands apart from the sentences and repeats with the same words, numbers
    aside, at the same height of at least three pages, or of two where the document has no more
    than five. One that does not stand apart must be the outermost line of four pages in five.
    """
    step = usual_step(pages)
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    outer: list[list[Line]] = []
    for page, lines in pages:
        outer.append(apart(page, lines, step))
        for line in {id(one): one for one in (*outer[-1], *lines[:1], *lines[-1:])}.values():
            seen[key_of(line.text)].append((page.number, line.y / page.height))
    enough = 2 if len(pages) <= 5 else 3
    most = max(3, 0.8 * len(pages))
    for (page, lines), alone in zip(pages, outer, strict=True):
        ends = [line for line in (*lines[:1], *lines[-1:]) if at_edge(page, line)]
        for line in [*lines]:
            text = line.text
            if CONTENTS.search(text):
                lines.remove(line)
                gathered.add(text, "contents", page.number)
            elif line in ends and is_page_number(text):
                lines.remove(line)
                gathered.add(text, "number", page.number)
            elif line in alone or (line in ends and not SENTENCE.search(text)):
                same = repeated(seen[key_of(text)], line.y / page.height)
                if same >= (enough if line in alone else most):
                    lines.remove(line)
                    why = "number" if is_page_number(text) else "edge"
                    gathered.add(text, why, page.number)
        for end in (0, -1):  # a number above or below a head or foot line that is gone now
            if lines and at_edge(page, lines[end]) and is_page_number(lines[end].text):
                gathered.add(lines.pop(end).text, "number", page.number)


def usual_step(pages: Sequence[tuple[Page, list[Line]]]) -> float:
    """The distance between most lines of the document; endless where none follows another."""
    steps = [two.y - one.y for _page, lines in pages for one, two in pairwise(lines)]
    return median(steps) if steps else 1e9


def repeated(places: list[tuple[int, float]], height: float) -> int:
    """At this height of how many pages a line stands; 0 where it is missing from more than about
    half of the pages between (head lines of left and right pages differ)."""
    numbers = {number for number, other in places if abs(other - height) <= STILL}
    between = max(numbers) - min(numbers) + 1
    return len(numbers) if len(numbers) >= OFTEN * between else 0
