"""Lengths that no 内 bounds: 到货后8日付款, 接报5分钟封道, 时限5个工作日, 满半年的."""

from collections.abc import Iterator, Sequence

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.amounts import ONE, N, Reading, offset, once
from luoshi.foundation.reading.times.events.doing import AFTER, BARE, kind, said_by
from luoshi.foundation.reading.times.events.whence import named

Spans = Sequence[tuple[int, int]]

HAPPENED = compiled(
    r"(?<![不完])了(?!解|断|结)|[已曾](?!定)|(?<!不)过(?![程渡滤冬年节关期去磅])|以来|同比|累计|平均|"
    r"突破|下降|增长|获批|荣获|成功|才(?!能)|就[已即]|便已|竟"
)
LENGTH = compiled(
    rf"(?<![\d.零一二两三四五六七八九十百千半月年第每前头近共整约几多续])(?:就要|必须|最[迟多]|至多)?{N}{ONE}(?=[\u4e00-\u9fff“])"
    r"(?!之?内|以内|之?后|以[后上下来前]|左右|[多来余前的后起里间不未没间]|期[限满]?|工资|时间|报告|为[限期]|假|龄|制|报修|值[班守]|运[行营转]|服务|不间断|在线|监[控测]|[^，。；]{0,6}(?:热线|电话))"
)
INSIDE = compiled(
    rf"(?<![\d.零一二两三四五六七八九十百千半月年第每前近这那几多]){N}{ONE}里头?(?![程面氏外])(?=[\u4e00-\u9fff])"
)
"""会开完三天里贴出会议纪要."""
LAST = compiled(
    rf"(?:时限|期限|限期|办理期|工期)(?:为|是|：|:)?(?P<from>[^，。；\d]{{2,10}}后)?(?:不超过)?{N}{ONE}(?=[，。；）)]|$)"
)
BOUND = compiled(rf"(?:以|限)?{N}{ONE}为(?:限|期)(?=[，。；）)\u4e00-\u9fff]|$)")
KEPT = compiled(
    r"(?:延长|延期|展期|顺延|记录|保存|保管|留存|公示|试用|有效|服务|租赁|承包|质保|养护|合同|借[阅用]|劳动|挂职|培训|承诺|履行)(?:的)?$"
)
"""记录期限为3年, 延长期限不超过30日: no limit of an act."""
SET = compiled(
    rf"(?:[^一-龥有期权]|[\u4e00-\u9fff](?<![有期权时界上下年]))限其?{N}{ONE}(?!之?内|以内)(?=[\u4e00-\u9fff])"
)
FULL = compiled(
    rf"(?<![不未年龄岁合])(?<!没有)满{N}{ONE}(?=的?，|的?无异议的|后|时[，由]|由|[就即方须]|听取?一|[给向][^，。；]{{1,8}}[写交报]|还[^，。；]{{1,6}}的)"
)
RIGHT = compiled(r"的?，(?:可|(?:按|视为|以)[^，。；]{1,10}(?:论|处理|解约|离职|放弃)|视为)")
"""满三年的，可申请; 满72小时的，按自行解约论: what it gives or means."""
DONE_THEN = compiled(
    r"(?<=[，；])(?![^，。；]{0,2}(?:没|不|未))[\u4e00-\u9fff]{1,2}完了?(?![的不没成善全整备])[\u4e00-\u9fff]{0,2}?(?=(?:以后|之后|后)?(?:由|给|把|将|拍|发|报|交|送|登记|归档|锁|关闭|传|返|公[布示]|张贴|贴|写))"
)
COME_UP = compiled(r"[\u4e00-\u9fff][到出来齐成下起开过场磅走]$|^[过走开]$")
AS_SOON = compiled(
    r"(?<![第进统唯有逐之])一(?![次批个份年月天周轮名条项件场期种把遍篇张家户时定律般旦直起并])(?:经)?(?P<what>[\u4e00-\u9fff]{1,4}?)"
    r"，?(?:(?:(?![一二三四五六七八九十两半])[\u4e00-\u9fff]){2,8}?)??(?:就(?![业是地近餐诊])|即(?![使将可便])|立即)(?=[\u4e00-\u9fff]{2})"
)


def clause(text: str, at: int) -> tuple[int, int]:
    """The clause, or the item of a row, around a place."""
    begin = max(text.rfind(mark, 0, at) for mark in "，,；;。：:、") + 1
    ends = [found for mark in "，,；;。：:、" if (found := text.find(mark, at)) >= 0]
    return begin, min(ends, default=len(text))


def held(spans: Spans, begin: int, end: int) -> bool:
    """Whether a limit lies in a stretch."""
    return any(start < end and begin < stop for start, stop in spans)


def readings(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """Every such length."""
    yield from after(text, taken, default)
    if "里" in text:
        yield from inside(text, taken, default)
    if "限" in text:
        yield from limits(text, taken, default)
    if "满" in text:
        yield from full(text, taken, default)


def after(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """到货后8日付款, 接报5分钟封道: right after the word that starts it."""
    for match in LENGTH.finditer(text):
        begin, end = clause(text, match.start())
        if match.group("years") or held(taken, begin, end):
            continue
        if HAPPENED.search(text, match.end(), end):
            continue
        before = text[: match.start()]
        if not starts(before, begin) or text[end - 1] in "的时" or KEPT.search(before):
            continue
        said = named(text, match.start(), offset(match), default, end=match.end())
        yield match.start("n"), match.end(), once(said or default, "after", offset(match))


def inside(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """三天里: within so long."""
    for match in INSIDE.finditer(text):
        begin, end = clause(text, match.start())
        told = HAPPENED.search(text, begin, end) or text[end - 1] in "的时"
        if match.group("years") or told or held(taken, begin, end):
            continue
        said = named(text, match.start(), offset(match), default, end=match.end())
        yield match.start("n"), match.end(), once(said or default, "after", offset(match))


def at_once(text: str, taken: Spans) -> Iterator[Reading]:
    """培训一结束就考试: as soon as something has come about, in a sentence without another limit of
    the same act."""
    for match in AS_SOON.finditer(text):
        _begin, end = clause(text, match.end() - 1)
        if held(taken, match.start(), end) or HAPPENED.search(text, match.end(), end):
            continue
        anchor = kind(match.group("what"))
        if anchor is None and not COME_UP.search(match.group("what")):
            continue
        yield match.start(), match.end("what"), once(anchor or "event", "after")


def then(text: str, taken: Spans) -> Iterator[Reading]:
    """核完了拍张照片发给我: what follows right after one's own act."""
    for match in DONE_THEN.finditer(text):
        _begin, end = clause(text, match.end())
        if not held(taken, match.start(), end) and not HAPPENED.search(text, match.end(), end):
            yield match.start(), match.end(), once("completion", "after")


def starts(before: str, begin: int) -> bool:
    """Whether the words before a length say what it counts from, in its own clause."""
    head = AFTER.search(before)
    if head and head.start("what") >= begin - 14:
        return True
    if before.endswith("逾期"):
        return False  # 每逾期一天扣1分
    bare = BARE.search(before)
    return bool(bare and said_by(before) and kind(bare.group("what")) != "event")


def limits(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """…，时限5个工作日; 以三天为限; 限5日说清经过."""
    for pattern in (LAST, BOUND, SET):
        for match in pattern.finditer(text):
            if held(taken, match.start(), match.end()) or KEPT.search(text, 0, match.start()):
                continue
            length = offset(match)
            start = match.start("n")
            origin = match.groupdict().get("from")
            at = match.start() + 1 if pattern is SET else start
            said = said_by(origin) if origin else named(text, at, length, default, end=match.end())
            yield start, match.end(), once(said or default, "after", length)


def full(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """试用满半年由理事会定去留: once so long has passed."""
    for match in FULL.finditer(text):
        begin, end = clause(text, match.start())
        right = RIGHT.match(text, match.end()) is not None
        if right or held(taken, begin, end) or HAPPENED.search(text, begin, end):
            continue
        said = kind(text[max(begin, match.start() - 6) : match.start()])
        anchor = said if said and said != "completion" else "event"
        yield match.start(), match.end(), once(anchor, "after", offset(match))
