"""Who acts: at the head of a clause, after 由 and 请; who helps after 会同."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.units.addressees import Span
from luoshi.foundation.reading.units.described import BARE, OF_OFFICE, described
from luoshi.foundation.reading.units.doers import by_whom, doer
from luoshi.foundation.reading.units.idle import sits, stands_idle
from luoshi.foundation.reading.units.naming import name_at, named
from luoshi.foundation.reading.units.words import ENDS_OF_CASE, HELPING, LEADING

PREFIX = compiled(
    r"在[^，。；＿]{2,10}[前后时](?=[省市县区城国各镇乡][\u4e00-\u9fff]{2,14}(?:部门|[局委办]|政府)(?:应当|须|必须|要(?!求)|依据|根据))|[^，。；＿]{0,8}[组队]＿+(?=各)|(?:[水电气网暖路热煤油](?:、|和)){2,}[水电气网暖路热煤油]等(?=[\u4e00-\u9fff]{2,8}(?:企业|单位|部门))|"
    r"(?:\d+(?:\.\d+)+(?=[\u4e00-\u9fff])(?![个家名亿万元米公年月日天倍条项吨亩%])|"
    r"[一二三四五六七八九十]+[、．.\s\u3000]|[（(][一二三四五六七八九十\d]+[）)]|\d+(?:[.\-—]\d+)*[．.、\s\u3000）)]+|[①-⑳]|"
    r"[（(]?[A-Za-z][）)．.、]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩIVX]+[．.、]|[ⅰⅱⅲⅳⅴ][）)．.、]|[甲乙丙丁戊己庚辛][、．.]|[\[〔]\d+[\]〕]|[—–\-●○•▪★■◆▲·※➢√□]+|"
    r"第[一二三四五六七八九十百\d]+(?:[，、是]|条[\s\u3000]*|阶段[：:])|[一二三]则|[一二三四五六七八九十]+(?:是|要)|会后，|"
    r"【[^】]+】|会议(?:议定|决定|明确|要求|同意)了?[：:，]?|建议(?=贵[局单委校院司厂段行]|由|[三双各]方)|[正腊冬]月里?(?=[\u4e00-\u9fff]{2})|(?:没有?|未|不)[^，。；＿]{1,8}的(?=[\u4e00-\u9fff]{2,8}(?:科|局|办|处|站|所)(?:＿|按|每|逐|统一|书面|一律))|(?:以后|往后|此后|从此)[，、]?(?=[各省市县区镇乡村])|同时[，、]?|原则同意|此外[，、]?|[在于]?＿+(?:起|前|后|内|，)?|"
    r"[\s\u3000“”（(]+|要?由|其(?!他|它|余|中)|(?:制度|办法|方案|通知|文件|规定|意见)(?:明确|强调|规定|要求|明令|提出)[，：]?(?=[各全省市县区][^，。；]{1,20}(?:要|应|须|必须|＿|、))|凡(?=[^，。；]{2,10}的[^，。；]{2,14}，(?:须|应|要|在))|(?:[上下]午|晚上)(?=[各省市县区])|[^，。；]{1,6}(?:以后|之后)(?=[各市县区省社镇乡村街])|[\u4e00-\u9fff]{2,6}(?:情况|结果|进展|名单)(?=[各市县区省镇乡][^的，。；]{0,12}(?:＿|要(?!求)|应当|必须|须))|节日期间|[省市县区镇乡][上里]的(?=[\u4e00-\u9fff]{1,4}[局所站院办])|[这那][件桩项块笔档](?:事情?|工作|活|钱|账)[，、]?|[^，。；]{0,6}期间(?=[\u4e00-\u9fff])|并(?=由|向)|今年|今天(?=[省市县区镇乡])|明年|今后|自?即日起|平[常时日](?=[省市县区各防])|[春夏秋冬](?:、[春夏秋冬])*[两三四]?季(?=[省市县区各])|其中|另外?[，、]?|[\u4e00-\u9fff]{2,4}(?<![先前今此随然最])后(?=[买受中委][受让标托]人)|[会事节]后(?=＿)|[\u4e00-\u9fff]{2,4}后(?=[我本贵][局馆校院司厂段委办中厅处公])|所涉及的|[\u4e00-\u9fff]{0,8}(?:结束|完成|到位|批复|批准|核准|备案|立项|审定|到账|印发|下发|召开|闭幕|解除|终止|启动|发生|形成|签订|调整|变更|受理|通过|下达|公布|出具)后＿*(?=[各市县区省乡镇街村])|(?:预警|响应|警报|公示|公告|协议|合同|项目|活动|评审)?(?:结束|终止|解除|期满|签订|完成)后＿+(?=[\u4e00-\u9fff])|[\u4e00-\u9fff]{2,6}[季期]（[^（）]*）(?=[\u4e00-\u9fff])|对此[，、]?|因此[，、]?)"
)

CLAUSE = compiled(r"[^，,。；;：:\n]+")

BY = compiled(
    r"(?<![理来缘自经])由(?!于|此|来|一名[^，。；]{1,6}带队|[^，。；]{2,40}组成)|归(?!口|还|档|类|集|侨|纳|属|入)"
)

ASK = compiled(
    r"提请(?=[^，。；＿]{2,14}＿+(?!审|研究决定|批准|讨论|前|内，))|转(?=[^，。；]{2,12}(?:限期[^，。；]{2}|办理|整改|落实|阅处|研处|查处|核处|承办)(?=[，。；]|$))|(?:(?<![提邀申聘报约])请(?!示|假|求|教|战|愿|柬|帖|款|[一两三几][位名]|[^，。；]{0,4}(?:会计师事务所|第三方|专家|律师(?!协会)|中介|(?<!融)媒体|外脑))(?![^，。；]{2,14}(?:来|给你们|帮着)?当[\u4e00-\u9fff]{1,8}[员手长师]|[^，。；]{2,14}来(?:验收|检查|指导|授课|讲课|打分|评[议判分]|销号|复[查核验]|核验|把关|督导|会诊|宣讲|作|做))|责成|责令|督促|(?:(?<=^)|(?<=[，。；.．、）\s]))协调(?=(?:省|市|县|区|州|国)[\u4e00-\u9fff]{1,10}(?:局|委|办|厅|公司|集团|中心|院))|要求)(?:\d{1,3}[家个所](?!月))?(?=[\u4e00-\u9fff])"
)

WITH = compiled(
    r"(?<=[局厅])会(?![议诊商计同长员场展费])(?=[省市县区]?[\u4e00-\u9fff]{1,6}[局委办部室院])|叫上(?=[\u4e00-\u9fff])|会同|(?<!协)会商(?!会|研判|制度|机制|会)|商(?=有关|相关|市|县|区|省|(?:财政|教育|科技|工业|公安|民政|司法|人力|自然|生态|住房|交通|水利|农业|文化|国家|国务|中央)[\u4e00-\u9fff]{0,12}[部委局办会署院])|联合(?!国|会|社|体|核查|调研|督导|抽查|巡查|工作|审查|行动|演练|执法|检查|整治|惩戒|调查|发文|督查|印发|验收|下发|开展|召开|举办)|(?<=[，。；＿局办委部室心组])(?:与|跟)(?=[^，。；]{2,20}(?:联合|共同|一起|一道))"
)

TO_HELP = compiled(r"(?<=[局办委部室心组])配合(?!单位|部门)")

OF_MEETING = compiled(r"(?:党组|党委)会议$")

OF_GOVERNMENT = compiled(r"政府常务会议$")

PAYS = compiled(r"(?:费用?|经费|资金|成本|食宿|交通|开支)(?:均|一律|原则上)?$")

TOPIC = compiled(
    r"(?:处理站|水厂|电站|泵站|水库|山塘|填埋场|渠首|大桥|人员|对象|学生|患者|老人|企业|小区|工地)$"
)
"""戒毒康复人员，社区每月看一次: those it is about stand before the one who acts."""

OWNER = compiled(
    r"(?P<who>[^，。；＿、]{0,12}?(?:单位|部门|企业|机构|公司|组织|学校|协会))的?(?:主要负责人|法定代表人|负责人|联络员|名称|地址|住所|章程|经营范围|人员|信息)"
    r"[^，。；＿]{0,14}(?:变更|变动|调整|变化|更换)(?:的|后)?$"
    r"|(?P<of>[\u4e00-\u9fff]{1,8}(?:局|委|办|站|所|公司|集团|中心|支队|大队|[厅局院校]里))的(?:\d+[架辆艘台套支座]|[一二两三四五六七八九十]+[架辆艘台套支座])?(?![^，。；]*(?:问题|意见|要求|事|情况|通知|文件|方案|建议|工作|同志|干部|人|领导|书记|长|委托|同意|名义|经验|做法))(?:[\u4e00-\u9fff、]{2,10}(?:\d+小时[\u4e00-\u9fff]{2})?$|[\u4e00-\u9fff]{0,6}(?:车辆?|热线|系统|医疗队|救护队|抢修队)(?=＿))"
)
"""成员单位负责人、联络员调整的，须备案: whose people change has to report it."""

THING_FIRST = compiled(
    r"[^，。；＿要须应]{0,8}(?:资产|工程|项目|事项|问题|设施|改造|地块|移交|费用|选址|用地|迁改|征地|拆迁|建设|清表|补偿|安置|搬迁|管护|养护)，由|(?:[和、][^，。；＿要须应]{1,8})?(?:沿线|周边|范围内)的[\u4e00-\u9fff]{2,6}，由"
)
"""锦园小区管网资产，由区政府牵头: what is worked on does not act."""

THING_OF = compiled(
    r"(?!要|应(?!急)|须|可|将|已|牵头|负责|组织|配合|会同)(?:应急|[^，。；：＿、要须应将已可]){1,10}(?<![自理事缘])由(?![于此来])(?=[各市县区省镇乡属所所村街社原主分县])"
)
"""临港园区历史债务由市财政局牵头: whose thing it is does not act."""

OBJECT_FIRST = compiled(
    r"[^，。；＿、]{1,14}(?:工程|项目|管网|道路|的问题)(?=(?:[省市县区各][\u4e00-\u9fff]{1,8}|城管|住建|水务|水利|交通|环保|应急)(?:局|委|办|中心|公司)(?:＿|要|应当|须|必须|负责|牵头))"
)
"""安置房工程市住建局每月督查: the thing stands before the one who acts."""

EVENT_FIRST = compiled(r"＿+，由")
"""平台上线前，由市网信办组织评估: what the event is of does not act."""

BEARS = compiled(
    r"(?:[两三四]级)?(?:统一|全额|自行|(?:共同)?按[^，。；]{1,14}?)?(?:分担|承担|负担|列支|解决)"
)
"""费用由产权单位承担: who pays does not act for the task."""

URGE = compiled(r"督促(?=[\u4e00-\u9fff])")

OWN_TOO = compiled(r"[^。；]*，并(?:对[^，。；]{2,12}(?:逐|进行|组织|开展)|＿)")
"""督促…整改到位，并对结果逐一核验: who urges has a task besides."""
URGES = compiled(
    r"(?:要|应当?|须|必须|负责|会同[^，。；]{2,20})?＿*(?:跟踪|全程)?督促(?=[\u4e00-\u9fff])"
)
"""市文旅局要督促各管理单位整改: who is urged has the task."""

NOT_BY = compiled(
    r"(?:[两三双]方)?双?签(?!收|订|字后报|约)|审[定批阅]|批准|同志召集|出[镜席]|任(?=组长|副组长|主任|副主任|召集|指挥|总|会长)|担任|兼任|领衔|任命|委派|选举|"
    r"留存|监督(?=[，。；])|决定|组成|盖章|代表|参加|(?:统一)?(?:制[定订]|印制|提供|编制|颁发|核发|出具|指定|规定|公布|批准|认可)的|或(?:者)?[^，。；]{2,14}(?:决定|审定|签发|批准|确定)"
)
"""由科主任签字: who signs, presides, keeps or takes a seat does not act for the task."""

PRESIDED = compiled(r"(?:^|[，。；])[^，。；＿]{0,4}会议?$")
"""会议由党支部书记主持: who presides has no task."""

PERSON = compiled(r"(?:主要|分管)(?:负责人|负责同志|领导)|负责人")
UNIT_MUST = compiled(r"[\u4e00-\u9fff](?:要|应当?|须|必须)$")
"""承办单位要由分管负责人登门沟通: whose person it is acts."""
NOT_YET = compiled(
    r"(?:尚|还|仍)?[未没][^，。；＿的]{1,10}的(?:[市县区镇乡]直)?(?:单位|部门|县区|乡镇|区县|学校|企业|县（市、区）|镇街|科室|社区|村|地区|地方)"
)
"""请尚未答复的单位核实: those who are late."""
AND_ALSO = compiled(r"留存[^，。；]{0,10}，并(?=＿)")
"""由市大数据中心留存不少于三年，并每月5日前通报: who keeps has a task besides."""

OVERSEES = compiled(r"(?:监督|指导|联系|督办|督查|督导)单位[：:]$")
"""监督单位：市商务局: who oversees does not act."""

PARTNER = compiled(
    r"(?<=[局委办院厅部室心司会处站校镇乡县区市团行社府科企])(?:(?<!参)与|同(?=[各有相]))(?=[^，。；＿]{2,20}$)"
)

SIGNS = compiled(
    r"(?:(?:逐[\u4e00-\u9fff]|分别)?签(?:[订署]|(?=责任))|抓紧?对接|对接|衔接|沟通|商定|洽谈)"
)
"""县林业局与责任单位逐株签订责任书: with whom one signs does not act."""

LEAD_IN = compiled(r"[“”（(、 \u3000]|其(?!他|它|余|中)|我[和、]|[一两三][位名]")

MAY_NOW = compiled(r"，可以?[^，。；]{0,24}(?:提请|申请|申诉|复议|投诉|举报|检举|控告)")

MAY_DO = compiled(r"可以?(?:直接|拒绝|不(?!得|能)|随时)")
"""乡镇可以拒绝填报: who may does not act where somebody else has to."""

MAKES_PAPER = compiled(
    r"(?:的[^，。；＿]{1,14}(?:方案|报告|材料|总结|情况|数据|资料|清单|名单|报表|计划)"
    r"|(?:年度|半年|全年|自查|整改)?(?:工作)?(?:总结|报告|小结))，?(?:务必|务|须|应当?|要|请|统一)?[于在]?＿|(?:制定|印发|起草|出台|制发|发布|颁布)的(?:规范性|行政规范性|政策性)?(?:文件|办法|规章|制度|预案|方案|规划|意见)，?(?:应当?|须|由|报|抄|送)"
)
"""派出机关印发的规范性文件，报上一级备案: whose paper it is acts where nobody else does."""
FORMED = compiled(
    r"(?:成立|组建|设立)(?:由[^，。；＿]{2,20}任(?:组长|班长)的)?(?P<who>(?!(?:工作)?专班，由|(?:工作)?领导小组，由)[^，。；＿、]{2,16}?(?:专班|领导小组|工作组))，(?!由(?![^，。；＿]{2,16}任(?:组长|主任|召集人|总?指挥长?)，))(?=[^。；]*＿[^，。；]{0,12}(?:例会|全体会议|听取|碰[^，。；]{0,2}头|调度|会商))"
)
"""成立…专班，每月召开一次例会: a body that meets acts where nobody else does."""

CASE = "case"
"""The subject of a clause that says when; it leads where nobody else does."""


SIGNS_ONLY = compiled(
    r"(?:把关|审核|审阅)*(?:签字|签署|签名|审签|审核|把关)后[^，。；]{0,4}(?:＿|报|送|上报|交)"
)
"""各矿汇总，由矿长签字后报公司: who signs acts only where nobody else does."""


def called_on(text: str, known: UnitNames | None, urged: bool) -> Iterator[Span]:
    """Those named after 会同, 由 or 请."""
    for pattern, role in ((WITH, "cooperating"), (BY, "lead"), (ASK, "lead"), (TO_HELP, "lead")):
        for match in pattern.finditer(text):
            end = name_at(text, match.end(), len(text), known)
            if pattern is BY:
                if end == match.end():
                    end = described(text, end, len(text), known) or by_whom(text, end, len(text))
                end = without_partner(text, match.end(), end)
                owned = UNIT_MUST.search(text, 0, match.start()) is not None
                if owned and PERSON.fullmatch(text, match.end(), end):
                    continue
            if pattern is ASK and end == match.end() and (late := NOT_YET.match(text, end)):
                yield *late.span(), role
                continue
            if match.group() == "提请" and not text.startswith("＿", end):
                continue
            bound = text[: match.start()].endswith(("必须", "须", "要", "应", "应当", "一律"))
            stays = NOT_BY.match(text, end) and not AND_ALSO.match(text, end)
            if pattern is BY and not bound and stays:
                continue
            presided = pattern is BY and PRESIDED.search(text, 0, match.start())
            if presided and text.startswith(("主持", "召集", "提议"), end):
                continue
            if pattern is BY and PAYS.search(text, 0, match.start()) and BEARS.match(text, end):
                continue
            if end > match.end() and not (urged and URGES.match(text, end)):
                signs = pattern is BY and SIGNS_ONLY.match(text, end)
                yield match.end(), end, CASE if signs else role_of(text, end, role)


class Head(NamedTuple):
    """The name at the head of a clause; `acts`: it may act there; `weak`: only where nobody else
    does."""

    start: int
    end: int
    acts: bool
    weak: bool


def head(text: str, clause: re.Match[str], known: UnitNames | None, urged: bool) -> Head:
    """The name a clause begins with: by its ending, by what is said of it, by what it does."""
    start = unprefixed(text, clause.start(), clause.end())
    if thing := OBJECT_FIRST.match(text, start, clause.end() + 1):
        start = thing.end()
    end = name_at(text, start, clause.end(), known)
    end -= 2 if OF_MEETING.search(text[start:end]) else 0
    end -= 4 if OF_GOVERNMENT.search(text[start:end]) and text[end : end + 1] in "每＿" else 0
    meets = text[start:end].endswith(("会议", "办公会", "务会")) and not sits(text, start, end)
    end = without_partner(text, start, end)
    urging = urged and URGES.match(text, end) is not None
    idle = urging or stands_idle(text, start, end, clause)
    idle = idle and not (urging and OWN_TOO.match(text, end))
    called = named(text[lead_in(text, start, end) : end], known) or BARE.match(text, start)
    if (end == start or idle or not called) and (
        whole := described(text, start, clause.end(), known)
    ):
        office = OF_OFFICE.match(text, start, whole)
        return Head(office.end("said") if office else start, whole, True, False)
    if (end == start or not called) and (whole := doer(text, start, clause.end())):
        limited = "＿" in text[max(0, start - 2) : clause.end()]
        acts = not stands_idle(text, start, whole, clause)
        return Head(start, whole, acts, not limited and not text.startswith("各", start))
    return Head(start, end, end > start and not idle and not meets and bool(called), False)


@lru_cache(maxsize=4)
def unprefixed(text: str, start: int, end: int) -> int:
    """Where a clause begins after its number and what else only leads to it; asked for twice of a
    sentence that is drafted."""
    while prefix := PREFIX.match(text, start, end):
        start = prefix.end()
    return start


def acting(text: str, known: UnitNames | None) -> Iterator[Span]:
    """Those who act: after 会同 they help; after 由 and 请 and at the head of a clause they lead,
    or help where 配合 follows."""
    urged = urges(text, known)
    called = list(called_on(text, known, urged))
    yield from (span for span in called if span[2] != CASE)
    waiting: list[Span] = []
    for clause in CLAUSE.finditer(text):
        start, end, acts, weak = head(text, clause, known, urged)
        if OVERSEES.search(text, 0, clause.start()):
            continue
        if end > start and not acts and MAKES_PAPER.match(text, end):
            yield start, end, CASE
        if owner := OWNER.match(text, start, clause.end()):
            whose = "who" if owner.group("who") else "of"
            waiting = [(*owner.span(whose), "lead" if whose == "who" else CASE)]
        elif acts:
            weak = weak or bool(MAY_DO.match(text, end) or THING_OF.match(text, end))
            span = (start, end, CASE if weak else role_of(text, end, "lead"))
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
    yield from (span for span in called if span[2] == CASE)


def without_partner(text: str, start: int, end: int) -> int:
    """Where the name ends that signs or talks with another one: 市数据局与有关银行签订."""
    partner = PARTNER.search(text, start, end) if SIGNS.match(text, end) else None
    return partner.start() if partner else end


def urges(text: str, known: UnitNames | None) -> bool:
    """Whether the sentence names whom somebody urges."""
    return any(
        name_at(text, found.end(), len(text), known) > found.end() for found in URGE.finditer(text)
    )


LEVEL = compiled(r"(?<=[县市区镇乡][（(])[市县区镇乡街道、]{1,8}[）)]")
"""各乡镇（街道）: a part of the name."""

OPENED = compiled(r"[（(]")

ALONE = compiled(r"(?:，＿[^（）]{0,8})?[）)]。?$")


def bracketed(text: str, clause: re.Match[str], known: UnitNames | None) -> Iterator[Span]:
    """（市民政局配合） inside a clause."""
    for opened in OPENED.finditer(clause.group()):
        start = clause.start() + opened.end()
        if text.startswith(("以下简称", "简称"), start):
            continue
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
