"""Recurring limits: 每季度至少一次, 每月5日前, 按月, 逐季, 每两周, 每半个月, 每周五12时前."""

import re
from typing import Any

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.numerals import NUMBER, number

UNIT = (
    r"学年|学期(?!开学|初|结束|末(?!(?!之?前|以前)[\u4e00-\u9fff]{0,2}(?:[把将向对]|[交报送]|组织|汇总|开展|进行)))|半个?月|半年|季度|季|年度|年|月份|月|周|星期|"
    r"礼拜|旬|工作日|天|日|小时|届|任期"
)
EVERY = compiled(
    r"(?P<least0>至少|不少于)?(?:每|逐)(?P<n>" + NUMBER + r")?个?(?P<unit>" + UNIT + r")"
    r"(?P<rest>[^，。；;]{0,26})"
)
BY = compiled(
    r"(?P<least0>至少)?(?:按|实行)(?P<n>)(?P<unit>季度?|月|周|半年|年度|旬|日)(?!照|期|时|规|程|常|(?<=度)(?:计划|分别|分类|整理|立卷|归档)|计算|计[费收罚酬]|加收|考核[与和])"
    r"(?P<rest>[^，。；;]{0,26})"
)
MONTHLY = compiled(
    r"(?P<unit>月|季|周|日|半年)(?:报告|调度|通报|报)[”\"]?(?:制度|机制)?(?=[，。；])"
)
ONCE_A = compiled(
    r"(?<![每上下次半])一?(?P<unit>季度|季|年|半个?月|月|周|半年)一(?:次|调整|调度|通报|报告|考核|总结|评估|研判|报|更新|梳理|检查|督查|小结|会商|汇总|总结)"
)
NAMES = {
    "季": "quarter",
    "季度": "quarter",
    "学年": "year",
    "学期": "half_year",
    "礼拜": "week",
    "年": "year",
    "年度": "year",
    "月": "month",
    "月份": "month",
    "周": "week",
    "星期": "week",
    "天": "day",
    "日": "day",
    "工作日": "day",
    "小时": "hour",
    "半月": "half_month",
    "半个月": "half_month",
    "半年": "half_year",
    "届": "term",
    "任期": "term",
}
TIMES = compiled(
    r"(?P<least>至少|最少|不少于|不低于)?[^，。；每]{0,10}?(?P<times>"
    + NUMBER
    + r")(?:次(?<!二次(?=供水|污染|利用|加压|装修|开发|分配))|(?<!\d\d\d)(?<![百千万])人次"
    + r"|期|轮|场|趟|回|圈|遍|篇|批(?!次)|晚(?!上)|个晚上|列(?!车)|个时段)"
)
MAY_DO = compiled(r"可(?:以)?(?:在|于)?$")
"""可于每月20日前单独申请: a right."""
MAY_COME = compiled(r"可以(?![^，。；]*(?:但|必须))")
"""家委会代表每周可以随机来一次: a right, too."""
NAMES_IT = compiled(
    r"[^，。；\d]{0,8}(?:定为|设为|作为|确定为)[“\"]?|[^，。；\d]{2,12}(?:排|列|居|低于|高于|落后|靠后)[^，。；]{0,8}的(?:市|县|区|镇|乡|单位|部门)"
)
"""每月最后一周定为“无会周”: what a time is called."""
LISTED = compiled(r"(?:排|列|拿|拟)[出好]$")
COLUMN = compiled(r"[^，。；“”]{1,8}”(?:栏目|专栏|专版|节目)")
"""“每月反馈”栏目: what a column is called."""
A_LIST = compiled(r"(?:工作)?(?:计划|清单|任务表)")
BEFORE_OWN = compiled(
    r"(?!度|的|[\d一二三四五六七八九十])[^，。；\d]{2,10}(?:实施|调整|发布|启用|公布)(?:之|以)?前"
)
"""每年调整方案实施前公示: the event before which, whatever its year."""


def a_right(match: re.Match[str]) -> bool:
    """Whether a time only says when somebody may do something."""
    before = MAY_DO.search(match.string, 0, match.start())
    return bool(before or MAY_COME.match(match.group("rest")))


def names_it(match: re.Match[str]) -> bool:
    """Whether a time only names a thing or goes with an event: 排出每周计划."""
    rest = match.group("rest")
    if A_LIST.match(rest) and LISTED.search(match.string, 0, match.start()):
        return True
    if COLUMN.match(rest) and match.string[: match.start()].endswith("“"):
        return True
    return bool(BEFORE_OWN.match(rest) or NAMES_IT.match(rest))


MORE = (
    r"(?:至少|最少|(?:不少于|不低于|不得少于)(?=(?:\d+|[一二两三四五六七八九十]+)个?"
    r"(?:(?:(?<!\d\d\d)(?<![百千万])人)?次|期|轮|场|趟|回|圈|遍|篇|条|堂|课|件|例|列|班|时段|天|晚)))"
)
LEAST = compiled(rf"^[^，。；]{{0,6}}?{MORE}")
LEAST_RIGHT_BEFORE = compiled(r"(?:至少|最少|不少于|不低于|不得少于)(?:[^，。；\d]{0,4})$")
AT_LEAST_ONCE = compiled(
    r"(?:不少于|不低于|不得少于)(?:\d+|[一二两三四五六七八九十]+)(?:次|场|期|轮)的|(?:\d+|[一二两三四五六七八九十]+)(?:次|场|期|轮)(?:及?以上|或以上)"
)
"""开展不少于一次的评查, 授课1次以上."""
LEAST_ANY = compiled(MORE)
CAPPED = compiled(
    r"[^，。；]{0,4}只(?:能|可|准|许)?(?:开|办|发|搞)|[^，。；]{0,14}(?:不(?:得|能|应|宜)?(?:超过|多于)|控制在|最多|至多)"
    + NUMBER
    + r"个?(?:次|件|期|场|批|轮|篇|份|个|家|人)"
)
"""每年联合检查不超过2次: an upper bound is no rhythm."""
OF_THINGS = compiled(
    r"(?:不少于|不低于)"
    + NUMBER
    + r"(?:个?(?:学时|小时|课时)|名|人(?!次)|篇|条|家|户|件|亿|万|%|分钟|公里|元|亩)"
)
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", start=1)} | {"天": 7}
NOON = r"(?P<noon>上午|早上|早晨|清晨|凌晨|中午|正午|下午|傍晚|晚上?)?"
HOUR = r"(?:" + NOON + r"(?P<hour>" + NUMBER + r")(?:时|点钟?|[:：][0-5]\d)(?:\d+分)?)?"
WEEKDAY = compiled(
    r"^(?:的)?(?:周|星期)?(?P<day>[一二三四五六日天])(?![个次]|(?<=一)(?:报|调度|通报|排名|研判|会商|督查|小结|汇总|分析|讲评|公示|碰头|例会|推送|更新)(?=[、。；”]|$|制|，每))"
    + HOUR
)
BEFORE_END = compiled(r"^(?:的)?(?:月?[底末]|结束|终了)(?:之)?前(?P<n>" + NUMBER + r")个工作日")
"""每季度末前5个工作日: counted back from the end."""
LAST_WORKDAY = compiled(
    r"^(?:的)?(?:月?初)?(?P<which>首|最后一?|倒数第"
    + NUMBER
    + r"|第?前?头?"
    + NUMBER
    + r")个?工作日"
)
DAY = compiled(
    r"^(?:的|头)?(?P<next>次月|下月|下个月)?(?:(?:\d+)(?:日|号)?(?:至|到|—+|－|-|～|~))?(?P<day>"
    + NUMBER
    + r")(?:日|号|(?<=头.)天)"
    + HOUR
)
END = compiled(r"^(?:的)?(?P<edge>底|末|月底|月末|初|中旬|上旬|下旬|中下旬)")
OF_YEAR = compiled(
    r"^(?:的|度)?(?:(?P<end>年底|年末|年终|岁末|底|末)|(?P<begin>年初|初)|(?P<middle>年中|上半年)|(?P<second>下半年)|第?(?P<quarter>[一二三四])季度(?:末|底)?)(?:之?前|内)?"
)
QUARTER_EDGE = compiled(r"^(?:的)?(?P<edge>末|底|初)(?:之?前)?")
IN_YEAR = compiled(
    r"^(?:的)?(?P<month>"
    + NUMBER
    + r")月(?:份)?(?:(?P<day>"
    + NUMBER
    + r")(?:日|号)|(?P<edge>底|末|初|中旬|上旬))?"
)
FIRST_MONTH = compiled(
    r"^(?:的)?(?P<which>首月|首个月|头一?个月|第[一二三]个?月|末月|最后一个月|次月(?=[上中下]旬))(?:的)?(?:前)?(?:(?P<day>"
    + NUMBER
    + r")(?:日|号)|(?P<part>上旬|中旬|下旬|底|末|初))?"
)
NEXT_MONTH = compiled(
    r"^(?:结束后的?|后的?)?(?P<next>次月|下月|下个月)(?P<day>" + NUMBER + r")(?:日|号)"
)
FOLLOWING = compiled(
    r"(?<![\d月])(?:于)?(?:次月|下月|下个月)(?P<day>" + NUMBER + r")(?:日|号)(?:之?前)?"
)
CLOCK = (
    rf"(?:上午|早上?|早晨|中午|下午|傍晚|晚上?|夜里|凌晨)?{NUMBER}"
    r"(?:[时点](?:钟|半|\d+分)?|[:：][0-5]\d)(?:之?前)?"
)
SEVERAL = {
    "day": (
        "hour",
        compiled(rf"^(?P<a>{CLOCK})(?P<more>(?:[、和]{CLOCK})+)"),
    ),
    "month": (
        "day",
        compiled(
            r"^的?(?P<a>\d{1,2}[日号])(?P<more>(?:(?:之?前)?[、和](?:\d{1,2}[日号]|月底|月末|底))+)"
        ),
    ),
    "week": (
        "weekday",
        compiled(r"^(?P<a>[一二三四五六日天])(?P<more>(?:[、和](?:周|星期)?[一二三四五六日天])+)"),
    ),
}
EACH = {
    "day": rf"((?:上午|早上?|早晨|中午|下午|傍晚|晚上?|夜里|凌晨)?{NUMBER})(?:[时点]|[:：]\d\d)",
    "month": r"(\d{1,2}(?=[日号])|月底|月末|底)",
    "week": r"([一二三四五六日天])(?=[、和周星]|$)",
}
MONEY = compiled(
    r"^(?:[每人]?)*(?:[年月日天亩户人件次公里户]*)(?:补助|补贴|投入|给|奖励?|发)?(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)(?:万|亿)?(?:元|块)|^[^，。；]{0,6}(?:不少于|不低于|不超过)\d+(?:\.\d+)?(?:升|毫升|公斤|千克|克|吨|千瓦|元)|^任期|^(?:的)?(?:专项)?经费|^[^，。；]{0,10}(?:就要|要花|需要|花掉)\d+|^的(?![\d一二三四五六七八九十第上下年月中最首末头季周星礼])"
)
UNTIL = compiled(
    r"(?:到|至|—|-|～|~)(?:次日|凌晨|早上|上午|中午|下午|晚上?|夜里)?[\d一二三四五六七八九十零]"
)
"""每天晚上9点到凌晨4点设卡: hours of work are no moment."""
GROWS = compiled(
    r"(?:稳步|不断|明显|持续|大幅)?(?:上升|增长|增加|增多|下降|提高|提升|减少|递增|递减|扩大|好转|改善|攀升|上涨|回升|回落|走高|走低)"
)
"""逐年上升: a course of things, no rhythm."""
EDGES = {"底": "end", "末": "end", "月底": "end", "月末": "end", "初": "early", "上旬": "early"}
EDGES |= {"下旬": "end", "中下旬": "end"}
BOTH_DATES = compiled(
    r"(?P<m1>"
    + NUMBER
    + r")月(?:(?P<d1>"
    + NUMBER
    + r")日|(?P<e1>底|末|[上中下]旬))?(?:之?前)?(?:和|、|及|与)"
    r"(?:次年|翌年)?(?P<m2>"
    + NUMBER
    + r")月(?:(?P<d2>"
    + NUMBER
    + r")日|(?P<e2>底|末|[上中下]旬))?(?:之?前)?"
)


def moment(unit: str, rest: str) -> tuple[Any, int]:
    """The `at` object (or list) right after the unit, and how many characters it takes."""
    if listed := listed_moments(unit, rest):
        return listed
    if unit == "week" and (found := WEEKDAY.match(rest)):
        out: dict[str, Any] = {"weekday": WEEKDAYS[found.group("day")]}
        return with_hour(out, found), found.end()
    if found := BEFORE_END.match(rest):
        return {"workday": -number(found.group("n"))}, found.end()
    if found := LAST_WORKDAY.match(rest):
        return {"workday": workday(found.group("which"))}, found.end()
    if unit == "year" and (found := OF_YEAR.match(rest)):
        return of_year(found), found.end()
    if unit in {"quarter", "half_year", "year"} and (found := FIRST_MONTH.match(rest)):
        return of_month(unit, found), found.end()
    if unit == "quarter" and (found := QUARTER_EDGE.match(rest)):
        begin = found.group("edge") == "初"
        return {"month": 1 if begin else 3, "day": "early" if begin else "end"}, found.end()
    if found := NEXT_MONTH.match(rest):
        return {"next": True, "day": number(found.group("day"))}, found.end()
    if unit in {"year", "half_year", "quarter"} and (found := IN_YEAR.match(rest)):
        month = number(found.group("month"))
        if not 1 <= month <= 12:
            return None, 0
        if found.group("day"):
            return {"month": month, "day": number(found.group("day"))}, found.end()
        word = found.group("edge")
        return {"month": month, "day": EDGES.get(word, "mid") if word else "end"}, found.end()
    if unit == "month" and (
        found := re.match(r"^的?最后一(?:[天日]|周(?![一二三四五六日天]))", rest)
    ):
        return {"day": "end"}, found.end()
    if unit == "month" and (found := DAY.match(rest)):
        out = {"day": number(found.group("day"))}
        if found.group("next"):
            out = {"next": True, **out}
        return with_hour(out, found), found.end()
    if unit == "month" and (found := END.match(rest)):
        edge = EDGES.get(found.group("edge"), "mid")
        return ({"day": edge} if edge != "end" else {"day": "end"}), found.end()
    if unit == "day" and (found := re.match(HOUR, rest)) and found.group("hour"):
        if UNTIL.match(rest, found.end()):
            return None, 0
        return with_hour({}, found), found.end()
    return None, 0


def of_month(unit: str, found: re.Match[str]) -> dict[str, Any]:
    """每季度首月10日前, 每季度第三个月, 每半年最后一个月底."""
    head = found.group("which")
    last = {"quarter": 3, "half_year": 6, "year": 12}[unit]
    named = next((at for word, at in (("二", 2), ("次", 2), ("三", 3)) if word in head), 1)
    month = last if "末" in head or "后" in head else named
    if found.group("day"):
        return {"month": month, "day": number(found.group("day"))}
    day = EDGES.get(found.group("part") or "", "mid" if found.group("part") else "end")
    return {"month": month, "day": day}


def with_hour(out: dict[str, Any], found: re.Match[str]) -> dict[str, Any]:
    """The moment with its hour on the 24-hour clock, where one is said."""
    if found.group("hour"):
        hour = number(found.group("hour"))
        late = found.group("noon") in {"下午", "晚", "晚上"} and hour < 12
        out["hour"] = hour + 12 if late else hour
    return out


def workday(which: str) -> int:
    """首个 = 1, 第3个 = 3, 最后一个 = -1, 倒数第2个 = -2."""
    if which.startswith("最后"):
        return -1
    if which.startswith("倒数"):
        return -number(which.removeprefix("倒数第"))
    return 1 if which == "首" else number(which.lstrip("第前头"))


def of_year(found: re.Match[str]) -> dict[str, Any]:
    """每年年底前, 每年年初, 每年上半年, 每年第一季度."""
    if found.group("quarter"):
        return {"month": number(found.group("quarter")) * 3, "day": "end"}
    if found.group("begin"):
        return {"month": 1, "day": "early"}
    return {"month": 6 if found.group("middle") else 12, "day": "end"}


MORNING_EVENING = compiled(rf"^早晚(?:各)?(?P<hour>{NUMBER})[点时]")


def listed_moments(unit: str, rest: str) -> tuple[list[dict[str, Any]], int] | None:
    """Several moments of one period: 每日8时、17时; 每月10日、25日; 每周一、周四."""
    both = MORNING_EVENING.match(rest) if unit == "day" else None
    if both and (hour := number(both.group("hour"))) <= 12:
        return [{"hour": hour}, {"hour": hour + 12}], both.end()
    key, pattern = SEVERAL.get(unit, ("", None))
    found = pattern.match(rest) if pattern else None
    if found is None:
        return None
    values = re.findall(EACH[unit], found.group())
    return [{key: value_of(unit, value)} for value in values], found.end()


def value_of(unit: str, said: str) -> int | str:
    """A weekday, a day of the month (or its end), an hour on the 24-hour clock."""
    if unit == "week":
        return WEEKDAYS[said]
    if unit == "month" and not said.isdigit():
        return "end"
    late = said.startswith(("下午", "晚", "傍晚", "夜里"))
    found = re.search(NUMBER, said)
    hour = number(found.group()) if found else 0
    return hour + 12 if late and (5 if said.startswith("夜") else 0) < hour < 12 else hour


def recurring(match: re.Match[str], tail: str) -> tuple[dict[str, Any], int]:
    """The rule of one 每… and the end of its span (relative to the match's start)."""
    unit = NAMES[match.group("unit")] if match.group("unit") != "旬" else "day"
    every = unit
    n = number(match.group("n")) if match.group("n") else 1
    if match.group("unit") == "旬":
        n = 10
    rest = match.group("rest")
    out: dict[str, Any] = {"type": "recurring", "every": every}
    if n > 1:
        out["n"] = n
    at, used = moment(every, rest)
    after = rest[used:]
    cut = re.search(r"每(?![名位个人户家])|按[月季周]", after)
    near = after[: cut.start()] if cut else after
    count = TIMES.search(near)
    if count and number(count.group("times")) > 1 and not pieces(count, near):
        out["times"] = number(count.group("times"))
    counted = count is not None and count.group("least") and not pieces(count, near)
    at_least = count and LEAST_RIGHT_BEFORE.search(near, 0, count.start("times"))
    said = at_least or match.group("least0") or LEAST.match(near) or LEAST_ANY.search(near[:14])
    said = said or AT_LEAST_ONCE.search(near)
    said = said and not OF_THINGS.search(near[:18])
    if said or counted:
        out["modality"] = "at_least"
    if at is None and every in {"half_year", "year"} and match.group("unit") != "学期":
        both = BOTH_DATES.search(tail[:60])
        if both and of_another(every, out, tail, both):
            both = None
        if both and "每年" not in tail[1 : both.start()]:
            at = None
            out["at"] = [side(both, "1"), side(both, "2")]
            if every == "year" and out.get("times") == 2:
                del out["times"]  # 每年两次，6月、11月各一次: the two dates say it
    if at is not None and not (match.group("unit") in {"学年", "学期"} and SCHOOL_EDGE.match(rest)):
        out["at"] = at
    head = match.start("rest") - match.start()
    return out, head + used


def of_another(every: str, rule: dict[str, Any], tail: str, both: re.Match[str]) -> bool:
    """每年培训60学时，6月、12月各组织一次测试: dates of another act."""
    counts = rule.get("times", 1) == 2 or re.search(r"[两二2]次", tail[: both.start()])
    return every == "year" and not counts and AGAIN_EACH.match(tail, both.end()) is not None


SCHOOL_EDGE = compiled(r"(?:的)?[初末]")
"""每学年初: the calendar does not say when."""
AGAIN_EACH = compiled(
    r"(?:前)?各(?:组织|开展|举办|进行|召开|安排|搞)[^，。；]{0,4}(?:一|1)(?:次|场|期|轮)[^，。；]"
)


ABOUT = compiled(r"[\d一][-—~至到]$")
"""每月召开1-2次: how often is left open."""


def pieces(count: re.Match[str], near: str) -> bool:
    """报送信息2篇, 不少于2篇 counts what is delivered; 至少报送2篇 how often."""
    things = count.group().endswith("篇") and not re.search(r"至少|最少", near)
    return things or ABOUT.search(near, 0, count.start("times")) is not None


def side(match: re.Match[str], which: str) -> dict[str, Any]:
    """One of two dates of a half-yearly duty."""
    day, edge = match.group(f"d{which}"), match.group(f"e{which}")
    part = EDGES.get(edge, "mid") if edge else "end"
    return {"month": number(match.group(f"m{which}")), "day": number(day) if day else part}
