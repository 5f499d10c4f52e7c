"""What no list names: a bare month, whatever is done in it; whatever comes before an act; a length
or a day of speech right before its act. Offered only where a clause holds no limit yet."""

from collections.abc import Iterator

from luoshi.foundation.reading.held import characters
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.calendar_dates import YEAR_WORDS, year_value
from luoshi.foundation.reading.times.events import bare
from luoshi.foundation.reading.times.events.ahead import event_before
from luoshi.foundation.reading.times.events.amounts import ONE, N, Reading, offset, once
from luoshi.foundation.reading.times.events.anchors import nearest
from luoshi.foundation.reading.times.events.bare import Spans, held
from luoshi.foundation.reading.times.events.whence import HANDLES, comes_in, within
from luoshi.foundation.reading.times.numerals import number

CLAUSE = compiled(r"[^，,；;。：:]+")
HAPPENED = compiled(
    r"(?<![不完])了(?!解|断|结)|[已曾](?!定)|(?<!不)过(?![程渡滤冬年节关期去])|以来|[共达]\d|\d+(?:\.\d+)?%|同比|时明确|累计|"
    r"突破|发生|下降|增长|获批|荣获|救治|成功|本来|反馈的|提出的|公布的|定的|印发的|采购的|试点的"
)
"""The clause tells of what was."""
LONG_AGO = compiled(
    r"去年|前年|上年|上[个一]?月|当时|当年|那年|那[场次]|目前|到现在|至今|仍有|仍未|后来|前些年|人次"
)
"""The sentence tells of another time."""

MONTH = compiled(
    rf"(?<![\d一二三四五六七八九十年、和及与至到—\-—～~第])(?P<year>{YEAR_WORDS})?(?P<month>\d{{1,2}}|十[一二]?|[一二三四五六七八九])(?:月份|月)"
    r"(?=[\u4e00-\u9fff“])"
)
NEXT_MONTH = compiled(
    r"(?<![\d一二三四五六七八九十])(?<!每)(?:(?P<which>[下本这])个月|本月)(?=[\u4e00-\u9fff“])"
)
"""各院下个月全部换签."""
NO_ACT = compiled(
    r"[的至起底末初里内中旬份之以后前多间、和及与或时第每就还仍又才没未是为也都刚虽被因遇当月号日可花桂亮]|正(?!式)|(?![请由把让对])[\u4e00-\u9fff]{2,4}的(?!时候)|"
    r"来(?![看查验听收做开把给搞一])|绩效|奖金|津贴|(?:通报|暗访|摸底|去看|对账|宣判|调研|抽查|督查|检查)(?=[，。；]|$)|有(?!结果|说法|着落|动静|进展|眉目)|到(?=\d|[一二三四五六七八九十]+月|[年底期现明今次])|开始|[上下]旬|全[市县省区国镇乡州年]|天气|气温|工资|账|数据|报表|销|产量|用电|主题|例会|行动|工作|任务|计划|考核|通报的|检查情况|"
    r"[^，。；]{0,14}(?:的时候|[候期]，)|[^，。；]{0,4}(?:以来|期间|前后|左右)|(?:省|市|县|国家|上级|领导)里?[^，。；]{0,4}(?:要求|派出|要来|将来|来检查)"
)
"""What the month only names: 11月的数据, 9月工资."""
DAY = compiled(
    r"(?:(?<=[，；])|(?<=[局办组队委所站校院厂司里县乡镇村]))(?P<day>\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号](?:之?前|以前|上午|下午|晚上?|一早|中午)*(?=[\u4e00-\u9fff])"
)
DAY_TO_DAY = compiled(
    r"(?<=[，；])(?P<first>\d{1,2})[日号](?:至|到|—+|–|-|～)(?P<last>\d{1,2})[日号]"
)
MONTH_BEFORE = compiled(
    r"(\d{1,2}|十[一二]?|[一二三四五六七八九])月(?:\d|[一二三]?十|[一二三四五六七八九][日号])"
)
FORCED = compiled(r"(?:就要|就|要|必须|也要|再)+")
SAME_MONTH = compiled(r"(?<![\d、年])当月(?=[\u4e00-\u9fff])")
OF_A_SPAN = compiled(r"(?:从|自|在|比|较|历年|答应|承诺|原定|截至|今年)$")

EVENT_AHEAD = compiled(
    r"(?P<what>[\u4e00-\u9fff”》]{2})(?<![年月日号天底末初旬周点午])(?<![^热暖渔果汛茶采割播售花雨旱火]季)(?:（[\u4e00-\u9fff]{1,6}）)?(?:之|以)?(?P<ahead>前)"
    r"(?<!学龄前)(?!(?<=任前)(?:法律|培训|考试|教育|廉政|谈话|公示))(?!公示(?:和批后|制度|，公示期)|启后)(?![后呼瞻进往头期途沿列景线端台者辈任言述所锋哨世夕来面身院卫置款移楼脚急去场起\d的。；、）]|提(?![出交供请醒])|，(?!(?:先|把|将|持|凭|与|同|[^，。；]{2,8}(?:召集|组织(?!的)|开展|全面|做好|完成|落实)|要(?!求)|必须|由|[^，。；]{2,14}(?:[把将]|必须|应当|须|要(?!求))))|[一几半两三四五六七八九十\d]+(?:天|日|周|个|位|名|强|类|项|件|家|年|小时|月|分|工作日|刻|夜|晚|阶?段|阵|线|任|轮|批|期|届))"
    r"(?!能[^，。；]{1,8}的)(?!(?:一律)?(?:暂停|停止|不|禁止|严禁|暂缓|仍|已|还|涉及)|(?:须|应当?)?(?:先)?(?:经|由)[^，。；]{2,14}(?:审|签|同意|批准))"
    r"，?(?P<rest>[^，。；]{2,})"
)
NO_EVENT = compiled(
    r"(?:截止(?:时间|日期|期限)|[照按依]|[在车新老高火]站|(?:未|尚未|没有?)[\u4e00-\u9fff]{2}|(?<![上离到在顶])岗|[院班靠产术课餐诊婚孕]|[此目以之当先提面跟眼门空向从往生台榜车阵房楼床窗超史事日]|今年|会|节|汛|[几数百千多两]年|届|[几两三四五六七八九十]个?)$"
)
YEARLY = compiled(r"每[年月季周日天次]")

NEW_YEAR = compiled(
    r"(?<![\d几半多每两今明去当上这那前后〇零一二三四五六七八九十百千数])年(?:之|以)?(?P<side>前|后)(?=[\u4e00-\u9fff]{2})(?![后期年的勤续])"
)
WEEKDAY = compiled(
    r"(?<![每本这下上次\d一二两三四五六七八九十半的、和])(?:周|星期|礼拜)(?P<day>[一二三四五六日天])(?:上午|下午|晚上?|早上|一早|中午|下班)?(?:之?前|以前)?(?=[\u4e00-\u9fff]{2})(?![、和至到的起])"
)
DAY_AFTER = compiled(
    r"(?<![从自到布报测])(?:次日|翌日|第二天)(?:凌晨|早上|一早|清早|上午|中午|下午|晚上)?(?:[上下]班)?(?:之?前|以前)?(?=[\u4e00-\u9fff])(?![起就凌零是还也又才的了算])"
)
DAYS_AHEAD = compiled(
    r"(?<![从自到、])(?P<day>明天|明日|明早|明晨|明晚|大后天|后天)(?![起就是的、，期]|开始|本来|要来)(?=[\u4e00-\u9fff]{2})"
)
AHEAD = {"明天": 1, "明日": 1, "明早": 1, "明晨": 1, "明晚": 1, "后天": 2, "大后天": 3}

LENGTH = compiled(
    rf"(?:(?<=[，；、])|(?<=[\u4e00-\u9fff]))(?<![\d.零一二两三四五六七八九十百千半月年第每前头近满于达共整约提年到至了过隔长短这那上下哪由从])(?:最[迟多长]|顶多|至多|不过|最迟不过|不出)?{N}{ONE}(?!之?内|以内|[压缩也都不前年])"
    r"(?=(?:就|就要|必须|要|得|须|应当?)?(?:[^，。；]{0,3})?(?:[把将给就]|必须|[要得](?!求)|[\u4e00-\u9fff]{1,3}(?:到|出|完|好|掉|清|齐|下来|上来|出来|出去|到位)))"
    r"(?![左右多来前后的一未没不再以之])"
)
BARE = compiled(
    rf"(?:(?<=[，；、])|(?<=[\u4e00-\u9fff]))(?<![\d.零一二两三四五六七八九十百千半月年第每前头近满于达共整约提年到至了过隔长短这那上下哪由从]){N}{ONE}(?!之?内|以内|到期|报修|值[班守]|运[行营转]|服务|热线|电话|不间断|在线|监[控测]|[左右多来前后的一未没不再以之了起着])"
)
DOES = compiled(
    r"(?![^，。；]{0,12}(?:\d|[一二两三四五六七八九十百])(?:元|块|次|趟|遍|回|斤|亩|吨|家|份|件|场))(?![\u4e00-\u9fff]着)(?:就|要|必须|得|须|应当?|全部|统一|集中|先|再|都|一律|内部)*[报交送拨换见查验改修补办清还退发给拿出到签写印贴装拆建种挖填铺通开停关封撤搬腾移运调派配备选定批审核评复回答告公完落整治复救疏巡追收缴兑结销登录传]"
)
GIVEN = compiled(
    rf"(?<![\u4e00-\u9fff])(?:最[多迟晚长](?:不过|不超过)?|不出|顶多|至多|限[^，。；]{{0,4}}|再?给[^，。；\d]{{1,8}}?)(?<![第每])(?<![\d一二两三四五六七八九十半]){N}{ONE}(?:的?时间)?(?=，?[\u4e00-\u9fff]{{2}})(?!之?内|以内|以上|以下)"
)
"""最多五天，必须给答复; 给你们一个月时间，把账清掉."""
WEEK = compiled(
    r"(?P<which>[本这下])个?(?:周|星期|礼拜)(?![一二三四五六日天末的前内以底、和例])"
    r"(?![\u4e00-\u9fff]{0,4}(?:安排|计划|打算|议程|日程|[问难]题)(?:[，。；、并和及]|$))(?=[\u4e00-\u9fff])"
)
"""下周会议安排 is what is told, no limit."""
TO_WEEK = compiled(
    r"(?:提交|提请|报请|报|上)(?P<which>[本下])周[^，。；]{0,8}?(?:例会|办公会|常务会|会议|党组会)"
)
"""提交下周例会: by the end of that week."""
ONCE = compiled(r"[^，。；]{0,8}(?:\d|[一二两三四五六七八九十])(?:场|次|期|轮|届|趟|遍|回|面)")
"""一个月办一场: a rhythm."""
WITH_WHOM = compiled(
    r"(?:就|要|必须)?(?:跟|与|和|向|同)[^，。；]{1,10}(?:联系|见面|通|对接|沟通|见上|报|说明|答复)"
)
NOT_A_LIMIT = compiled(
    r"(?:现在|如今|最后|连着|按照?|历时|集中|为期|过去|已经|连续|整整|足足|将近|差不多)[^，。；]{0,3}$"
    r"|(?:延长|顺延|宽限|延期)[^，。；]{0,3}$|[花用耗等拖住干忙跑走歇晚早迟差缺少多晾放存搁超开满逾延展带修](?:了|着|掉|去|上|出)?$"
)


MEASURED = frozenset("日天周星礼月年时钟刻早晚")
"""Nothing but an event before an act is said without one of these."""
NEXT = frozenset("次翌第明后")
NUMERALS = frozenset("0123456789一二两三四五六七八九十百半")


def clause_of(text: str, at: int) -> tuple[int, int]:
    """The clause around a place."""
    begin = max(text.rfind(mark, 0, at) for mark in "，,；;。：:") + 1
    found = CLAUSE.match(text, begin)
    return begin, found.end() if found else len(text)


def acts_then(text: str, start: int, end: int) -> bool:
    """Whether what stands between is something to do, not a thing or what was."""
    if forced := FORCED.match(text, start):
        start = forced.end()
    if end - start < 2 or NO_ACT.match(text, start, end) or text[end - 1] in "的时":
        return False
    return HAPPENED.search(text, start, end) is None


def months(text: str, taken: Spans) -> Iterator[Reading]:
    """县消防救援大队12月在老鸦岭搞一次联合演练: the month in which something is to be done."""
    for match in MONTH.finditer(text):
        begin, end = clause_of(text, match.start())
        month = number(match.group("month"))
        if held(taken, begin, end) or not acts_then(text, match.end(), end) or not month <= 12:
            continue
        if OF_A_SPAN.search(text, 0, match.start()) or (
            match.group("year") and end - match.end() <= 2
        ):
            continue
        due = {"anchor": "calendar", "year": year_value(match.group("year"))}
        yield *match.span(), {"type": "once", "due": {**due, "month": month, "day": "end"}}
    for match in NEXT_MONTH.finditer(text) if "月" in text else ():
        begin, end = clause_of(text, match.start())
        if not held(taken, begin, end) and acts_then(text, match.end(), end):
            month_said = "+1" if match.group("which") == "下" else "+0"
            ends = {"anchor": "calendar", "year": None, "month": month_said, "day": "end"}
            yield *match.span(), {"type": "once", "due": ends}


def weeks(text: str, taken: Spans) -> Iterator[Reading]:
    """下周交方案: by the end of that week."""
    for match in WEEK.finditer(text):
        begin, end = clause_of(text, match.start())
        if not held(taken, begin, end) and acts_then(text, match.end(), end):
            week = "+1" if match.group("which") == "下" else "+0"
            yield *match.span(), {"type": "once", "due": {"anchor": "calendar", "week": week}}
    for match in TO_WEEK.finditer(text) if "周" in text else ():
        if not held(taken, *clause_of(text, match.start())):
            week = "+1" if match.group("which") == "下" else "+0"
            ends = {"anchor": "calendar", "week": week}
            yield match.start("which"), match.start("which") + 2, {"type": "once", "due": ends}


def days_of_month(text: str, taken: Spans) -> Iterator[Reading]:
    """10月8日以前检修收尾，10日点火升温，15日调试走完: days of the month named before."""
    for match in DAY.finditer(text):
        begin, end = clause_of(text, match.start())
        named_month = MONTH_BEFORE.findall(text, 0, begin)
        day = number(match.group("day"))
        if not named_month or held(taken, begin, end) or not 1 <= day <= 31:
            continue
        if acts_then(text, match.end(), end):
            due = {"anchor": "calendar", "year": None, "month": number(named_month[-1])}
            yield *match.span(), {"type": "once", "due": {**due, "day": day}}


def spans_of_days(text: str, taken: Spans) -> Iterator[Reading]:
    """决赛10月15日检录，16日至17日分组进行: from day to day of the month named before."""
    for match in DAY_TO_DAY.finditer(text):
        named_month = MONTH_BEFORE.findall(text, 0, match.start())
        first, last = number(match.group("first")), number(match.group("last"))
        if named_month and not held(taken, *match.span()) and 1 <= first < last <= 31:
            month = {"anchor": "calendar", "year": None, "month": number(named_month[-1])}
            ends = {"from": {**month, "day": first}, "to": {**month, "day": last}}
            yield *match.span(), {"type": "period", **ends}


def events(text: str, taken: Spans) -> Iterator[Reading]:
    """开镰前拉到村里, 明年夏粮上市之前全部交付: whatever comes before what is to be done."""
    for match in EVENT_AHEAD.finditer(text):
        begin, end = clause_of(text, match.start())
        if held(taken, begin, end) or NO_EVENT.search(text, begin, match.end("what")):
            continue
        if match.group().startswith("，", match.end("ahead") - match.start()):
            end = clause_of(text, match.start("rest"))[1]
            if held(taken, begin, end):
                continue
        if HAPPENED.search(text, begin, end) or text[end - 1] in "的时":
            continue
        if YEARLY.search(text, 0, match.start()):
            continue
        anchor = event_before(text[begin : match.end("what")], "event")
        yield match.start("what"), match.end("ahead"), once(anchor, "before")


def weekdays(text: str, taken: Spans) -> Iterator[Reading]:
    """每周定一次食谱，食谱周日贴出来: a day of every week, beside a weekly duty."""
    for match in WEEKDAY.finditer(text):
        begin, end = clause_of(text, match.start())
        if not held(taken, begin, end) and acts_then(text, match.end(), end):
            weekday = (
                7 if match.group("day") == "天" else "一二三四五六日".index(match.group("day")) + 1
            )
            yield *match.span(), {"type": "recurring", "every": "week", "at": {"weekday": weekday}}


def new_year(text: str, taken: Spans) -> Iterator[Reading]:
    """市人社局年前搞一次定向招聘: before the feast that nobody needs to name."""
    for match in NEW_YEAR.finditer(text):
        begin, end = clause_of(text, match.start())
        if not held(taken, begin, end) and acts_then(text, match.end(), end):
            side = "before" if match.group("side") == "前" else "after"
            yield *match.span(), once("event", side)


def days(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """抽查结果第二天早上发工作群, 名单后天登在公众号上."""
    for match in DAY_AFTER.finditer(text):
        begin, end = clause_of(text, match.start())
        if not held(taken, match.start(), end) and not HAPPENED.search(text, begin, end):
            before = text[: match.start()]
            taken_in = comes_in(text, before, match.end())
            anchor = nearest(before) or ("receipt" if taken_in else "event")
            yield *match.span(), once(anchor, "after", {"days": 1})
    for match in DAYS_AHEAD.finditer(text) if "天" in text or "明" in text else ():
        begin, end = clause_of(text, match.start())
        if held(taken, begin, end) or HAPPENED.search(text, begin, end):
            continue
        anchor = default if default in {"meeting", "issue"} else "receipt"
        yield *match.span(), once(anchor, "after", {"days": AHEAD[match.group("day")]})


def lengths(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """县应急管理局一个礼拜给我查出下落: a length of speech right before its act."""
    for match in LENGTH.finditer(text):
        begin, end = clause_of(text, match.start())
        if held(taken, begin, end) or HAPPENED.search(text, begin, end) or text[end - 1] in "的时":
            continue
        if NOT_A_LIMIT.search(text, begin, match.start()) or match.group("years"):
            continue
        said = within(text, match.start("n"), offset(match), default, end=match.end())
        yield *match.span(), said


def given(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """最多五天，必须给答复: so long, said before the act."""
    for match in GIVEN.finditer(text):
        begin, end = clause_of(text, match.start())
        if text[match.end()] == "，":
            end = clause_of(text, match.end() + 1)[1]
        if held(taken, begin, end) or HAPPENED.search(text, begin, end) or match.group("years"):
            continue
        yield *match.span(), within(text, match.start(), offset(match), default, end=match.end())


def handling(text: str, taken: Spans, default: str) -> Iterator[Reading]:
    """维修班半个小时跟住户联系，两个小时上门: how long the handling of what comes in may take."""
    for match in BARE.finditer(text):
        begin, end = bare.clause(text, match.start())
        if held(taken, begin, end) or HAPPENED.search(text, begin, end) or text[end - 1] in "的时":
            continue
        if NOT_A_LIMIT.search(text, begin, match.start()) or match.group("years"):
            continue
        if ONCE.match(text, match.end()):
            continue
        spoken = default == "meeting" and DOES.match(text, match.end())
        if spoken or HANDLES.match(text, match.end()) or WITH_WHOM.match(text, match.end()):
            said = within(text, match.start("n"), offset(match), default, end=match.end())
            yield *match.span(), said


def in_rhythm(text: str, taken: Spans, every: frozenset[str]) -> Iterator[Reading]:
    """What a word says beside a rhythm: 周日 in a weekly duty, 当月 in a monthly one."""
    if "week" in every and not {"周", "星", "礼"}.isdisjoint(text):
        yield from weekdays(text, taken)
    for match in SAME_MONTH.finditer(text) if "month" in every and "当月" in text else ():
        begin, end = clause_of(text, match.start())
        if not held(taken, begin, end) and acts_then(text, match.end(), end):
            yield *match.span(), {"type": "recurring", "every": "month"}


def readings(
    text: str, taken: Spans, default: str, every: frozenset[str] = frozenset()
) -> Iterator[Reading]:
    """Everything that only an open reading finds."""
    there = characters(text)
    if LONG_AGO.search(text):
        return
    if "一" in there:
        yield from bare.at_once(text, taken)
    if "完" in there:
        yield from bare.then(text, taken)
    if MEASURED.isdisjoint(there) and "前" not in there:
        return
    placed: list[Reading] = []
    if "月" in text:
        placed = [
            *months(text, taken),
            *days_of_month(text, taken),
            *spans_of_days(text, taken),
        ]
        yield from placed
    if not {"周", "星", "礼"}.isdisjoint(there):
        yield from weeks(text, taken)
    if "前" in text:
        yield from events(text, taken)
    if "年" in text:
        yield from new_year(text, taken)
    if not NEXT.isdisjoint(there):
        yield from days(text, taken, default)
    yield from in_rhythm(text, taken, every)
    if NUMERALS.isdisjoint(there):
        return
    known = [*taken, *((one[0], one[1]) for one in placed)]
    found = list(lengths(text, known, default))
    yield from found
    known += [(one[0], one[1]) for one in found]
    more = list(given(text, known, default))
    yield from more
    known += [(one[0], one[1]) for one in more]
    handled = list(handling(text, known, default))
    yield from handled
    yield from bare.readings(text, [*known, *((one[0], one[1]) for one in handled)], default)
