"""A text in the spelling the reader knows, with the way back to the text as it is stored.

Full-width digits become digits, item signs one kind (⑴ ⒈ ㈠ → ①), the dots of 5．1 full stops, the
round zero of dates (○ Ο O 〇 ０) becomes 〇 between Chinese
digits and 0 between digits; blanks inside Chinese words and between words and numbers go, and so
do the line breaks of hard-wrapped text inside a sentence. Nothing is added, nothing changes its
order, and the stored text is never touched.
"""

import itertools
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

WIDE = str.maketrans("０１２３４５６７８９", "0123456789")
SIGNS = "".join(map(chr, (*range(0x2474, 0x2488), *range(0x2488, 0x249C), *range(0x3220, 0x322A))))
SIGNS += "".join(map(chr, range(0x2776, 0x2780)))
CIRCLED = "".join(map(chr, range(0x2460, 0x2474)))
ONE_SIGN = str.maketrans(SIGNS, CIRCLED * 2 + CIRCLED[:10] * 2)
"""⑴ ⒈ ㈠ ❶ number items as ① does; they stand nowhere else."""
HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
BLANK = " \u3000\u00a0\u2002\u2003\u2009"
CHINESE_ZERO = re.compile(
    r"(?<=[一二三四五六七八九〇])[○ΟОO◯0０]+(?=[一二三四五六七八九〇年月日]|$)"
    r"|(?<=[一二三四五六七八九〇])[○ΟОO◯]+"
)
DIGIT_ZERO = re.compile(r"(?<=\d)[○ΟОO〇◯]+(?=[\d年月日])")
LETTER = rf"[{HAN}]"
GAP = re.compile(
    rf"(?<=[{HAN}，。；：、！？）》”])[{BLANK}]+(?=[{HAN}\d（《“])|(?<=\d)[{BLANK}]+(?=[{HAN}])"
)
SPACED = re.compile(
    rf"(?:(?<=[^\w\n][{HAN}])|(?<=^[{HAN}])(?<![一二三四五六七八九十]))"
    rf"(?:[{BLANK}]|\u3000\u3000)(?=[{HAN}])"
    rf"|(?<=[{HAN}])(?:[{BLANK}]|\u3000\u3000)(?=[{HAN}](?!\w))",
    re.MULTILINE,
)
PROSE = re.compile(r"[，。；]")
QUANTITY = (
    "个家名亿万元米公年月日号天倍条项吨亩%所座处场次期批户人件份篇本部台辆套页周季小分秒字级类种门支届轮成"
    "折度栋间床张块层"
)
LEVELS = re.compile(
    rf"(?:^|(?<=[。；！？：:]))[{BLANK}]*\d{{1,2}}(?:[．.]\d{{1,2}})+"
    rf"(?=[{BLANK}．.、{HAN}])(?![{BLANK}]*[{QUANTITY}])",
    re.MULTILINE,
)
"""5．1 事发单位…: a number of several levels at the head of a line or of a sentence."""
ITEM = re.compile(rf"[{BLANK}]*(?:\d{{1,3}}(?:[.\-—]\d+)*|[（(]\d+[）)])[{BLANK}]+$")
INSIDE = re.compile(r"[。；！？：]\d{1,3}(?:[.\-—]\d+)*$")
"""…一次。4.2 后勤科…: the number of a clause that begins inside a line."""
CHINESE_ITEM = re.compile(rf"[{BLANK}]*[一二三四五六七八九十]{{1,3}}[{BLANK}]+$")
NUMBER_LENGTH = 12
LINE = re.compile(r"[^\n]+")
STARTS = re.compile(
    r"[\s\u3000]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[．.、]|"
    r"第[一二三四五六七八九十百]+[条章节]|附件|抄送|主送|[\u4e00-\u9fff]{2,12}[：:]"
)
CLOSED = re.compile(r"[。！？!?：:；;][”’」』）)]*$")
OPEN = re.compile(r"[，、（《“‘]$")
SHORTEST, FULL, OFTEN = 20, 2, 3  # characters of a wrapped line, slack, lines of one width


@dataclass(frozen=True)
class Plain:
    """`text` is the plain spelling; `positions[i]` is the place of its i-th character in the stored
    text, growing, with the stored text's length as its last entry (len(text) + 1 entries)."""

    text: str
    positions: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the stored text that `text[start:end]` was made from (0 ≤ start ≤ end ≤
        len(text)); what was dropped at its ends stays outside."""
        if start >= end:
            place = self.positions[start]
            return place, place
        return self.positions[start], self.positions[end - 1] + 1


def plain(text: str) -> Plain:
    """The plain spelling of a text of any length. Pure; no errors."""
    spelled = text.translate(WIDE).translate(ONE_SIGN)
    spelled = LEVELS.sub(lambda found: found.group().replace("．", "."), spelled)
    spelled = CHINESE_ZERO.sub(lambda found: "〇" * len(found.group()), spelled)
    spelled = DIGIT_ZERO.sub(lambda found: "0" * len(found.group()), spelled)
    out: list[str] = []
    positions = array("L")
    place = 0
    for start, end in sorted({*gaps(spelled), *breaks(spelled)}):
        start = max(start, place)
        if end <= start:  # dropped already
            continue
        out.append(spelled[place:start])
        positions.extend(range(place, start))
        place = end
    out.append(spelled[place:])
    positions.extend(range(place, len(text) + 1))
    return Plain("".join(out), positions)


def gaps(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of blanks to drop: between letter-spaced characters (完 成 时 限); beside
    numbers (6 月 30 日), but not after the number of a list item; in lines of prose one at a time.
    Wide gaps between words that are no sentence (two units of a signature) stay."""
    yield from (found.span() for found in SPACED.finditer(text))
    line_start, line_end, prose = 0, -1, False
    for found in GAP.finditer(text):
        start, end = found.span()
        if start > line_end:
            line_start = text.rfind("\n", 0, start) + 1
            line_end = text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            prose = bool(PROSE.search(text, line_start, line_end))
        if text[start - 1].isdigit() or text[end].isdigit():
            near = max(line_start, start - NUMBER_LENGTH)
            inside = text[end] not in QUANTITY and INSIDE.search(text, near, start)
            dropped = not (inside or ITEM.match(text, line_start, end))
        else:
            item = start - line_start < NUMBER_LENGTH and CHINESE_ITEM.match(text, line_start, end)
            dropped = prose and end - start == 1 and not item
        if dropped:
            yield start, end


def breaks(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of line breaks inside a sentence: after a comma or an open bracket, or after a
    full line of a text whose lines were cut to one width; never before a list item, an indented
    line or a line of a table."""
    lines = [found.span() for found in LINE.finditer(text)]
    widths = Counter(end - start for start, end in lines)
    wide = [width for width, count in widths.items() if count >= OFTEN and width >= SHORTEST]
    longest = max(widths, default=0)
    wrapped = bool(wide) and max(wide) >= longest - FULL
    for (start, end), (after, last) in itertools.pairwise(lines):
        if after - end != 1 or STARTS.match(text, after, last) or "\t" in text[start:last]:
            continue
        tail = text[max(start, end - 3) : end]
        full = wrapped and end - start >= longest - FULL and not CLOSED.search(tail)
        if OPEN.search(tail) or full:
            yield end, after
