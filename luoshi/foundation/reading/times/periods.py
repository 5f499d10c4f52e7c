"""From a day to a day: 5月10日至6月10日, 即日起至12月底, 2026.3.1-2026.5.31, 3月上旬至5月中旬."""

import re
from collections.abc import Iterator
from typing import Any

from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.calendar_dates import WEEKDAY_NOTE, YEAR_WORDS, year_value
from luoshi.foundation.reading.times.events.amounts import Json, Reading
from luoshi.foundation.reading.times.numerals import NUMBER, number
from luoshi.foundation.reading.times.objects import of_plan


def side(which: str) -> str:
    """One end of a period: a month with a day or a part, a quarter, a year."""
    return (
        rf"(?:(?P<y{which}>{YEAR_WORDS})?(?:(?P<m{which}>{NUMBER}|本|当)月(?:份)?(?:(?P<d{which}>{NUMBER})(?:日|号){WEEKDAY_NOTE}(?:(?:零|0|二十四|24)[时点]|(?P<h{which}>{NUMBER})[时点])?"
        rf"|(?P<p{which}>上旬|中旬|下旬|初|底|末))?|(?P<q{which}>[一二三四])季度(?:末|底)?|(?P<e{which}>年底|底(?=前|，|$)))"
        rf"|(?P<w{which}>\d{{4}}年)(?!\d|[一二三四五六七八九十]+月)|(?P<n{which}>\d{{4}}[.\-/]\d{{1,2}}[.\-/]\d{{1,2}}))"
    )


TO = r"(?:起|开始)?，?(?:至|到|—+|–|-|－|～|~)"
NOW = r"(?:自|从)?(?:即日|现在|通知下发之日|本?通知(?:印发|下发|发布)之日|今天|印发之日)(?:起|开始)"
LAST_DAY = compiled(rf"(?P<bare>{NUMBER})(?:日|号)")
PERIOD = compiled(
    rf"(?:自|从)?{side('1')}{TO}(?:{side('2')}|(?P<last>{NUMBER})(?:日|号){WEEKDAY_NOTE}(?:{NUMBER}[时点])?)(?:止)?"
)
FROM_NOW = compiled(rf"{NOW}，?(?:一直)?(?:至|到|—+|-){side('2')}(?:之?前|止)?")
UNTIL_THEN = compiled(
    rf"{NOW}，?(?:一直)?(?:至|到)[^，。；\d年月日]{{2,12}}?(?:结束|闭幕|为止|届满|解除)(?=[，。；（(]|$)"
)
"""从即日起至两会闭幕: from now to what the calendar does not fix."""
BEGUN_ENDED = compiled(
    rf"(?:自|从|于)?{side('1')}(?:开始|启动|起)[，、][^，。；\d]{{0,6}}{side('2')}(?:之?前)?(?:结束|截止|为止)"
)
BEGUN_DONE = compiled(
    rf"(?:自|从|于)?{side('1')}(?:启动|开工|动工|开始|起步|进场)[，、]{side('2')}(?:之?前)?(?:基本|全部|全面)?(?:(?:完成|完工|竣工|结束|收官)(?=[，。；]|$)|出结果|见成效|出成果)"
)
"""装修4月开工、12月20日前完工: one act with its two ends, where the end names nothing else."""
ONE_ACT = compiled(
    rf"(?<=[动治点评选训程造]，)(?:自|从|于)?{side('1')}(?:启动|开工|动工|开始)，{side('2')}(?:之?前)?(?=(?:基本|全部|全面)?(?:完成|完工|竣工|结束))"
)
"""开展…活动，3月启动，11月底前完成…: begin and end of what was named just before."""
UNTIL_DONE = compiled(
    rf"(?:自|从){side('1')}(?:开始|起)(?:，)?(?:集中|全面)?(?:开展|启动|组织|实施)[^，。；\d]{{2,16}}，{side('2')}(?:之?前)?(?:全部|基本|全面)?(?:清零|结束|收官|见底)"
)
"""从11月1日起开展排查，12月25日前清零: one act with its two ends."""
UNTIL_EVENT = compiled(
    rf"(?:自|从){side('1')}起?，?(?:一直)?(?:至|到)(?P<event>[^，。；\d年月日]{{2,12}}?)(?:结束|为止|届满|完成|完毕|止)(?=[，。；]|$)"
    rf"|(?:自|从){side('3')}起?，?(?:一直)?(?:至|到)[^，。；\d年月日]{{0,10}}?(?:[收割种干打]完|入库|归仓|解除|过去|退水)[^，。；\d]{{0,3}}(?=[，。；]|$)"
)
"""自1月17日起至供热期结束: from a day to something the calendar does not fix."""
OF_SEASON = compiled(r"(?:季|(?<![假一二三四五六\d学])期)[（(]$")
"""覆冰季（12月至次年2月）: which season is meant."""
ENDING = (
    "结束",
    "截止",
    "为止",
    "清零",
    "收官",
    "见底",
    "完成",
    "完工",
    "竣工",
    "结果",
    "成效",
    "成果",
)
PARTS = {"上旬": "early", "初": "early", "中旬": "mid", "下旬": "end", "底": "end", "末": "end"}
SCHOOL = compiled(r"工作时间|放假|假期|上班|开放时间")


STAGE = compiled(r"阶段[（(](?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月[）)](?=[：:])")
SHORT = compiled(r"(?:(?P<year>\d{4})年)?(?P<a>\d{1,2})[-—~～至](?P<b>\d{1,2})月(?!\d)")


DAYS = compiled(
    rf"(?<![\d一二三四五六七八九十])(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}})月(?P<a>\d{{1,2}}){TO}(?P<b>\d{{1,2}})(?:日|号)"
)
"""3月12-17日: days of a month of which only the last says 日."""
TWO_MONTHS = compiled(
    r"(?<![\d一二三四五六七八九十])(?:(?P<a>[一二三四五六七八九])、?(?P<b>[二三四五六七八九十])|(?P<c>\d{1,2})、(?P<d>\d{1,2}))两个月(?!内|的)"
)
"""七八两个月开放: two months side by side."""
THREE_MONTHS = compiled(
    r"(?<![\d一二三四五六七八九十])(?P<a>[一二三四五六七八九十])、?(?P<b>[二三四五六七八九十])、?(?P<c>[三四五六七八九十])三个月(?!内|的)"
)
"""六、七、八三个月每月不少于三次."""
ALL_MONTH = compiled(
    rf"(?<![\d一二三四五六七八九十至到、—－～-])(?P<month>{NUMBER})月(?:份|里)?(?:(?=不[撤离断停脱收])|(?<=[里份])(?=每[^，。；]{{0,4}}[天日周]))"
)
"""6月里每两天通报, 6月份不撤: the whole of a month."""
PART_OF = compiled(
    rf"(?P<month>{NUMBER})月(?:份)?(?P<part>[上中下])旬(?=每(?:[日天]|[两三四五\d][日天]))"
)
TENTHS: dict[str, tuple[int, int | str]] = {"上": (1, 10), "中": (11, 20), "下": (21, "end")}
"""12月下旬每日核对: the whole of a third of a month."""
BEGUN_BEFORE = compiled(
    rf"(?:自|从|于)?{side('1')}(?:开始|启动)[、，](?:明年|今年|次年)?[^，。；\d年月日]{{2,6}}前(?:全部|基本)?(?:结束|完成|完工)(?=[，。；]|$)"
)
"""11月开始、明年春节前结束: from a day to one the calendar does not fix."""
SAID = Sieve([("period", PERIOD)])
SPANS = Sieve(
    (
        ("begun, ended", BEGUN_ENDED),
        ("begun, done", BEGUN_DONE),
        ("one act", ONE_ACT),
        ("until done", UNTIL_DONE),
    )
)
"""What is said with the beginning and the end of one act."""


def readings(text: str) -> Iterator[Reading]:
    """Every period of a sentence."""
    for match in FROM_NOW.finditer(text) if "起" in text or "开始" in text else ():
        if end := one_end(match, "2", None, last=True):
            yield match.start(), match.end(), {"type": "period", "from": "now", "to": end}
    for match in UNTIL_THEN.finditer(text) if "至" in text or "到" in text else ():
        yield *match.span(), {"type": "period", "from": "now", "to": None}
    for match in STAGE.finditer(text) if "阶段" in text else ():
        if 1 <= int(match.group("month")) <= 12:
            year = int(match.group("year")) if match.group("year") else None
            one: Json = {"anchor": "calendar", "year": year, "month": int(match.group("month"))}
            stage = {"type": "period", "from": {**one, "day": 1}, "to": {**one, "day": "end"}}
            yield match.start() + 3, match.end() - 1, stage
    for match in SHORT.finditer(text) if "月" in text else ():
        first, last = int(match.group("a")), int(match.group("b"))
        if 1 <= first < last <= 12:
            year = int(match.group("year")) if match.group("year") else None
            ends: list[Json] = [
                {"anchor": "calendar", "year": year, "month": m, "day": d}
                for m, d in ((first, 1), (last, "end"))
            ]
            yield match.start(), match.end(), {"type": "period", "from": ends[0], "to": ends[1]}
    for match in TWO_MONTHS.finditer(text) if "两个月" in text else ():
        first = number(match.group("a") or match.group("c"))
        if number(match.group("b") or match.group("d")) == first + 1 <= 12:
            begin: Json = {"anchor": "calendar", "year": None, "month": first, "day": 1}
            stop: Json = {**begin, "month": first + 1, "day": "end"}
            yield match.start(), match.end(), {"type": "period", "from": begin, "to": stop}
    for match in THREE_MONTHS.finditer(text) if "三个月" in text else ():
        first, second, third = (number(match.group(name)) for name in "abc")
        if second == first + 1 and third == first + 2:
            start: Json = {"anchor": "calendar", "year": None, "month": first, "day": 1}
            to: Json = {**start, "month": third, "day": "end"}
            yield match.start(), match.end(), {"type": "period", "from": start, "to": to}
    for match in ALL_MONTH.finditer(text) if "月" in text else ():
        if 1 <= (month := number(match.group("month"))) <= 12:
            first_day: Json = {"anchor": "calendar", "year": None, "month": month, "day": 1}
            all_of_it = {"type": "period", "from": first_day, "to": {**first_day, "day": "end"}}
            yield match.start(), match.end(), all_of_it
    yield from days_of_a_month(text) if "月" in text else ()
    yield from thirds(text)
    for _name, match in SAID.finditer(text):
        rule = period(match)
        if rule and not OF_SEASON.search(text[: match.start()]) and not of_plan(match):
            yield match.start(), match.end(), rule
    at_an_end = any(word in text for word in ENDING)
    for _name, match in SPANS.finditer(text) if at_an_end else ():
        begun = one_end(match, "1", None, last=False)
        if begun and (ended := one_end(match, "2", begun, last=True)):
            yield match.start(), match.end(), {"type": "period", "from": begun, "to": ended}


def days_of_a_month(text: str) -> Iterator[Reading]:
    """3月12-17日: from a day to a day of one month."""
    for match in DAYS.finditer(text):
        month, a, b = (int(match.group(name)) for name in ("month", "a", "b"))
        if 1 <= month <= 12 and 1 <= a < b <= 31:
            year = int(match.group("year")) if match.group("year") else None
            of: Json = {"anchor": "calendar", "year": year, "month": month}
            ends = {"from": {**of, "day": a}, "to": {**of, "day": b}}
            yield match.start(), match.end(), {"type": "period", **ends}


def thirds(text: str) -> Iterator[Reading]:
    """12月下旬每日: a third of a month; 11月开始、春节前结束: from a day to an event."""
    for match in PART_OF.finditer(text) if "旬每" in text else ():
        if 1 <= (month := number(match.group("month"))) <= 12:
            day, till = TENTHS[match.group("part")]
            of: Json = {"anchor": "calendar", "year": None, "month": month}
            third = {"type": "period", "from": {**of, "day": day}, "to": {**of, "day": till}}
            yield match.start(), match.end(), third
    for match in UNTIL_EVENT.finditer(text) if "至" in text or "到" in text else ():
        which = "1" if match.group("event") else "3"
        if begun := one_end(match, which, None, last=False):
            yield match.start(), match.end(), {"type": "period", "from": begun, "to": None}
    for match in BEGUN_BEFORE.finditer(text) if "前" in text else ():
        if begun := one_end(match, "1", None, last=False):
            yield match.start(), match.end(), {"type": "period", "from": begun, "to": None}


def period(match: re.Match[str]) -> Json | None:
    """The rule, or None where the two ends make none."""
    start = one_end(match, "1", None, last=False)
    if start is None:
        return None
    if match.group("last"):
        if "month" not in start or not match.group("d1"):
            return None
        end: Json | None = {**start, "day": number(match.group("last"))}
    else:
        end = one_end(match, "2", start, last=True)
    if (
        end is None
        or not 1 <= int(end.get("day", 1) if isinstance(end.get("day"), int) else 1) <= 31
    ):
        return None
    return {"type": "period", "from": start, "to": end}


def one_end(match: re.Match[str], which: str, first: Json | None, *, last: bool) -> Json | None:
    """A calendar object; a year not said at the end is the one of the beginning."""
    part = {key[0]: value for key, value in match.groupdict().items() if key.endswith(which)}
    year: Any = year_value(part["y"] or part["w"])
    said = part["y"] in {"次年", "翌年"} and first is not None and isinstance(first["year"], int)
    if said and first is not None:
        year = first["year"] + 1
    if year is None and first is not None:
        year = first["year"]
    out: Json = {"anchor": "calendar", "year": year}
    if part["n"]:
        y, m, d = (int(piece) for piece in re.split(r"[.\-/]", part["n"]))
        return {**out, "year": y, "month": m, "day": d} if 1 <= m <= 12 and 1 <= d <= 31 else None
    if part["w"] or part["e"]:
        return {**out, "month": 12, "day": "end"} if last else {**out, "month": 1, "day": 1}
    if part["q"]:
        month = number(part["q"]) * 3
        return (
            {**out, "month": month, "day": "end"} if last else {**out, "month": month - 2, "day": 1}
        )
    month_said = part["m"] or ""
    month_value: int | str = "+0" if month_said in {"本", "当"} else number(month_said)
    if isinstance(month_value, int) and not 1 <= month_value <= 12:
        return None
    default: Any = "end" if last else 1
    day: Any = number(part["d"]) if part["d"] else PARTS.get(part["p"] or "", default)
    if isinstance(day, int) and not 1 <= day <= 31:
        return None
    out = {**out, "month": month_value, "day": day}
    return {**out, "hour": number(part["h"])} if part["h"] else out
