"""The day on which an act begins: 7月1日起全程网办, 即日起停用, 力争7月1日起试行."""

import re

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times import calendar_dates as dates
from luoshi.foundation.reading.times.merging import Found
from luoshi.foundation.reading.times.numerals import number

CLAUSE = compiled(r"[^，,；;。：:]+")
BEGINS = compiled(
    r"(?:自|从|于)?"
    + dates.MONTH_DATE.pattern
    + r"(?:起|开始)(?!施行|执行|生效|，[^，。；]{0,12}(?:结束|截止))"
)
DOES = compiled(
    r"(?:，?(?:[\u4e00-\u9fff]{2,10}?))??(?:一律|全面|全部并|实行|启用|推行|试用|试行|执行(?!情况)|下沉|下放|划转|开展为期|暂停|取消|停[用止]|禁止|不再|上线|运行|受理|延[长至伸]|改为|恢复|开行|开通|线上|网上|一网)"
)
ANY_ACT = compiled(
    r"，?(?![至到以的，]|开展|启动|施行|生效|算|计[算时]|实施(?=[，。]|$)|就(?!要)|已|一直|陆续|连续|[^。；]{0,60}(?:了(?!解|断)|以来|累计|增长|下降|\d%))[^，。；]{3,}"
)
"""9月1日起，外包班组和正式班组开同一个班前会: whatever is done from then on."""
BY_LIST = compiled(r"(?:一律)?[按照着]{1,2}[^，。；]{0,10}(?:执行|办)")
"""5月底前印发，6月1日起照单执行: it takes effect."""
FROM_NOW = compiled(r"(?:自|从)?(?:即日|今日|今天|明天|现在)起(?!至|到)")
CELL = compiled(r"(?:^|[\s\u3000])(?P<from>" + dates.MONTH_DATE.pattern + r"起)[。\s]*$")
"""市医保局　2027年1月1日起: the last cell of a row."""
FROM_QUARTER = compiled(
    r"(?:自|从)第?(?P<q>[一二三四])季度(?:起|开始)(?=，?[^，。；]{0,6}(?:全面|一律|实行|推行|启用|试行|取消|不再))"
)
"""从二季度开始，全面推行."""
AT_WORK = compiled(r"(?!每|，|一直|[至到])[^，。；]{2,}")
AIMED = compiled(
    r"(?:力争|争取|确保)(?:于|在|从|自)?" + dates.MONTH_DATE.pattern + r"(?:起|开始)(?!至|到)"
)
"""力争7月1日起试行: the day to begin is the limit."""


def open_period(text: str, crisp: list[Found]) -> list[Found]:
    """自3月1日起…: where nothing else bounds the act, it begins on that day; 即日起一律停用 now."""
    if "起" not in text and "开始" not in text:
        return []
    now = FROM_NOW.search(text)
    if now and begins_at_once(text, now, crisp):
        return [Found(now.start(), now.end(), {"type": "period", "from": "now", "to": None})]
    if in_cell := CELL.search(text):
        due = dates.month_date(in_cell)
        if due and isinstance(due["day"], int) and not crisp:
            start = {"type": "period", "from": due, "to": None}
            return [Found(in_cell.start("from"), in_cell.end(), start)]
    quarter = FROM_QUARTER.search(text) if "季度" in text else None
    if quarter:
        month = number(quarter.group("q")) * 3 - 2
        first = {"anchor": "calendar", "year": None, "month": month, "day": 1}
        return [Found(*quarter.span(), {"type": "period", "from": first, "to": None})]
    aimed = AIMED.search(text)
    if aimed and (due := dates.month_date(aimed)):
        return [Found(aimed.start("month"), aimed.end(), {"type": "once", "due": due})]
    match = BEGINS.search(text)
    if match is None or any(one.end > match.start() for one in crisp):
        return [] if match is None else whole_from(text, match, crisp)
    clause = CLAUSE.match(text, match.end())
    named = DOES.search(text, match.end(), clause.end() if crisp and clause else len(text))
    if not named and (crisp or not ANY_ACT.match(text, match.end())):
        return []
    due = dates.month_date(match)
    if due is None or "hour" in due or (crisp and BY_LIST.match(text, match.end())):
        return []
    begin = {**due, "day": due["day"] if isinstance(due["day"], int) else 1}
    return [Found(match.start(), match.end(), {"type": "period", "from": begin, "to": None})]


OTHER_ACT = compiled(
    r"(?![至到以的，每]|施行|生效|算|计[算时]|就(?!要)|已|一直|陆续|连续|开展|启动|组织|试|分|集中|全面|推|[^。；]{0,60}(?:了(?!解|断)|以来|累计|增长|下降|\d%|每))[^，。；]{4,}(?=，)(?![^。；]{0,30}(?:全部|基本|完成|完工|结束|清零|完毕|到位|收官|次日))"
)
"""9月28日起带专家进炉膛看，10月6日报我: a day to begin, before the limit of another act."""
ALL_FROM = compiled(
    r"，?[^，。；]{0,16}?(?:一律|正式|全程|全部|全面(?:实[行施]|推[行开]|启用|取消)|统一(?:实行|执行|使用|启用)|实行|执行(?!情况)|施行|启用|取消|停[用止]|禁止|不再|线上|网上|一网|提高|上调|下调|提标|降低)"
)
"""7月1日起41项事项全程网办: whatever comes after, it takes effect that day."""


def begins_at_once(text: str, now: re.Match[str], crisp: list[Found]) -> bool:
    """自即日起逐人送达: an act of the clause that no limit of its own bounds."""
    clause = CLAUSE.match(text, now.end())
    ends = clause.end() if clause else now.end()
    if any(one.start < ends and one.end > now.start() for one in crisp):
        return False
    return bool(AT_WORK.match(text, now.end()) or (not crisp and DOES.match(text, now.end())))


STARTS = compiled(
    r"，?(?:按[^，。；]{1,6}|分[批期片组类]|分[三四五六七八九]批|集中)(?:开展|组织|实施|推进|轮训|进行)"
)
"""从3月起按片区开展轮训，6月底前…: the day to begin beside another limit."""


def whole_from(text: str, match: re.Match[str], crisp: list[Found]) -> list[Found]:
    """7月1日起全程网办，…5个工作日内办结: a day to begin beside limits of later clauses."""
    said = ALL_FROM.match(text, match.end())
    if said is None and match.group().startswith(("自", "从")):
        said = STARTS.match(text, match.end())
    if said is None:
        said = OTHER_ACT.match(text, match.end())
    due = dates.month_date(match)
    rhythm = any(one.start > match.end() and one.rule["type"] == "recurring" for one in crisp)
    if said is None or due is None or "hour" in due or rhythm:
        return []
    due = {**due, "day": due["day"] if isinstance(due["day"], int) else 1}
    if any(one.start < said.end() + 1 and one.end > match.start() for one in crisp):
        return []
    return [Found(match.start(), match.end(), {"type": "period", "from": due, "to": None})]
