"""Rhythms said without 每: 双月, 隔日, 全年不少于4次, 季后10日内, 一季度一报, 周报制度."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.amounts import ONE, Json, N, Reading, offset
from luoshi.foundation.reading.times.numerals import NUMBER, number
from luoshi.foundation.reading.times.recurring.recurrences import (
    WEEKDAYS,
    listed_moments,
    with_hour,
)

COUNT = (
    r"(?:[^，。；\d每]{0,8}?)(?P<least>至少|最少|不少于|不低于|不得少于)?[^，。；每\d一二三四五六七八九十]{0,10}?(?P<times>"
    + NUMBER
    + r")(?:次|期|场|轮|回|条|篇|遍|件)(?!以上)"
)
UPPER = compiled(r"不(?:得|能|应)?(?:超过|多于)|控制在|压[减缩降]|最多|至多")
LEAST = compiled(r"至少|最少|不少于|不低于")
ALL_YEAR = compiled(
    r"(?:全年(?!共|累计|已|一共|总共)|(?<![满近超过])一年(?:下来|内|里)?(?!年|一[次调报总]|累计|[内里]累计)|年度内|年内(?=(?:至少|不少于|最少)[^，。；]{0,4}[两二三四五六七八九十\d])|每年)"
    + COUNT
)
DAYS_A_YEAR = compiled(
    rf"全年[^，。；\d每]{{0,10}}(?:不少于|不低于|至少){NUMBER}(?:天|日)(?![内前后])"
)
"""全年脱产培训不少于5天: days are no times, the rhythm is at least."""
IN_TERM = compiled(r"(?:届内|任期内)" + COUNT)
AS_EVERY = compiled(
    r"(?<![第\d一二三四两每半个])一?(?P<unit>季度|个季度|个月|月|周|个?星期|个?礼拜|半年)(?P<least>至少|不少于|不低于)[^，。；]{0,8}?(?P<times>"
    + NUMBER
    + r")(?:次|条|篇|期|件)"
)
EVERY_ONE = compiled(
    r"(?<![第每\d上下])(?P<n>[一两三四五六])个?(?P<unit>天|日|周|星期|月|季度?|年|小时|钟头)一(?![度样个变天年月届切起直般律定时次日号])(?P<what>[\u4e00-\u9fff])"
)
ONCE_IN = compiled(
    r"(?:(?P<least0>至少)(?=一季度|半|一)|(?!一季度(?![\u4e00-\u9fff]{2,4}[一二两三]次)))(?<![第每上下\d满后首末的])(?P<unit>一天|一日|半个?小时|半个?钟头|一个?小时|一个?钟头|半个月|一个月|一个?星期|一个?礼拜|一周|一季度|一个季度|半年|一年)(?!之?内|以内|之?后|以后|”)(?P<least>至少|最少)?[^，。；\d一两半]{1,16}?(?P<times>[一两三\d])(?:次|回|趟|遍|圈|面|晚|夜)"
)
N_ONCE = compiled(
    r"(?<![第每\d上下满近这用花头前一二三四五六七八九十百])(?P<n>[两三四五六七八九十]|十五|二十)个?(?P<unit>天|周(?!末)|星期|(?<=个)小时|(?<=个)钟头|(?<=个)月|(?<=个)季度|年)(?!之?内|以内)[^，。；\d一二两三四五六七八九十的内后前]{1,12}?一(?:次|回|趟|遍|圈|轮|面|茬)"
)
LEAST_EVERY = compiled(
    rf"(?:至少|最少)(?P<n>{NUMBER})个?(?P<unit>天|日|周|星期|(?<=个)月|年)[^，。；\d]{{0,8}}?(?:一|1)(?:次|回|趟|遍|圈|轮)"
)
"""病重患者至少2天一次."""
IN_YEARS = compiled(
    r"(?P<n>[两二三四五])年(?:之?内|以内)(?P<least>至少|不少于)[^，。；\d一]{0,8}(?:1|一)(?:次|轮|期|场|遍)"
)
"""两年内至少授课1次."""
NIGHTLY = compiled(
    r"每(?:晚上?|早上?|早晨)(?![、中]|(?:[\d一二两三四五六七八九十]+[点时]))(?=[\u4e00-\u9fff，])"
)
"""每晚安排人巡一趟."""
EACH_OTHER = compiled(
    r"(?:每隔|隔)(?P<n>"
    + NUMBER
    + r")?(?:个)?(?P<unit>日|天|周|月|小时|年(?=[\u4e00-\u9fff]{2,4}一次))(?!壁|离)"
    r"(?:(?<=周)(?:周|星期)(?P<weekday>[一二三四五六日]))?"
)
DOUBLE = compiled(
    r"(?:(?:逢|每)[双单](?=周)|(?:逢|每)?双(?=月)|每?逢单(?=月)|每单(?=月)|(?<![每逢\u4e00-\u9fff])单(?=月之?[\d一二三四五六七八九十]))(?P<unit>月|周)(?:之?(?P<day>"
    + NUMBER
    + r")(?:日|号)(?:之?前)?|(?P<last>最后一[天日]|[底末])"
    r"|(?<=周)的?(?:周|星期)(?P<weekday>[一二三四五六日]))?(?=[^刊])"
    r"(?!(?:协商|专题)?(?:座谈|协商|恳谈)会)"
)
MONTH_EDGE = compiled(r"逢月(?P<edge>底|末|初)")
HALF_DAY = compiled(r"每(?:隔)?半[天日](?!制|班|工)")
HALF_HOUR = compiled(r"每(?:半个?(?:小时|钟头)|(?:隔)?(?P<n>\d{1,2}|十|十五|二十|三十|四十五)分钟)")
AFTER_PERIOD = compiled(
    r"(?:每|各)?个?(?<![暖热汛旺淡雨冬夏春秋火作果茶灌])(?P<unit>季度?|半年|月|年度?)(?:度)?(?:(?:结束|终了)?(?:之|以)?后的?|终了)"
    + N
    + ONE
    + r"(?:之?内|以内)"
)
YEARLY_AFTER = compiled(r"(?:每)?年度(?:终了|结束)后一个月内")
FIRST_OF_QUARTER = compiled(
    r"(?<!每)(?<!每个)季度?(?P<which>首月|第一个月|末月|末)(?:的)?(?:(?P<day>"
    + NUMBER
    + r")(?:日|号)|(?P<part>上旬|中旬|下旬|底|末|初))?(?:之?前)?"
)
BOTH_HALVES = compiled(
    r"(?:每年)?(?:的)?(?:上(?:、|和)?下半年|上半年(?:、|和|及|，)下半年)(?:各|分别)"
)
WEEKDAYS_EACH = compiled(
    r"(?<![每本下上这])(?:周|星期)(?P<days>[一二三四五六日](?:[、和](?:周|星期)?[一二三四五六日])+)(?:各|分别)(?=[\u4e00-\u9fff]{1,6}[次趟遍回])"
)
"""周二、周五各收运一次."""
REPORTS = compiled(r"(?<![每一两当本各])(?P<unit>日|周|旬|月|季)(?:报告|报|调度|通报)[”\"]?制度")
NEXT_MONTH = compiled(r"(?<![\d月年])于?次月(?:的)?(?P<day>" + NUMBER + r")(?:日|号)(?:之?前)?")
NEXT_WORKDAY = compiled(
    r"(?<![\d月年])于?次月(?:的)?(?:第|前)(?P<day>" + NUMBER + r")个工作日(?:之?[前内])?"
)
TEN_DAYS = compiled(r"每旬(?:末|底)?")
NAMES = {
    "季": "quarter",
    "季度": "quarter",
    "个季度": "quarter",
    "半年": "half_year",
    "月": "month",
    "个月": "month",
    "年": "year",
    "年度": "year",
    "周": "week",
    "星期": "week",
    "个星期": "week",
    "礼拜": "week",
    "个礼拜": "week",
    "日": "day",
    "天": "day",
    "小时": "hour",
    "钟头": "hour",
    "旬": "day",
}
PARTS = {"上旬": "early", "初": "early", "中旬": "mid"}


def every(unit: str, **more: Any) -> Json:
    """A rhythm; `n` and `times` of one are not said."""
    kept = {key: value for key, value in more.items() if not (key in {"n", "times"} and value == 1)}
    return {"type": "recurring", "every": unit, **{k: v for k, v in kept.items() if v is not None}}


def counted(unit: str, match: re.Match[str]) -> Json:
    """So many times in a unit, at least or exactly."""
    least = "at_least" if match.group("least") or LEAST.search(match.group()) else None
    return every(unit, times=number(match.group("times")), modality=least)


def readings(text: str) -> Iterator[Reading]:
    """Every such rhythm of a sentence."""
    for read, pattern in SIEVE.left(text):
        for match in pattern.finditer(text):
            if rule := read(match):
                # 至少半年要向理事会报告一次: who is told stands inside, the span ends before
                end = match.end("unit") if pattern is ONCE_IN else match.end()
                yield match.start(), end, rule


def all_year(match: re.Match[str]) -> Json | None:
    """全年不少于4场; a bare 每年 with a count is read elsewhere."""
    said = match.group()
    return None if said.startswith("每年") or UPPER.search(said) else counted("year", match)


def each_other(match: re.Match[str]) -> Json | None:
    """每隔15天 = every 15 days; 隔日 = every 2 days."""
    n = number(match.group("n")) if match.group("n") else 2
    unit = NAMES[match.group("unit")]
    day = match.group("weekday")
    return every(unit, n=n, at={"weekday": "一二三四五六日".index(day) + 1} if day else None)


def double(match: re.Match[str]) -> Json:
    """双月, 逢双月25日前."""
    at: Json | None = {"day": number(match.group("day"))} if match.group("day") else None
    if match.group("weekday"):
        at = {"weekday": "一二三四五六日".index(match.group("weekday")) + 1}
    if match.group("last") and match.group("unit") == "月":
        at = {"day": "end"}
    return every(NAMES[match.group("unit")], n=2, at=at)


def after_period(match: re.Match[str]) -> Json | None:
    """季后10日内, 每月结束后5个工作日内: in the following period."""
    length = offset(match)
    said = match.group()
    if match.group("unit") in {"月", "年"} and not (
        "每" in said or "结束" in said or "终了" in said or said.startswith(("月后", "月度"))
    ):
        return None
    if set(length) <= {"days", "workdays"}:
        unit, amount = next(iter(length.items()))
        key = "day" if unit == "days" else "workday"
        if amount <= 31:
            return every(NAMES[match.group("unit")], at={"next": True, key: amount})
    if length == {"months": 1}:
        return every(NAMES[match.group("unit")], at={"next": True, "month": 1, "day": "end"})
    return None


HANDED_IN = compiled(
    r"(?:统一|集中)?(?:向[^，。；]{2,14}(?:汇报|报告|报送|通报)|汇报|报送|上报|通报|报(?=[^，。；名道]{2,10}[局委办室厅府]))"
)
"""答复情况季度末向管委会汇报: every quarter."""


def of_quarter(match: re.Match[str]) -> Json | None:
    """季度首月10日前, 季度末月25日前; a bare 季末 names no limit."""
    if match.group("which") == "末":
        handed = HANDED_IN.match(match.string, match.end())
        return every("quarter", at={"month": 3, "day": "end"}) if handed else None
    month = 3 if match.group("which") == "末月" else 1
    day: Any = (
        number(match.group("day"))
        if match.group("day")
        else PARTS.get(match.group("part") or "", "end")
    )
    return every("quarter", at={"month": month, "day": day})


def once_in(match: re.Match[str]) -> Json | None:
    """至少半个月碰一次头."""
    if UPPER.search(match.group()):
        return None
    said = match.group("unit")
    if said.startswith("半") and said.endswith(("小时", "钟头")):
        return every("hour", times=2)
    unit = {"半个月": "half_month", "半年": "half_year"}.get(said) or NAMES[said[1:].lstrip("个")]
    least = "at_least" if match.group("least0") or match.group("least") else None
    return every(unit, times=number(match.group("times")), modality=least)


def part_of_hour(match: re.Match[str]) -> Json | None:
    """每半小时, 每15分钟: so many times an hour, where it comes out even."""
    minutes = number(match.group("n")) if match.group("n") else 30
    return every("hour", times=60 // minutes) if minutes and 60 % minutes == 0 else None


def weekdays_each(match: re.Match[str]) -> Json | None:
    """Several days of every week."""
    moments = listed_moments("week", match.group("days"))
    return every("week", at=moments[0]) if moments else None


def edge(match: re.Match[str]) -> Json:
    """逢月末."""
    return every("month", at={"day": "early" if match.group("edge") == "初" else "end"})


def evening(match: re.Match[str]) -> Json | None:
    """每晚八点: every day at 20."""
    late = match.group("when")[0] in "下傍晚"
    hour = number(match.group("hour"))
    hour += 12 if late and hour < 12 else 0
    return every("day", at={"hour": hour}) if hour <= 24 else None


def daily_hours(text: str, rules: Sequence[tuple[int, int, Json]]) -> Iterator[Reading]:
    """护林员每天至少巡两遍山，晚上七点前报平安: an hour in the day of a daily duty."""
    daily = [end for _start, end, rule in rules if rule.get("every") == "day" and "at" not in rule]
    for match in HOUR_ALONE.finditer(text, daily[0]) if daily else ():
        hour = number(match.group("hour")) + (12 if match.group("late") else 0)
        inside = any(start < match.end() and match.start() < end for start, end, _rule in rules)
        if hour <= 24 and not inside:
            yield match.start(), match.end(), every("day", at={"hour": hour})


def spread(text: str, rules: Sequence[tuple[int, int, Json]]) -> Iterator[Reading]:
    """每日召开两次，分别为9时和19时: the moments of a counted rhythm, said after it."""
    for start, end, rule in rules:
        said = SPREAD.match(text, end) if rule.get("times") and "at" not in rule else None
        held = said and any(start < one < said.end() for one, _end, _rule in rules)
        listed = listed_moments(rule["every"], text[said.end() :]) if said and not held else None
        if said and listed and len(listed[0]) == rule["times"]:
            yield start, said.end() + listed[1], {**rule, "at": listed[0]}
        else:
            yield start, end, rule


def counted_again(text: str, rules: Sequence[tuple[int, int, Json]]) -> Iterator[Reading]:
    """每天机扫三遍、洒水两遍; 每季度下访不少于3次，科长不少于6次: the unit of a rhythm holds
    for the next count of its row."""
    for _start, end, rule in rules:
        first = FIRST_COUNT.match(text, end) if rule["type"] == "recurring" else None
        if first is None or set(rule) & {"at", "n"}:
            continue
        at = first.end()
        while more := NEXT_COUNT.match(text, at):
            if any(at < one < more.end() for one, _end, _rule in rules):
                break
            least = "at_least" if more.group("least") else None
            made = every(rule["every"], times=number(more.group("times")), modality=least)
            yield more.start("least" if least else "times"), more.end(), made
            at = more.end()


def least_of_row(text: str, rules: Sequence[tuple[int, int, Json]]) -> list[tuple[int, int, Json]]:
    """市长每半年、县长每季度、镇长每月至少一次: what the last of a row says holds for all."""
    out: list[tuple[int, int, Json]] = []
    for start, end, rule in reversed(rules):
        after = out[-1] if out else None
        if after and bare_beside(rule, after[2]) and IN_ROW.fullmatch(text, end, after[0]):
            more: Json = {key: after[2][key] for key in ("times", "modality") if key in after[2]}
            rule = {**rule, **more}
        out.append((start, end, rule))
    return out[::-1]


def bare_beside(rule: Json, other: Json) -> bool:
    """Whether a rhythm without a count stands beside another one."""
    return rule["type"] == other["type"] == "recurring" and not set(rule) - {"type", "every", "n"}


IN_ROW = compiled(r"、[\u4e00-\u9fff]{2,12}")
COUNTS = r"(?:次|遍|轮|场|趟|回)"
FIRST_COUNT = compiled(
    rf"[^，。；、\d每一两三四五六七八九十]{{0,14}}{NUMBER}{COUNTS}(?![^，。；、]*的)[^，。；、\d]{{0,8}}(?=[、，])"
)
NEXT_COUNT = compiled(
    rf"(?:、|，(?!其中)(?=[^，。；\d]{{2,10}}(?:不少于|不低于|至少)))(?P<what>[^，。；、\d每各全＿一两三四五六七八九十]{{2,10}}?)"
    rf"(?P<least>不少于|不低于|至少)?(?P<times>{NUMBER}){COUNTS}(?=[，。；、]|$)"
)
SPREAD = compiled(
    r"[^，。；\d]{0,14}(?:次|场|期|轮)[^，。；\d]{0,10}，?(?:分别)?(?:于|在|为|是|安排在|定在)(?:每[日天周月])?(?:周|星期)?"
)
TWICE = compiled(
    r"(?:每[日天])?(?:早、?晚|上午?、?下午|早上?和晚上?|(?P<three>早、?中、?晚))各(?=(?:一|1)[次遍]|[\u4e00-\u9fff]{1,5}(?:一|1)?(?:次|遍|回|趟|圈)|[拍测记查报巡扫量传])"
)
"""早晚各报一次: twice a day."""
CHAIN = compiled(
    r"(?:(?<!执行“)(?<=“)|(?<=实行)|(?<=落实)|(?<=推行)|(?<=坚持)|(?<=建立))(?:[日周旬月季年][\u4e00-\u9fff]{2}、)+[日周旬月季年][\u4e00-\u9fff]{2}(?![\u4e00-\u9fff]{1,3}、)"
)
"""“日测温、周公示”: a chain of regimes by their units."""


def chained(text: str, rules: Sequence[tuple[int, int, Json]]) -> Iterator[Reading]:
    """Every regime of a chain whose unit no rhythm said with 每 names."""
    known = {rule.get("every") for _start, _end, rule in rules}
    for match in CHAIN.finditer(text) if "、" in text else ():
        at = match.start()
        for part in match.group().split("、"):
            if part[0] == "旬":
                yield at, at + 3, every("day", n=10)
            elif NAMES[part[0]] not in known:
                yield at, at + 3, every(NAMES[part[0]])
            at += len(part) + 1


REGULARLY = compiled(
    rf"(?:一般|原则上|通常|固定)(?:都)?(?:安排|定|放|召开|举行)?(?:在|于|为)?每?个?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?:(?P<noon>上午|下午|晚上?)?(?:(?P<hour>{NUMBER})(?:[点时]|[:：]\d\d))?)"
    r"(?=召开|举行|举办|开会|进行|组织|例会|集中|[，。；（(]|$)"
)
"""一般在星期一下午2:00举行: a day of every week."""


def regularly(match: re.Match[str]) -> Json:
    """The weekday, with its hour on the 24-hour clock where one is said."""
    return every("week", at=with_hour({"weekday": WEEKDAYS[match.group("day")]}, match))


EVENING = compiled(
    rf"每(?:天|日)?(?P<when>早晨?|早上|上午|中午|下午|傍晚|晚上?)(?P<hour>{NUMBER})(?:点钟?|时)(?:之?前|以前|整)?(?![到至—\-～])"
)
HOUR_ALONE = compiled(
    rf"(?:(?P<late>下午|傍晚|晚上?)|早上|早晨|上午|中午)(?P<hour>{NUMBER})(?:点钟?|时)(?:之?前|以前)"
)
SIMPLE: tuple[tuple[re.Pattern[str], Any], ...] = (
    (
        LEAST_EVERY,
        lambda m: every(NAMES[m.group("unit")], n=number(m.group("n")), modality="at_least"),
    ),
    (IN_YEARS, lambda m: every("year", n=number(m.group("n")), modality="at_least")),
    (ALL_YEAR, all_year),
    (DAYS_A_YEAR, lambda m: every("year", modality="at_least")),
    (IN_TERM, lambda m: counted("term", m)),
    (AS_EVERY, lambda m: counted(NAMES[m.group("unit")], m)),
    (EVERY_ONE, lambda m: every(NAMES[m.group("unit")], n=number(m.group("n")))),
    (ONCE_IN, once_in),
    (N_ONCE, lambda m: every(NAMES[m.group("unit")], n=number(m.group("n")))),
    (EACH_OTHER, each_other),
    (DOUBLE, double),
    (MONTH_EDGE, edge),
    (HALF_HOUR, part_of_hour),
    (HALF_DAY, lambda _match: every("day", times=2)),
    (AFTER_PERIOD, after_period),
    (FIRST_OF_QUARTER, of_quarter),
    (WEEKDAYS_EACH, weekdays_each),
    (BOTH_HALVES, lambda m: every("half_year")),
    (REPORTS, lambda m: every(NAMES[m.group("unit")], n=10 if m.group("unit") == "旬" else 1)),
    (REGULARLY, regularly),
    (EVENING, evening),
    (NIGHTLY, lambda m: every("day")),
    (TWICE, lambda m: every("day", times=3 if m.group("three") else 2)),
    (NEXT_WORKDAY, lambda m: every("month", at={"next": True, "workday": number(m.group("day"))})),
    (NEXT_MONTH, lambda m: every("month", at={"next": True, "day": number(m.group("day"))})),
)
SIEVE = Sieve((read, pattern) for pattern, read in SIMPLE)
