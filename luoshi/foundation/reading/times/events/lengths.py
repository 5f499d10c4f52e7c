"""Lengths from an event: 15日内, 会后一个月内, 印发之日起30日内, 不超过3天."""

import re
from collections.abc import Iterator

from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.ahead import counted_back
from luoshi.foundation.reading.times.events.amounts import ONE, N, Reading, offset, once
from luoshi.foundation.reading.times.events.anchors import local_default
from luoshi.foundation.reading.times.events.days import days_said
from luoshi.foundation.reading.times.events.whence import named, within
from luoshi.foundation.reading.times.numerals import NUMBER, number

QUARTER_HOUR = compiled(r"(?P<n>一|两|三)刻钟(?:之内|以内|内)")

QUARTERS = compiled(r"(?P<n>一|两|三)个季度(?:之内|以内|内)")

SPOKEN = (
    r"|(?:就要|必须|就|要|得)?(?:一次)?(?:口头报|书面报|电话报|到现场|签出|看现场|复核|恢复|审结|审毕|查清|验[完好收]|发放|拨款|整改|放行|移交|派单|见面|答复|转报|重办|处置|形成|出(?:纪要|报告|方案|证明)|给(?:出)?结果|交(?![流通往接换])|出(?:件|证|结果)|发证|批[掉完]|给(?:个|一个|出|他们|人家|群众)?(?:答复|回复|回话|说法|意见|结论)|"
    r"办[好完妥]|改[好完掉]|修[好完通]|补(?:齐|上|种)|换[好完]|接[上通好]|回(?:复|话|信|电|(?=[，。；]|$))|拨付|销[号掉]|清[完零]|装[好完])(?![^，。；]{0,6}[了的](?=[，。；]|$)|的)"
)
"""材料齐的三个工作日出件: a length of speech without 内, right before what is to be handed over."""

WITHIN = compiled(
    r"(?<![提年缩\d第哪那几头])(?<!现在)(?<!如今)(?<!只[要用])(?<![上下](?=半))(?<!提前)(?<![压缩短降减][到至])(?<!缩[到至为])(?<!(?<!请)(?<!应)(?<!须)(?<!要)控制在)(?<![把将近])(?:"
    + NUMBER
    + r"(?:至|到|-|—|～|~))?"
    + N
    + ONE
    + r"(?:[（(][^（）()]{1,12}[）)](?=内|之内|以内))?"
    + r"(?:的?时间)?(?:之内|以内|内(?![容部])|(?<=[周期天])之?内|"
    + r"(?=(?:就要|必须|就|要|得)?(?:提前)?(?:报(?![修警名刊])|完成|办结|答复|给出|拿出|"
    r"批(?:下来|复|准)|响应|修复|到达|赶到|到场|到位|回应" + SPOKEN + r")))"
)

AFTER = compiled(
    r"(?<!最)(?:之|以)?后(?:的)?"
    + N
    + ONE
    + r"(?:之内|以内|内)?"
    + r"(?=[，,、。向报完办上书召答交将把由提发要须应印拿补修换装"
    + r"改清销种还给公组开拨审结出形整督复制征收核送抽架搭派到启]|$)"
)

EXTENDED = compiled(
    r"(?:延长|延期|展期|顺延|宽限|放宽)(?:[^，。；]{0,4}(?:期限|时间|时限))?(?:的，?)?(?:一般)?(?:最长|最多|至多)?(?:[至到]|不(?:得|能|应)?超过|不晚于)?$"
)
"""可延长至6个月, 延期最长不超过2个月: how long a limit may be stretched is no limit."""

NOT_OVER = compiled(
    r"(?:不超过|不得超过|不能超过|不迟于|最迟不超过|最长不(?:得)?超过|时限为|期限为|不晚于)"
    + N
    + ONE
)

HARD_TO = compiled(r"(?:难以|确难|无法|不能|未能)在?[^，。；\d的则]{0,6}$")
"""难以在2小时内准确报告的: what cannot be done by then is a case."""
KEPT = compiled(
    r"(?:保存|保留|留存|存放|保管)(?:的)?(?:期限|时间|年限|期)?(?:一般|应当?|须)?(?:到|至|为|自|不(?:得|应)?(?:少于|低于|短于))[^，。；]{0,16}$"
)
"""录像保存到考试结束后六个月: how long a thing is kept."""
SINCE_THEN = compiled(r"[此今]后$")
"""此后一周内每日…: for how long, not by when."""

MAY_ASK = compiled(r"(?<![不])可以?(?:在|于)?$")

MAY_APPEAL = compiled(r"(?<![不])可以?(?:在|于)?收到[^，。；]{1,8}后$")
"""可以在收到答复后15日内提请协调: a right."""

MAY_OBJECT = compiled(
    r"(?<![不])可以?(?:自[^，。；]{2,14}?|在[^，。；]{0,10}(?:公布|公示|公告|张榜))之?日起$"
)

MAY_THEN = compiled(r"(?<![不])可以?(?:在|于)(?!收到|接到)[^，。；]{1,10}后$")
"""可以在公布后1小时内由领队书面申诉: a right."""
OBJECTS = compiled(
    r"，?[^，。；]{0,20}(?:复核|复查|复议|申诉|异议|诉讼|仲裁)|向[^，。；]{2,16}(?:提出|反映|申请|投诉|举报|起诉)"
)
"""可以自公示之日起15日内申请复核: a right, no limit of a duty."""

ASKS = compiled(r"[^，。；]{0,4}(?:提出|提请|申请|申诉|复议|投诉|举报)[^，。；]{0,8}")

UNDONE = compiled(
    r"打得通|开[机通着]|畅通|被(?:查处|通报|约谈|处罚|投诉|举报|督办|曝光|问责|警告)[^，。；]{0,6}[次的]|[^，。；]{0,4}[\u4e00-\u9fff]不了(?:[^，。；]{0,3}，|[要的])|[^，。；]{0,4}免[检查审考]|[^，。；]{0,8}不(?:得|能|应)?(?:超过|多于)[^，。；]{1,3}次|零[^，。；]{1,6}的，|"
    r"(?:仍|还)(?:无|没)[^，。；]{2,12}的|(?:仍|还|尚)?未(?:能|得到|按)[^，。；]{2,10}的，|(?:仍|还|尚)未[^，。；]{2,10}的，|"
    r"(?:出现|发生|无新发|新增(?!任务)|连续|累计)|"
    r"(?:不得(?!少于|低于|超过|晚于|迟于|拖)|不准|禁止|不予|不再)|"
    r"的(?:事项|项目|任务|问题|案件)|[^，。；]{0,12}的(?:比例|占比|比率)|[^，。；]{0,14}(?:出现|发生|累计|超过)[^，。；]{0,14}的，|"
    r"的(?:至少|不少于|由|可|一律|须|按|实行|，)|[^，。；]{0,6}(?:不完|[\u4e00-\u9fff]不(?:下来|[下了成])|没有[^，。；]{0,4}|未能[^，。；]{0,4}|未[办完报整落达][^，。；]{0,4}|不能[^，。；]{0,4})的"
)


MEASURES = frozenset("日天周星礼月年时钟季刻早晚")
"""No length is said without one of these."""


def readings(text: str, own: str, default: str) -> Iterator[Reading]:
    """Every length of a sentence: (start, end, rule). `own`: the document's anchor, `default` that
    of the sentence."""
    if MEASURES.isdisjoint(text):
        return
    yield from counted_back(text, default)
    yield from days_said(text, default)
    for pattern, unit, per in ((QUARTER_HOUR, "minutes", 15), (QUARTERS, "months", 3)):
        for match in pattern.finditer(text):
            if UNDONE.match(text, match.end()):
                continue
            length = {unit: number(match.group("n")) * per}
            yield match.start(), match.end(), within(text, match.start(), length, default)
    yield from bounded(text, own, default)


BOUNDS = Sieve((("within", WITHIN), ("after", AFTER), ("not over", NOT_OVER)))


def bounded(text: str, own: str, default: str) -> Iterator[Reading]:
    """Lengths said with 内, 后 or 不超过, and those of speech right before their act."""
    case: int | None = None
    for _name, pattern in BOUNDS.left(text):
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
            if MAY_THEN.search(before) and OBJECTS.match(text, match.end()):
                continue
            if KEPT.search(text, 0, match.start()) or HARD_TO.search(text, 0, match.start()):
                continue
            if EXTENDED.search(before) or SINCE_THEN.search(before):
                continue
            if (
                pattern is NOT_OVER
                and not match.group().startswith(LATEST)
                and not REPORTED.search(text, 0, match.start())
                and re.search(
                    r"(?:中断|持续|间隔|停留|任期|会期|[每单][次场期]|(?<![办处][理结])(?<!停[用水电气运业])(?<![整修]改)(?<![下印]发)(?<![报发]送)(?<!审[核批])(?<!答复)(?<!公布)(?<!反馈)时间(?:一般)?|一般|一次|借阅[^，。；]{0,6}|延长，但|保管|履行|有效|合同|记录|公示|保存|服务|租赁|使用|承包|限制|质保|养护|周期|工期|(?:周期|工期|期限)[^，。；]{0,4}为[^，。；]{1,8}，)$",
                    text[: match.start()],
                )
            ):
                continue
            more = "后" if pattern is AFTER else ""
            spoken = own == "meeting"
            said = local_default(clauses_to(text, match.end()), own) if spoken else default
            length = offset(match)
            anchor = named(text, match.start(), length, said, more=more, end=match.end())
            if anchor == "event":
                case = match.end()
            elif anchor is None and pattern is WITHIN and case is not None:
                anchor = "event" if SAME_CASE.fullmatch(text, case, match.start()) else None
            yield match.start(), match.end(), once(anchor or said, "after", length)


LATEST = ("不迟于", "不晚于")
"""These end no stay and no pause, only an act."""
REPORTED = compiled(r"报告[^，。；]{2,40}时间$")
"""报告市政府的时间不得超过30分钟: how long a report may take is a limit."""
SAME_CASE = compiled(
    r"(?![^，。；]{0,20}(?:受理|收到|接到))[^，。；]{2,24}[，、；](?:并|再|同时)?(?:在|于)?(?![^，。；]{0,30}的，)"
)
"""不满意的，5个工作日内登门沟通，20日内重新答复: the second counts from what the first does."""


def clauses_to(text: str, end: int) -> str:
    """The sentence up to the end of the clause around `end`: in speech, what is only spoken of
    later starts nothing."""
    comma = text.find("，", end)
    return text if comma < 0 else text[:comma]
