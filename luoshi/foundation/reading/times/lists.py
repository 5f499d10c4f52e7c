"""Several months or quarters of one act: 6月和9月各一次, 一、三季度末; shares of a year."""

import re
from collections.abc import Iterator
from typing import Any

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.calendar_dates import YEAR_WORDS, year_value
from luoshi.foundation.reading.times.events.amounts import Reading
from luoshi.foundation.reading.times.numerals import NUMBER, number

PART = rf"(?:(?:{NUMBER})(?:日|号)|中旬|上旬|下旬|月底|底|末|初)"
MONTH = rf"{NUMBER}月(?:份)?(?:{PART})?(?:之?前)?"
AND = r"(?:、|和|及|与)(?:于|在)?(?:每年|次年|翌年)?"
MONTHS = compiled(
    rf"(?P<every>每年(?:的|度)?(?:于|在)?)?(?P<year>{YEAR_WORDS})?(?P<list>{MONTH}(?:{AND}{MONTH})+)(?:的(?P<of>{PART}))?(?P<before>之?前)?"
)
ONE = compiled(rf"(?P<month>{NUMBER})月(?:份)?(?P<part>{PART})?(?P<before>之?前)?")
EACH = compiled(
    r"(?:之?前)?(?:，[^，。；]{2,10})?(?:各|分别|分[两三四五六\d][批轮次期步]|上线|推出|两次|[一二三四]次|对[^，。；]{2,20}(?:开展|进行|组织)|召开|开展|组织|举办|进行|实施|集中|报送|报告|上报|向|公布|公示|公开|通报|发布)"
)
QUARTERS = compiled(
    r"(?P<list>第?[一二三四](?:季度)?(?:末|底)?(?:(?:、|和|及|与)第?[一二三四](?:季度)?(?:末|底)?)*(?:、|和|及|与)第?[一二三四]季度)(?P<edge>末|底)?(?P<before>之?前)?"
)
WORDS = {"中旬": "mid", "上旬": "early", "初": "early"}


def readings(text: str) -> Iterator[Reading]:
    """Every list of months or quarters that bounds something."""
    for match in MONTHS.finditer(text) if "月" in text else ():
        yield from months(match, text)
    yield from over_years(text)
    yield from same_month(text) if "月" in text and "日" in text else ()
    yield from bare_months(text) if "月" in text and "、" in text else ()
    yield from trips(text) if "月" in text or "年、" in text else ()
    for match in QUARTERS.finditer(text) if "季度" in text else ():
        bound = match.group("before") or match.group("edge") or EACH.match(text, match.end())
        named = re.findall(r"[一二三四]", match.group("list"))
        if bound and len(named) > 1:
            points = [{"month": number(q) * 3, "day": "end"} for q in named]
            yield match.start(), match.end(), {"type": "dates", "points": points}
    yield from shares(text)


THERE = r"(?:去|赴|到)[^，。；、\d]{2,8}"
BARE_MONTHS = compiled(
    rf"(?<=[，\u4e00-\u9fff])(?<![\d一二三四五六七八九十])(?P<list>(?:[一二三四五六七八九]|十[一二]?|\d{{1,2}})(?:、(?:[一二三四五六七八九]|十[一二]?|\d{{1,2}}))+)月(?:份)?(?:的)?(?P<part>最后一[天日]|[底末]|{PART})?(?:之?前)?(?=各[开组召销办举进一查搞]|分别)"
)
"""三、六、九、十二月的最后一天各销一次."""
TRIPS = compiled(
    rf"{NUMBER}月(?:{PART}|中下旬)?{THERE}(?:[，、]{NUMBER}月(?:{PART})?{THERE})+(?=[，。；]|$)"
)
YEARS_EACH = compiled(
    r"(?P<years>\d{4}年(?:(?:、|和|及)\d{4}年)+)(?=(?:年?[底末]?前?)?(?:$|分别|各)(?!级|类|部门|单位|地|县|区|市|镇|乡))"
)
"""2026年、2027年各建成5个: a share for each of the years."""
WHOLE_YEAR = compiled(r"(?<=，)(?P<year>\d{4}年)、(?=\d{4}年(?:[上下]半年|第?[一二三四]季度)各)")
TWO_YEARS = compiled(
    rf"(?P<y1>\d{{4}}年)(?P<m1>{NUMBER})月(?P<p1>{PART})?{AND}(?P<y2>\d{{4}}年)(?P<m2>{NUMBER})月(?P<p2>{PART})?(?=(?:之?前)?(?:各|分别)|$)"
)
"""2026年11月和2027年5月各组织一次: a date in each of two years."""


SAME_MONTH = compiled(
    rf"(?P<year>{YEAR_WORDS})?(?P<month>\d{{1,2}})月(?P<a>\d{{1,2}})日(?:[上下]午|晚上?)?(?:[（(][^）)]{{1,8}}[）)])?(?:、|和)(?P<b>\d{{1,2}})日(?:[（(][^）)]{{1,8}}[）)])?(?!前|之前|以前)"
)
"""1月21日下午、22日: two days of one month."""
MORE_DAYS = compiled(
    r"(?<!\d)(?P<month>\d{1,2})月(?P<days>\d{1,2}日(?:、\d{1,2}日)+(?:、|和)\d{1,2}日)(?:下班)?(?:之?前)?"
)
"""3月2日、9日、16日下班前: three days of one month and more."""


def same_month(text: str) -> Iterator[Reading]:
    """Days of one month that share one act: one rule of dates, or one each in a named year."""
    for match in MORE_DAYS.finditer(text):
        month, each = int(match["month"]), [int(day) for day in re.findall(r"\d+", match["days"])]
        if 1 <= month <= 12 and each == sorted(each) and each[0] >= 1 and each[-1] <= 31:
            named = [{"month": month, "day": day} for day in each]
            yield *match.span(), {"type": "dates", "points": named}
    for match in SAME_MONTH.finditer(text):
        days = [int(match.group("a")), int(match.group("b"))]
        month, year = int(match.group("month")), year_value(match.group("year"))
        if not (1 <= month <= 12 and 1 <= days[0] < days[1] <= 31):
            continue
        points: list[dict[str, Any]] = [{"month": month, "day": day} for day in days]
        if year is None:
            yield *match.span(), {"type": "dates", "points": points}
            continue
        yield match.start(), match.end("a") + 1, once({"year": year, **points[0]})
        yield match.start("b"), match.end("b") + 1, once({"year": year, **points[1]})


def bare_months(text: str) -> Iterator[Reading]:
    """Months of which only the last says 月."""
    for match in BARE_MONTHS.finditer(text):
        named = [number(one) for one in match.group("list").split("、")]
        if not all(1 <= month <= 12 for month in named):
            continue
        part = match.group("part") or ""
        figure = re.match(NUMBER, part) if part[-1:] in {"日", "号"} else None
        day: Any = number(figure.group()) if figure else WORDS.get(part, "end")
        points = [{"month": month, "day": day} for month in named]
        yield match.start(), match.end(), {"type": "dates", "points": points}


def over_years(text: str) -> Iterator[Reading]:
    """Every pair of months of two years that share one act."""
    for match in YEARS_EACH.finditer(text) if "年、" in text or "年和" in text else ():
        for one in re.finditer(r"\d{4}年", match.group("years")):
            start = match.start() + one.start()
            ends: dict[str, Any] = {"year": year_value(one.group()), "month": 12, "day": "end"}
            yield start, start + len(one.group()), once(ends)
    for match in TWO_YEARS.finditer(text) if "年" in text and "月" in text else ():
        for which in "12":
            due: dict[str, Any] = {"month": number(match.group(f"m{which}")), "day": "end"}
            if not 1 <= due["month"] <= 12:
                continue
            if part := match.group(f"p{which}"):
                figure = re.match(NUMBER, part)
                due["day"] = number(figure.group()) if figure else WORDS.get(part, "end")
            due = {"anchor": "calendar", "year": year_value(match.group(f"y{which}")), **due}
            end = match.end(f"p{which}") if part else match.end(f"m{which}") + 1
            yield match.start(f"y{which}"), end, {"type": "once", "due": due}


def months(match: re.Match[str], text: str) -> Iterator[Reading]:
    """The rules of one list: a yearly rhythm, several dates, or dates of a year that is said."""
    found = list(ONE.finditer(match.group("list")))
    if any(not 1 <= number(one.group("month")) <= 12 for one in found):
        return
    if not match.group("every") and re.search(r"次年|翌年", match.group("list")):
        yield from next_year(match, found, text)  # not two moments of each year
        return
    last = match.group("of") or found[-1].group("part")
    placed = re.search(r"分别(?:安排|放|定)?[在于为]$|(?:安排|放|定)在$", text[: match.start()])
    bound = (
        placed
        or last
        or match.group("before")
        or found[-1].group("before")
        or EACH.match(text, match.end())
    )
    if not bound and not match.group("every"):
        return
    points = [
        moment(one, last if match.group("of") else one.group("part") or bare(found, last))
        for one in found
    ]
    if match.group("every"):
        yield match.start(), match.end(), {"type": "recurring", "every": "year", "at": points}
    elif (year := year_value(match.group("year"))) is None:
        yield match.start(), match.end(), {"type": "dates", "points": points}
    else:
        for one, at in zip(found, points, strict=True):
            due = {"anchor": "calendar", "year": year, **at}
            start = match.start("list") + one.start()
            yield start, match.start("list") + one.end(), {"type": "once", "due": due}


def next_year(match: re.Match[str], found: list[re.Match[str]], text: str) -> Iterator[Reading]:
    """12月和次年1月各公布一批: a date in this and one in the next year."""
    said = match.group("list")
    if not EACH.match(text, match.end()) or match.group("year"):
        return
    for one in found:
        later = re.search(r"次年|翌年", said[: one.start()]) is not None
        part = one.group("part") or match.group("of")
        due = {"year": "+1" if later else None, **moment(one, part)}
        start = match.start("list") + one.start() - (2 if later else 0)
        last = one is found[-1] and match.group("of")
        yield start, match.end("of") if last else match.start("list") + one.end(), once(due)


def trips(text: str) -> Iterator[Reading]:
    """3月去长三角，5月去珠三角: one act at several places; 2027年、2028年上半年各建成: the end of
    the first year."""
    for match in TRIPS.finditer(text):
        points = [moment(one, one.group("part")) for one in ONE.finditer(match.group())]
        if all(1 <= point["month"] <= 12 for point in points):
            yield match.start(), match.end(), {"type": "dates", "points": points}
    for match in WHOLE_YEAR.finditer(text):
        due: dict[str, Any] = {"year": year_value(match.group("year")), "month": 12, "day": "end"}
        yield match.start(), match.end() - 1, once(due)


def once(due: dict[str, Any]) -> dict[str, Any]:
    """A calendar limit."""
    return {"type": "once", "due": {"anchor": "calendar", **due}}


def bare(found: list[re.Match[str]], last: str | None) -> str | None:
    """The part of a month that only the last one names holds for all."""
    alone = all(one.group("part") is None for one in found[:-1])
    return last if alone and last and "日" not in last and "号" not in last else None


def moment(one: re.Match[str], part: str | None) -> dict[str, Any]:
    """Month and day of one place of the list."""
    day: Any = "end"
    if part:
        figure = re.match(NUMBER, part)
        day = number(figure.group()) if figure and part[-1] in "日号" else WORDS.get(part, "end")
    return {"month": number(one.group("month")), "day": day}


DOES = (
    r"(?:计划|力争|要|先|再|拟)?(?:完成|建成|改造|更换|新建|改建|扩建|开工|新增|处置|交付|整治|治理|修复|"
    r"培育|打造|铺设|启动|安置|化解|消化|盘活|销号)"
)
SHARE = compiled(
    rf"(?:(?<=其中)|(?<=其中，))(?P<part>今年|明年){DOES}[^，。；了]{{0,8}}?\d"
    rf"|(?<=[，；])(?P<first>今年){DOES}[^，。；了]{{0,8}}?\d[^，。；了]{{0,10}}[，；](?=明年|后年|\d{{4}}年|其余|剩余|余下|余量)"
)
"""今年完成8家，明年9月底前全部完成: a share of the task for this year."""
REST = compiled(
    rf"(?<=[，；])(?P<rest>明年)(?:再)?(?:底)?(?:前)?(?:全部|全面|基本){DOES}(?=[，。；]|$)"
    r"|(?<=[，；])(?P<all>明年)(?:全部|全面|基本)(?:完工|竣工|收官|清零|到位|达标)(?=[，。；]|$)"
)
IN_MONTH = compiled(
    r"(?<![\d、])当月(?=(?:内|就|要|应|须|即)?(?:录入|上报|上传|报送|报(?![告名])|归档|办结|公示|更新|销号|反馈|兑现|发放|结清))"
)
"""走访记录当月录入: by the end of the month."""
EACH_EDGE = compiled(
    r"(?:\d{4}年(?:[、和及]\d{4}年)*|今年|全年)?各(?P<unit>季度|月份?)(?:的)?(?:[末底])(?:之?前)?"
)
"""2026年、2027年各季度末: every quarter's end."""
TERMS = compiled(r"每个?学期(?=结束(?:之|以)?后)")


def shares(text: str) -> Iterator[Reading]:
    """Every share of a year and every edge that comes again."""
    for match in SHARE.finditer(text) if "今年" in text or "其中" in text else ():
        name = "part" if match.group("part") else "first"
        yield *match.span(name), year_end(match.group(name))
    for match in REST.finditer(text) if "明年" in text else ():
        name = "rest" if match.group("rest") else "all"
        yield *match.span(name), year_end("明年")
    for match in IN_MONTH.finditer(text) if "当月" in text else ():
        end: dict[str, Any] = {"anchor": "calendar", "year": None, "month": "+0", "day": "end"}
        yield *match.span(), {"type": "once", "due": end}
    for match in EACH_EDGE.finditer(text) if "各" in text else ():
        quarterly = match.group("unit") == "季度"
        at: dict[str, Any] = {"month": 3, "day": "end"} if quarterly else {"day": "end"}
        every = "quarter" if quarterly else "month"
        yield *match.span(), {"type": "recurring", "every": every, "at": at}
    for match in TERMS.finditer(text) if "学期" in text else ():
        yield *match.span(), {"type": "recurring", "every": "half_year"}


def year_end(said: str) -> dict[str, Any]:
    """The end of this year or of the next."""
    year = "+0" if said == "今年" else "+1"
    return once({"year": year, "month": 12, "day": "end"})
