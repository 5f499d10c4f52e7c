"""Who is to act and who is told: units by known names and by grammar, with their roles.

A name is looked for where the grammar expects one: at the head of a clause, after 由, 请, 会同,
向, 报送. From there it reaches over everything that can stand in a name up to the first word that
cannot (a verb, a limit, 的), and ends with the last word that ends names of units or posts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.units.naming import name_at, named
from luoshi.foundation.reading.units.words import (
    APPROVES,
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
    r"【[^】]+】|会议(?:议定|决定|明确|要求)[：:，]?|同时[，、]?|原则同意|此外[，、]?|＿+(?:起|前|后|内|，)?|"
    r"[\s\u3000“”（(]+|要?由|其(?!他|它|余|中)|[^，。；]{1,6}(?:以后|之后)(?=[各市县区省])|节日期间|[^，。；]{0,6}期间(?=[\u4e00-\u9fff])|并(?=由|向)|今年|明年|今后|自?即日起|其中|另外?[，、]?|[\u4e00-\u9fff]{2,4}(?<![先前今此随然最])后(?=[买受中委][受让标托]人)|[会事节]后(?=＿)|所涉及的|[\u4e00-\u9fff]{0,8}(?:结束|完成|到位|印发|下发|召开|闭幕|解除|终止|启动|发生|形成|签订|调整|变更|受理|通过|下达|公布|出具)后＿*(?=[各市县区省乡镇街村])|对此[，、]?|因此[，、]?)"
)
CLAUSE = re.compile(r"[^，,。；;：:\n]+")
BY = re.compile(r"(?<![理来缘自])由(?!于|此|来|[^，。；]{2,40}组成)|归(?!口|还|档|类|集|侨|纳|属)")
ASK = re.compile(
    r"转(?=[^，。；]{2,12}(?:限期[^，。；]{2}|办理|整改|落实)(?=[，。；]|$))|(?:(?<![提邀申聘报])请(?![^，。；]{2,14}来(?:验收|检查|指导|授课|讲课|打分|评[议判分]))|责成|责令|督促|要求)(?=[\u4e00-\u9fff])"
)
WITH = re.compile(
    r"会同|(?<!协)会商(?!会|研判|制度|机制|会)|商(?=有关|相关|市|县|区|省)|联合(?!国|会|社|执法|检查|整治|惩戒|调查|发文|督查|印发|验收|下发|开展|召开|举办)|(?<=[，。；＿局办委部室心组])与(?=[^，。；]{2,20}(?:联合|共同))"
)
TO_HELP = re.compile(r"(?<=[局办委部室心组])配合(?!单位|部门)")
LABEL = re.compile(
    r"(?P<label>牵头单位|责任单位|主办单位|承办单位|牵头|主办|配合单位|会办|协办单位|配合|"
    r"责任部门|牵头部门|配合部门|会同单位|参与单位|协商部门|责任科室|责任领导|责任人)[：:](?P<who>(?:(?![，,、]?(?:(?:牵头|责任|主办|承办|配合|协办|会办|会同|参与)(?:单位|部门|科室|领导|人)?|(?:完成|办理)?(?:时限|期限|时间)|(?:对口)?协商部门)[：:])(?:（[\u4e00-\u9fff、]{1,8}）|[^；;。）)\n]))+)"
)
TOWARDS = re.compile(r"(?<![一倾取偏转])(?<!(?<!书)面)向(?P<rest>[^，。；：\n]{2,48})")
TOLD = re.compile(
    r"报告|报送|汇报|报备|备案|反馈|续报|首报|提交|提出|通报|报(?![道名])|说清|作说明|联系(?!人|电话)|提供|登记|办理|请假|述职|请示|申请|说明|移交|推送|"
    r"申报|报批|出具|发出(?=[^，。；]{0,8}[书函单])|告知|检查|检讨|交账|书面|移送|反映"
)
SENT = re.compile(
    r"(?:上报|报送|报告(?!会(?!议?长|计)|厅(?![\u4e00-\u9fff]{0,6}[办处室局])|人(?!大|社|防|事|力|才|民)|期)|报请|呈报|呈送|呈(?!现|贡)|分送|抄送|抄报|抄告|函告|函报|告知|告诉|退回(?!原)|发送|汇交|抄(?=[市县区省镇局])|通报(?=[^，。；]{1,30}(?:局|委|办|部|院|室|公司|单位|部门|镇|街道|中心|方)[，。；])|书面回复|通知(?=[\u4e00-\u9fff]{2,14}?(?:机构|部门|单位|局|指挥部|办公室|委|科室|科|企业|公司|中心|处)(?:(?![\u4e00-\u9fff])|参加|派员|更换|处理|处置))|传给|传真(?=至|到)|发给|交给|寄[回至送]|(?:同步|同时|及时|并)通[报知](?=[^，。；]{2,14}(?:局|委|办|部|院|室|领导|单位|镇|街道|中心)[，。；])|(?<=[展况度果])通报(?=[^，。；]{2,14}领导[，。；])|反馈|提交|移交|移送|"
    r"(?:[汇书专题统一并面直再逐级]*)(?<![情汇通播申续首补预日周月季年快简海])报(?![告送请备经由名道刊社表废销批喜以])|(?<![赠遣发派寄护配运断葬输选印])送(?!达|审|签|检|医|还|到位|上门)|"
    r"(?<![公外社相])[移上]?交(?!警|投|建|控|运|管|办(?!公)|流|接|通|由|易|叉|付|换|账|心|给你|费)|给|(?<![印下签转颁开出激自制散分上])发(?!改|展|电|行)(?=[\u4e00-\u9fff]{0,10}(?:办公室|工会|[处科办局组室])(?:(?![\u4e00-\u9fff])|邮箱|信箱|电子)))(?:至|给|到|回|与)?"
)
TO_WHOM = re.compile(
    r"(?:上?报送?|提交|发送|邮?寄|寄送|交(?![易警投建控运管流通由叉付换])|送|反馈|移交|传真|推送|转交|汇总)(?![告道名办])[^，。；＿至到给后并再发]{1,20}(?:（[^）]{1,10}）)?(?:至|到|给)(?P<who>[^，。；＿]{2,24})"
)
"""报送纸质报告（一式三份）至主管部门: the thing stands between the verb and who gets it."""
AFTER_SENT = re.compile(
    r"备案|审核|审定|审查|审阅|审议|审批|批准|备查|研究|汇总|销号|讨论|存档|存查|核定|登记|留存|归档|处理|协调|参阅|参考|签发|把关|会签|"
    r"转办|督办|核销|核减|各一份|各[一\d]|协调|参加|派员|更换|处置|及其|核对|核实|核查|验收|评审|初审|复审|会审|邮箱|信箱|(?<!部门)征求意见|按程序|[，。；、（(）)请同\s来,;:]|$|一份|存底|打电话|进行|统一|手[里中]|＿|后|并|提交|送|作|写|看|收|备|[老小][\u4e00-\u9fff](?=[，。；])|[\u4e00-\u9fff]{2,3}(?:、|同志|邮箱)"
)


@dataclass(frozen=True)
class Mention:
    """A unit (or a list of units) as written, with its role: lead, cooperating or report_to."""

    start: int
    end: int
    text: str
    role: str


def masked(text: str, times: Sequence[tuple[int, int]]) -> str:
    """The text with its limits covered: a name never reaches over one."""
    text = re.sub("(?<=牵头|负责|初审|复核|审核|配合)、", "，", text)
    for start, end in times:
        start += 1 if text[start] == "后" and end - start > 1 else 0
        text = text[:start] + "＿" * (end - start) + text[end:]
    return text


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
)
"""成员单位负责人、联络员调整的，须备案: whose people change has to report it."""
THING_FIRST = re.compile(r"[^，。；＿要须应]{0,8}(?:资产|工程|项目|事项|问题|设施|改造|地块|移交|费用)，由")
"""锦园小区管网资产，由区政府牵头: what is worked on does not act."""
EVENT_FIRST = re.compile(r"＿+，由")
"""平台上线前，由市网信办组织评估: what the event is of does not act."""
BEARS = re.compile(r"(?:统一|全额|自行)?(?:承担|负担|列支|解决)")
"""费用由产权单位承担: who pays does not act for the task."""
ALONG = re.compile(r"(?:与|跟|同(?![心安仁江德济])|和(?![平田县顺静林政]))")
URGE = re.compile(r"督促(?=[\u4e00-\u9fff])")
URGES = re.compile(
    r"(?:要|应当?|须|必须|负责|会同[^，。；]{2,20})?＿*(?:跟踪|全程)?督促(?=[\u4e00-\u9fff])"
)
"""市文旅局要督促各管理单位整改: who is urged has the task."""
NOT_BY = re.compile(
    r"(?:[两三双]方)?双?签(?!收|订|字后报|约)|审[定批阅]|批准|同志召集|任(?=组长|副组长|主任|副主任|召集|指挥|总|会长)|担任|兼任|领衔|带队|任命|委派|选举|"
    r"主持(?!召开|制定|编)|留存|决定|组成|盖章|代表|参加"
)
"""由科主任签字: who signs, presides, keeps or takes a seat does not act for the task."""
LEAD_IN = re.compile(r"[“”（(、 \u3000]|其(?!他|它|余|中)|我[和、]|[一两三][位名]")
DECIDED = re.compile(
    r"初审|审核(?!汇总|备案|后报)|签发|裁定|审批|批准|审定|同意|核准|批复|会签|表决"
)
HEARD = re.compile(r"审|研究|讨论|决定|听取|通过")
EITHER = re.compile(r"(?<=[^长])或者?")
MAY = re.compile(r"可以?(?![靠行])[^，。；]{0,24}$")
ASKS = re.compile(r"申请|申诉|复核|咨询|投诉|举报|查询")
"""可向所在单位申请复核: who may ask has a right, and nobody is told."""
MAY_NOW = re.compile(r"，可以?[^，。；]{0,24}(?:申请|申诉|复议|投诉|举报|检举|控告)")
RIGHT = re.compile(r"可以?[^，。；]{0,24}(?:申请|申诉|复议|投诉)")
VIA = re.compile(
    r"经(?![济信开贸发管办委营侦纪])[^，。；]{2,20}?(?:审定|审议|审核|批准|同意|研究|讨论|通过|审查|复核|评估)"
)
"""经理事会审定后: who approves does not act."""
PERSONS = (
    *("用户", "居民", "村民", "家属", "患者", "家长", "本人", "当事人", "申请人", "投诉人"),
    *("举报人", "信访人", "产权人", "所有人", "全体代表", "医疗机构", "所在机构"),
)
AND_SELF = re.compile(r"(?P<who>.{2,20}?)(?:和|及|、).{1,6}$")
"""反馈给学院和导师本人: the office is told, the person learns it."""
MEMBERS = re.compile(r"(?:理事|监事|会员|代表|委员)$")
"""会后发送全体理事: members to whom a thing is made known; a copy or a report tells them."""
Span = tuple[int, int, str]
CASE = "case"
"""The subject of a clause that says when; it leads where nobody else does."""


def told(text: str, known: UnitNames | None) -> Iterator[Span]:
    """Addressees: 向…报告, 报…备案, 抄送…"""
    for match in TOWARDS.finditer(text):
        start = match.start("rest")
        end = name_at(text, start, match.end(), known)
        paid = PAYS_IN.match(text, end)
        asked = MAY.search(text[: match.start()]) and ASKS.search(text, end, match.end())
        if end > start and not asked and (paid or TOLD.search(text, end, match.end())):
            yield start, end, "report_to"
    for match in THERE.finditer(text):
        start = match.start("who")
        end = name_at(text, start, match.end("who"), known)
        if end == match.end("who"):
            yield start, end, "report_to"
    for match in TO_WHOM.finditer(text):
        start = match.start("who")
        end = name_at(text, start, match.end("who"), known)
        if end > start and AFTER_SENT.match(text, end) and not approval(text, start, end):
            yield start, end, "report_to"
    for match in ME.finditer(text):
        yield match.start("me"), match.end("me"), "report_to"
    for match in SENT.finditer(text):
        end = name_at(text, match.end(), len(text), known)
        self_too = text.startswith("本人", end)
        if self_too and (first := AND_SELF.match(text, match.end(), end)):
            yield *first.span("who"), "report_to"
        elif (
            end > match.end()
            and not text[match.end() : end].endswith(PERSONS)
            and AFTER_SENT.match(text, end)
            and not approval(text, match.end(), end)
            and not (match.group().startswith("发") and MEMBERS.search(text[match.end() : end]))
        ):
            yield match.end(), end, "report_to"


PAYS_IN = re.compile(r"(?:缴纳|交纳|移交|缴存)[^，。；]{0,12}，并?(?:同时)?(?:提交|报送|递交|附)")
"""向区民政局缴纳保证金，并提交计划: the paper goes where the money goes."""
THERE = re.compile(
    r"(?<![达得直碰遇找想看听做办见收接等拖推延回])到(?P<who>[^，。；＿到]{2,20}?)(?:上|那里|处)?(?:书面|当面)?"
    r"(?:说明|作(?:出)?(?:书面)?(?:说明|检讨|检查)|述职|备案|登记|报备|办理[^，。；]{2,16}(?:备案|登记|核准|手续))"
)
"""到省民政厅办理备案, 到局里来说清楚: who one goes to is told."""
ME = re.compile(
    r"(?:报(?:给)?|交(?:给)?|报告|送|向|专报|反馈)(?P<me>我(?!们|市|县|区|省|局|厅|办|委|院|校|行|司|国|镇|乡|部|会)(?:[和及、][^，。；＿、]{2,10}?(?=各))?)(?=各[一\d]|[，。；、]|$|＿|报告|汇报|说明|书面|当面|作)"
)


ME_TOO = re.compile(r"我(?:[和及、].{2,10})?$")


def approval(text: str, start: int, end: int) -> bool:
    """报市政府常务会议审定: a meeting that decides is not told."""
    if DECIDED.match(text, end) or (text[:start].endswith("报请") and text.startswith("协调", end)):
        return True
    return bool(APPROVES.search(text[start:end]) and HEARD.match(text, end))


def labelled(text: str) -> Iterator[Span]:
    """责任单位：…"""
    for match in LABEL.finditer(text):
        helping = match.group("label")[:2] in {"配合", "会办", "协办", "会同", "参与"}
        yield match.start("who"), match.end("who"), ("cooperating" if helping else "lead")


def acting(text: str, known: UnitNames | None) -> Iterator[Span]:
    """Those who act: after 会同 they help; after 由 and 请 and at the head of a clause they lead,
    or help where 配合 follows."""
    urged = urges(text, known)
    for pattern, role in ((WITH, "cooperating"), (BY, "lead"), (ASK, "lead"), (TO_HELP, "lead")):
        for match in pattern.finditer(text):
            end = name_at(text, match.end(), len(text), known)
            bound = text[: match.start()].endswith(("必须", "须", "要", "应", "应当", "一律"))
            if pattern is BY and not bound and NOT_BY.match(text, end):
                continue
            if pattern is BY and PAYS.search(text, 0, match.start()) and BEARS.match(text, end):
                continue
            if end > match.end() and not (urged and URGES.match(text, end)):
                yield match.end(), end, role_of(text, end, role)
    waiting: list[Span] = []
    for clause in CLAUSE.finditer(text):
        start = clause.start()
        while prefix := PREFIX.match(text, start, clause.end()):
            start = prefix.end()
        end = name_at(text, start, clause.end(), known)
        end -= 2 if OF_MEETING.search(text[start:end]) else 0
        end -= 4 if OF_GOVERNMENT.search(text[start:end]) and text[end : end + 1] in "每＿" else 0
        meets = text[start:end].endswith(("会议", "办公会")) and not sits(text, start, end)
        idle = stands_idle(text, start, end, clause) or bool(urged and URGES.match(text, end))
        called = named(text[lead_in(text, start, end) : end], known) or BARE.match(text, start)
        if (end == start or idle or not called) and (
            whole := described(text, start, clause.end(), known)
        ):
            office = OF_OFFICE.match(text, start, whole)
            start = office.end("said") if office else start
            end, idle, meets, called = whole, False, False, True
        if end > start and not idle and not meets and called:
            span = (start, end, role_of(text, end, "lead"))
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
        elif owner := OWNER.match(text, start, clause.end()):
            waiting = [(*owner.span("who"), "lead")]
        else:
            yield from waiting
            waiting = []
        yield from bracketed(text, clause, known)
    yield from ((start, end, CASE) for start, end, _role in waiting)


def stands_idle(text: str, start: int, end: int, clause: re.Match[str]) -> bool:
    """Whether the name at the head of a clause does not act there: it is spoken of, stands beside
    another, approves, has a right, or must not do something else."""
    return bool(
        NO_SUBJECT.match(text, end)
        or ALONG.match(text, start)
        or VIA.match(text, start)
        or RIGHT.match(text, end)
        or forbidden(text, end, clause)
    )


SITS = re.compile(r"(?:主席|主任|秘书长)会议$")
HEARS = re.compile(
    r"(?:要(?!求)|应当?(?!急)|须)?＿+(?:至少)?(?:专题|集体)?(?:听取|研究|审议|讨论|通报)"
)


def sits(text: str, start: int, end: int) -> bool:
    """主席会议每月听取一次汇报: a standing body that acts by meeting, not a meeting to be held."""
    return bool(SITS.search(text[start:end]) and HEARS.match(text, end))


GOES_ON = re.compile(r"[，；][^，。；＿]{0,10}＿+(?:将|把|应当|须)")
"""第三方机构不得留存数据，项目结束后15日内将全部资料移交: the same subject goes on."""


def forbidden(text: str, end: int, clause: re.Match[str]) -> bool:
    """养老机构不得超收押金，…5个工作日内备案: who must not do one thing is not who does the other
    by its limit."""
    return bool(
        text.startswith(("不得", "不准", "严禁"), end)
        and "＿" not in clause.group()
        and "＿" in text[clause.end() :]
        and not GOES_ON.search(text, clause.end())
    )


DESCRIBED = re.compile(
    r"(?![对将把为从以按在经与由请就凡给向使让]|覆盖|建成|完成|新建|达到|实现|惠及|确保|带动|选[择取]|培育|落实|解决|推进)[^，。；：＿“”《》]{2,26}?的(?:\d+[个名家所支]|[一二三四五六七八九十两]+[个名家所支])?"
)
OF_OFFICE = re.compile(
    r"(?P<said>[^，。；＿]{2,24}?的)[省市县区镇乡][\u4e00-\u9fff]{1,10}(?:厅|局|委|办|院|部)(?:[、和]|$)"
)
"""尚未完成整改的省教育厅: an office has its own name, whatever is said of it."""
BARE = re.compile(r"(?:单位|部门|学校|企业|学院|社区|机构)(?=应当|必须|须(?!知)|[＿\d])")
"""收到申请后，单位应当答复: said of one of a kind, where a duty follows at once."""
THING = re.compile(r"(?:小区|园区|片区|项目)$")
"""2024年结转的63个小区须竣工: what is to be built does not act."""
BOUND = re.compile(
    r"(?:，(?:要|须)?)?(?:到任|上任|任职|就任|到岗|入职|当选)后?(?=＿)|，(?=逢|遇|平时|＿|应当?(?!急)|必须|须|要(?!求))|(?:也|都|均|还)?(?:＿|要(?!求)|必须|须|应当?(?!急)|一律|主动|限期|向|不得|到[^，。；]{2,14}说|原则上)"
)


def described(text: str, start: int, end: int, known: UnitNames | None) -> int:
    """Where 有山洪灾害防治任务的46个村, 排在末位的县区长 ends: a unit known by what is said of it,
    where a duty follows; 0 for none."""
    for found in DESCRIBED.finditer(text, start, end):
        if found.start() > start:
            break
        stop = name_at(text, found.end(), end, known)
        if stop > found.end() and BOUND.match(text, stop):
            return 0 if THING.search(text[start:stop]) else stop
    return 0


def urges(text: str, known: UnitNames | None) -> bool:
    """Whether the sentence names whom somebody urges."""
    return any(
        name_at(text, found.end(), len(text), known) > found.end() for found in URGE.finditer(text)
    )


def bracketed(text: str, clause: re.Match[str], known: UnitNames | None) -> Iterator[Span]:
    """（市民政局配合） inside a clause."""
    for opened in re.finditer(r"[（(]", clause.group()):
        start = clause.start() + opened.end()
        end = name_at(text, start, len(text), known)
        alone = re.compile(r"(?:，＿[^（）]{0,8})?[）)]。?$").match(text, end)
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
    if role == "report_to" and ME_TOO.match(text[start:end]):
        found.append(Mention(start, end, text[start:end], role))
    elif named(text[start:end], known) or BARE.match(text, start):
        found.append(Mention(start, end, text[start:end], role))
