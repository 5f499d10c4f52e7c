"""So long before an event: 届满前10个工作日, 提前3天."""

import re
from collections.abc import Iterator

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.amounts import ONE, Json, N, Reading, offset, once
from luoshi.foundation.reading.times.numerals import NUMBER

EVENT_WORDS = r"[\u4e00-\u9fff]{1,6}?"

BEFORE = compiled(
    r"(?P<event>[\u4e00-\u9fff（）()]{1,8}?)(?:之)?前(?:的)?(?:至少|不少于|最少)?"
    + N
    + r"(?:[-—－~～至]\d{1,2})?"
    + ONE
    + r"(?:之内|以内|内)?(?![\u4e00-\u9fff]?[前后])"
)

SAME_BEFORE = compiled(
    r"(?P<event>届满|期满|到期|换届|举行|召开|活动|考试)前"
    + NUMBER
    + r"个?(?:工作日|月|周|日|天)[^。；]{2,20}，(?P<and>前)"
    + N
    + ONE
)
"""任期届满前六个月成立小组，前三个月完成审查: the second counts back from the same event."""

ALSO_BEFORE = compiled(
    rf"(?P<event>届满|期满|到期|换届|举[行办]|召开|开[始幕工赛考]|活动|考试|失效)(?:之|以)?前(?P<first>{NUMBER}个?(?:工作日|月|周|日|天|小时)(?:[、和]{NUMBER}个?(?:工作日|月|周|日|天|小时))*)[、和]{N}{ONE}(?=分别|各|[、和，]|(?:向|对|由)?[^，。；]{{0,10}}(?:提醒|告知|通知|预警|提示))"
)
"""到期前12个月、6个月分别提醒: each of a row counts back from the same event."""
EVE = compiled(
    r"(?:汇总|统计|通报|核对|分析|公布|上报|报送|反馈|研判|公示|将|把|一遍)前[一1][日天](?!内|之内|以内|[，。；])"
)
"""汇总前一日情况: the day before, not so long before."""
EACH_DAY = compiled(r"每[日天]")
"""花期前十天每日发布: for how long, not by when."""
MAY_AHEAD = compiled(r"(?<!不)可以?[在于][^，。；]{0,6}$")
"""可以在选举日的十日以前提出: a right."""
MORE_BEFORE = compiled(rf"{N}{ONE}")
OFFICE_END = compiled(r"[部局办科院室处厅校所站队司村镇]$")
"""外联部展前两个月: the name ends where the event begins."""

BEFORE_LATE = compiled(
    r"(?P<event>届满|期满|到期|(?<=[在于])会议(?=\d)|举[行办]|召开|开[始幕馆展播班考市业赛机学标庭]|启[幕动用运]|换届|截[止标]|[开动施]工|出发|活动|[展大比]会|[大比决]赛|考试|实施|施行|上线|质证|庭审|听证|停[电水气]|演出|拆除|评审|爆破|答辩|面试|笔试|拍卖|竞价|投票|推选|封路|检修|登船|发车|投[产用运]|离境|离任|首播|开会|会期|歇业|停业|搬迁|拆迁|腾退|切换|割接|发布|刊发|颁奖|提存|摇号|座谈|协商|审议|表决|选举|[薪付标举票租拍婚选](?=日)|测试|比赛|竞赛|调价|论证|验收|招标|报名|入学|签约|期终了|换用|关闭|下架|退市|闭库|闭市|注销|终止|生效|公示|培训|轮换|换班|转场|放假|收假|开放|迁入|迁移)(?:之?日|日期|时间)?的?(?:之?前)?"
    + N
    + ONE
    + r"(?:之?前|以前)"
)

APART = compiled(rf"距离?(?P<event>[\u4e00-\u9fff]{{2,8}}?)不(?:得|应|能)?少于{N}{ONE}")
"""审查距考核不得少于三周."""
EARLY = compiled(r"提前(?:至少|不少于)?" + N + ONE + r"(?!完成|建成|达到|实现|超额)")

LATE_EVENTS = (
    ("term_end", compiled(r"任期届满")),
    (
        "meeting",
        compiled(
            r"开会|例会|碰头会|召开|议题(?=[^。；]{0,12}(?:告知|通知|发给|送))|会议(?!明确|决定|议定|要求|指出|原则|同意|强调|室|厅|纪要|精神|制度)|与会|参会|上会|会前"
        ),
    ),
    ("election", compiled(r"换届")),
    ("flood_season", compiled(r"汛期?(?:到来|来临|开始)?(?:至少)?提前")),
    (
        "deadline",
        compiled(
            r"延期|[时期]限|截止|到期|届满|期满|近效期|有效期|保质期|按期|按时|临期|(?:不能|无法|难以|未能)(?:按[期时])?(?:完成|办结)的"
        ),
    ),
)

CHANGES = compiled(
    r"(?:变更|变动|调整|停[业水电气工产]|退出|歇业|迁移|取消|更换|改期|离职)的，[^，。；]{0,14}$"
)
"""确需变更的，应当提前1个月: before the change, whatever the sentence says of limits."""
BEFORE_WHAT = (
    (
        "term_end",
        compiled(
            r"(?<!责)任期届满|(?:离|卸)任$|本届[^，。；]{0,6}届满|届末$|轮值期?满$|(?<!责)任期?满$"
        ),
    ),
    ("stage_end", compiled(r"阶段结束$")),
    ("deadline", compiled(r"届满|到期|期满|届期|期终了|截止|期限|时限|公示期?结束$")),
    (
        "election",
        compiled(
            r"换届(?:大会|选举)?(?:召开|举行)?$|选举大会(?:召开|举行)?$|(?<!新)选举$|(?:推选|投票)日?$"
        ),
    ),
    ("flood_season", compiled(r"汛期?(?:开始|来临|到来)?$|雨季(?:来临|到来)?$")),
    ("acceptance", compiled(r"验收$")),
    ("completion", compiled(r"竣工$|完工$|办结$|完成$|结项$|结题$|定稿$|付印$")),
    ("issue", compiled(r"印发$|发布$|公布$|下发$|(?<!信息)公开$")),
    ("sign", compiled(r"签约$|签订$|签署$|签发(?:[^，。；]{2,8}稿)?$")),
    (
        "meeting",
        compiled(
            r"(?<!运动)会$|会议(?:召开|举行|开始)?$|大会(?:开始)?$|开会$|(?:会|议)(?:应当?|须|要)?(?:于|在)?(?:召开|举行)$|^召开$"
        ),
    ),
)

NO_EVENT = compiled(
    r"(?:[年月以之此\d]|(?<!到期)(?<!假)(?<![薪付标举票租拍婚试赛考选])(?<!接待)日|目|先|提|[上中下]午|当|年底|月底|周[一二三四五六日末]?|星期.|[一二三四五六七八九十])$"
)


def eve(match: re.Match[str]) -> bool:
    """Whether 前一日 is the day that is reported on."""
    return EVE.search(match.string, max(0, match.end("event") - 2)) is not None


def event_before(words: str, default: str) -> str:
    """What …前 speaks of."""
    named = (anchor for anchor, pattern in BEFORE_WHAT if pattern.search(words))
    return next(named, default)


def early(match: re.Match[str], text: str, default: str) -> Json:
    """提前3个工作日: before the meeting, election, flood season or limit spoken of, else before the
    event."""
    if CHANGES.search(text, 0, match.start()):
        return once("event", "before", offset(match))
    named = (anchor for anchor, pattern in LATE_EVENTS if pattern.search(text))
    of_meeting = default == "meeting" and re.search(r"议题|审议|上会", text)
    anchor = next(named, "meeting" if of_meeting else "event")
    return once(anchor, "before", offset(match))


def counted_back(text: str, default: str) -> Iterator[Reading]:
    """Every length before an event: (start, end, rule)."""
    for match in SAME_BEFORE.finditer(text) if "，前" in text else ():
        words = text[max(0, match.start() - 4) : match.end("event")]
        anchor = event_before(words, "event")
        yield match.start("and"), match.end(), once(anchor, "before", offset(match))
    for match in ALSO_BEFORE.finditer(text) if "前" in text else ():
        words = text[max(0, match.start() - 4) : match.end("event")]
        anchor = event_before(words, "event")
        for more in MORE_BEFORE.finditer(text, match.start("first"), match.end()):
            yield more.start(), more.end(), once(anchor, "before", offset(more))
    for match in BEFORE.finditer(text) if "前" in text else ():
        if (
            not NO_EVENT.search(match.group("event"))
            and not eve(match)
            and not EACH_DAY.match(text, match.end())
            and not MAY_AHEAD.search(text, 0, match.start())
        ):
            anchor = event_before(match.group("event"), "event")
            if anchor == "deadline" and "任期" in text[: match.start()]:
                anchor = "term_end"
            said = match.group("event")
            at = match.start() + max(0, len(said) - (1 if OFFICE_END.search(said[:-1]) else 2))
            yield at, match.end(), once(anchor, "before", offset(match))
    for match in BEFORE_LATE.finditer(text) if "前" in text else ():
        if MAY_AHEAD.search(text, 0, match.start()):
            continue
        words = text[max(0, match.start() - 4) : match.start()] + match.group("event")
        anchor = event_before(words, "event")
        yield match.start(), match.end(), once(anchor, "before", offset(match))
    for match in APART.finditer(text) if "距" in text else ():
        yield (
            *match.span(),
            once(event_before(match.group("event"), "event"), "before", offset(match)),
        )
    for match in EARLY.finditer(text) if "提前" in text else ():
        yield match.start(), match.end(), early(match, text, default)
