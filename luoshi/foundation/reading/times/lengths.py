"""Lengths from an event: 15日内, 会后一个月内, 印发之日起30日内, 届满前10个工作日, 提前3天."""

import re
from collections.abc import Iterator
from typing import Any

from luoshi.foundation.reading.times.anchors import (
    ASKED_FOR,
    CASE,
    CLOSED_THEN,
    COMPLETE,
    DEFECT,
    DONE_AGAIN,
    FOUND_IN,
    HAPPENS,
    HEARD_OF,
    IDLE,
    INCIDENT,
    LIMITED,
    LOST,
    NEEDS,
    ON_CASE,
    ON_DOING,
    OUTCOME,
    PASSED,
    PUBLIC,
    RESULT,
    SHORT_OF,
    SINCE,
    UNABLE,
    UNSOLVED,
    local_default,
    nearest,
)
from luoshi.foundation.reading.times.numerals import NUMBER, number

UNITS = (
    ("workdays", r"个?工作日"),
    ("months", r"个月|(?<=半)月"),
    ("minutes", r"分钟"),
    ("hours", r"个?(?:工作)?小时|个?钟头"),
    ("weeks", r"个?(?:周|星期)"),
    ("years", r"(?:个年头|年)(?![度前])"),
    ("days", r"个?(?:自然日|日历日|日|天)(?!报(?:告)?制度|常)"),
)
UNIT = "|".join(f"(?P<{name}>{pattern})" for name, pattern in UNITS)
N = r"(?P<n>半|" + NUMBER + r")(?:[（(]\d+[）)])?(?P<half>个半)?"
ONE = r"(?:" + UNIT + r")"
QUARTER_HOUR = re.compile(r"(?P<n>一|两|三)刻钟(?:之内|以内|内)")
NEXT_DAY = re.compile(
    r"(?:于)?(?:次日|翌日|第二天)(?:(?:上午|下午|中午)?\d{1,2}[时点]前|之?前|内|[上下]班前|"
    r"(?=(?:[上下]午)?(?:会商|研判|把|将|报|起草|反馈|转|交|上报|通报|送|办|公布|完成|答复|回|到|提出|制定|拿出|启动|组织|召开|派|出具|书面|张贴|录入|上传|划转|拨付|核销|归档|补报|复查|回访|发放|清运|在[^，。；]{2,8}(?:公布|公开|公示|发布)|通过[^，。；]{2,8}(?:公布|公开|公示|发布))))|于(?:次日|翌日)(?![起凌零])(?=[\u4e00-\u9fff])|(?<=[知料件告函的])(?:次日|翌日)(?=[划拨支缴退发派启组办作提])"
)
TOMORROW = re.compile(
    r"(?<!从)(?<!自)(?P<day>明天|明日|大后天|后天)(?!起|开始|的)(?:[上下]午|中午|晚上|一早)?"
    r"(?:\d{1,2}[点时]|[一二两三四五六七八九十]{1,2}点)?(?:下班|上班)?(?:之?前|以前)?"
    r"(?:(?<=[午上班]前)|(?=就|[要必务]|把|将|报|交|送|派|拿|完成|上报|到|给|贴|签|发|开会|，))"
)
AHEAD_DAYS = {"明天": 1, "明日": 1, "后天": 2, "大后天": 3}
FULL = re.compile(
    rf"(?:[满逾])(?P<n>半|{NUMBER})(?P<half>)个?(?:(?P<years>周?年)|(?P<months>月)|(?P<days>天|日))(?:(?:之|以)?后|时|(?=没有?[^，。；]{{2,8}}的，|应当|必须|须(?!知)|，?(?:写|交|报|考核|评|复|还|再|组织|进行|申请)))"
)
"""实施满一年后…: so long after it began."""
OVER = re.compile(r"(?:竣工|完工|建成|验收结束)$")
"""竣工满一年后: so long after it was finished."""
SENT_OUT = re.compile(r"发[函文出](?:之|以)?后$")
SINCE_OFFICE = re.compile(r"(?:到任|就任|任职|上任)$")
FIRST_DAY = re.compile(
    r"(?<![月季年])后(?:的)?(?:第一|首|第1)个工作日(?:\d{1,2}[时点])?(?:之?前|内)?(?![）)])"
)
NTH_DAY = re.compile(
    rf"(?<![月季年])后(?:的)?第(?P<n>{NUMBER})(?:个(?P<workdays>工作日)|(?P<days>天|日)|个?(?P<weeks>周|星期)|个(?P<months>月))(?![起开])(?:之?内|之?前)?"
)
"""预警解除后第三天: so long after."""
NTH_UNITS = ("workdays", "days", "weeks", "months")
TAKES = re.compile(
    rf"(?<![了耗费历已曾])(?:用|花|拿出|利用)(?:大约|约)?{N}{ONE}(?:左右)?的?时间，?(?=[把将对集彻全要完摸查整解开汇总梳逐组办清])(?![^，。；]{{0,20}}了|[^，。；]{{0,14}}，[^，。；]{{0,8}}月)"
)
"""用一个月时间摸清: a length without 内, where no date follows that says more."""
PAIRED = re.compile(
    rf"(?<=[\u4e00-\u9fff])(?<![第每前后满于]){N}{ONE}(?=[、，](?!其中|公示)[\u4e00-\u9fff]{{2,4}}?(?:{NUMBER}|半)个?(?:工作日|小时|分钟|天|日|周|月|年)(?:之内|以内|内))"
)
"""城区45分钟、农村90分钟内到场: the last of a row says 内 for all."""
QUARTERS = re.compile(r"(?P<n>一|两|三)个季度(?:之内|以内|内)")
SPOKEN = (
    r"|(?:就|要|必须)?(?:交(?![流通往接换])|出(?:件|证|结果)|发证|批[掉完]|给(?:个|一个|出|他们|人家|群众)?(?:答复|回复|回话|说法|意见|结论)|"
    r"办[好完妥]|改[好完掉]|修[好完通]|补(?:齐|上|种)|换[好完]|接[上通好]|回(?:复|话|信|电|(?=[，。；]|$))|拨付|销[号掉]|清[完零]|装[好完])(?![^，。；]{0,6}[了的](?=[，。；]|$)|的)"
)
"""材料齐的三个工作日出件: a length of speech without 内, right before what is to be handed over."""
WITHIN = re.compile(
    r"(?<![提年缩\d第哪那几])(?<!现在)(?<!如今)(?<!只[要用])(?<![上下](?=半))(?<!提前)(?<![压缩短降减][到至])(?<!缩[到至为])(?<!(?<!请)(?<!应)(?<!须)(?<!要)控制在)(?<![把将近])(?:"
    + NUMBER
    + r"(?:至|到|-|—|～|~))?"
    + N
    + ONE
    + r"(?:[（(]含[）)])?(?:的?时间)?(?:之内|以内|内(?![容部])|(?<=[周期天])之?内|"
    + r"(?=(?:提前)?(?:报(?![修警名刊])|完成|办结|答复|给出|拿出|"
    r"批(?:下来|复|准)|响应|修复|到达|赶到|到场|到位|回应" + SPOKEN + r")))"
)
AFTER = re.compile(
    r"(?<!最)(?:之|以)?后(?:的)?"
    + N
    + ONE
    + r"(?:之内|以内|内)?"
    + r"(?=[，,、。向报完办上书召答交将把由提发要须应印拿补修换装改清销种还给公组开]|$)"
)
EXTENDED = re.compile(
    r"(?:延长|延期|展期|顺延|宽限|放宽)(?:的?(?:期限|时间|时限))?(?:的，?)?(?:一般)?(?:最长|最多|至多)?(?:[至到]|不(?:得|能|应)?超过|不晚于)?$"
)
"""可延长至6个月, 延期最长不超过2个月: how long a limit may be stretched is no limit."""
LATER = re.compile(
    rf"(?<![\d第]){N}{ONE}(?:之|以)?后(?=，?(?:我|再|必须|须|由[^，。；]{{2,16}}(?:复|检|回|验)|请[^，。；]{{2,8}}来|(?:提交|报(?!道|名)|送)|组织[^，。；]{{0,6}}(?:回头看|复[查核]|检查)|复[查检核诊]|上门|回访))"
)
"""7天后复查, 三天后我再来看: so long after, not within."""
NOT_OVER = re.compile(
    r"(?:不超过|不得超过|不能超过|不迟于|最迟不超过|最长不(?:得)?超过|时限为|期限为|不晚于)"
    + N
    + ONE
)
EVENT_WORDS = r"[\u4e00-\u9fff]{1,6}?"
BEFORE = re.compile(
    r"(?P<event>[\u4e00-\u9fff（）()]{1,8}?)(?:之)?前(?:的)?(?:至少|不少于|最少)?"
    + N
    + ONE
    + r"(?:之内|以内|内)?(?![\u4e00-\u9fff]?[前后])"
)
SAME_BEFORE = re.compile(
    r"(?P<event>届满|期满|到期|换届|举行|召开|活动|考试)前"
    + NUMBER
    + r"个?(?:工作日|月|周|日|天)[^。；]{2,20}，(?P<and>前)"
    + N
    + ONE
)
"""任期届满前六个月成立小组，前三个月完成审查: the second counts back from the same event."""
OFFICE_END = re.compile(r"[部局办科院室处厅校所站队司村镇]$")
"""外联部展前两个月: the name ends where the event begins."""
BEFORE_LATE = re.compile(
    r"(?P<event>届满|期满|到期|举行|召开|开[始幕馆展播班考市业赛机学标庭]|启[幕动用运]|换届|截[止标]|[开动施]工|出发|活动|[展大比]会|[大比决]赛|考试|实施|施行|上线|投[产用运]|离境|离任|首播)(?:之?日)?(?:之?前)?"
    + N
    + ONE
    + r"(?:之?前|以前)"
)
EARLY = re.compile(r"提前(?:至少|不少于)?" + N + ONE + r"(?!完成|建成|达到|实现|超额)")
LATE_EVENTS = (
    ("term_end", re.compile(r"任期届满")),
    ("meeting", re.compile(r"开会|召开|会议|与会|参会|上会|会前")),
    ("election", re.compile(r"换届")),
    ("flood_season", re.compile(r"汛期?(?:到来|来临|开始)?(?:至少)?提前")),
    (
        "deadline",
        re.compile(
            r"延期|[时期]限|到期|届满|期满|近效期|有效期|保质期|按期|按时|(?:不能|无法|难以|未能)(?:按[期时])?(?:完成|办结)的"
        ),
    ),
)
BEFORE_WHAT = (
    ("term_end", re.compile(r"任期届满|届末$|轮值期?满$|任期?满$")),
    ("deadline", re.compile(r"届满|到期|期满|截止|期限|时限")),
    ("election", re.compile(r"换届$")),
    ("flood_season", re.compile(r"汛期?(?:开始|来临|到来)?$|雨季(?:来临|到来)?$")),
    ("acceptance", re.compile(r"验收$")),
    ("completion", re.compile(r"竣工$|完工$|办结$|完成$")),
    ("issue", re.compile(r"印发$|发布$|公布$|下发$")),
    ("sign", re.compile(r"签约$|签订$|签署$")),
    (
        "meeting",
        re.compile(r"(?<!运动)会$|会议(?:召开|举行)?$|大会$|开会$|(?:会|议)(?:召开|举行)$|^召开$"),
    ),
)
SINCE_THEN = re.compile(r"[此今]后$")
"""此后一周内每日…: for how long, not by when."""
MAY_ASK = re.compile(r"(?<![不])可以?(?:在|于)?$")
MAY_APPEAL = re.compile(r"(?<![不])可以?(?:在|于)?收到[^，。；]{1,8}后$")
"""可以在收到答复后15日内提请协调: a right."""
MAY_OBJECT = re.compile(r"(?<![不])可以?自[^，。；]{2,10}?之?日起$")
OBJECTS = re.compile(r"[^，。；]{0,12}(?:复核|复查|复议|申诉|异议|诉讼|仲裁)")
"""可以自公示之日起15日内申请复核: a right, no limit of a duty."""
ASKS = re.compile(r"[^，。；]{0,4}(?:提出|提请|申请|申诉|复议|投诉|举报)[^，。；]{0,8}")
UNDONE = re.compile(
    r"[^，。；]{0,4}[\u4e00-\u9fff]不了[^，。；]{0,3}，|[^，。；]{0,4}免[检查审考]|[^，。；]{0,8}不(?:得|能|应)?(?:超过|多于)[^，。；]{1,3}次|零[^，。；]{1,6}的，|"
    r"(?:仍|还|尚)?未(?:能|得到|按)[^，。；]{2,10}的，|(?:仍|还|尚)未[^，。；]{2,10}的，|"
    r"(?:出现|发生|无新发|新增(?!任务)|连续|累计)|"
    r"(?:不得(?!少于|低于|超过|晚于|迟于|拖)|不准|禁止|不予|不再)|"
    r"的(?:事项|项目|任务|问题|案件)|[^，。；]{0,14}(?:出现|发生|累计|超过)[^，。；]{0,14}的，|"
    r"[^，。；]{0,6}(?:不完|没有[^，。；]{0,4}|未能[^，。；]{0,4}|未[办完报整落达][^，。；]{0,4}|不能[^，。；]{0,4})的"
)
NO_EVENT = re.compile(
    r"(?:[年月以之此\d]|(?<!到期)日|目|先|提|[上中下]午|当|年底|月底|周[一二三四五六日末]?|星期.|[一二三四五六七八九十报送])$"
)
Json = dict[str, Any]
Reading = tuple[int, int, Json]


def offset(match: re.Match[str]) -> dict[str, int]:
    """The offset object; weeks become days, half a year six months, half a month 15 days."""
    unit = next(name for name, _p in UNITS if match.group(name))
    halves = {"years": {"months": 6}, "months": {"days": 15}, "hours": {"minutes": 30}}
    if match.group("n") == "半":
        return halves.get(unit, {unit: 1})
    amount = number(match.group("n"))
    if match.group("half"):
        whole = {
            "years": ("months", 12, 6),
            "months": ("days", 30, 15),
            "hours": ("minutes", 60, 30),
        }
        name, per, more = whole.get(unit, (unit, 1, 0))
        return {name: amount * per + more}
    return {"days": amount * 7} if unit == "weeks" else {unit: amount}


def once(anchor: str, side: str, length: dict[str, int] | None = None) -> Json:
    """A limit relative to an event; without length the event itself."""
    due: Json = {"anchor": anchor, "dir": side}
    if length is not None:
        due["offset"] = length
    return {"type": "once", "due": due}


def within(text: str, start: int, length: dict[str, int], default: str, *, more: str = "") -> Json:
    """N日内 with its anchor: the nearest trigger before it, the case it is said of, else the
    document's."""
    before = text[:start] + more
    anchor = nearest(before)
    if anchor is None and default in {"issue", "meeting"} and set(length) <= {"hours", "minutes"}:
        anchor = "event"
    if anchor is None and any(said.search(before) for said in (PUBLIC, LOST, IDLE)):
        anchor = "event"
    if default == "meeting" and PASSED.search(before):
        anchor = "meeting"
    if HEARD_OF.search(before) or (anchor != "receipt" and COMPLETE.search(before)):
        anchor = "receipt"
    if anchor is None and ASKED_FOR.search(before):
        anchor = "receipt"
    if ended := CLOSED_THEN.search(before):
        return once("completion" if ended.group("end") == "结束" else "deadline", "after", length)
    if UNSOLVED.search(before):
        return once("event", "after", length)
    if anchor in {None, "receipt", "event"} and DONE_AGAIN.search(before):
        return once("completion", "after", length)
    if anchor is None and default in {"issue", "meeting"} and FOUND_IN.search(before):
        anchor = "event"
    if OUTCOME.search(before):
        return once("completion", "after", length)
    if RESULT.search(before) or SHORT_OF.search(before) or (anchor and UNABLE.search(before)):
        return once("event", "after", length)
    if anchor is None and default == "issue" and (CASE.search(before) or LIMITED.search(before)):
        anchor = "event"
    if (
        anchor is None
        and default == "meeting"
        and (ON_CASE.search(before) or DEFECT.search(before))
    ):
        anchor = "event"
    if anchor is None and ON_DOING.search(before):
        anchor = "event"
    if anchor is None and any(said.search(before) for said in (HAPPENS, SINCE, INCIDENT)):
        anchor = "event"
    if anchor in {None, "completion", "receipt"} and NEEDS.search(before):
        anchor = "event"
    return once(anchor or default, "after", length)


def event_before(words: str, default: str) -> str:
    """What …前 speaks of."""
    named = (anchor for anchor, pattern in BEFORE_WHAT if pattern.search(words))
    return next(named, default)


def readings(text: str, own: str, default: str) -> Iterator[Reading]:
    """Every length of a sentence: (start, end, rule). `own`: the document's anchor, `default` that
    of the sentence."""
    for match in SAME_BEFORE.finditer(text) if "，前" in text else ():
        words = text[max(0, match.start() - 4) : match.end("event")]
        anchor = event_before(words, "event")
        yield match.start("and"), match.end(), once(anchor, "before", offset(match))
    for match in BEFORE.finditer(text) if "前" in text else ():
        if not NO_EVENT.search(match.group("event")):
            anchor = event_before(match.group("event"), "event")
            said = match.group("event")
            at = match.start() + max(0, len(said) - (1 if OFFICE_END.search(said[:-1]) else 2))
            yield at, match.end(), once(anchor, "before", offset(match))
    for match in BEFORE_LATE.finditer(text) if "前" in text else ():
        words = text[max(0, match.start() - 4) : match.start()] + match.group("event")
        anchor = event_before(words, "event")
        yield match.start(), match.end(), once(anchor, "before", offset(match))
    for match in EARLY.finditer(text):
        yield match.start(), match.end(), early(match, text, default)
    yield from days_said(text, default)
    for pattern, unit, per in ((QUARTER_HOUR, "minutes", 15), (QUARTERS, "months", 3)):
        for match in pattern.finditer(text):
            if UNDONE.match(text, match.end()):
                continue
            length = {unit: number(match.group("n")) * per}
            yield match.start(), match.end(), within(text, match.start(), length, default)
    yield from bounded(text, own, default)


def bounded(text: str, own: str, default: str) -> Iterator[Reading]:
    """Lengths said with 内, 后 or 不超过, and those of speech right before their act."""
    for pattern in (WITHIN, AFTER, NOT_OVER):
        for match in pattern.finditer(text):
            if UNDONE.match(text, match.end()) or (
                match.group("n").isdigit() and len(match.group("n")) > 3
            ):
                continue
            before = text[: match.start("n")]
            if MAY_ASK.search(before) and ASKS.match(text, match.end()):
                continue
            if MAY_APPEAL.search(before) and text.startswith("提请", match.end()):
                continue
            if MAY_OBJECT.search(before) and OBJECTS.match(text, match.end()):
                continue
            if EXTENDED.search(before) or SINCE_THEN.search(before):
                continue
            if pattern is NOT_OVER and re.search(
                r"(?:中断|持续|间隔|停留|任期|会期|[每单][次场期]|(?<![办处][理结])(?<!停[用水电气运业])时间|(?<![办处][理结])(?<!停[用水电气运业])时间一般|一般|一次|保管|履行|有效|合同|记录|公示|保存|服务|租赁|使用|承包|限制|质保|养护|周期|工期|(?:周期|工期|期限)[^，。；]{0,4}为[^，。；]{1,8}，)$",
                text[: match.start()],
            ):
                continue
            more = "后" if pattern is AFTER else ""
            spoken = own == "meeting"
            said = local_default(clauses_to(text, match.end()), own) if spoken else default
            rule = within(text, match.start(), offset(match), said, more=more)
            yield match.start(), match.end(), rule


def clauses_to(text: str, end: int) -> str:
    """The sentence up to the end of the clause around `end`: in speech, what is only spoken of
    later starts nothing."""
    comma = text.find("，", end)
    return text if comma < 0 else text[:comma]


def days_said(text: str, default: str) -> Iterator[Reading]:
    """Lengths that name a day or a span without 内: 次日, 后天前, 节后首个工作日, 满一年后,
    三天后再查."""
    for match in NEXT_DAY.finditer(text):
        reported = text[: match.start()].endswith("情况")
        of_case = default in {"receipt", "acceptance"} and not reported
        default_of_day = default if of_case else "event"
        yield (
            match.start(),
            match.end(),
            within(text, match.start(), {"days": 1}, default_of_day),
        )
    for match in TOMORROW.finditer(text):
        anchor = "meeting" if default == "meeting" else "issue" if default == "issue" else "receipt"
        ahead = {"days": AHEAD_DAYS[match.group("day")]}
        yield match.start(), match.end(), once(anchor, "after", ahead)
    for match in FIRST_DAY.finditer(text):
        yield (
            match.start(),
            match.end(),
            within(text, match.start(), {"workdays": 1}, "event", more="后"),
        )
    for match in NTH_DAY.finditer(text) if "后" in text else ():
        if number(match.group("n")) > 1:
            unit = next(name for name in NTH_UNITS if match.group(name))
            length = {"weeks": {"days": number(match.group("n")) * 7}}.get(
                unit, {unit: number(match.group("n"))}
            )
            rule = within(text, match.start(), length, "event", more="后")
            yield match.start(), match.end(), rule
    for held, pattern in (("时间", TAKES), ("内", PAIRED)):
        for match in pattern.finditer(text) if held in text else ():
            rule = within(text, match.start(), offset(match), default)
            yield match.start(), match.end(), rule
    for match in FULL.finditer(text):
        unit = next(name for name in ("years", "months", "days") if match.group(name))
        before = text[: match.start()]
        anchor = "completion" if OVER.search(before) else of_what(before)
        anchor = "term_start" if SINCE_OFFICE.search(before) else anchor
        yield match.start(), match.end(), once(anchor, "after", full(match, unit))
    for match in LATER.finditer(text):
        yield match.start(), match.end(), within(text, match.start(), offset(match), default)


def of_what(before: str) -> str:
    """收到移交数据满30日后 counts from receipt, 发函后满三十天 from the letter."""
    if SENT_OUT.search(before):
        return "issue"
    return "receipt" if nearest(before) == "receipt" else "event"


def full(match: re.Match[str], unit: str) -> dict[str, int]:
    """满两年, 满半年."""
    if match.group("n") == "半":
        return {"months": 6} if unit == "years" else {"days": 15}
    return {unit: number(match.group("n"))}


def early(match: re.Match[str], text: str, default: str) -> Json:
    """提前3个工作日: before the meeting, election, flood season or limit spoken of, else before the
    event."""
    named = (anchor for anchor, pattern in LATE_EVENTS if pattern.search(text))
    of_meeting = default == "meeting" and re.search(r"议题|审议|上会", text)
    anchor = next(named, "meeting" if of_meeting else "event")
    return once(anchor, "before", offset(match))
