"""Footnotes: lines at the foot of a column in smaller type, or under a short rule, that begin with
a note's mark. They are taken out of the sentences and stand at the end of the text."""

import re
from collections.abc import Sequence

from luoshi.foundation.reading.sources.pages.page import Line, Page, Run

SMALLER = 0.92
RAISED = 0.8
MARK = re.compile(
    r"^(?:[①-⑳]|[\[〔［]\d{1,2}[\]〕］]|[*＊※†‡]{1,3}|\d{1,2}(?=[^\d.．、,，年月日\-—/%％）)])|注\d*(?=[：:]))"
)
NUMBERS = dict(zip("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", range(1, 21), strict=True))


def take_footnotes(page: Page, column: list[Line], body: float) -> list[str]:
    """Remove the footnotes at the end of a column, in place; returns them, each as one text.
    `body` is the type size of the document's sentences."""
    top = under_rule(page, column, body)
    count = 0
    for line in reversed(column):
        small = line.size < SMALLER * body
        if not small and (top is None or line.y < top):
            break
        count += 1
    tail = column[len(column) - count :]
    while tail and not MARK.match(tail[0].text):
        tail = tail[1:]
    if not tail or tail[0].y < 0.3 * page.height:
        return []
    del column[len(column) - len(tail) :]
    notes: list[str] = []
    for line in tail:
        if MARK.match(line.text) or not notes:
            notes.append(line.text)
        else:
            notes[-1] += line.text
    return notes


def under_rule(page: Page, column: Sequence[Line], body: float) -> float | None:
    """The height of a short level rule that stands alone above the last lines of a column."""
    short = [
        rule.y0
        for rule in page.rules
        if rule.level
        and body < rule.x1 - rule.x0 < 0.45 * page.width
        and rule.y0 > 0.4 * page.height
    ]
    ends = [line.y for line in column]
    below = [
        y for y in short if sum(end > y for end in ends) <= 12 and any(end < y for end in ends)
    ]
    return max(below, default=None)


def marks_of(notes: Sequence[str]) -> set[str]:
    """The marks of a page's notes, as they may stand in its sentences."""
    found: set[str] = set()
    for note in notes:
        mark = MARK.match(note)
        if mark:
            word = mark.group()
            found |= {word, word.strip("[]〔〕［］")}
            if word in NUMBERS:
                found.add(str(NUMBERS[word]))
    return found


def without_marks(line: Line, marks: set[str]) -> None:
    """Take raised marks of notes out of a line, and marks in its own size where a note of the page
    begins with them and they do not begin the line."""
    kept: list[Run] = []
    for run in line.runs:
        raised = run.size < RAISED * line.size or run.y < line.y - 0.2 * line.size
        if kept and run.text.strip("[]〔〕［］()（）") in marks and raised:
            continue
        kept.append(run)
    signs = [mark for mark in marks if mark[0] in NUMBERS or mark[0] in "[〔［*＊※†‡"]
    for sign in signs:
        kept = [
            Run(cut(run.text, sign, first=index == 0), run.x0, run.x1, run.y, run.size)
            for index, run in enumerate(kept)
        ]
    line.runs = [run for run in kept if run.text] or line.runs


def cut(text: str, sign: str, *, first: bool) -> str:
    """A text without a sign, unless it begins with it."""
    if first and text.startswith(sign):
        return sign + text[len(sign) :].replace(sign, "")
    return text.replace(sign, "")
