"""What a heading says of the sentences under it: whether they look back or plan."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.structure.lines import UNNUMBERED, is_heading, rank_of

PRAISE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])?(?:充分)?(?:肯定成绩|总结成绩|回顾过去|成绩)(?!录入|登记|填报|公布|评定|管理|查询|复核|报送|上报|核算|认定)"
)
PAST_HEAD = re.compile(
    r"(?:回顾|往回看|可圈可点|一年比一年|有起色|有新(?:提升|进展|突破|成效|变化|气象|面貌)|(?:成效|成果)(?:明显|显著|突出|喜人|丰硕)|总结|成绩(?!录入|归档|登记|填报|公布|评定|管理|查询|复核|报送|上报|核算|认定)|工作情况|主要做法|完成情况|存在的?(?:主要)?(?:问题|不足|差距|困难)|总体情况|检查情况|督查情况|发现的?(?:主要)?问题|工作成效|基本情况|现状|摘要|过去|去年(?!度)|一年来|(?:上半年|年度?|阶段)工作(?:情况|回顾|总结|开展)|取得的?(?:主要)?成效|主要成效|工作进展|主要工作(?:和|及|与)|工作亮点|经验(?:做法|启示)|办理情况|进展情况|落实情况(?!报)|整改情况(?!报)|典型(?:案例|问题)|(?:和|及|与)成效)"
)
HOPED = re.compile(
    r"有起色|有新[\u4e00-\u9fff]{2}|(?:成效|成果)(?:明显|显著|突出|喜人|丰硕)|(?:出|创|求|争|夺取?|见)(?:新|好)?(?:成绩|成效)"
)
"""在改善民生上有新成效: a result of the past, or what a plan hopes for."""
PAST_SURE = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])?"
    r"(?!报送|上报|督查|检查|反馈|通报|公开|跟踪|掌握|[^，。]*议定事项)[^，。]*(?:整改|落实|进展|完成|办理|基本)(?:事项)?情况$"
    r"|已(?:经)?(?:采取|开展|完成|落实|做)[^，。；]{0,4}的|(?:核查|调查|抽查|暗访|处置)情况$|前期工作|采取的(?:主要)?措施$"
)
"""二、已采取的措施: past, though it speaks of measures."""
SLIP = re.compile(r"^(?:领导)?批示(?:内容|意见|要求)$")
"""What a slip hands on under this head is its own word, not a story of what was written."""
HEARD = re.compile(r"^[^，。]{0,4}(?:听取|研究|审议|传达|学习)")
PLAN_HEAD = re.compile(
    r"(?:往前看|总结(?:验收|评估|提升|推广|上报|表彰|交流|[与和及]反馈)|交流总结|迎接[^，。]{0,6}验收|(?:提升|提高|增强|确保)[^，。；]{0,10}(?:成效|实效)|(?:做好|抓好|善于|注重|及时|认真|加强)[^，。；]{0,6}总结|工作(?:安排|思路|构想|设想)|展望|下[学半]?[期年]|阶段[（(]|阶段$|打算|下一步|任务|要求|部署|计划|措施|重点|目标|议定|责任|程序|办理)"
)
PLAN_SURE = re.compile(
    r"往前看|下一?步|下一阶段|打算|计划|安排|今后|明年|来年|下半年|新的一年|努力方向|展望|下学期|工作(?:思路|构想|设想|重点|要点|建议|要求|任务)"
    r"|(?:几点|有关|整改|工作|主要|重点)(?:要求|建议|任务)"
)
"""What a heading of a report has to say to be one of plans: 规范程序，是做好工作的关键 is none."""


def mode_of_heading(line: str) -> str | None:
    """What a heading says about the sentences under it."""
    if HEARD.search(line):
        return None
    if PRAISE.match(line) or PAST_SURE.search(line):
        return "past"
    if SLIP.search(line):
        return "slip"
    if PAST_HEAD.search(line) and not PLAN_HEAD.search(re.sub("提案办理情况", "", line)):
        return "past"
    if PLAN_HEAD.search(line):
        return "plan"
    return None


YEAR = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|第[一二三四]部分[：:\s]?)?"
    r"(?P<year>20\d\d)年(?:度|以来)?(?![^，。；]*[\d月季])[^，。；（(]*(?:工作|成果|成就|情况|任务|安排|打算|思路|计划|重点)$"
)
"""2023年主要工作: a heading that says which year it is about."""


@dataclass
class Frame:
    """What the headings passed so far say of those below them. `reports`: the document is a report
    by its title; `latest`: the last year its headings name, where they name several;
    `plans_from`, `past_from`: the ranks of the headings that began the plan, the review."""

    reports: bool
    latest: int | None
    plans_from: int | None = None
    past_from: int | None = None

    @classmethod
    def of(cls, rows: Sequence[tuple[int, str]], *, reports: bool) -> "Frame":
        """Before the first heading of these lines."""
        heads = [line for _start, line in rows if is_heading(line)]
        years = {int(found["year"]) for line in heads if (found := YEAR.match(line))}
        return cls(reports, max(years) if len(years) > 1 else None)

    def enter(self, line: str) -> str | None:
        """The mode that a heading sets, None where it goes on with what is above it."""
        body = re.sub(r"^【|】$", "", line)
        mode, rank = mode_of_heading(body), rank_of(line)
        sure = PLAN_SURE.search(body) is not None
        planned = self.plans_from is not None and rank >= self.plans_from
        told = self.reports or self.inside_past(line)
        if mode == "past" and planned and only_hoped(body):
            mode = None
        elif mode is None and self.of_a_year_before(line):
            mode = "past"
        elif mode == "plan" and told and not sure:
            mode = None
        if mode is None and line.startswith("【"):
            mode = "direct"
        if mode == "plan":
            self.past_from = None
            if not planned and (rank == UNNUMBERED or sure):
                self.plans_from = rank
        elif mode == "past":
            self.plans_from = None
            if self.past_from is None or rank < self.past_from:
                self.past_from = rank
        return mode

    def inside_past(self, line: str) -> bool:
        """Whether a heading stands under one that looks back."""
        return self.past_from is not None and rank_of(line) > self.past_from

    def of_a_year_before(self, line: str) -> bool:
        """2023年主要工作 in a report that also speaks of 2024."""
        found = YEAR.match(line)
        return found is not None and self.latest is not None and int(found["year"]) < self.latest


def only_hoped(heading: str) -> bool:
    """Whether a heading speaks of results in words that plans use, too, and of nothing past."""
    return mode_of_heading(HOPED.sub("", heading)) != "past"
