"""Who is to act and who is told: unit mentions by known names and by grammar, with their roles."""

import re
from dataclasses import dataclass

from luoshi.foundation.reading.names import UnitNames

TAILS = (
    "人民政府办公室|人民政府督查室|人民政府|党委办公室|委办公室|督查室|办公室|办公厅|领导小组办公室|领导小组|工作专班|专班|"
    "委员会|纪委监委|党委|党组织|党组|党支部|党小组|支部委员会|支部书记|支部大会|党总支|支部|支委会|政府|"
    "总值班室|值班室|宣传部|组织部|统战部|政法委|编办|农办|网信办|改革委|发改委|改革局|经信局|工信局|管理局|监管局|"
    "责任单位|承办单位|牵头单位|配合单位|办理单位|主办单位|会办单位|协办单位|成员单位|事发单位|申报单位|"
    "有关单位|相关单位|各单位|直属单位|有关部门|相关部门|主管部门|职能部门|主管科室|部门|单位|科室|"
    "镇街|乡镇（街道）|乡镇|街道|县（市、区）|县（区）|市（县、区）|区县|县区|各县|各区|各市|各地|"
    "防汛抗旱指挥部|防指|安委会|专委会|管委会|居委会|村委会|指挥部|办事处|工作组|督导组|检查组|督查组|调研组|考核组|工作队|开发区|高新区|经开区|新区|园区|"
    "工商联|残联|文联|侨联|社科联|科协|供销社|海关|银行|分行|高校|学院|机构|机关|企业|法院|检察院|研究室|"
    "局|委|厅|部|院|所|室|处|科|办|队|中心|公司|集团|协会|商会|学会|工会|妇联|团委|医院|学校|大队|支队|站|社|会|"
    "党政主要负责同志|党政主要领导|主要负责人|主要负责同志|分管负责同志|负责同志|主要领导|分管领导|领导干部|领导班子|领导同志|领导|委员|代表|组长|局长|主任|部长|主席|院长|校长|所长|站长|队长|预备党员|党员|干部|责任人|工作人员|负责人|联络员|书记|县长|市长|镇长|区长|省长|秘书长|县|区|市|镇|乡|村|党委书记"
)
NAME = (
    r"(?:各|省|市|县|区|镇|乡|局|党|全|本|机关|其他|有关|相关|主管|牵头|责任|承办|"
    r"事发|意识形态|所在|属地|社会|专题|支部|"
    r"现场|市级|县级|省级|区级|上级|下级|我|中共|政协|市直|区直|县直|省直|公安|财政|"
    r"水务|[\u4e00-\u9fff]{1,4}?(?=市|县|区|镇))"
    r"?[\u4e00-\u9fff（）]{0,16}?(?:" + TAILS + r")(?:（[\u4e00-\u9fff、]{1,8}）)?"
)
JOIN = r"(?:、|和|及|以及|与)(?!抄送|抄报|报送|上报)"
LIST = NAME + r"(?:" + JOIN + NAME + r")*"
VERBS = (
    r"(?:要|应当|应|须|必须|需|将|可|负责|牵头|会同|联合|配合|于|在|每|自|按|按照|"
    r"根据|结合|原则上|一般|至少|每年|每月|"
    r"收到|接到|对|先行|尽快|及时|立即|随时|抓紧|不定期|定期|认真|严格|分别|具体|"
    r"统一(?!战线)|组织(?!部|委员)|开展|制定|完成|报|向|通过|形成|"
    r"除|召开|年底|\d|一律|全面|加强|同步|主动|提出|督促|指导|统筹|做好|办理|共同|视|研究|讲|书面|"
    r"确需|继续|实行|采取|建立|编制|出台|印发|填报|填写|提交|反馈|梳理|确定|明确|"
    r"选派|提供|汇总|落实|对照|针对|安排|"
    r"审核|审查|受理|予以|配备|指定|发现|书面|到|如|若|因|拟|力争|确保|参加|选定|"
    r"推荐|报送|参照|比照|因|离开|外出|遇有|遇到|发生|出现|未|"
    r"不得|不能|经|主持|审定)"
)
SUBJECT = re.compile(
    r"(?P<who>"
    + LIST
    + r")(?:党员大会|会(?=一般|每))?(?="
    + VERBS
    + r")(?!(?:召开|提出|确定|印发|制定|组织)的)"
)
BY = re.compile(
    r"由(?P<who>"
    + LIST
    + r")(?=负责|牵头|会同|组织(?!部|委员)|汇总|统筹|具体|审核|承担|承办|制定|实施|"
    + r"完成|办理|主持|审定|签发|答复|报|提出|督办|协调|审批|"
    + r"根据|结合|提交|送|印发|发函|下发|约谈|通报|予以|进行|指导|督促|逐一|及时|尽快|"
    + r"在|于|按|每|对|[一二三四五六七八九十\d]+月|"
    + r"[上下]半年|年底|，)"
)
ASK = re.compile(r"(?:请|责成|商请|督促|要求)(?P<who>" + LIST + r")(?=" + VERBS + r")")
LEAD = re.compile(r"(?P<who>" + LIST + r")(?:牵头|主办)(?:负责)?")
HELP = re.compile(r"(?P<who>" + LIST + r")(?:等)?(?:配合|协办|会办|协助)")
WITH = re.compile(
    r"(?:会同|联合)(?P<who>"
    + LIST
    + r")(?=[，,。；、（）]|$|共同|联合|加快|加强|深入|推进|推动|进行|全面|做好|修订|"
    + r"起草|研究|拿出|\d|[一二三四五六七八九十]+月|[上下]半年|"
    + VERBS[3:]
)
LABEL = re.compile(
    r"(?P<label>牵头单位|责任单位|主办单位|承办单位|主办|配合单位|会办|协办单位|"
    r"责任部门|牵头部门|配合部门)[：:]"
    r"(?P<who>[^；;。）)\n]+)"
)
MANNER = (
    r"书面|专题|及时|如实|电话|首次|一次|统一|直接|随时|定期|逐级|同步|立即|作出|进行|做|提交|专门|"
    r"正式|当面|口头|每[月周季天年](?:度)?"
)
TO = (
    re.compile(
        r"(?:及时|书面|专题|如实|统一|直接|每[周月季日一二三四五])?(?:向|呈)(?P<who>"
        + LIST
        + r")(?:"
        + MANNER
        + r")*"
        r"(?:报告|报送|汇报|报备|备案|反馈|续报|首报|提交|提出|通报|报|请假|述职|请示|"
        r"申请|说明|移交|推送|申报|报批)"
    ),
    re.compile(
        r"(?:汇总)?(?:书面|专题|统一|一并)?(?:上报|报送|报告|报请|报|呈报|呈送|呈|抄送|"
        r"抄报|函告|退回|反馈|提交|移交|"
        r"(?<![赠遣发派寄护配运断葬])送(?!达))(?:至|给|到)?(?![告送报请备经由至给到])(?P<who>"
        + LIST
        + r")(?=备案|审核|审定|审查|审阅|审议|审批|批准|备查|研究|汇总|销号|"
        + r"[，。；、（请同]|$|进行|统一)"
    ),
)
COMPARE = re.compile(r"^(?:全市|全省|全县|全区|本级|下级|会议|大会)$")
BAD = re.compile(
    r"^(?:其中|的|并|同时|对(?!外)|于(?!都|洪)|以|在|和(?!平|田|县|顺|静)|及|或|"
    r"后(?!勤)|前(?!进|锋)|将|把|使|让|由|"
    r"为|每(?![名个位])|至|并由|经(?!济|信|开|贸|发|管))|(?:结果|情况|意见|提案|"
    r"建议|讨论会|大会|会议|分析研判会|民主生活会|全会|"
    r"专题会|社会|机会|任务|工作|座谈会)$"
)
PREFIX = re.compile(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|"
    r"\d+(?:\.\d+)*[．.、\s\u3000]+|[（(]|"
    r"第[一二三四五六七八九十]+[，、]|[一二三四五六七八九十]+是|"
    r"第[一二三四五六七八九十百]+条[\s\u3000]*|会后，|会议结束后，|"
    r"【[^】]+】|会议(?:议定|决定|明确|要求)[：:，]?|同时[，、]|原则同意|其中|"
    r"此外[，、]?|要?由|督促|推动|责成|请)+"
)


LED_BY = re.compile(r".*(?:前|内|后|并|底|一并|书面)(?:报送|上报|报|送|呈|向|由)")
MEETING_OF = re.compile(r"(?:党小组|支部)会$")
SPANS_VERB = re.compile(r"每(?![名个位])|要(?!素)|须|(?<![响对])应(?!急|用)|的|[年月日][底前内]")


@dataclass(frozen=True)
class Mention:
    """A unit (or a list of units) as written, with its role: lead, cooperating or report_to."""

    start: int
    end: int
    text: str
    role: str


def tidy(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut numbering and lead-in words off the front of a mention."""
    while match := PREFIX.match(text[start:end]):
        if not match.end():
            break
        start += match.end()
    return start, end


def good(name: str, known: UnitNames | None) -> bool:
    """A mention that is a unit rather than a word that ends like one."""
    if known is not None and known.code(name) is not None:
        return True
    told = COMPARE.match(name) or BAD.search(name) or SPANS_VERB.search(name)
    return len(name) >= 2 and not told


def mentions(text: str, known: UnitNames | None = None) -> list[Mention]:
    """The mentions of one sentence, reporting addressees first found, then actors; no overlap."""
    found: list[Mention] = []
    for pattern in TO:
        for match in pattern.finditer(text):
            add(found, text, match.start("who"), match.end("who"), "report_to", known)
    for match in LABEL.finditer(text):
        helping = match.group("label")[:2] in {"配合", "会办", "协办"}
        role = "cooperating" if helping else "lead"
        add(found, text, match.start("who"), match.end("who"), role, known, free=True)
    for pattern, role in (
        (WITH, "cooperating"),
        (HELP, "cooperating"),
        (BY, "lead"),
        (ASK, "lead"),
        (LEAD, "lead"),
    ):
        for match in pattern.finditer(text):
            add(found, text, match.start("who"), match.end("who"), role, known)
    for clause in re.finditer(r"[^，,。；;：:]+", text):
        subject_of(found, text, clause.start(), clause.end(), known)
    return sorted(found, key=lambda m: m.start)


def subject_of(
    found: list[Mention], text: str, start: int, end: int, known: UnitNames | None
) -> None:
    """The subject at the head of a clause."""
    start, end = tidy(text, start, end)
    match = SUBJECT.match(text, start, end)
    if match is None and known is not None:
        match = known_head(text, start, end, known)
    if match is not None:
        add(found, text, match.start("who"), match.end("who"), "lead", known)


def known_head(text: str, start: int, end: int, known: UnitNames) -> re.Match[str] | None:
    """A clause that begins with a known unit name."""
    for length in range(min(24, end - start), 1, -1):
        if known.code(text[start : start + length]) is not None:
            return re.compile(rf"(?P<who>.{{{length}}})").match(text, start)
    return None


def add(
    found: list[Mention],
    text: str,
    start: int,
    end: int,
    role: str,
    known: UnitNames | None,
    *,
    free: bool = False,
) -> None:
    """Add a mention unless it overlaps one already there or is no unit."""
    if not free:
        start, end = tidy(text, start, end)
        if led := LED_BY.match(text, start, end):
            start = led.end()
        if MEETING_OF.search(text[start:end]):
            end -= 1
    if any(start < m.end and end > m.start for m in found) or end - start < 2:
        return
    name = text[start:end]
    if free or good(name, known):
        found.append(Mention(start, end, name, role))
