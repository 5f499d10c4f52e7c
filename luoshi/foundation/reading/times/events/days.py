"""Lengths that name a day or a span without 内: 次日, 后天前, 节后首个工作日, 满一年后."""

import re
from collections.abc import Iterator

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.amounts import ONE, N, Reading, offset, once
from luoshi.foundation.reading.times.events.anchors import nearest
from luoshi.foundation.reading.times.events.whence import within
from luoshi.foundation.reading.times.numerals import NUMBER, number

NEXT_DAY = compiled(
    r"(?:于)?(?:次日|翌日|第二天)(?:(?:凌晨|早上|上午|下午|中午)?\d{1,2}[时点](?:之?前|以前)|之?前|内|[上下]班前|(?:营业|工作)?终了前|"
    r"(?=(?:[上下]午)?(?:会商|研判|暂停|中止|停止|撤销|解除|签订|把|将|报|关闭|推送|补发|抄|登记|移送|恢复|划|冻|解|约谈|点名|扣|上门|排|查|清|更新|销|核|起草|反馈|转|交|上报|通报|送|办|公布|完成|答复|回|到|提出|退回|核改|见报|通知|整改|复核|处理|处置|登门|告知|反映|制定|拿出|启动|组织|召开|派|出具|书面|张贴|录入|上传|划转|拨付|核销|归档|补报|复查|回访|发放|清运|在[^，。；]{2,8}(?:公布|公开|公示|发布)|通过[^，。；]{2,8}(?:公布|公开|公示|发布))))|于(?:次日|翌日)(?![起凌零])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]{2}后)(?:次日|翌日)，(?=[\u4e00-\u9fff]{2,10}(?:应当?|须|要|将|把|必须))|(?<=[知料件告函的付院])(?:次日|翌日)(?=[划拨支缴退发派启组办作提关将推移补])"
)

TOMORROW = compiled(
    r"(?<!从)(?<!自)(?<!、)(?P<day>明天|明日|明早|明晚|大后天|后天)(?!起|开始|的)(?:天[黑亮]|[上下]午|中午|晚上|一早)?"
    r"(?:\d{1,2}[点时]|[一二两三四五六七八九十]{1,2}点)?(?:下班|上班)?(?:之?前|以前)?"
    r"(?:(?<=[午上班黑亮]前)|(?<=[午上班黑亮]之前)|(?=就|[要必务]|把|将|报|交|送|派|拿|完成|上报|到|给|贴|签|发|开会|，))"
)

HELD_THEN = ("活动", "比赛", "考试", "演练", "演出", "节目")
"""活动次日送宣传部: the day after it was held."""
AHEAD_DAYS = {"明天": 1, "明日": 1, "明早": 1, "明晚": 1, "后天": 2, "大后天": 3}

FULL = compiled(
    rf"(?:[满逾])(?P<n>半|{NUMBER})(?P<half>)个?(?:(?P<years>周?年)|(?P<months>月)|(?P<days>天|日))(?:(?:之|以)?后|时|(?=(?:仍|还)?[未没无]有?[^，。；]{{2,10}}的，|应当|必须|须(?!知)|，?(?:写|交|报|考核|评|复|还|再|组织|进行|申请)))"
)
"""实施满一年后…: so long after it began."""

OVER = compiled(r"(?:竣工|完工|建成|验收结束)$")
"""竣工满一年后: so long after it was finished."""

SENT_OUT = compiled(r"发[函文出](?:之|以)?后$")

OVERDUE = compiled(rf"逾期{N}{ONE}(?:仍|还)?(?=[未没拒][^，。；]{{1,8}}的(?!，))")
"""逾期三日未还的: so long after the limit."""
TOO_LATE = compiled(rf"超过?{N}{ONE}(?:的，?|，)?(?:即?视为|按|算作?)(?:迟|瞒|漏|超时|逾期)")
"""超过30分钟视为迟报: by when at the latest."""
ON_TRIAL = compiled(
    rf"(?:试用|试行|试运行|试点|使用|运行){N}{ONE}(?:之|以)?后(?=，?[\u4e00-\u9fff])"
)
"""试用一个月后收集意见: so long after it began."""
AFTER_LENGTH = compiled(rf"{NUMBER}个?(?:工作)?(?:日|天|周|月)(?:之内|以内|内)[^。；]*$")
"""20日内提交方案，三个月后由组织部复评: so long after what was bounded before."""
NEXT_WORKDAY = compiled(
    r"(?:次一?个?工作日|下一?个?工作日)(?:\d{1,2}时)?(?:之?前|内)?(?=[\u4e00-\u9fff])"
)
SINCE_OFFICE = compiled(r"(?:到任|就任|任职|上任)$")

FIRST_DAY = compiled(
    r"(?<![月季年])后(?:的)?(?:第一|首|第1)个工作日(?:\d{1,2}[时点])?(?:之?前|内)?(?![）)])"
)

NTH_DAY = compiled(
    rf"(?<![月季年])后(?:的)?第(?P<n>{NUMBER})(?:个(?P<workdays>工作日)|(?P<days>天|日)|个?(?P<weeks>周|星期)|个(?P<months>月))(?![起开])(?:之?内|之?前)?"
)
"""预警解除后第三天: so long after."""

NTH_UNITS = ("workdays", "days", "weeks", "months")

TAKES = compiled(
    rf"(?<![了耗费历已曾])(?:用|花|拿出|利用)(?:大约|约)?{N}{ONE}(?:左右)?的?(?:时间，?|(?=[把将]))(?=[把将对集彻全要完摸查整解开汇总梳逐组办清]|实现|建成|打通|消除|补[齐上]|做到)(?![^，。；]{{0,20}}了|[^，。；]{{0,14}}，[^，。；]{{0,8}}月)"
)
"""用一个月时间摸清: a length without 内, where no date follows that says more."""

PAIRED = compiled(
    rf"(?<=[\u4e00-\u9fff])(?<![第每前后满于]){N}{ONE}(?=(?:[、，](?!其中|公示|期满)[\u4e00-\u9fff]{{2,4}}?{NUMBER}个?(?:工作日|小时|分钟|天|日|周|月))?[、，](?!其中|公示|期满)[\u4e00-\u9fff]{{2,4}}?(?:{NUMBER}|半)个?(?:工作日|小时|分钟|天|日|周|月|年)(?:之内|以内|内))"
)
"""城区45分钟、农村90分钟内到场: the last of a row says 内 for all."""

LATER = compiled(
    rf"(?<![\d第]){N}{ONE}(?:之|以)?后(?=，?(?:我|再|"
    r"必须|须|由[^，。；]{2,16}(?:复|检|回|验)|请[^，。；]{2,8}来|(?:提交|报(?!道|名)|送)|"
    r"组织[^，。；]{0,6}(?:回头看|复[查核]|检查)|复[查检核诊]|补考|重考|补测|上门|回访))"
)
"""7天后复查, 三天后我再来看: so long after, not within."""


def days_said(text: str, default: str) -> Iterator[Reading]:
    """Lengths that name a day or a span without 内: 次日, 后天前, 节后首个工作日, 满一年后,
    三天后再查."""
    yield from next_days(text, default)
    for match in TOMORROW.finditer(text) if "明" in text or "后天" in text else ():
        anchor = "meeting" if default == "meeting" else "issue" if default == "issue" else "receipt"
        ahead = {"days": AHEAD_DAYS[match.group("day")]}
        yield match.start(), match.end(), once(anchor, "after", ahead)
    for match in FIRST_DAY.finditer(text) if "工作日" in text else ():
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
    for held, pattern in (("用花拿利", TAKES), ("内", PAIRED)):
        for match in pattern.finditer(text) if not set(held).isdisjoint(text) else ():
            rule = within(text, match.start(), offset(match), default)
            yield match.start(), match.end(), rule
    yield from since_begun(text, default)
    for match in LATER.finditer(text) if "后" in text else ():
        if text.startswith("由", match.end()) and AFTER_LENGTH.search(text, 0, match.start()):
            yield match.start(), match.end(), once("event", "after", offset(match))
            continue
        yield match.start(), match.end(), within(text, match.start(), offset(match), default)


def next_days(text: str, default: str) -> Iterator[Reading]:
    """次日, 第二天: of what comes in, of what its clause says, else of what happens."""
    for match in (
        NEXT_DAY.finditer(text) if "次日" in text or "翌" in text or "第二" in text else ()
    ):
        before = text[: match.start()]
        of_case = default in {"receipt", "acceptance"} and not before.endswith("情况")
        if before.endswith("逾期"):
            rule = once("deadline", "after", {"days": 1})
        elif happened_before(text, before):
            rule = once("event", "after", {"days": 1})
        else:
            rule = within(text, match.start(), {"days": 1}, default if of_case else "event")
        yield match.start(), match.end(), rule


def happened_before(text: str, before: str) -> bool:
    """活动次日, 送达的次日: what happened is named right before the day."""
    unsaid = before.endswith("的") and nearest(last_clause(text, len(before))) is None
    return before.endswith(HELD_THEN) or unsaid


def since_begun(text: str, default: str) -> Iterator[Reading]:
    """满一年后, 逾期三日未还的, 试用一个月后, 次一工作日."""
    for match in FULL.finditer(text) if "满" in text or "逾" in text else ():
        unit = next(name for name in ("years", "months", "days") if match.group(name))
        before = text[: match.start()]
        anchor = "completion" if OVER.search(before) else of_what(before)
        anchor = "term_start" if SINCE_OFFICE.search(before) else anchor
        yield match.start(), match.end(), once(anchor, "after", full(match, unit))
    for match in OVERDUE.finditer(text) if "逾期" in text else ():
        yield match.start(), match.end(), once("deadline", "after", offset(match))
    for match in TOO_LATE.finditer(text) if "超" in text else ():
        rule = within(text, match.start(), offset(match), "event")
        yield match.start(), match.end(), rule
    for match in ON_TRIAL.finditer(text) if "后" in text else ():
        yield match.start("n"), match.end(), once("event", "after", offset(match))
    for match in NEXT_WORKDAY.finditer(text) if "工作日" in text else ():
        rule = within(text, match.start(), {"workdays": 1}, default)
        yield match.start(), match.end(), rule


def last_clause(text: str, end: int) -> str:
    """The clause up to a place."""
    return text[max(text.rfind(mark, 0, end) for mark in "，；。") + 1 : end]


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
