"""The documents of a file and the mode of each section.

Modes: `direct` (asks), `plan`, `past` (review), `talk` (reflection, quoted words), `slip` (what a
leader wrote on a paper). A heading sets the mode for what follows until the next heading of the
same or a higher rank (`headings`).
"""

import re
from dataclasses import dataclass, replace

from luoshi.foundation.reading.structure.headings import Frame
from luoshi.foundation.reading.structure.lines import (
    UNNUMBERED,
    is_heading,
    lines,
    numbered,
    rank_of,
)
from luoshi.foundation.reading.structure.planned import lists_tasks

SPEECH = re.compile(r"(?:讲话|发言|致辞|讲稿)(?:[（(][^）)]{1,12}[）)])?$|^同志们")
TITLE_LINES = 5
A_TITLE = re.compile(
    r"(?:通知|报告|意见|方案|办法|细则|要点|纪要|总结|讲话|计划|制度|规定|通报|函|单|打算|安排|预案|规则|分解|清单)(?:[（(][^）)]{1,12}[）)])?$|^关于"
)
STANDING = re.compile(r"(?:办法|细则|规定|规则|制度|条例|规程)(?:[（(][^）)]{1,12}[）)])?$")
TELLS = re.compile(
    r"了(?!解|结)|全年|(?:先后|累计|共(?!同|享|建|治))[^，。；]{0,10}\d|\d+(?:\.\d+)?(?:人次|件|篇|期|次|%)|被[^，。；]{2,16}评为|受到[^，。；]{0,6}(?:批评|表彰|肯定)"
)
BINDS = re.compile(
    r"(?<![重主需首必纪简只])要(?!求|点|素|闻|害|件)|应当|必须|须(?!知)|请(?!示|求)|[拟将]于|[将把]于"
)
FIRST = 4
FEW = 6
ENOUGH_TOLD = 4
LOOKS_BACK = re.compile(
    r"(?:[^，。]{0,14}(?:[一半两几三四五]年|今年以|去年以|年初以|年以)来"
    r"|自[^，。]{2,20}以来|20\d\d年度?，(?=[^。]{0,30}(?:领导|指导|支持|关心)下))，?"
    r"(?=[^。]*(?:坚持|完成|取得|推进|迅速|不断|较好|扎实|认真|紧紧|总结如下|汇报如下))"
)
"""A report that begins without its title shows in its first sentences that it tells (一年来，在街道
党工委领导下，…), and few of all bind."""
PAST_TITLE = re.compile(
    r"(?:工作总结|情况的?(?:报告|汇报)|述职报告|情况汇报|工作回顾|情况通报|总结|(?:工作)?总结(?:及|和|暨|与)[^，。]{0,20}(?:打算|计划|思路|安排|要点)|简报|工作动态|经验(?:交流)?材料)$|^第\d+期$"
)
PLAN_TITLE = re.compile(
    r"(?:要点|计划|打算|[^，。；：]{2}安排|安排表|行事历|工作设想|工作思路|任务清单|实事(?:项目)?(?:清单|安排)?|重点任务|责任分解)(?:[（(][^）)]{1,12}[）)])?$"
)
"""2024年工作要点: the whole of it plans, whatever its headings say."""
PLAN_OPEN = re.compile(r"^(?:下一?步|下一?阶段|今后|接下来|下半年)[^。；]{0,12}，")
"""下一步，我厅将…: from here on a reply or a report plans."""
PLANS_INSIDE = re.compile(
    r"(?<=[。；])(?:下一?步|下一?阶段|接下来)[^。；]{0,12}，[^。；]*(?:将|要|拟|计划)"
)
ASKED_BELOW = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])?(?:下一?步|下一?阶段|今后|接下来)?(?:的)?(?:几点|有关|整改|工作|督办|处理)?"
    r"(?:建议|要求|打算|安排|措施|意见)(?:如下)?[：:]$"
)
"""下一步工作建议：: what a report asks for stands below."""
ORDINAL = re.compile(r"^第[一二三四五六七八九十]+[，、,：:]")
"""第二，关于今年怎么抓: the heading of a speech."""
MINUTES = re.compile(r"纪要$")
"""第3期 over minutes numbers them; it makes no bulletin of them."""
PAST_OPEN = re.compile(r"^(?:过去(?:的|这)?一年|去年这?一年，|一年来|回顾|[^，。；：]{2,14}以来，)")
TURNS = re.compile(
    r"(?<=[。；])(?=[^。；“”]{0,40}(?:要|应当?|须|必须|计划|[拟将]于|请)(?![求点是素害])[^。；了“”]{0,60}"
    r"(?:[\d一二三四五六七八九十]+[月日](?:底|末|初|中旬|[上下]旬)?之?前|[本下]月内?|年底前|年内|本周|今年[\d一二三四五六七八九十]+月)[^。；了“”]*[。；])"
)
"""Where a review turns, in the middle of a line, to what is still to be done by when."""
REVIEWED = re.compile(
    r"^(?:同志们[，！!]?|各位[^，。]{1,8}[，！!])?(?:(?:回顾|总结)[^，。]{2,20}，)?(?:取得)?(?:以上|上述|这些)"
    r"(?:成绩|成果|成效|进步|变化)(?!(?:要|必须|还|只|需)|[，,]?(?:我们)?(?:要|必须))"
)
"""以上成绩的取得，得益于…: what stands before it looked back, whatever its headings say."""
THANKED = re.compile(r"(?:代表|向)[^。]{2,60}(?:表示|致以)[^。]{0,14}(?:感谢|谢意|敬意|慰问)")
"""Thanks, what they are for told before them; at the end of a speech they look back at nothing."""


@dataclass(frozen=True)
class Section:
    """A stretch of text in one mode."""

    start: int
    mode: str


TITLE_OF_NEXT = re.compile(
    r"^(?:在[^，。；]{4,40}(?:会议?|活动|仪式|座谈)上的(?:讲话|发言|报告)|[^，。；、：]{4,40}(?:通知|意见|方案|办法|纪要|要点|通报)|关于[^，。；：]{4,50}的报告)(?:[（(][^）)]{2,12}[）)])?$"
)
UNDER_TITLE = re.compile(
    r"^[（(]?\d{4}年\d{1,2}月\d{1,2}日[）)]?$|^[\u4e00-\u9fff·]{2,4}$|^[^，。]{2,40}[：:]$|^同志们"
)
ENOUGH = 200
"""A document is at least so many characters long; a title before that is a heading."""


def documents(text: str) -> list[tuple[int, int]]:
    """(start, end) of the documents in one file: a title on its own line, followed by a date, a
    name, an addressee or a salutation, begins a new one."""
    rows = lines(text)
    starts = [0]
    for index, (start, line) in enumerate(rows):
        if start - starts[-1] < ENOUGH or not TITLE_OF_NEXT.match(line) or numbered(line):
            continue
        if any(UNDER_TITLE.match(under) for _s, under in rows[index + 1 : index + 4]):
            starts.append(start)
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


ARTICLES = re.compile(r"^第[一二三四五六七八九十百\d]+条", re.MULTILINE)
FEW_ARTICLES = 3


def is_standing(text: str) -> bool:
    """Rules that hold year after year (办法, 制度, 规则), by their title or their articles."""
    if len(ARTICLES.findall(text)) >= FEW_ARTICLES:
        return True
    heads = [line for _start, line in lines(text[:400])[:TITLE_LINES]]
    return any(STANDING.search(line) and "《" not in line for line in heads if not numbered(line))


def looked_back(found: list[Section], line: str) -> bool:
    """Whether the thanks of a speech close its review: nothing has been planned before them."""
    planned = any(section.mode == "plan" for section in found)
    return found[0].mode == "talk" and not planned and THANKED.search(line) is not None


def begins_telling(text: str) -> bool:
    """Whether a text is a report without its title: few sentences bind, and all of the first tell,
    or the first one looks back and enough of the others tell."""
    every = [one for one in re.split(r"[。；\n]", text) if len(one) > 8]
    bound = [one for one in every if BINDS.search(one)]
    told = [one for one in every if TELLS.search(one) and one not in bound]
    if len(bound) * FEW >= len(every):
        return False
    looks_back = LOOKS_BACK.match(every[0]) is not None and every[0] not in bound
    return (len(every) >= FIRST and all(one in told for one in every[:FIRST])) or (
        looks_back and len(told) * ENOUGH_TOLD >= len(every)
    )


def sections(text: str) -> list[Section]:
    """The modes along the text, in order. Rules that hold year after year plan nothing."""
    rows = lines(text)
    heads = [line for _s, line in rows[:4] if not numbered(line)]
    minutes = any(MINUTES.search(line) for line in heads)
    title = not minutes and any(PAST_TITLE.search(line) for line in heads)
    told = title or (not minutes and begins_telling(text))
    spoken = any(SPEECH.search(line) for line in heads)
    start_mode = "past" if told else "talk" if spoken else "direct"
    if start_mode == "direct" and any(PLAN_TITLE.search(line) for line in heads):
        start_mode = "plan"

    found, frame = [Section(0, start_mode)], Frame.of(rows, reports=start_mode == "past")
    for index, (start, line) in enumerate(rows):
        if index < TITLE_LINES and not numbered(line) and A_TITLE.search(line):
            continue
        if is_heading(line):
            mode = frame.enter(line)
            if mode:
                found.append(Section(start, mode))
            elif found[-1].mode == "past" and ranks_high(line) and not frame.inside_past(line):
                found.append(Section(start, start_mode))
        elif found[-1].mode == "past" and (PLAN_OPEN.match(line) or ASKED_BELOW.match(line)):
            found.append(Section(start, "plan"))
        elif REVIEWED.match(line) or looked_back(found, line):
            found = [Section(0, "past"), Section(start + len(line), start_mode)]
        elif PAST_OPEN.match(line):
            mode, turn = found[-1].mode, TURNS.search(line)
            stop = turn.start() if turn else len(line)
            found.extend((Section(start, "past"), Section(start + stop, mode)))
        elif found[-1].mode == "past" and (plans := PLANS_INSIDE.search(line)):
            found.extend(
                (Section(start + plans.start(), "plan"), Section(start + len(line), "past"))
            )
    if is_standing(text):
        return [replace(one, mode="direct") if one.mode == "plan" else one for one in found]
    return [planned(text, found, place) for place in range(len(found))]


def planned(text: str, found: list[Section], place: int) -> Section:
    """A section that asks, as one that plans where it lists tasks."""
    one = found[place]
    stop = found[place + 1].start if place + 1 < len(found) else len(text)
    lists = one.mode == "direct" and lists_tasks(text[one.start : stop])
    return replace(one, mode="plan") if lists else one


def ranks_high(heading: str) -> bool:
    """A heading of the first ranks, or of a speech, whose number ends what stands before it."""
    return ORDINAL.match(heading) is not None or UNNUMBERED < rank_of(heading) <= 1


OPENING = re.compile(
    r"^(?:[^，。]{0,40}[）)：:])?(?:20\d\d年)?\d{1,2}月\d{1,2}日(?:[上下]午|晚上?)?(?:，|(?=[\u4e00-\u9fff]{1,8}(?:召开|举行)|是))(?![^。；]*(?:应当|必须|务必|请|[将拟]于|定于|截止|前将|前报))"
    r"[^。；]{0,90}(?:召开|举行|主持|强调|出席|调研|督导|视察|赴|到)"
    r"|^(?:同志们[：:，])?今天，?[^。；]{0,60}(?:召开|举行|举办)[^。；]{0,80}(?:任务|目的|议题)就?是"
)
"""1月29日上午，市委召开全市领导干部大会: how a report or a speech opens tells of what happens, not
of what is to be done."""
EARLY = 3
"""A report opens in one of its first sentences."""


def opens(sentence: str, place: int) -> bool:
    """Whether the sentence at `place` (0, 1, …) of a document is its opening."""
    return place < EARLY and OPENING.match(sentence) is not None


def mode_at(found: list[Section], offset: int) -> str:
    """The mode in force at an offset."""
    mode = found[0].mode
    for section in found:
        if section.start > offset:
            break
        mode = section.mode
    return mode
