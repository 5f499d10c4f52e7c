"""Names at the head of a clause that do not act there: they approve, have a right, must not."""

import re

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.units.words import NO_SUBJECT

ALONG = compiled(r"(?:与|跟|同(?![心安仁江德济级类])|和(?![平田县顺静林政]))")

RIGHT = compiled(
    r"可以?[^，。；]{0,24}(?:申请|申诉|复议|投诉|查询|查阅|咨询(?!机构|单位|公司|服务|意见)|陈述|申辩|提议|建议)"
)

MAY = compiled(r"可以(?:[^，。；]{2,16})，[^，。；＿]{2,14}(?:应当|必须|须)[^，。；]{0,24}＿")
"""可以发出建议书，被建议单位应当30日内反馈: who may does not act."""

VIA = compiled(
    r"经(?![济信开贸发管办委营侦纪])[^，。；]{2,20}?(?:审定|审议|审核|批准|同意|研究|讨论|通过|审查|复核|评估)"
)
"""经理事会审定后: who approves does not act."""


def stands_idle(text: str, start: int, end: int, clause: re.Match[str]) -> bool:
    """Whether the name at the head of a clause does not act there: it is spoken of, stands beside
    another, approves, has a right, or must not do something else."""
    of_many = PAPER_OUT.match(text, end) and MANY.search(text[start:end])
    jointly = JOINTLY.match(text, end) is not None
    return bool(
        (NO_SUBJECT.match(text, end) and not of_many and not jointly)
        or ALONG.match(text, start)
        or VIA.match(text, start)
        or RIGHT.match(text, end)
        or (MAY.match(text, end) and "＿" not in clause.group())
        or forbidden(text, end, clause)
    )


JOINTLY = compiled(r"(?:联合|共同)(?:制定|起草|编制|举办|主办|承办|组织|开展|印发|出台|建设)的")
"""A、B联合制定的办法7月底前印发: who makes a thing together acts for it."""
MANY = compiled(r"^各|直各|各有关|各相关")

PAPER_OUT = compiled(
    r"本?(?:清单|方案|办法|细则|通知|意见|文件|任务)(?:正式)?(?:印发|下达|发布|出台|下发)(?:后|之日起)"
)
"""市直各有关部门清单印发后1个月内: a paper is not of many; they act."""

SITS = compiled(r"(?:主席|主任|秘书长|联席)会议$")

HEARS = compiled(
    r"(?:要(?!求)|应当?(?!急)|须)?＿+(?:至少)?(?:专题|集体)?(?:召开一次全体|召开全体|听取|研究|审议|讨论|通报)"
)


def sits(text: str, start: int, end: int) -> bool:
    """主席会议每月听取一次汇报: a standing body that acts by meeting, not a meeting to be held."""
    return bool(SITS.search(text[start:end]) and HEARS.match(text, end))


GOES_ON = compiled(r"[，；][^，。；＿]{0,10}＿+(?:将|把|应当|须)")
"""第三方机构不得留存数据，项目结束后15日内将全部资料移交: the same subject goes on."""

BARELY = compiled(r"(?:不得|不准|严禁)[^，。；]{1,6}[，。；]")
"""接收单位不得再行转办, after the act with its limit."""


def forbidden(text: str, end: int, clause: re.Match[str]) -> bool:
    """养老机构不得超收押金，…5个工作日内备案: who must not do one thing is not who does the other
    by its limit."""
    never = text.startswith(("不得", "不准", "严禁"), end) and "＿" not in clause.group()
    if never and "＿" not in text[clause.end() :]:
        return BARELY.match(text, end) is not None and "＿" in text[: clause.start()]
    return never and not GOES_ON.search(text, clause.end())
