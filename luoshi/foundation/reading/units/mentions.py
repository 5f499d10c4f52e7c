"""Who is to act and who is told: units by known names and by grammar, with their roles.

A name is looked for where the grammar expects one: at the head of a clause, after 由, 请, 会同,
向, 报送. From there it reaches over everything that can stand in a name up to the first word that
cannot (a verb, a limit, 的), and ends with the last word that ends names of units or posts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.units.addressees import ME_TOO, Span, told
from luoshi.foundation.reading.units.naming import name_at, named
from luoshi.foundation.reading.units.words import (
    ENDS_OF_CASE,
    HELPING,
    LEADING,
    NO_SUBJECT,
)

PREFIX = re.compile(
    r"(?:\d+(?:\.\d+)+(?=[\u4e00-\u9fff])(?![个家名亿万元米公年月日天倍条项吨亩%])|"
    r"[一二三四五六七八九十]+[、．.\s\u3000]|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:[.\-—]\d+)*[．.、\s\u3000）)]+|[①-⑳]|"
    r"[（(]?[A-Za-z][）)．.、]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+[．.、]|[ⅰⅱⅲⅳⅴ][）)．.、]|[甲乙丙丁戊己庚辛][、．.]|[\[〔]\d+[\]〕]|[—–\-●○•▪★■◆▲·※➢√□]+|"
    r"第[一二三四五六七八九十百\d]+(?:[，、是]|条[\s\u3000]*|阶段[：:])|[一二三]则|[一二三四五六七八九十]+(?:是|要)|会后，|"
    r"【[^】]+】|会议(?:议定|决定|明确|要求|同意)[：:，]?|建议(?=贵[局单委校院司厂段行]|由|[三双各]方)|[正腊冬]月里?(?=[\u4e00-\u9fff]{2})|同时[，、]?|原则同意|此外[，、]?|＿+(?:起|前|后|内|，)?|"
    r"[\s\u3000“”（(]+|要?由|其(?!他|它|余|中)|[^，。；]{1,6}(?:以后|之后)(?=[各市县区省社镇乡村街])|[\u4e00-\u9fff]{2,6}(?:情况|结果|进展|名单)(?=[各市县区省镇乡][^的，。；]{0,12}(?:＿|要(?!求)|应当|必须|须))|节日期间|[省市县区镇乡][上里]的(?=[\u4e00-\u9fff]{1,4}[局所站院办])|[这那][件桩项块笔档](?:事情?|工作|活|钱|账)[，、]?|[^，。；]{0,6}期间(?=[\u4e00-\u9fff])|并(?=由|向)|今年|今天(?=[省市县区镇乡])|明年|今后|自?即日起|其中|另外?[，、]?|[\u4e00-\u9fff]{2,4}(?<![先前今此随然最])后(?=[买受中委][受让标托]人)|[会事节]后(?=＿)|[\u4e00-\u9fff]{2,4}后(?=[我本贵][局馆校院司厂段委办中厅处公])|所涉及的|[\u4e00-\u9fff]{0,8}(?:结束|完成|到位|印发|下发|召开|闭幕|解除|终止|启动|发生|形成|签订|调整|变更|受理|通过|下达|公布|出具)后＿*(?=[各市县区省乡镇街村])|(?:预警|响应|警报|公示|公告|协议|合同|项目|活动|评审)?(?:结束|终止|解除|期满|签订|完成)后＿+(?=[\u4e00-\u9fff])|[\u4e00-\u9fff]{2,6}[季期]（[^（）]*）(?=[\u4e00-\u9fff])|对此[，、]?|因此[，、]?)"
)
CLAUSE = re.compile(r"[^，,。；;：:\n]+")
BY = re.compile(r"(?<![理来缘自])由(?!于|此|来|[^，。；]{2,40}组成)|归(?!口|还|档|类|集|侨|纳|属)")
ASK = re.compile(
    r"转(?=[^，。；]{2,12}(?:限期[^，。；]{2}|办理|整改|落实|阅处|研处|查处|核处|承办)(?=[，。；]|$))|(?:(?<![提邀申聘报])请(?![^，。；]{2,14}(?:来|给你们|帮着)?当[\u4e00-\u9fff]{1,8}[员手长师]|[^，。；]{2,14}来(?:验收|检查|指导|授课|讲课|打分|评[议判分]|销号|复[查核验]|核验|把关|督导|会诊|宣讲|作|做))|责成|责令|督促|要求)(?=[\u4e00-\u9fff])"
)
WITH = re.compile(
    r"(?<=[局厅])会(?![议诊商计同长员场展费])(?=[省市县区]?[\u4e00-\u9fff]{1,6}[局委办部室院])|叫上(?=[\u4e00-\u9fff])|会同|(?<!协)会商(?!会|研判|制度|机制|会)|商(?=有关|相关|市|县|区|省)|联合(?!国|会|社|执法|检查|整治|惩戒|调查|发文|督查|印发|验收|下发|开展|召开|举办)|(?<=[，。；＿局办委部室心组])与(?=[^，。；]{2,20}(?:联合|共同))"
)
TO_HELP = re.compile(r"(?<=[局办委部室心组])配合(?!单位|部门)")
LABEL = re.compile(
    r"(?P<label>牵头单位|责任单位|主办单位|承办单位|牵头|主办|配合单位|会办|协办单位|配合|"
    r"责任部门|牵头部门|配合部门|会同单位|参与单位|协商部门|责任科室|责任领导|责任人)[：:](?P<who>(?:(?![，,、]?(?:(?:牵头|责任|主办|承办|配合|协办|会办|会同|参与)(?:单位|部门|科室|领导|人)?|(?:完成|办理)?(?:时限|期限|时间)|(?:对口)?协商部门)[：:])(?:（[\u4e00-\u9fff、]{1,8}）|[^；;。）)\n]))+)"
)


@dataclass(frozen=True)
class Mention:
    """A unit (or a list of units) as written, with its role: lead, cooperating or report_to."""

    start: int
    end: int
    text: str
    role: str


AFTER_ACT = re.compile("(?<=牵头|负责|初审|复核|审核|配合)、")


def masked(text: str, times: Sequence[tuple[int, int]]) -> str:
    """The text with its limits covered: a name never reaches over one."""
    text = AFTER_ACT.sub("，", text)
    for start, end in times:
        start += 1 if text[start] == "后" and end - start > 1 else 0
        text = text[:start] + "＿" * (end - start) + text[end:]
    return OWN_TURN.sub("，", text)


OWN_TURN = re.compile(r"(?<=＿)、(?=[^，。；、＿]{2,12}＿)")
"""市长每半年、县长每季度、镇长每月: each with its own rhythm."""


def mentions(
    text: str,
    known: UnitNames | None = None,
    times: Sequence[tuple[int, int]] = (),
) -> list[Mention]:
    """The mentions of one sentence: those told first, then labels, then those who act."""
    plain = masked(text, times)
    found: list[Mention] = []
    for start, end, role in [*told(plain, known), *labelled(plain), *acting(plain, known)]:
        if role != CASE:
            add(found, text, start, end, role, known)
        elif all(one.role != "lead" for one in found):
            add(found, text, start, end, "lead", known)
    tiers = list(TIERS.finditer(plain))
    ranked = len({one.group("who") for one in tiers}) > 1 or RANKED.search(plain) is not None
    tiers = [one for one in tiers if ranked or plain[one.start() - 1 : one.start()] == "由"]
    if tiers:
        found += [
            Mention(*one.span("who"), one.group("who"), "lead")
            for one in tiers
            if free(one.span(), found)
        ]
    return sorted(found, key=lambda m: m.start)


def free(span: tuple[int, int], found: Sequence[Mention]) -> bool:
    """Whether no mention lies over the span."""
    return all(span[1] <= one.start or span[0] >= one.end for one in found)


TIERS = re.compile(
    r"(?:(?<=[，。；：、由＿])|^)(?P<who>省|市|县|区|镇|乡|村|组|街道|社区)"
    r"(?=＿|(?:上报|初审|复[核审]|审[核定]|核查|批复|公示|汇总|建档)|要(?!求)|应当?(?!急)|须|负责|统一|组织|报[省市县区镇乡])"
)
"""村上报后，镇5日内核查，县15日内批复: bare levels act where several of them stand side by side."""
RANKED = re.compile(
    r"[，。；＿](?:乡镇|镇街|街道|县[\u4e00-\u9fff]{2,6}局|县级|区级|市级)[^，。；]{0,4}＿"
)
OF_MEETING = re.compile(r"(?:党组|党委)会议$")
OF_GOVERNMENT = re.compile(r"政府常务会议$")
PAYS = re.compile(r"(?:费用|经费|资金|成本|食宿|交通|开支)(?:均|一律|原则上)?$")
TOPIC = re.compile(r"(?:人员|对象|学生|患者|老人|企业|小区|工地)$")
"""戒毒康复人员，社区每月看一次: those it is about stand before the one who acts."""
OWNER = re.compile(
    r"(?P<who>[^，。；＿、]{0,12}?(?:单位|部门|企业|机构|公司|组织|学校|协会))的?(?:主要负责人|法定代表人|负责人|联络员|名称|地址|住所|章程|经营范围|人员|信息)"
    r"[^，。；＿]{0,14}(?:变更|变动|调整|变化|更换)(?:的|后)?$"
    r"|(?P<of>[\u4e00-\u9fff]{1,8}(?:局|委|办|站|所|公司|集团|中心))的(?![^，。；]*(?:问题|意见|要求|事|情况|通知|文件|方案|建议|工作|同志|干部|人|领导|书记|长|委托|同意|名义|经验|做法))[\u4e00-\u9fff、]{2,10}(?:\d+小时[\u4e00-\u9fff]{2})?$"
)
"""成员单位负责人、联络员调整的，须备案: whose people change has to report it."""
THING_FIRST = re.compile(
    r"[^，。；＿要须应]{0,8}(?:资产|工程|项目|事项|问题|设施|改造|地块|移交|费用)，由|(?:[和、][^，。；＿要须应]{1,8})?(?:沿线|周边|范围内)的[\u4e00-\u9fff]{2,6}，由"
)
"""锦园小区管网资产，由区政府牵头: what is worked on does not act."""
THING_OF = re.compile(
    r"(?!要|应|须|可|将|已|牵头|负责|组织|配合|会同)[^，。；：＿、要须应将已可]{1,10}(?<![自理事缘])由(?![于此来])(?=[各市县区省镇乡属所所村街社原主分县])"
)
"""临港园区历史债务由市财政局牵头: whose thing it is does not act."""
OBJECT_FIRST = re.compile(
    r"[^，。；＿、]{3,14}(?:工程|项目)(?=[省市县区][\u4e00-\u9fff]{1,8}(?:局|委|办|中心|公司)(?:＿|要|应当|须|必须|负责|牵头))"
)
"""安置房工程市住建局每月督查: the thing stands before the one who acts."""
EVENT_FIRST = re.compile(r"＿+，由")
"""平台上线前，由市网信办组织评估: what the event is of does not act."""
BEARS = re.compile(r"(?:统一|全额|自行)?(?:承担|负担|列支|解决)")
"""费用由产权单位承担: who pays does not act for the task."""
ALONG = re.compile(r"(?:与|跟|同(?![心安仁江德济级类])|和(?![平田县顺静林政]))")
URGE = re.compile(r"督促(?=[\u4e00-\u9fff])")
URGES = re.compile(
    r"(?:要|应当?|须|必须|负责|会同[^，。；]{2,20})?＿*(?:跟踪|全程)?督促(?=[\u4e00-\u9fff])"
)
"""市文旅局要督促各管理单位整改: who is urged has the task."""
NOT_BY = re.compile(
    r"(?:[两三双]方)?双?签(?!收|订|字后报|约)|审[定批阅]|批准|同志召集|出[镜席]|任(?=组长|副组长|主任|副主任|召集|指挥|总|会长)|担任|兼任|领衔|带队|任命|委派|选举|"
    r"主持(?!召开|制定|编)|留存|决定|组成|盖章|代表|参加"
)
"""由科主任签字: who signs, presides, keeps or takes a seat does not act for the task."""
AND_ALSO = re.compile(r"留存[^，。；]{0,10}，并(?=＿)")
"""由市大数据中心留存不少于三年，并每月5日前通报: who keeps has a task besides."""
OVERSEES = re.compile(r"(?:监督|指导|联系)单位[：:]$")
"""监督单位：市商务局: who oversees does not act."""
PARTNER = re.compile(
    r"(?<=[局委办院厅部室心司会处站校镇乡县区市团行社府科企])(?:(?<!参)与|同(?=[各有相]))(?=[^，。；＿]{2,20}$)"
)
SIGNS = re.compile(
    r"(?:(?:逐[\u4e00-\u9fff]|分别)?签(?:[订署]|(?=责任))|抓紧?对接|对接|衔接|沟通|商定|洽谈)"
)
"""县林业局与责任单位逐株签订责任书: with whom one signs does not act."""
LEAD_IN = re.compile(r"[“”（(、 \u3000]|其(?!他|它|余|中)|我[和、]|[一两三][位名]")
EITHER = re.compile(r"(?<=[^长])或者?")
MAY_NOW = re.compile(r"，可以?[^，。；]{0,24}(?:提请|申请|申诉|复议|投诉|举报|检举|控告)")
RIGHT = re.compile(
    r"可以?[^，。；]{0,24}(?:申请|申诉|复议|投诉|查询|查阅|咨询(?!机构|单位|公司|服务|意见)|陈述|申辩)"
)
MAY = re.compile(r"可以(?:[^，。；]{2,16})，[^，。；＿]{2,14}(?:应当|必须|须)[^，。；]{0,24}＿")
"""可以发出建议书，被建议单位应当30日内反馈: who may does not act."""
VIA = re.compile(
    r"经(?![济信开贸发管办委营侦纪])[^，。；]{2,20}?(?:审定|审议|审核|批准|同意|研究|讨论|通过|审查|复核|评估)"
)
"""经理事会审定后: who approves does not act."""
FORMED = re.compile(
    r"(?:成立|组建|设立)(?:由[^，。；＿]{2,20}任(?:组长|班长)的)?(?P<who>[^，。；＿、]{2,16}?(?:专班|领导小组|工作组))，(?!由)(?=[^。；]*＿[^，。；]{0,12}(?:例会|碰[^，。；]{0,2}头|调度|会商))"
)
"""成立…专班，每月召开一次例会: a body that meets acts where nobody else does."""
CASE = "case"
"""The subject of a clause that says when; it leads where nobody else does."""


def labelled(text: str) -> Iterator[Span]:
    """责任单位：…"""
    for match in LABEL.finditer(text) if "：" in text or ":" in text else ():
        helping = match.group("label")[:2] in {"配合", "会办", "协办", "会同", "参与"}
        yield match.start("who"), match.end("who"), ("cooperating" if helping else "lead")


def called_on(text: str, known: UnitNames | None, urged: bool) -> Iterator[Span]:
    """Those named after 会同, 由 or 请."""
    for pattern, role in ((WITH, "cooperating"), (BY, "lead"), (ASK, "lead"), (TO_HELP, "lead")):
        for match in pattern.finditer(text):
            end = name_at(text, match.end(), len(text), known)
            if pattern is BY:
                end = described(text, match.end(), len(text), known) if end == match.end() else end
                end = without_partner(text, match.end(), end)
            bound = text[: match.start()].endswith(("必须", "须", "要", "应", "应当", "一律"))
            stays = NOT_BY.match(text, end) and not AND_ALSO.match(text, end)
            if pattern is BY and not bound and stays:
                continue
            if pattern is BY and PAYS.search(text, 0, match.start()) and BEARS.match(text, end):
                continue
            if end > match.end() and not (urged and URGES.match(text, end)):
                yield match.end(), end, role_of(text, end, role)


def acting(text: str, known: UnitNames | None) -> Iterator[Span]:
    """Those who act: after 会同 they help; after 由 and 请 and at the head of a clause they lead,
    or help where 配合 follows."""
    urged = urges(text, known)
    yield from called_on(text, known, urged)
    waiting: list[Span] = []
    for clause in CLAUSE.finditer(text):
        start = clause.start()
        while prefix := PREFIX.match(text, start, clause.end()):
            start = prefix.end()
        if thing := OBJECT_FIRST.match(text, start, clause.end() + 1):
            start = thing.end()
        end = name_at(text, start, clause.end(), known)
        end -= 2 if OF_MEETING.search(text[start:end]) else 0
        end -= 4 if OF_GOVERNMENT.search(text[start:end]) and text[end : end + 1] in "每＿" else 0
        meets = text[start:end].endswith(("会议", "办公会")) and not sits(text, start, end)
        end = without_partner(text, start, end)
        idle = stands_idle(text, start, end, clause) or bool(urged and URGES.match(text, end))
        called = named(text[lead_in(text, start, end) : end], known) or BARE.match(text, start)
        if (end == start or idle or not called) and (
            whole := described(text, start, clause.end(), known)
        ):
            office = OF_OFFICE.match(text, start, whole)
            start = office.end("said") if office else start
            end, idle, meets, called = whole, False, False, True
        if OVERSEES.search(text, 0, clause.start()):
            continue
        if owner := OWNER.match(text, start, clause.end()):
            whose = "who" if owner.group("who") else "of"
            waiting = [(*owner.span(whose), "lead" if whose == "who" else CASE)]
        elif end > start and not idle and not meets and called:
            own = CASE if THING_OF.match(text, end) else role_of(text, end, "lead")
            span = (start, end, own)
            topic = end == clause.end() and TOPIC.search(text[start:end])
            topic = topic or THING_FIRST.match(text, end)
            before = EVENT_FIRST.match(text, end) is not None
            if MAY_NOW.match(text, clause.end()):
                continue
            if topic or before or ENDS_OF_CASE.search(clause.group()):
                waiting = [span]
            else:
                waiting = []
                yield span
        else:
            yield from waiting
            waiting = []
        yield from bracketed(text, clause, known)
    if body := FORMED.search(text):
        yield *body.span("who"), CASE
    yield from ((start, end, CASE) for start, end, _role in waiting)


def without_partner(text: str, start: int, end: int) -> int:
    """Where the name ends that signs or talks with another one: 市数据局与有关银行签订."""
    partner = PARTNER.search(text, start, end) if SIGNS.match(text, end) else None
    return partner.start() if partner else end


def stands_idle(text: str, start: int, end: int, clause: re.Match[str]) -> bool:
    """Whether the name at the head of a clause does not act there: it is spoken of, stands beside
    another, approves, has a right, or must not do something else."""
    of_many = PAPER_OUT.match(text, end) and MANY.search(text[start:end])
    return bool(
        (NO_SUBJECT.match(text, end) and not of_many)
        or ALONG.match(text, start)
        or VIA.match(text, start)
        or RIGHT.match(text, end)
        or (MAY.match(text, end) and "＿" not in clause.group())
        or forbidden(text, end, clause)
    )


MANY = re.compile(r"^各|直各|各有关|各相关")
PAPER_OUT = re.compile(
    r"(?:清单|方案|办法|细则|通知|意见|文件|任务)(?:正式)?(?:印发|下达|发布|出台|下发)后"
)
"""市直各有关部门清单印发后1个月内: a paper is not of many; they act."""
SITS = re.compile(r"(?:主席|主任|秘书长)会议$")
HEARS = re.compile(
    r"(?:要(?!求)|应当?(?!急)|须)?＿+(?:至少)?(?:专题|集体)?(?:听取|研究|审议|讨论|通报)"
)


def sits(text: str, start: int, end: int) -> bool:
    """主席会议每月听取一次汇报: a standing body that acts by meeting, not a meeting to be held."""
    return bool(SITS.search(text[start:end]) and HEARS.match(text, end))


GOES_ON = re.compile(r"[，；][^，。；＿]{0,10}＿+(?:将|把|应当|须)")
"""第三方机构不得留存数据，项目结束后15日内将全部资料移交: the same subject goes on."""


BARELY = re.compile(r"(?:不得|不准|严禁)[^，。；]{1,6}[，。；]")
"""接收单位不得再行转办, after the act with its limit."""


def forbidden(text: str, end: int, clause: re.Match[str]) -> bool:
    """养老机构不得超收押金，…5个工作日内备案: who must not do one thing is not who does the other
    by its limit."""
    never = text.startswith(("不得", "不准", "严禁"), end) and "＿" not in clause.group()
    if never and "＿" not in text[clause.end() :]:
        return BARELY.match(text, end) is not None and "＿" in text[: clause.start()]
    return never and not GOES_ON.search(text, clause.end())


DESCRIBED = re.compile(
    r"(?![对将把为从以按在经与由请就凡给向使让]|覆盖|建成|完成|新建|达到|实现|惠及|确保|带动|选[择取]|培育|落实|解决|推进)[^，。；：＿“”《》]{2,26}?的(?:\d+[个名家所支]|[一二三四五六七八九十两]+[个名家所支])?"
)
OF_OFFICE = re.compile(
    r"(?P<said>[^，。；＿]{2,24}?的)[省市县区镇乡][\u4e00-\u9fff]{1,10}(?:厅|局|委|办|院|部)(?:[、和]|$)"
)
"""尚未完成整改的省教育厅: an office has its own name, whatever is said of it."""
BARE = re.compile(r"(?:单位|部门|学校|企业|学院|社区|机构)(?=应当|必须|须(?!知)|[＿\d])")
"""收到申请后，单位应当答复: said of one of a kind, where a duty follows at once."""
PEOPLE = re.compile(
    r"(?:同志|干部|师傅|人员)(?=＿|要(?!求)|应当?(?!急)|须(?!知)|必须|直接|负责|当[日天])"
)
"""监测点的同志每月写一封信: people known by their place."""
THING = re.compile(r"(?:小区|园区|片区|项目)$")
"""2024年结转的63个小区须竣工: what is to be built does not act."""
BOUND = re.compile(
    r"(?:，(?:要|须)?)?(?:到任|上任|任职|就任|到岗|入职|当选)后?(?=＿)|，(?=逢|遇|平时|＿|应当?(?!急)|必须|须|要(?!求))|(?:也|都|均|还)?(?:＿|要(?!求)|必须|须|应当?(?!急)|一律|主动|限期|向|不得|到[^，。；]{2,14}说|原则上)|(?:通报|约谈|曝光|点名|挂牌)后(?=＿)"
)


def described(text: str, start: int, end: int, known: UnitNames | None) -> int:
    """Where 有山洪灾害防治任务的46个村, 排在末位的县区长 ends: a unit known by what is said of it,
    where a duty follows; 0 for none."""
    for found in DESCRIBED.finditer(text, start, end):
        if found.start() > start:
            break
        stop = name_at(text, found.end(), end, known)
        if stop == found.end() and (people := PEOPLE.match(text, stop)):
            return people.end()
        if stop > found.end() and BOUND.match(text, stop):
            return 0 if THING.search(text[start:stop]) else stop
    return 0


def urges(text: str, known: UnitNames | None) -> bool:
    """Whether the sentence names whom somebody urges."""
    return any(
        name_at(text, found.end(), len(text), known) > found.end() for found in URGE.finditer(text)
    )


LEVEL = re.compile(r"(?<=[县市区镇乡][（(])[市县区镇乡街道、]{1,8}[）)]")
"""各乡镇（街道）: a part of the name."""


OPENED = re.compile(r"[（(]")
ALONE = re.compile(r"(?:，＿[^（）]{0,8})?[）)]。?$")


def bracketed(text: str, clause: re.Match[str], known: UnitNames | None) -> Iterator[Span]:
    """（市民政局配合） inside a clause."""
    for opened in OPENED.finditer(clause.group()):
        start = clause.start() + opened.end()
        if LEVEL.match(text, start):
            continue
        end = name_at(text, start, len(text), known)
        alone = ALONE.match(text, end)
        if end > start and (alone or LEADING.match(text, end) or HELPING.match(text, end)):
            yield start, end, role_of(text, end, "lead")


def role_of(text: str, end: int, role: str) -> str:
    """What the word right after a name makes of it."""
    return "cooperating" if HELPING.match(text, end) else role


def lead_in(text: str, start: int, end: int) -> int:
    """Where the name begins after what only leads to it (其…, 我和…)."""
    while start < end and (lead := LEAD_IN.match(text, start, end)):
        start = lead.end()
    return start


def add(
    found: list[Mention], text: str, start: int, end: int, role: str, known: UnitNames | None
) -> None:
    """Add a mention unless it overlaps one already there or is no unit."""
    start = start if text[start] == "我" and role == "report_to" else lead_in(text, start, end)
    if any(start < m.end and end > m.start for m in found) or end - start < (
        1 if role == "report_to" else 2
    ):
        return
    for cut in EITHER.finditer(text, start, end):
        add(found, text, start, cut.start(), role, known)
        add(found, text, cut.end(), end, role, known)
        return
    if (
        (role == "report_to" and ME_TOO.match(text[start:end]))
        or named(text[start:end], known)
        or BARE.match(text, start)
    ):
        found.append(Mention(start, end, text[start:end], role))
