"""The gate: is a sentence an obligation? Three bands by a score of readable features.

Weights are set by hand on the labelled set; each feature is a reason a person can read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.foundation.reading.gate.weights import Weights
from luoshi.foundation.reading.times.grammar import Found
from luoshi.foundation.reading.units import Mention

Mark = tuple[float, str, str]
DRAFT, POSSIBLE = 1.0, 0.4
MODAL = re.compile(
    r"应当|应(?!急|对|用|届|运|有|该是)|必须|须|要(?!求|素|点|闻|害|件|领)|请(?!示)|责成|(?:^|，)由|由[^，。]{2,24}(?:负责|牵头)|负责|牵头|将(?!来|近|至)|不得|确保|务必|原则上|一般"
)
DELIVER = re.compile(
    r"报告|上报|报送|报(?=[^道名纸废销刊])|通报|反馈|答复|备案|退回|函告|提交|移交|汇报|填报|公布|公示|印发|总结"
)
PRODUCT = re.compile(
    r"(?:制定|出台|编制|印发|修订|起草|形成|拟定|建立|构建|建成|完成|开展|组织|召开|举办|办好|打造|完善|建设|设置|新建|成立|发布|聘请|启动|实施)"
    r"[^，。；]{0,40}(?:方案|计划|办法|规划|制度|清单|细则|意见|报告|目录|名单|平台|数据库|系统|机制|活动|大赛|培训|会议|会|评估|试点|中心|项目|工作|整治|鉴定|行动|场景|建设|专项督查|单位|目标|措施|实施细则)"
)
NAMED = re.compile(
    r"(?:拿出|提出|出台|编制|印发|修订|起草|建成|举办|办好|开展|构建|打造)[^，。；]{0,44}(?:方案|计划|办法|规划|细则|清单|目录|大赛|培训|数据库|系统|平台|场景|活动|建设方案|指南|标准)|"
    r"修改完善后[^。；]{0,24}印发|报[^，。；]{0,14}(?:审定|审议|审批)|提出[^，。；]{0,30}(?:意见|措施|建议|办法)(?=[，。；])"
)
PAST = re.compile(
    r"去年|上年(?!度)|前几年|近年来|多年来|[一两三]年来|以来，|截至|截止目前|累计|先后|已(?:于|经|全部|完成|建成|转移|有|印发|清淤|解决|立项|按)|"
    r"了(?=[^，。；]*[，。；])|得到[^，。]{0,20}(?:肯定|好评|表扬)|位列|受到|全部完成了|荣获|同比|比上年|春节前，我|过去[一二三四五]?年|反映，|"
    r"达到\d|[^，]共(?:提出|组织|开展|排查|立项|下发|办理|报送|印发)|涌现|坚持每|前几|教训|始终坚持|^(?:[（(][一二三四五六七八九十]+[）)])?20\d\d年[^，前到至要应须]{0,8}，(?![^。]*(?:要|应|须|将|力争|确保|完成以下))|指出，|听取了|不断加强|"
    r"率达|曾|当年[^底末]|当日\d+时前向[^，]*作了"
)
PAST_STRONG = re.compile(
    r"去年(?!度)|上年(?!度)|上年度[^，。]{0,12}(?:共|累计|完成率|达)|截至|累计|先后|近年来|年来|前几年|过去[一二三四五]|已于|已全部|受到|位列|得到[^，。]{0,20}(?:肯定|好评)|一年来"
)
STORY = re.compile(
    r"有的(?:单位|部门|县|地方|同志)|有同志|很有启发|老支书|讲，|古人云|普遍认为|大家|我们坚持|我(?:局|市|区|县|中心|省|办|厅)[^，。]{0,4}(?:于|在|先后|已|共)|(?<![要须应])主动|的做法|承诺"
)
EXHORT = re.compile(
    r"加强组织领导|提高(?:政治)?站位|高度重视|深刻认识|毫不动摇|不动摇|牢牢|切实|坚守岗位|出发点|落脚点|精神|原则|统一思想|压实责任|久久为功|力戒|杜绝|持之以恒|不断|持续|加大|抓好|强化|健全"
)
SUPPLEMENT = re.compile(
    r"如下(?:材料)?[：:。]?$|施行[。，]|负责解释|有效期|联系(?:人|电话|单位)[：:]|此件|值班电话|^抄送|^附件|印发范围|第一责任人|参加(?:会议)?人员[：:]|^出席|^列席|以上请|^特此|废止|"
    r"现将[^。]*(?:你们|贵|给你|转发|印发给)|作出(?:重要)?批示|^(?:[^要应须每]|[主重]要)*主持召开|^另，|^(?:兹)?定于|以下材料|有下列情形|^本(?:办法|规定|细则|制度|意见|方案)(?:所称|适用)"
)
PURPOSE = re.compile(
    r"^(?:为|根据|按照[^，。]*要求，?现|经[^，。]*同意)[^，。]*，?.*(?:如下|制定本|通知如下|现印发|结合[^，]*实际，制定)"
)
MEETING_SAYS = re.compile(r"^会议(?:强调|指出|认为|听取|要求各|学习|传达)")
IMPERATIVE = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d+[．.、])?[^，]{0,14}?，?"
    r"(?:编制|印发|出台|开展|构建|制定|修订|完成|建成|举办|组织|召开|启动|新建|建立|起草|形成)"
)


DONE_BY = re.compile(
    r"(?:之?前|以前|内)?[^，。；]{0,8}?(?:完成|完工|建成|竣工|投[用产]|到位|办结|开工|启动|上线|印发|出台|[上汇]?报|提交|拿出|召开|举办)(?!了)"
)
CLAUSE = re.compile(r"[^，；。：]+")
BINDING = re.compile(r"[要须应](?!求|素|点|急|对|用)|必须|^请|确保")


@dataclass(frozen=True)
class Verdict:
    """Score, band and the reasons behind it (words in both languages)."""

    score: float
    band: str
    why: tuple[tuple[str, str], ...]


def binds(text: str, crisp: list[Found]) -> bool:
    """Whether a limit and a word that binds stand in one clause; what is told in other clauses
    of the sentence then weighs little."""
    for clause in CLAUSE.finditer(text):
        inside = any(clause.start() <= t.start < clause.end() for t in crisp)
        told = PAST.search(clause.group()) or STORY.search(clause.group())
        if inside and not told and BINDING.search(clause.group()):
            return True
    return False


def marks_of(text: str, times: list[Found], who: list[Mention], mode: str) -> list[Mark]:
    """Everything that speaks for and against, in order."""
    crisp = [t for t in times if t.crisp]
    return [*speaks_for(text, times, crisp, who, mode), *speaks_against(text, times, crisp, mode)]


def judge(
    text: str,
    times: list[Found],
    who: list[Mention],
    mode: str,
    genre: str,
    weights: Weights | None = None,
) -> Verdict:
    """Score one sentence in its section."""
    marks = marks_of(text, times, who, mode)
    score = sum((weight for weight, _zh, _en in marks), -0.5)
    if weights is not None:
        score = weights.score((en, 1.0) for _weight, _zh, en in marks) + DRAFT
    band = "draft" if score >= DRAFT else "possible" if score >= POSSIBLE else "nothing"
    return Verdict(round(score, 3), band, tuple((zh, en) for _weight, zh, en in marks))


def speaks_for(
    text: str, times: list[Found], crisp: list[Found], who: list[Mention], mode: str
) -> Iterator[Mark]:
    """What makes the sentence bind somebody, each with its weight and words."""
    actors = [m for m in who if m.role != "report_to"]
    if crisp:
        yield 1.1, "有期限", "a limit"
    elif times:
        yield 1.0, "有时间要求，无数字", "a time word without a number"
    if MODAL.search(text):
        yield 0.5, "有“应、须、要、由…负责”等词", "a modal word"
    if actors:
        yield 0.5, "写明承办单位", "an acting unit"
    if any(m.role == "report_to" for m in who):
        yield 0.5, "写明报送对象", "an addressee of a report"
    if DELIVER.search(text):
        yield 0.4, "要求报送或交付", "something to deliver"
    if NAMED.search(text):
        yield 0.9, "有可检查的成果", "a named product"
    elif PRODUCT.search(text):
        yield 0.3, "有具体工作", "a concrete task"
    if IMPERATIVE.search(text):
        yield 0.7, "以行动动词开头", "begins with a verb of action"
    if len({m.start for m in actors if m.role == "lead"}) > 1:
        yield 0.7, "多个单位各有任务", "several units with a task each"
    if any(DONE_BY.match(text, t.end) for t in crisp):
        yield 0.5, "限期完成", "to be finished by the limit"
    if mode == "plan":
        yield 0.2, "在工作安排部分", "in a section of plans"


def speaks_against(text: str, times: list[Found], crisp: list[Found], mode: str) -> Iterator[Mark]:
    """What makes the sentence tell or exhort, each with its weight and words."""
    bound = binds(text, crisp)
    if mode == "past":
        yield -2.0, "在回顾部分", "in a section that looks back"
    if PAST_STRONG.search(text):
        yield -3.0, "叙述过去", "tells of the past"
    elif PAST.search(text):
        yield (-0.3 if bound else -1.6), "可能叙述过去", "may tell of the past"
    if STORY.search(text):
        yield (-0.3 if bound else -1.2), "叙事或评论", "narration or comment"
    if EXHORT.search(text) and not crisp:
        yield -0.8, "原则性要求", "a general exhortation"
    if SUPPLEMENT.search(text) or PURPOSE.search(text) or MEETING_SAYS.search(text):
        yield -2.0, "说明性文字", "explanatory text"
    if not times and not NAMED.search(text):
        yield -0.7, "无期限也无成果", "neither limit nor product"
