"""X后，… where nothing else bounds what follows: an event without a length (办结后提交).
Offered to what is drafted only: it says when, not whether somebody is bound."""

import re
from collections.abc import Iterator, Sequence

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.amounts import once
from luoshi.foundation.reading.times.events.anchors import nearest
from luoshi.foundation.reading.times.events.clauses import half
from luoshi.foundation.reading.times.events.triggers import MAY_THEN
from luoshi.foundation.reading.times.merging import Found

AFTER = compiled(
    r"(?:^|(?<=[，；。：、）\s]))(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|第[一二三四五六七八九十百]+条\s*)?"
    r"(?P<what>[^，。；：＿]{2,40}?)(?<![先前今此随然最以之会])(?:之|以)?后，(?=[^。；]{4,})"
)
ENDED = compiled(
    r"(?:^|(?<=[，；。：、）\s]))(?P<what>[^，。；：＿]{2,20}?(?:完毕|办妥|办结|结束|完工|处理完(?=，)))(?:(?:之|以)?后(?![，的续方])|，)"
    r"(?=[^，。；]{0,20}(?:应当?(?!急)|须|要(?!求)|必须|由|将|以|按|报|送|交|填|装))"
)
"""试卷批改完毕后装订, 交接完毕，接收人应签字: what has ended, without a comma or without 后."""
BY_THEN = compiled(r"(?:内|按[时期]|如期|及时|视为|予以)(?:完毕|办[妥结]|结束|完工)$")
"""在规定时间内办结，形成报告: what a limit is set for has not ended yet."""
HAS_ENDED = compiled(r"完毕|办[妥结]|结束|完工|处理完")
DONE_FIRST = compiled(
    r"(?:应当?|须|要|必须)在?(?P<what>[^，。；：＿]{2,24}?(?:办理|办结|办妥|一致意见|名单公布))后(?=[^，。；\d的]{2})"
)
"""应在提案办理后及时答复: what has to be done first, right before the act."""
ACCEPTED = compiled(r"验收(?:合格|通过)$|通过验收$")
PATH = compiled(
    r"(?:经|(?<!接)报|呈|送|请)[^，。；]{0,16}$|(?:修改|完善|充实|采纳|吸收)[^，。；]{0,20}$|获准$|审核[和、]确定$|(?:加盖[^，。；]{0,6}章|签字|签名|签署|签章|盖章|签批|圈阅|过目|审核|审定|审批|审议|审查|审阅|批准|同意|"
    r"通过|核准|会签|认可|敲定|确认|把关|研究|讨论|表决|征求|意见|修改|完善|调整|汇总|归总|统一|核对|吸收|协商|沟通|权衡|成熟|"
    r"[满足够]\d*[一二两三四五六七八九十半]*个?[年月天日周])$|[满逾过]\d|[一二两三四五六七八九十\d]个?(?:月|年|天|日|周|小时|分钟|学期)$"
)
"""经…审定后, 修改完善后: how a paper goes starts nothing; a length says more."""
OWN = compiled(
    r"(?:^|在|[局委办处室科部院所站队会组司校心]|各[^，。；]{1,4})(?:进行|作出|完成|汇总|确定|商定|议定|登记|编号|编目|造册|领回|收齐|收车|自[查纠评]"
    r"|核对|起草|拟定|拟订|制定|编制|填写|整理|梳理|收集|清点|装订|盖收|拆封|采集|录入|清洗|巡查)|(?:领回|收齐|自[查纠评]|造册|收车|登记编号|告一段落|决定作出|人选|名单)$"
)
"""在议定人选后, 市司法局汇总小结后: one's own act ends; what happens to a thing is an event."""
FOR_OTHERS = compiled(r"待[^，。；]{2,24}(?:结束|完成|完毕|到位)$")
"""待乡镇纠错结束后: what others do happens."""
HAPPENED = compiled(r"(?<![未不])了(?!解|结)|已经?|曾|目前|至今|累计|同比|\d%")
HANDED = compiled(r"收到|接到|收悉|收讫")
OCCURS = compiled(r"(?:发生|出现|遇有?|发现)[^，。；]{0,12}$|(?:发生|出现)$")
TIMELY = frozenset({"timely", "asap"})


def once_done(text: str, found: Sequence[Found]) -> list[Found]:
    """The limits of a drafted sentence with what it has to wait for, in order: 结案后，…报备案."""
    out = list(found)
    if "后" not in text and not HAS_ENDED.search(text):
        return out
    for match, ended in sorted(waits(text), key=lambda one: one[0].start()):
        end = half(text, match.end())
        held = any(match.start() < one.end and one.start < end and one.crisp for one in out)
        rest = text[match.end() : end]
        what = match.group("what")
        accepted = ACCEPTED.search(what) is not None
        path = BY_THEN.search(what) or (not (accepted or ended) and PATH.search(what) is not None)
        on_way = path or rest.startswith("予以")
        if held or on_way or MAY_THEN.match(rest) or HAPPENED.search(text[:end]):
            continue
        words = [one for one in out if not one.crisp and match.end() <= one.start < end]
        anchor = "acceptance" if accepted else nearest(text[: match.end() - (not ended)])
        if ended and anchor not in {"issue", "acceptance", "meeting"}:
            anchor = "completion"
        anchor = "event" if anchor is None or FOR_OTHERS.match(what) else anchor
        if anchor in {"event", "receipt"} and OWN.search(what) and not HANDED.search(what):
            anchor = "completion"
        if OCCURS.search(what) or (words and (anchor != "completion" or not timely(words))):
            continue
        out = [one for one in out if one not in words]
        out.append(Found(match.start("what"), match.end() - (not ended), once(anchor, "after")))
    return sorted(out, key=lambda one: one.start)


def waits(text: str) -> Iterator[tuple[re.Match[str], bool]]:
    """Every place that says what something has to wait for, and whether the words say that it is
    one's own act that ends."""
    if "后，" in text:
        yield from ((match, False) for match in AFTER.finditer(text))
    if HAS_ENDED.search(text):
        yield from ((match, True) for match in ENDED.finditer(text))
    if "后" in text:
        yield from ((match, True) for match in DONE_FIRST.finditer(text))


def timely(words: Sequence[Found]) -> bool:
    """Whether the words say no more than that it should not wait (及时, 尽快)."""
    return all(one.rule.get("cue") in TIMELY for one in words)
