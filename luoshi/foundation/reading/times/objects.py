"""Times that only say which thing is meant: 二季度经济运行, 2026年至2028年行动计划."""

import re

from luoshi.foundation.reading.patterns import compiled

OBJECT = compiled(
    r"(?:及|和|、)?全年|[^，。；]{1,6}的(?=[，；])|(?:实施|完成|进展|落实|执行|整改|推进|运行)情况|(?:[^，。；]{0,12}显示|的|工作|得分|(?:学习|培训|招聘|采购|宣讲)计划|情况|经济|形势|运行|重点|目标|报告|总结|稳|财政|数据|考核|督查|"
    r"计划|以来|全[市省县区国](?![^，。；]{0,8}(?:推开|推广|铺开|推行|覆盖|建成|完成|开展|启动|实现))|地区|[^，。；、要应须]{1,6}率(?=[，。；])|G|，?(?:实现|完成)了|未|没|(?!召开|开展|组织|举办|完成|进行|启动|实施|制定|提交)[^，。；要应须]{0,8}(?:分析|总结|情况|形势|数据|报表|台账|项目)|，?(?:共|累计|全[市县区](?![^，。；]{0,8}(?:推开|推广|铺开|推行|覆盖|建成|完成|开展|启动|实现)))|"
    r"[^，。；]{0,12}(?:增长|余额|同比))"
)
ENTERED = compiled(r"(?:列入|纳入|写入|编入)$")
PLANNED = compiled(r"[^，。；]{0,8}(?:计划|预算|方案|安排|要点)")
"""列入下半年审计计划: which plan is meant."""
TARGET = compiled(r"[^，。；\d了]{2,14}(?:达到|突破|不低于|不少于|超过)(?:了)?\d")
"""上半年互认项目达到200项: a figure to be reached by then."""
RESULTS = compiled(r"(?:根据|按照?|依据|结合|对照|参照|依照|针对|围绕)$")
OF_RESULTS = compiled(
    r"[^，。；]{0,10}(?:结果|意见|情况|数据|评价|考核|评估|考评|测评|排名|反馈|通报|执行|进度)"
)
"""根据上半年考评结果兑现: what an act goes by."""
PLAN = compiled(r"[^，。；、\d]{0,18}(?:计划|规划|方案|纲要)")
"""编制2026年至2028年行动计划: the years a plan is for."""


def is_object(match: re.Match[str]) -> bool:
    """A quarter or half year that only names what a report is about (二季度经济运行)."""
    text = match.string
    before = match.groupdict().get("before")
    if (
        not before
        and RESULTS.search(text, 0, match.start())
        and OF_RESULTS.match(text, match.end())
    ):
        return True
    if not before and ENTERED.search(text, 0, match.start()):
        return PLANNED.match(text, match.end()) is not None
    if before or TARGET.match(text, match.end()):
        return False
    return OBJECT.match(text, match.end()) is not None


def of_plan(match: re.Match[str]) -> bool:
    """Whether a span of whole years says which plan is meant."""
    years = match.groupdict().get("w1") and match.groupdict().get("w2")
    return bool(years) and PLAN.match(match.string, match.end()) is not None
