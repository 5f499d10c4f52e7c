"""Feasts with a fixed date and the flood season: “五一”前, 国庆节前, 汛前, 汛期结束后15日内."""

import re
from collections.abc import Iterator

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.calendar_dates import YEAR, YEAR_WORDS, year_value
from luoshi.foundation.reading.times.events.amounts import ONE, Json, N, Reading, offset

FEASTS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "3·15": (3, 15),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "建党节": (7, 1),
    "五四": (5, 4),
    "青年节": (5, 4),
    "爱耳日": (3, 3),
    "世界水日": (3, 22),
    "读书日": (4, 23),
    "国家安全教育日": (4, 15),
    "护士节": (5, 12),
    "防灾减灾日": (5, 12),
    "环境日": (6, 5),
    "禁毒日": (6, 26),
    "健身日": (8, 8),
    "医师节": (8, 19),
    "烈士纪念日": (9, 30),
    "记者节": (11, 8),
    "消防日": (11, 9),
    "交通安全日": (12, 2),
    "残疾人日": (12, 3),
    "公祭日": (12, 13),
    "八一": (8, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "国家宪法日": (12, 4),
    "宪法日": (12, 4),
}
FEAST = compiled(
    YEAR
    + r"(?P<latest>(?:最迟)?(?:不得?超过|不晚于)|赶在|最迟到)?"
    + r"(?:全国|国际|世界|中国)?[“\"]?(?P<name>"
    + "|".join(sorted(FEASTS, key=len, reverse=True))
    + r")(?:国际劳动节|建党节|建军节|国际儿童节|妇女节|国庆节|节)?[”\"]?(?:节日|小?长假|假期|放假)?"
    + r"(?P<before>之?前|以前|到来之?前|当天|期间前)?"
)
FLOOD = compiled(
    rf"(?P<year>{YEAR_WORDS})?(?<!主)(?P<season>主?汛期?|入汛|雨季)(?:到来|来临|开始|结束)?(?P<side>之?前|之?后|以前|以后)"
    + r"(?:的|至少)?(?:"
    + N
    + ONE
    + r"(?:之?内|以内)?)?"
)
FLOOD_AHEAD = compiled(r"汛期(?:至少)?提前" + N + ONE)


MOVING = compiled(
    r"(?<!每年)(?<!每)(?<!每学)(?<![日号])(?P<name>春节|除夕|元宵节?|清明(?:节|开采|祭扫)?|端午节?|中秋节?|重阳节?|(?:[春秋]季|新)?(?:学期)?开学|暑[假期]|寒假|学期末|期末|"
    r"入冬|立冬|供暖[季期]?|采暖[季期]?|中考|高考|迎峰度[夏冬]|[春夏秋冬]播|开春|(?<![\d一二两三四五六七八九十百几多今去明半些每全本学当来])年(?=前[把将要必完清付兑])|[夏秋]种|春耕|夏收|秋收|三夏|三秋|双抢|农忙|麦[收熟]|中元节?|寒衣节?|腊八节?|小年|台风季|雨雪季|[旺淡]季|入[伏秋夏]|数九|上冻|霜冻|立[春夏秋]|惊蛰|春分|谷雨|小满|芒种|夏至|[小大]暑|处暑|白露|秋分|寒露|霜降|[小大]雪|冬至|[小大]寒)(?:节气|时节|季节|假期|长假|小长假)?(?:到来|来临|开始|以?来到)?(?:之?前|以前(?![^，。；]*(?:不够|不行)))(?![后夕夜两几半往]|提(?![出交供请醒])|\d|[一二三四五六七八九十]个?[天周月日])(?!(?:一律)?不|能[^，。；]{1,6}的)"
)
"""春节前, 暑期来临前: before a feast or season whose day the calendar does not fix."""


FIXED_FIRST = compiled(
    r"(?<!每年)[“\"]?(?P<name>元旦|五一|国庆|六一|七一)[”\"]?节?(?=(?:、|和|及)[“\"]?(?:春节|中秋|端午|清明|国庆|元旦|五一)[”\"]?节?(?:长假|假期|期间)?(?:之|以)?前(?!后|夕)[^，。；]{0,8}各)"
)
"""元旦、春节前各检查一次: the feast with a date of its own."""
BEFORE_BOTH = compiled(
    r"(?P<name>清明节?|端午节?|中秋节?|春节|重阳节?|元宵节?)(?=(?:、|和|及)[“\"]?(?:五一|国庆|元旦|十一|六一|七一)[”\"]?节?(?:长假|假期)?(?:之|以)?前[^，。；]{0,8}各)"
)
"""清明、“五一”前再各去一轮: the feast without a date of its own."""
BEFORE_TWO = compiled(
    r"(?:清明节?|端午节?|中秋节?|春节)(?:、|和|及)[“\"]?(?:五一|国庆|元旦|十一)[”\"]?节?(?:长假|假期)?放假(?:之|以)?前(?![夕]|[^，。；]{0,8}各)"
)
"""中秋、国庆放假之前组织一次自查: one act before two feasts, of which one has no date."""
FIRST_WEEK = compiled(
    r"(?<!每)(?:[春秋]季|新)?(?:学期)?(?:开学|入学|开班|复课|入职|上岗|上班|进驻|投用|履新|返校|复工)(?:后)?的?(?:第一|首)(?:个)?(?:周|星期)(?:内|之内)?"
)
"""开学第一周上一堂逃生课: within a week of it."""


NOW = compiled(
    r"(?<![从自到])这个月(?:里|内|之内|以内)?(?![底末初上中下份\d]|[一二三四五六七八九十的来])(?=(?:，[^，。；了]{2,8}|要|必须|就要?)?(?:要|必须)?(?:把|将|完成|拿出|报|交|开|办|建|清|补|配|发|签))(?![^。；]{0,20}[了过])"
)
"""这个月把方案报上来: by its end."""
SCHOOL_TERM = compiled(
    r"(?<!每年)(?:腊月|正月|冬月)(?:[初一二三四五六七八九十廿]{1,3})?(?:之|以)?前|(?<!每)(?<!每个)(?:(?:这个?|本|该|当)学[期年](?:以内|之内|内)|(?:这个?|本)?学[期年]结束(?:之|以)?前(?!后|(?:\d+|[一二两三四五六七八九十半])个?(?:周|天|日|月|星期|工作日)))"
)
"""这个学期内, 学期结束前: by a day the calendar does not fix."""
ENDED = (
    r"(?:春节|国庆节?|元旦|五一|中秋|秋收|麦收|夏收|三夏|三秋|双抢|高考|中考|开学|开春|入冬|清明节?|端午节?|重阳节?|元宵节?|暑假|寒假)"
    r"(?:之|以)?后"
)
AFTER_FEAST = compiled(
    rf"(?<!每年)(?<!每)(?<!过完){ENDED}(?:[、和]{ENDED})?(?=，?(?:[^，。；了的]{{0,6}}?(?:各办|办一|开一|搞一|组织|召开|启动|开展|把|将|报|拿出|完成|交)))(?![^。；]{{0,24}}了)"
)
"""春节后、秋收后各办一场: the feast itself is the limit."""


LATEST = frozenset("前过晚赶迟当")
"""One of these bounds a feast."""


def readings(text: str) -> Iterator[Reading]:
    """Feasts and flood seasons that bound something."""
    for match in FIRST_WEEK.finditer(text) if "第一" in text or "首" in text else ():
        week = {"anchor": "event", "dir": "after", "offset": {"days": 7}}
        yield match.start(), match.end(), {"type": "once", "due": week}
    running: Json = {"anchor": "calendar", "year": None, "month": "+0", "day": "end"}
    for match in NOW.finditer(text):
        yield match.start(), match.end(), {"type": "once", "due": running}
    for side, pattern in (("before", SCHOOL_TERM), ("after", AFTER_FEAST)):
        for match in pattern.finditer(text):
            then = {"anchor": "event", "dir": side}
            yield match.start(), match.end(), {"type": "once", "due": then}
    for match in FIXED_FIRST.finditer(text) if "前" in text else ():
        month, day = FEASTS[match.group("name")]
        fixed: Json = {"anchor": "calendar", "year": None, "month": month, "day": day}
        yield *match.span("name"), {"type": "once", "due": fixed}
    for pattern in (BEFORE_TWO, BEFORE_BOTH) if "前" in text else ():
        for match in pattern.finditer(text):
            yield *match.span(), {"type": "once", "due": {"anchor": "event", "dir": "before"}}
    for match in FEAST.finditer(text) if not LATEST.isdisjoint(text) else ():
        if match.group("before") or match.group("latest"):
            month, day = FEASTS[match.group("name")]
            if text[: match.start()].endswith("每年"):
                at = {"month": month, "day": day}
                yield (
                    match.start() - 2,
                    match.end(),
                    {"type": "recurring", "every": "year", "at": at},
                )
                continue
            day_of: Json = {"year": year_value(match.group("year")), "month": month, "day": day}
            rule = {"type": "once", "due": {"anchor": "calendar", **day_of}}
            yield match.start(), match.end(), rule
    for match in MOVING.finditer(text) if "前" in text else ():
        yearly = "每年" in text[: match.start()]
        coming = {"type": "once", "due": {"anchor": "event", "dir": "before"}}
        yearly_rule = {"type": "recurring", "every": "year"}
        yield match.start(), match.end(), yearly_rule if yearly else coming
    for match in FLOOD.finditer(text):
        if text[: match.start()].endswith(("每年", "逐年")):
            continue
        if not match.group("n") and text[: match.end()].endswith("的"):
            continue  # 汛前的各项工作
        yield match.start(), match.end(), flood(match)
    for match in FLOOD_AHEAD.finditer(text):
        due: Json = {"anchor": "flood_season", "dir": "before", "offset": offset(match)}
        yield match.start(), match.end(), {"type": "once", "due": due}


def flood(match: re.Match[str]) -> Json:
    """Before or after the flood season, at some distance or none, of a year said or not."""
    side = "after" if "后" in match.group("side") else "before"
    if side == "before" and "结束" in match.group() and not match.group("n"):
        return {"type": "once", "due": {"anchor": "event", "dir": "before"}}
    due: Json = {"anchor": "flood_season", "dir": side}
    if match.group("n"):
        due["offset"] = offset(match)
    if (side == "before" and "offset" not in due) or match.group("year"):
        due["year"] = year_value(match.group("year"))
    return {"type": "once", "due": due}
