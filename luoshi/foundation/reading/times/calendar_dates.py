"""Calendar limits: 2026年3月31日前, 6月底前, 7月中旬, 年底前, 本周内, 下周五前."""

import re
from typing import Any

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.numerals import NUMBER, number, year_number
from luoshi.foundation.reading.times.objects import is_object

YEAR_WORDS = (
    r"[0-9０-９]{4}年|[二〇○零0一二三四五六七八九]{4}年|"
    r"今年|本年度?|当年|明年|次年|第二年(?=\d|[一二三四五六七八九十]|年?[初底末])|翌年|来年|下一?年度?|去年|上年"
)
YEAR = rf"(?P<year>{YEAR_WORDS})?"
WEEKDAY_NOTE = r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?"
PART = (
    r"(?:(?P<day>"
    + NUMBER
    + r")(?:日|号|(?=前(?:[\u4e00-\u9fff]|，)))"
    + WEEKDAY_NOTE
    + r"|(?P<late>中下旬|下旬)|(?P<end>底|末|月末|里(?![程面氏格昂外]))"
    r"|(?P<mid>上?中旬|中)|(?P<early>上旬|初))?"
)
HOUR = (
    r"(?:(?P<noon>中午|正午|上午|早上|下午|傍晚|晚上?)?(?P<hour>"
    + NUMBER
    + r")(?:时|点钟?|[:：][0-5]\d)(?:整|半|[0-5]?\d分)?)?"
    + r"(?:(?:上午|下午|上班|下班)(?=之?前|以前)|(?P<midday>中午|正午)(?=之?前|以前))?"
)
TAIL = r"(?P<before>之?前(?!后)|以前|止|内(?!容))?"
MONTH_DATE = compiled(
    YEAR
    + r"(?P<month>"
    + NUMBER
    + r"|本|这|当|下|次)(?:月份(?:为(?="
    + NUMBER
    + r"[日号]))?|月|个月(?=[上中下]旬|底|末|初|"
    + NUMBER
    + r"[日号]|(?:提交|报|召开|启动|完成|组织|开展|拿出|印发|出台|提请)))"
    + PART
    + HOUR
    + TAIL
)
MONTH_BARE = compiled(
    r"(?:(?<=这个)|(?<![\d一二三四五六七八九十两几多每本当下次上个该逐按双单满整半正腊首末、和及]))月(?P<edge>底|末|初|内|中旬)"
    + HOUR
    + r"(?P<before>之?前|以前)?"
)
DAY_BARE = compiled(
    r"(?:(?:务必|[应须])?[在于]|(?:(?<=[\u4e00-\u9fff，；。])|^)(?<![月年第初廿]))(?<!日的)(?P<day>"
    + NUMBER
    + r")(?:日|号)"
    + HOUR
    + r"(?P<before>之?前|以前|(?=到岗|召开|报到|完成|开展|组织))"
)
DAY_THEN = compiled(
    r"(?:(?<=[，、])|(?<=[车人组队县市区校点位方局委办站院司厅部]))(?P<day>"
    + NUMBER
    + r")(?:日|号)(?:之?前|以前|上午|下午|中午|晚上?|早上|一早|当天)?"
    r"(?=由|看|停|把|开|召开|组织|全部|进|出|到|送|发|交|完成|集中|再|前)"
)
"""六月五号前调试完，六号晚上停到考点门口: a day of the month named before it."""
YEAR_END = compiled(
    YEAR
    + r"(?<!每)(?<!学)(?<!本年)(?<!距离)(?<!距)(?<!等到)(?<!拖到)"
    + r"(?P<which>年底(?!突击|年初|考核|述职|评比|评议|分红)|年末(?!年初)|"
    + r"年终(?!考绩|绩效|奖|分配|决算|总结|考[核评]|慰问|述职|评[比先优定]|精神文明|目标)|"
    + r"岁末(?!年初(?!，))|年度内|(?<![半两几一二三四五六七八九十百\d])"
    + r"年内(?!累计|连续|多次|[出发][现生]|[两三]次)|底|末|内|结束)"
    + TAIL
)
YEAR_ONLY = compiled(
    r"(?P<year>[0-9０-９]{4})年(?P<which>年?内|年?底|年?末|年?终|初)(?!步|期|级|次)" + TAIL
)
YEAR_BEGIN = compiled(r"[于在](?P<which>年初)(?:之?前)?(?=[向报提将把召开制下])")
YEAR_DONE = compiled(
    r"(?:(?<=[，、；：区县市])|(?<=其中)|^(?=\d{4}年[^。；了]{2,40}，\d{4}年))(?P<year>[0-9０-９]{4}年|今年|明年|本年)(?:计划|力争|要|再|先)?(?=(?:全部|基本)?(?:启动|建成|完成|改造|新建|改建|扩建|建设|新增|实施|开通|培育|达到|覆盖)"
    r"[^，。；、了的]{0,12}?(?:[\d一二两三四五六七八九十百]|其余|剩余|余下)"
    r"|培训[^，。；、了的]{0,8}\d|实现[^，。；了]{0,16}(?:全覆盖|清零|达标|全部)|(?:编制|修编)完成(?!了)|[^，。；了]{0,4}完成[^，。；了]{2,24}(?:规划|方案|编制|改造|建设|工程)(?=[，。；]))"
)
"""分年度：2025年建成8个，2026年建成10个: a share of the task for each year."""
HALF = compiled(
    YEAR
    + r"(?P<half>上半年|下半年|(?<![青少成老童一二两三四五六七八九十几\d])年中|半年)(?:底|末)?"
    + TAIL
)
QUARTER = compiled(
    YEAR + r"(?<![前上下])第?(?P<quarter>[一二三四1-4])季度(?P<edge>初|末|底|结束)?" + TAIL
)
WEEK = compiled(
    r"(?P<week>本|这|当|下|次)(?:(?:个|一)?(?:周|星期|礼拜))(?P<weekday>[一二三四五六日天末]?)"
    + HOUR
    + r"(?P<before>之?前|以前|之?内|以内|底前?|末前?)?"
)
WEEK_BARE = compiled(
    r"(?<![每本这下次上\d一二两三四五六七八九十半的])(?:(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])|周末)"
    + HOUR
    + r"(?:之?前|以前)"
)
DIGITS_ONLY = compiled(
    r"(?<![\d.])(?P<year>\d{4})[.\-/](?P<month>\d{1,2})[.\-/](?P<day>\d{1,2})(?:日)?(?:之?前|以前)"
)
MONTH_DAY = compiled(r"(?<![\d.·/])(?P<month>\d{1,2})[.·/](?P<day>\d{1,2})(?:之?前|以前)")
ACT = compiled(
    r"为(?:时间|最后|最终|完成)?(?:节点|期限|界限|截止)|(?:份)?(?:[要应须将办]|按(?:照)?(?:规定)?程序|选择(?!了|性)|选[定取\d两三]|在(?=[^，。；了的]{2,16}(?:公布|公开|公示|发布|刊登|通报))|送(?=[^，。；了]{2,14}(?:征求|审议|审查|审核|会签))|提请(?=[^，。；了]{2,14}(?:审议|审定|研究))|(?:再|还要?|陆续)(?=举办|组织|开展|召开|办|搞|安排)|先在|试[行点]|力争|全部|全面|集中|召开|举[办行]|组织|开展|启动|完成|印发|发布|联合|申报|投放|征求|归档|向(?=[^，。；\d了]{2,16}(?:报告|汇报|通报|提交|公布|公开))|制作|拍摄|一笔|报(?=[^，。；\d]{2,14}(?:审定|审议|批准|审批|研究|备案))|[承主协]办|逐[一个]|"
    r"出台|建成|通[水车气电航邮]|封顶|达产|试运[行营]|招标|并网|贯通|投(?:[用产]|入(?:使用|运[行营]|生产))|开[工班讲赛馆园业诊通幕播营]|复[工产课]|动工|完工|竣工|交付|挂牌|验收|复查|取得|的[^，。；]{2,10}会上|开始(?!以来)|选派|取得|每人|搞|实施|提交|"
    r"形成|报送|上报|进行|制定|推出|上线|实现|拿出|分?赴[^约任死]|(?:定稿|统稿|付印|印[制刷]|汇总|录入|收尾|送审|报批|评选|评审|考察|走访|摸排|入户|征集|签约|签订|竣工|公布|委托|邀请|逐[村镇户街家县级栋个]|分(?:行业|批|片|层|级|期|类|组|区|头))(?!了|的|[^，。；]{0,3}的))"
)
SPOKEN_DONE = compiled(r"[\u4e00-\u9fff]{1,3}?[掉完好清齐](?!了|的)")
"""这个星期拆掉."""
ACT_OF_MONTH = compiled(
    r"份?(?:[\u4e00-\u9fff“”]{2,8}月(?=组织|开展|举办)|(?:集中|全面|组织|统一)?(?:对[^，。；了]{2,20}?(?:开展|进行|组织|实施)|拿[初草]?[稿案]|把(?![^，。；]{0,24}了)[^，。；]{2,12}|上(?:会|常委会|常务会|党组会)|提请|报请|请[^，。；]{2,12}(?:做|来|对|开)|送审|抽查|抽检|自查|督查|检查|复核|评估|测评|答辩|路演|开放|试营业|宣讲|演练|巡演|会考|考试|面试|笔试|公示|挂网|进场|封顶|成立(?=，)))(?!了|的|情况|结果|问题|[^，。；]{0,3}的|工作|数据|期)"
)
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日", start=1)} | {"天": 7, "末": 7}
PAST_YEARS = {"去年", "上年"}
THIS_YEAR = {"今年", "本年", "本年度", "当年"}
NEXT_YEAR = {"明年", "次年", "第二年", "翌年", "来年", "下年", "下一年", "下年度", "下一年度"}
OF_THING = compiled(
    r"(?:份?开始|建成|取得|登记|签订|发生|出生|入职|参加工作|竣工|收到|报来|提交|受理|立案|(?:登记|批准|依法)?成立)(?:、[^，。；]{1,6})?的"
)
PLANNED_FOR = compiled(r"(?:(?:定|拟|将|计划|准备|安排|放|选|排)[于在])$")
COMES = compiled(
    r"[要须应](?!求|急|对)|请|将(?!近|士)|由[^，。]{2,12}(?:牵头|负责|组织|开展|举办|召开)|^份?，(?:组织|召开|举办|开展|启动)(?![^，。；]{0,14}了)|^份?，(?:围绕|就|聚焦|针对)[^，。；]{2,24}?(?:召开|开展|组织|举办)(?![^，。；]{0,14}了)"
)
ABOUT = compiled(
    r"(?:讯|电|消息)(?=[（(，\s\d])|，记者|(?!份?(?:启动|开展|组织|完成|形成|召开|举办))(?:市|县|区|省|镇)?[^，。；、]{0,8}(?:印发|下发|发布|召开|通过|批示|作出|签发|出台|部署|调研)(?:的|时|，|：|“)"
    r"|[^，。；]{0,14}(?:会议|讲话|批示|指示)精神|[^，。；]{0,8}会议纪要|(?:起)?施行的|在(?:[岗职编册校籍]|[岗职]在[编册])的|建成的|以前的|(?:将)?(?:要来|会来|有[大强连暴持])|[^，。；]{0,6}(?:要来|将来)[^，。；]{0,3}(?:检查|抽[查检]|验收|督查|考核|暗访|评估|调研|巡[视察]|搞)"
)
"""A date that says which paper, meeting or thing is meant."""


STILL = compiled(r"(?:还|仍)(?:不能|无法|难以)[^，。；]{1,8}的")
"""4月30日24时仍不能开工的: a condition."""
EXTENDED = compiled(
    r"连续$|有效期限?[至到为]$|(?:放宽|延长|推迟|顺延|延期|宽限|展期|延)(?:期限|时间)?[至到]$"
)
"""可放宽至2027年底: how long a limit may be stretched is no limit."""
STOCK = compiled(
    r"[^，。；\d]{1,6}时，|的(?:银行|对账|余额|资产|数据|存量|库存|在[编岗册校]|人数|名册|报表|账面|债务|基数|结余|存款|往来)"
)
"""2026年12月末的银行对账单, 5月中旬试填报时，有…: the day something is of."""
SPAN_OF = compiled(r"(?:同一|任一|单个|(?:无法|不能|难以|未能)在?)$")
"""同一年度内不超过3台, 无法在年内支出的: a span, not by when."""
TOLD = compiled(
    r"(?:预测|预报)[，：]?[^，。；\d]{0,8}$|[已曾]于$|(?<![\u4e00-\u9fff])经$|(?:等|拖|直)到$|时点[为是]$"
)
"""经6月12日局务会研究: what stands before a date that is past."""


def year_value(text: str | None) -> int | str | None:
    """A written year: a number, "+0" for this year, "+1" for next, None for none said."""
    if not text:
        return None
    if text in NEXT_YEAR:
        return "+1"
    if text in THIS_YEAR:
        return "+0"
    return year_number(text[:-1]) if text.endswith("年") and text not in PAST_YEARS else None


def hour_of(match: re.Match[str]) -> int | None:
    """The hour on the 24-hour clock, or None."""
    text = match.groupdict().get("hour")
    if not text:
        return 12 if match.groupdict().get("midday") else None
    hour = number(text)
    if match.group("noon") in {"下午", "傍晚", "晚", "晚上"} and hour < 12:
        hour += 12
    return hour if 0 <= hour <= 24 else None


def month_date(match: re.Match[str]) -> dict[str, Any] | None:
    """A month with an optional part and hour as a calendar object."""
    word = match.group("month")
    if word in {"一", "两"} and match.group().endswith("月内") and not match.group("year"):
        return None  # 应在一月内报告: so long, not in January
    if word in {"本", "这", "当"}:
        month: int | str = "+0"
    elif word in {"下", "次"}:
        month = "+1"
    else:
        month = number(word)
        if not 1 <= month <= 12:
            return None
    out: dict[str, Any] = {"anchor": "calendar", "year": year_value(match.group("year"))}
    out["month"] = month
    if match.group("day"):
        day = number(match.group("day"))
        if not 1 <= day <= 31:
            return None
        out["day"] = day
    elif match.group("mid"):
        out["day"] = "mid"
    elif match.group("early"):
        out["day"] = "early"
    else:
        out["day"] = "end"
    hour = hour_of(match)
    if hour is not None:
        out["hour"] = hour
    return out


def digits_only(match: re.Match[str]) -> dict[str, Any] | None:
    """2026.3.31前, 2026-03-31前, 3.25前, 5/16前."""
    month, day = int(match.group("month")), int(match.group("day"))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = match.groupdict().get("year")
    found = int(year) if year else None
    return {"anchor": "calendar", "year": found, "month": month, "day": day}


def day_then(match: re.Match[str]) -> dict[str, Any] | None:
    """A day whose month an earlier date of the sentence names (merging.running carries it)."""
    earlier = re.search(
        r"月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]", match.string[: match.start()]
    )
    day = number(match.group("day"))
    office = match.string[match.start() - 1 : match.start()] in OFFICES
    if (earlier is None and not office) or not 1 <= day <= 31:
        return None
    return {"anchor": "calendar", "year": None, "month": "+0", "day": day}


OFFICES = frozenset("局委办站院司厅部")
"""市应急管理局28号把帐篷送到: of the running month."""


def month_bare(match: re.Match[str]) -> dict[str, Any]:
    """月底前, 月内: of the running month."""
    day = {"初": "early", "中旬": "mid"}.get(match.group("edge"), "end")
    return {"anchor": "calendar", "year": None, "month": "+0", "day": day}


def day_bare(match: re.Match[str]) -> dict[str, Any] | None:
    """于20日前: of the running month."""
    day = number(match.group("day"))
    if not 1 <= day <= 31:
        return None
    out: dict[str, Any] = {"anchor": "calendar", "year": None, "month": "+0", "day": day}
    hour = hour_of(match)
    return out if hour is None else {**out, "hour": hour}


def week_bare(match: re.Match[str]) -> dict[str, Any]:
    """周五前, 周末前: of the running week."""
    out: dict[str, Any] = {"anchor": "calendar", "week": "+0"}
    if match.group("weekday"):
        out["weekday"] = WEEKDAYS[match.group("weekday")]
    hour = hour_of(match)
    return out if hour is None else {**out, "hour": hour}


def year_only(match: re.Match[str]) -> dict[str, Any] | None:
    """2026年内, 2026年底, 2026年初."""
    year = year_number(match.group("year"))
    if year is None:
        return None
    if EXTENDED.search(match.string[: match.start()]):
        return None
    early = match.group("which") == "初"
    month, day = (1, "early") if early else (12, "end")
    return {"anchor": "calendar", "year": year, "month": month, "day": day}


OF_SOMETHING = compiled(r"[^，。；]{0,8}的")
TELLS = compiled(r"[^，。；]{0,14}了|[^，。]{0,10}同比")
IN_CELL = compiled(r"(?:时限|期限|完成时间|办结时间)[：:]$")


def is_limit(match: re.Match[str]) -> bool:
    """Whether the expression is bounded (…前, …内, a part of a month) rather than a bare month."""
    groups = match.groupdict()
    after = match.string[match.end() :]
    before = match.string[: match.start()]
    if (
        (before.endswith("后") and groups.get("before") == "内")  # 出版后一月内
        or EXTENDED.search(before)
        or TOLD.search(before)
        or STOCK.match(after)
        or re.match(
            r"以来|(?:之|以)?后(?!，)|(?:还|仍|尚)?(?:没|未)[^，。]{0,10}的|(?:还|仍|尚)(?:没|未)",
            after,
        )
        or OF_THING.match(after)
    ):
        return False
    if IN_CELL.search(before) or (PLANNED_FOR.search(before) and not OF_SOMETHING.match(after)):
        return True
    if re.match(r"举行，(?:由|会前|提前)", after) and groups["month"].isdigit():
        return True
    if not groups.get("before") and (ABOUT.match(after) or STILL.match(after)):
        return False
    past = groups.get("year") in PAST_YEARS
    if (
        re.search(r"(?:^|[，；。．.、])[到至]$", match.string[: match.start()])
        and after[:1] == "，"
    ):
        return not past
    if (
        re.match(r"份?，", after)
        and COMES.search(after)
        and not past
        and groups.get("month", "") not in "本当"
    ):
        return True
    told = TELLS.match(after)
    acts = ACT.match(after) or ACT_OF_MONTH.match(after)
    if (
        (
            groups.get("month", "").isdigit()
            or groups.get("month") == "下"
            or match.group().endswith("月份")
        )
        and acts
        and not past
        and not told
    ):
        return True
    return any(groups.get(key) for key in ("before", "day", "end", "mid", "early", "late", "hour"))


def year_begin(_match: re.Match[str]) -> dict[str, Any]:
    """于年初报送 as the first days of January."""
    return {"anchor": "calendar", "year": None, "month": 1, "day": "early"}


def year_end(match: re.Match[str]) -> dict[str, Any] | None:
    """年底 as 31 December."""
    which = match.group("which")
    if EXTENDED.search(match.string[: match.start()]):
        return None
    if not match.group("before") and match.string[match.end() : match.end() + 1] == "的":
        return None
    if which in {"年内", "年度内"} and SPAN_OF.search(match.string, 0, match.start()):
        return None
    bare = which in {"底", "末", "内", "结束"}
    if bare and (not match.group("year") or (which == "结束" and not match.group("before"))):
        return None
    return {
        "anchor": "calendar",
        "year": year_value(match.group("year")),
        "month": 12,
        "day": "end",
    }


def year_done(match: re.Match[str]) -> dict[str, Any] | None:
    """2026年建成10个 as the end of that year."""
    year = year_value(match.group("year"))
    return None if year is None else {"anchor": "calendar", "year": year, "month": 12, "day": "end"}


def half(match: re.Match[str]) -> dict[str, Any] | None:
    """上半年, 年中 → June; 下半年 → December."""
    if match.group("half") == "半年" or is_object(match):
        return None
    month = 12 if match.group("half") == "下半年" else 6
    ahead = {"明": "+1", "次": "+1", "今": "+0"}.get(match.string[: match.start()][-1:])
    year = year_value(match.group("year")) or (ahead if match.group("half") == "年中" else None)
    return {"anchor": "calendar", "year": year, "month": month, "day": "end"}


def quarter(match: re.Match[str]) -> dict[str, Any] | None:
    """一季度 → the end of its last month; 初 → its first month."""
    if not match.group("edge") and is_object(match):
        return None
    month = number(match.group("quarter")) * 3
    year = year_value(match.group("year"))
    if match.group("edge") == "初":
        return {"anchor": "calendar", "year": year, "month": month - 2, "day": "early"}
    return {"anchor": "calendar", "year": year, "month": month, "day": "end"}


def week(match: re.Match[str]) -> dict[str, Any] | None:
    """本周内, 下周五前; a week that only names an object (本周情况表) is no limit."""
    after = match.string[match.end() : match.end() + 4]
    if (
        not match.group("before")
        and not match.group("weekday")
        and not ACT.match(after)
        and (after[:1] not in {"，", "把", "要"} or after[:2] in {"要看", "要听", "要来", "要问"})
        and not SPOKEN_DONE.match(after)
    ):
        return None
    out: dict[str, Any] = {
        "anchor": "calendar",
        "week": "+1" if match.group("week") in {"下", "次"} else "+0",
    }
    if match.group("weekday") and match.group("weekday") != "末":
        out["weekday"] = WEEKDAYS[match.group("weekday")]
    hour = hour_of(match)
    if hour is not None:
        out["hour"] = hour
    return out
