"""Find every limit of a sentence, in order, and turn each into a rule.

Each family of expressions offers its readings; longer ones win over shorter ones inside them, then
what belongs together is joined. Objects' own times (上年度决算) are no limits.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from luoshi.foundation.deadlines.engine.rule import BadRule, DeadlineRule, from_json
from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times import calendar_dates as dates
from luoshi.foundation.reading.times import lists, periods, seasons, vague
from luoshi.foundation.reading.times.beginnings import open_period
from luoshi.foundation.reading.times.events import lengths, triggers, unlisted
from luoshi.foundation.reading.times.events.anchors import local_default
from luoshi.foundation.reading.times.merging import (
    Found,
    carry_years,
    joined,
    says_nothing,
    settle,
)
from luoshi.foundation.reading.times.recurring import recurrences, rhythms
from luoshi.foundation.reading.times.recurring.running import running

CLAUSE = compiled(r"[^，,；;。：:]+")
BOTH = compiled(
    r"(?:年中|(?<![上下])半年)(?:、|和|及|与)年(?:末|底|终)"
    r"|(?:年中|(?<![上下每])半年)(?!内|前)[\u4e00-\u9fff]{1,8}[，、]年(?:末|底|终)(?!前|之前|以前)[\u4e00-\u9fff]{1,8}(?=[，。；]|$)"
)
REGIME = compiled(
    r"(?P<unit>周|旬|月|季度?|半年|年|(?<![\d一二三四五六七八九十当次今明昨即本每翌同工作末])日)度?(?:跟踪|调度|通报|督导|会商|研判|报告|考核|评估|总结|盘点|督查|分析|评|观摩|碰头|讲评|晾晒|排名)"
)
SINCE = compiled(
    r"(?<!自)(?<!从)(?<![\d一二三四五六七八九十])(?:\d{1,2}月\d{1,2}|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3})[日号](?:零时|\d{1,2}[时点])?起(?!至|到|，?(?:一直)?到|，[^，。；]{0,12}(?:结束|截止)(?!之?后|以后))|(?:[一二三四]季度|(?<!\d)\d{1,2}月份?)起(?=，)|(?:自|从)(?![^，。；]{0,20}(?:之[日时]|第二日|次日)起)[^，。；]{0,14}?(?:起|开始)(?!至|到|，?(?:一直)?到|，[^，。；]{0,12}(?:结束|截止)|[^，。；\d]{2,20}，[^，。；]{2,12}(?:清零|结束|收官|见底))(?!，?(?:应当?|一般)?(?:不(?:得|能|应)?超过)?[\d一二两三四五六七八九十半]+个?(?:工作)?(?:日|天|周|月|小时|分钟))(?:施行|执行|实施)?"
    r"|(?<!时间)(?<!报名)(?<!日期)截[至止](?!时间|日期|之日|日)(?:目前|[^，。；]{0,14}?(?:日|底|末))(?![^，。；]{0,12}，逾期)"
)
SEASON_IS = compiled(
    r"(?:(?<=期是)|(?<=申报期为))[^，。；]{2,16}[到至][^，。；]{2,12}(?=[，。；]|$)"
)
"""今年的禁渔期是3月1日到6月30日: when a season is, not when to act."""
# a day of the moon's calendar is no day of this one: it goes to the list of what is not understood
LUNAR = compiled(
    r"(?:农历|阴历|旧历)(?!春节|端午|中秋|除夕|元宵|重阳|新年)[^，。；、]{1,8}?(?:之?前|以前|期间|日|初[一-十]|底|末)+"
)
NOT_YET_DONE = compiled(
    r"(?:(?<=承诺)|(?<=要求)|(?<=约定)|(?<=明确))[^，。；]{2,10}前[^，。；]{2,4}(?:而|但|却|，)?(?:仍|还|尚)?未[^，。；]{2,4}的"
)
"""对承诺年底前完成而未完成的: a limit that has passed."""
ABOUT_DATA = compiled(
    r"(?:数据|统计)(?:采集|汇总)?(?:截止|统计)[^，。；]{0,4}(?:分别)?[为是][^，。；]*"
)
"""数据截止日期分别为6月30日和12月31日: what a report is about."""
IN_TITLE = compiled(r"(?<=《)[^《》]*[每年月日季周天][^《》]*(?=》)")
"""《每周会议安排》: what a paper is called sets no limit."""
EACH_SPELLED = compiled(
    r"(?:(?<=季度末)|(?<=季末)|(?<=季度底)|(?<=半年末))（(?:分别)?[在于指]?\d{1,2}月[^（）年]{0,30}）"
)
"""每季度末（分别在6月、9月和12月底）: the rhythm spelled out."""
DEADLINE_IS = compiled(rf"截止(?:时间|日期)为(?={dates.YEAR_WORDS}|\d)")
YEAR = 5  # characters of 2027年
CHANGED = compiled(
    r"从一[年月季周][^，。；]{0,4}一次(?=改|变|调)|[由从](?:原来的?|过去的?|现行的?)?[每按][^，。；]{1,10}?(?=(?:调整|提高|加密|缩短|延长|增加|改|变)[为成到至])"
    r"|每[^，。；]{1,6}一次的[\u4e00-\u9fff]{1,6}(?=改|调整)"
)
"""由每半年一次调整为每季度一次: the old rhythm no longer holds."""
SIMPLE: Sieve[Callable[[re.Match[str]], Any]] = Sieve(
    (
        (dates.digits_only, dates.DIGITS_ONLY),
        (dates.digits_only, dates.MONTH_DAY),
        (dates.week, dates.WEEK),
        (dates.week_bare, dates.WEEK_BARE),
        (dates.month_bare, dates.MONTH_BARE),
        (dates.day_bare, dates.DAY_BARE),
        (dates.day_then, dates.DAY_THEN),
        (dates.quarter, dates.QUARTER),
        (dates.half, dates.HALF),
        (dates.year_end, dates.YEAR_END),
        (dates.year_begin, dates.YEAR_BEGIN),
        (dates.year_only, dates.YEAR_ONLY),
        (dates.year_done, dates.YEAR_DONE),
    )
)
"""What such an expression means, how it looks."""


def once(due: dict[str, Any] | None) -> dict[str, Any] | None:
    """Wrap a due object."""
    return None if due is None else {"type": "once", "due": due}


def candidates(text: str, default: str) -> Iterator[Found]:
    """Every reading of every expression; overlaps are settled later."""
    for match in BOTH.finditer(text):
        rule: dict[str, Any] = {"type": "dates", "points": ["mid_year", "year_end"]}
        yield Found(match.start(), match.end(), rule)
    for pattern in (recurrences.EVERY, recurrences.BY):
        for match in recurring_matches(pattern, text):
            rest = match.group("rest")
            if not rest and text[: match.start()].endswith("的"):
                continue  # 三百六十五天的每一天
            if recurrences.MONEY.match(rest) or recurrences.CAPPED.match(rest):
                continue
            if recurrences.a_right(match):
                continue
            if recurrences.names_it(match):
                continue
            if match.group().startswith("逐") and recurrences.GROWS.match(rest):
                continue
            rule, used = recurrences.recurring(match, text[match.start() :])
            yield Found(match.start(), match.start() + used, rule)
    for match in recurrences.ONCE_A.finditer(text):
        rule = {"type": "recurring", "every": recurrences.NAMES[match.group("unit")]}
        yield Found(match.start(), match.end(), rule)
    local = local_default(text, default)
    for family in (periods, rhythms, lists, seasons):
        yield from (Found(*one) for one in family.readings(text))
    yield from (Found(*one) for one in lengths.readings(text, default, local))
    for read, match in SIMPLE.finditer(text):
        of_thing = dates.OF_THING.match(text, match.end())
        if match.groupdict().get("year") not in dates.PAST_YEARS and not of_thing:
            made = once(read(match))
            if made:
                yield Found(match.start(), match.end(), made)
    for match in dates.MONTH_DATE.finditer(text):
        if dates.is_limit(match) and match.group("year") not in dates.PAST_YEARS:
            made = once(dates.month_date(match))
            if made:
                yield Found(match.start(), match.end(), made)


def recurring_matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches that may begin inside the tail of an earlier one."""
    position = 0
    while match := pattern.search(text, position):
        yield match
        position = match.start("unit") + 1


def find_times(text: str, default: str = "receipt") -> list[Found]:
    """The limits of one sentence; vague words only in clauses that no crisp limit governs."""
    text = text.replace("元月", "1月")
    masked = text
    if "起" in text or "开始" in text or "截" in text:
        masked = SINCE.sub(lambda m: "＿" * len(m.group()), text)
    if "截止" in text or "统计" in text:
        masked = ABOUT_DATA.sub(lambda m: "＿" * len(m.group()), masked)
        masked = DEADLINE_IS.sub(lambda m: "＿" * len(m.group()), masked)
    if "《" in text:
        masked = IN_TITLE.sub(lambda m: "＿" * len(m.group()), masked)
    if "（" in text:
        masked = EACH_SPELLED.sub(lambda m: "＿" * len(m.group()), masked)
    if "未" in text:
        masked = NOT_YET_DONE.sub(lambda m: "＿" * len(m.group()), masked)
    if "历" in text:
        masked = LUNAR.sub(lambda m: "＿" * len(m.group()), masked)
    if "期是" in text or "期为" in text:
        masked = SEASON_IS.sub(lambda m: "＿" * len(m.group()), masked)
    if "每" in text or "按" in text or "一次" in text:
        masked = CHANGED.sub(lambda m: "＿" * len(m.group()), masked)
    crisp = carry_years(joined(settle(list(candidates(masked, default))), masked), masked)
    crisp = running([each_year(one, masked) for one in crisp], masked)
    crisp = [one for one in crisp if not inside_of_pair(one, crisp)]
    crisp = [one for one in crisp if not named_regime(one, masked, crisp)]
    crisp = [one for one in crisp if not wider(one, masked, crisp)]
    crisp += regimes(masked, crisp)
    crisp += open_period(text, crisp)
    rules = [(one.start, one.end, one.rule) for one in crisp]
    crisp += [Found(*one) for one in rhythms.daily_hours(masked, rules)]
    crisp = [
        Found(*one) for one in rhythms.spread(masked, [(o.start, o.end, o.rule) for o in crisp])
    ]
    spread = [(o.start, o.end, o.rule) for o in crisp]
    crisp = [Found(*one) for one in rhythms.least_of_row(masked, spread)]
    crisp += [Found(*one) for one in rhythms.counted_again(masked, rules)]
    crisp += [Found(*one) for one in rhythms.chained(masked, rules)]
    taken = [(one.start, one.end) for one in crisp]
    crisp += [Found(*one) for one in triggers.readings(masked, taken)]
    taken = [(one.start, one.end) for one in crisp]
    every = frozenset(one.rule["every"] for one in crisp if "every" in one.rule)
    crisp += [Found(*one) for one in unlisted.readings(masked, taken, default, every)]
    crisp = [one for at, one in enumerate(crisp) if not said_again(one, crisp[:at])]
    crisp = [one for one in crisp if not says_nothing(one, masked, crisp)]
    return sorted(crisp + vague_words(text, crisp), key=lambda f: f.start)


def said_again(one: Found, before: list[Found]) -> bool:
    """Whether an earlier reading says the same of the same words, or of more of them."""
    return any(o.start <= one.start and one.end <= o.end and o.rule == one.rule for o in before)


def each_year(one: Found, text: str) -> Found:
    """每年5月至9月开展防治: a season of every year is a yearly duty."""
    if one.rule["type"] == "period" and text[: one.start].endswith("每年"):
        return Found(one.start - 2, one.end, {"type": "recurring", "every": "year"})
    return one


REGIME_NAMED = compiled(r"[^，。；]{0,8}(?:制度|机制)|报?制(?=，)|[^，。；]{0,4}零报告")


def named_regime(one: Found, text: str, crisp: list[Found]) -> bool:
    """每日“零报告”制度 beside 每天16时前: the moment says more than the name of the regime."""
    rule = one.rule
    bare = rule["type"] == "recurring" and not set(rule) & {"at", "n"}
    named = (
        REGIME_NAMED.match(text[one.end :])
        or "一" in text[one.start : one.end]
        or text[one.start : one.end].endswith(("制度", "机制"))
        or text[one.start : one.end].startswith(("按", "逐", "实行"))
    )
    return bool(bare and (named or "，于每" in text[one.end :])) and any(
        other.rule.get("every") == rule.get("every") and "at" in other.rule for other in crisp
    )


def wider(one: Found, text: str, crisp: list[Found]) -> bool:
    """第四季度联合执法拟安排在11月中旬: the quarter or half year of a subject says less than the
    month it is set for."""
    due = one.rule.get("due", {})
    if one.end - one.start == YEAR and text[one.start : one.end].endswith("年"):
        return any(
            other.start > one.end
            and other.rule.get("due", {}).get("year") == due.get("year")
            and text[: other.start].endswith(("时限：", "期限：", "时间："))
            for other in crisp
        )
    if others_turn(one, text, crisp) or ends_later(one, text, crisp):
        return True
    if not text[one.start : one.end].endswith(("季度", "半年")):
        return False
    if framed(one, text, crisp):
        return True
    for other in crisp:
        month = other.rule.get("due", {}).get("month")
        placed = re.fullmatch(r"[^，。；、]*[在于]", text[one.end : other.start])
        if other.start > one.end and placed and isinstance(month, int):
            return bool(month <= due.get("month", 0))
    return False


def others_turn(one: Found, text: str, crisp: list[Found]) -> bool:
    """每月巡查一次，单月由我局牵头，双月由贵段牵头: whose turn it is makes no rhythm of its own."""
    return (
        one.rule.get("n") == 2
        and "单月" in text
        and any(o is not one and o.rule.get("every") == "month" for o in crisp)
    )


def ends_later(one: Found, text: str, crisp: list[Found]) -> bool:
    """每年10月15日起清理，次年3月31日前完毕: the day to begin bounds nothing."""
    begun = one.rule == {"type": "recurring", "every": "year"} and text.startswith("＿", one.end)
    return begun and any(o.start > one.end and o.rule["type"] != "vague" for o in crisp)


def framed(one: Found, text: str, crisp: list[Found]) -> bool:
    """下半年，…7月启动，9月底前出结果; 6月和11月各一次，上半年由…牵头: a half of the year that a
    period or dates said beside it fill out."""
    opens = one.start == 0 and text[one.end : one.end + 1] == "，"
    by = text.startswith(("由", "的由", "，由"), one.end)
    for other in crisp:
        begins = other.rule.get("from")
        within = isinstance(begins, dict) and other.start > one.end
        if (opens and within) or (by and other.end < one.start and other.rule["type"] == "dates"):
            return True
    return False


def regimes(text: str, crisp: list[Found]) -> list[Found]:
    """周跟踪、月调度、季通报: a chain of regimes, or one made a 制度 or 机制; a rhythm that is
    said with 每 governs alone."""
    matches = list(REGIME.finditer(text))
    chain = [
        m for m in matches if "、" in text[max(0, m.start() - 1)] + text[m.end() : m.end() + 1]
    ]
    made = [m for m in matches if re.match(r"(?:制度|机制)", text[m.end() :])]
    known = {one.rule.get("every") for one in crisp}
    out = []
    for match in sorted({*chain, *made}, key=lambda m: m.start()) if len(chain) > 1 or made else ():
        every = recurrences.NAMES.get(match.group("unit"))
        tenth = match.group("unit") == "旬"
        if (
            every
            and every not in known
            and not tenth
            and not re.search(r"[每按逐]$", text[: match.start()])
        ):
            known.add(every)
            out.append(Found(match.start(), match.end(), {"type": "recurring", "every": every}))
    return out


def inside_of_pair(one: Found, found: list[Found]) -> bool:
    """A date, or dates, that a half-yearly duty already names as its moments."""
    due = one.rule.get("due", {})
    own = one.rule.get("points", [{"month": due.get("month"), "day": due.get("day")}])
    for other in found:
        moments: Any = other.rule.get("at")
        earlier = isinstance(moments, list) and other.start < one.start
        if earlier and all(point in moments for point in own):
            return True
    return False


def vague_words(text: str, crisp: list[Found]) -> list[Found]:
    """Vague words that govern an act in a clause of their own; where the clause, or the one before
    it, names the event (办结后及时报送), the event is the limit."""
    out: list[Found] = []
    for clause in CLAUSE.finditer(text):
        if any(c.start < clause.end() and c.end > clause.start() for c in crisp):
            out += same_day_first(text, clause, crisp)
            continue
        after = any(
            c.end in (clause.start() - 1, clause.start() - 2)
            and "offset" not in c.rule.get("due", {"offset": 0})
            for c in crisp
        )
        for cue, pattern in vague.COMPILED.left(clause.group()):
            match = pattern.search(clause.group())
            if cue == "asap" and followed(text, clause.end(), crisp):
                continue
            if AT_MOST.match(text, clause.end()) and starts_near(clause.end(), crisp):
                continue
            if match and beside_limit(match, clause.group(), crisp):
                continue
            if match and not after and governs(cue, clause.group()):
                start = clause.start() + match.start()
                rule = {"type": "vague", "cue": cue}
                if all(one.rule != rule for one in out):
                    out.append(Found(start, start + len(match.group()), rule))
                if cue != "as_prescribed" and not vague.AND_TODAY.search(clause.group()):
                    break
    return out


def same_day_first(text: str, clause: re.Match[str], crisp: list[Found]) -> list[Found]:
    """当日登记、3个工作日内答复: an act of the same day before another one with its limit."""
    match = vague.SAME_DAY.search(text, clause.start(), clause.end())
    if match is None or any(c.start < match.end() and c.end > clause.start() for c in crisp):
        return []
    rule = {"type": "vague", "cue": "same_day"}
    return [Found(match.start(), match.end("day"), rule)]


def starts_near(end: int, crisp: list[Found]) -> bool:
    """Whether a limit begins right after a clause."""
    return any(0 < one.start - end <= 6 for one in crisp)


def beside_limit(match: re.Match[str], clause: str, crisp: list[Found]) -> bool:
    """当场, 立行立改 beside a limit of the same matter say nothing of their own."""
    if vague.ON_SPOT.match(match.group()):
        return bool(crisp) and not vague.ON_HAND.match(clause, match.end())
    once_said = any(one.rule["type"] == "once" for one in crisp)
    return once_said and bool(vague.MOTTO.match(match.group()))


AT_MOST = compiled(r"，(?:[^，。；]{0,4})?(?:最[晚迟长]|至迟|不(?:得|能)?(?:超过|迟于|晚于))")
"""立即电话报告，最晚不超过15分钟: the length right after governs the same act."""


BY_UNIT = compiled(
    r"(?:(?:收到|接到)[^，。；]{1,10}后)|(?:[\u4e00-\u9fff]{2,12}[局委办部院厅组镇乡县区心府司班])?"
)


def followed(text: str, end: int, crisp: list[Found]) -> bool:
    """抓紧整改，12月10日前全部销号: the date right after says when for the same act."""
    return text[end : end + 1] == "，" and any(
        one.start > end
        and BY_UNIT.fullmatch(text, end + 1, one.start)
        and one.rule["type"] == "once"
        and not text[one.start : one.end].endswith("季度")
        for one in crisp
    )


def governs(cue: str, clause: str) -> bool:
    """Whether the word governs an act: at once and the same day always do."""
    if cue in {"immediate", "same_day", "asap"} or vague.DELIVER.search(clause):
        return True
    return cue in {"regular", "irregular", "as_prescribed", "on_demand"} and bool(
        vague.INSPECT.search(clause)
    )


def rules_in(text: str, default_anchor: str | None = None) -> list[DeadlineRule]:
    """The rules of a phrase, for the command line; what is no rule is left out."""
    found = []
    for one in find_times(text, default_anchor or "receipt"):
        try:
            found.append(from_json(one.rule))
        except BadRule:
            continue
    return found
