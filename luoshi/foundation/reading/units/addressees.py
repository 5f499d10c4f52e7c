"""Who is told: 向…报告, 报…备案, 抄送…, 报送材料至…; who approves or has a right is not."""

from collections.abc import Iterator

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.units.naming import name_at
from luoshi.foundation.reading.units.words import APPROVES

TOWARDS = compiled(
    r"(?:(?<![一倾取偏转])(?<!(?<!书)面)向|[跟同给](?=[^，。；：]{2,10}(?:请假|联系|打电话))|往(?=[^，。；：]{2,12}报))(?P<rest>(?:(?![并再后]向)[^，。；：\n]){2,48})"
)
TOLD = compiled(
    r"交代|打电话|送(?=[^，。；]{0,8}(?:单|表|账|函|书|材料|报告))|交出|写明|讲明|说明白|讲清|报告|报送|汇报|报备|备案|反馈|续报|首报|提交|提出|通报|报(?![道名])|说清|作说明|联系(?!人|电话)|提供|登记|办理|请假|述职|请示|申请|说明|移交|推送|"
    r"申报|报批|出具|发(?:出|送)(?=[^，。；]{0,8}(?:[书函单令]|提醒|预警|警示|提示|指令)|[^，。；]{2,6}通知)|发布(?=[^，。；]{0,4}(?:预警|警报|警示|提示))|告知|检查|检讨|交(?=[^，。；]{0,10}(?:账|报告|纪要|总结|材料|答卷|名单|清单|台账|表))|开放|集中转|转(?=[一两]次)|书面|移送|递交|挂失|荐送|投送|呈递|反映|推荐(?=[^，。；]{2,})|下发(?=[^，。；]{0,14}(?:要点|[书单函]|纪要|清单))"
)
SENT = compiled(
    r"(?:电告|交还(?=[^，。；]{2,10})|请示(?=[省市县区镇乡值][^，。；]{1,8}(?:[局委办厅]|领导|经理))|送达(?=[^，。；人户]{0,14}(?:单位|部门|部室|科室|领导|机关)[，。；])|(?:回复|答复)(?=[^，。；]{2,6}(?<!来)(?:处|科|室)[，。；]|(?:呈报|报送|来文|交办|主办|牵头|转办|发文|来函)(?:单位|部门)[，。；]|[省市县区][^，。；]{1,8}[局办委室][，。；])|退(?=(?:呈报|报送|来文|交办)(?:单位|部门)[，。；])|知会|转告|回报(?!率)|函送|投送|荐送|呈递|转存|转交(?=[省市县区局厅][^，。；]{1,12}[，。；])|归还(?=[^，。；]{2,10}(?:科|部|室|局|中心|馆|委)(?:[，。；]|$))|补报(?=[省市县区镇局至给到])|(?<=先行)预报(?=[省市县区上])|(?:(?<=及时)|(?<=＿)|(?<=同步)|(?<=立即)|(?<=同时)|(?<=应当)|(?<=书面)|(?<=并))通报(?=全体(?:会员|理事|党员|委员)|(?:相关|有关|可能|事发|毗邻|周边|同级|当地|属地|下游|各|[省市县区本上])[^，。；情问典]{0,24}(?:部门|单位|县区|地区|[县区市镇]|街道|机关|企业|公司))|叫应(?!机制|责任|到|落实|频)|(?<=电话)(?:通知|告知)(?=[^，。；]{2,20}(?:值班室|办公室|指挥部|负责人|责任人|负责同志|值班员|联络员))|退还(?=[^，。；]{2,10}(?:组|部|室|局|委|办|单位|部门))|回告(?=[省市县区局委厅本上督])|首报(?=[省市县区镇乡厂校])|并发(?=各)|送交|上报|报送|报告(?![交送报抄由经退转]|会(?!议?长|计)|厅(?![\u4e00-\u9fff]{0,6}[办处室局])|人(?!大|社|防|事|力|才|民)|期)|报请|呈报|呈送|呈(?!现|贡)|分送|推荐(?=[至到给])|(?<=[时钟日天])通知(?=(?:有关|相关|属地)[^，。；]{2,10}[，。；])|抄送|抄报|抄告|函告(?!知)|函报|告知|告诉|退回(?!原)|发送|汇交|抄(?=[市县区省镇局各])|通报(?=[^，。；]{0,30}(?:局|委|办|部|院|厅|室|公司|单位|部门|机关|机构|镇|街道|中心|方|[队站所校企村社厂]|[林河湖田县镇乡区市路]长|书记|负责同志|负责人|领导|政府|党组|党委|企业|[项各][目市]?[市县区镇]|（[市州区县街道、]{1,8}）)[，。；])|书面回复|(?<=通报)发到(?=各)|(?<=，)发到(?=有关|相关)|告诉|(?<![印下签转颁])发(?=[到至][^，。；]{2,16}的(?:手机|邮箱|信箱)|[到至][^，。；的]{2,16}领导手机)|转(?![办发交移型运让产送到给至])(?=[\u4e00-\u9fff]{2,10}(?:单位|专班|部门|中心|局|科|办)[，。；]|[\u4e00-\u9fff]{0,8}(?:室|公司|大队|街道|[局委镇乡])[，。；]|专班[，。；])|(?:分发|派发|下发)(?=[至到给]|各)|退(?=[省市县区镇乡][^，。；]{2,14}(?:室|局|办|科|处|委|部)(?:存档|备案|备查|归档|处理|保管|[，。；]))|推送(?!\d|[一二两三四五六七八九十]|[不至少])(?=[^，。；]{2,14}(?:局|委|办|部门|单位|中心|平台|法院|(?:监管|管理)系统))|印给|补到|印送|[推传](?=[至到](?![^，。；]{0,6}(?:平台|系统|网站)))|通知(?=对方|[\u4e00-\u9fff]{2,6}(?:经办人|联络员|负责人)|[^，。；]{0,8}(?:银行|医院|检察院|法院|经营者)(?:[，。；]|派员|退款|划转|放款)|承办人|经办人|责任人|负责人|联络员|所在(?:乡镇|街道|村|社区)|[\u4e00-\u9fff]{2,16}?(?:委员会|居委会|村委会|机构|部门|单位|局|指挥部|办公室|财务部|委|科室|科|企业|公司|中心|处)(?:(?![\u4e00-\u9fff])|[和及、]|备款|抽取|参加|派员|更换|处理|处置|备款|续[保签]|断[电水气]|停[电水气]|抢修|维修|支援|增援))|传给|传真(?=至|到)|发给|交给|寄[回至送]|(?:同步|同时|及时|并)通[报知](?=[^，。；]{2,14}(?:局|委|办|部|院|室|领导|单位|镇|街道|中心)[，。；])|(?<=[展况度果])通报(?=[^，。；]{2,14}领导[，。；])|反馈|提交|移交(?!单位|部门|方|安置)|移送(?!单位|机关)|(?<![印下签转颁])发(?=[到至][^，。；]{2,12}(?:邮箱|信箱))|"
    r"(?:[汇书专题统一并面直再逐级]*)(?<![情汇通播申续首补预日周月季年快简海举])(?<!大字)报(?!社(?!区))(?![告送请备经由名道刊表废销批喜以])|(?<![赠遣发派寄护配运断葬输选印])送(?!达|审(?!计)|签|检(?!察)|医(?!保|院)|还|到位|上门)|"
    r"(?<![公外社相])(?!移交(?:单位|部门|方|安置))(?<!移)[移上]?交(?!房办|警|投|建|控|运|管|办(?!公)|流|接|通|由|易|叉|付|换|账|心|给你|费)|(?<![补拨退付奖赔借还租卖让留分返享])给|(?<![印下签转颁开出激自制散分上])发(?!改|展|电|行)(?=[\u4e00-\u9fff]{0,10}(?:办公室|工会|[处科办局组室])(?:(?![\u4e00-\u9fff])|邮箱|信箱|电子)))(?:至|给|到|回|与(?!会))?"
)
TO_WHOM = compiled(
    r"(?<!大字)(?<![海简情])(?:上?报送?|递交|提交|发送|邮?寄|寄送|交(?![易警投建控运管流通由叉付换])|送|反馈|移交|传真|推送|转交|汇总)(?![告道名办])[^，。；＿至到给后并再发]{1,20}(?:（[^）]{1,10}）)?(?:至|到|给)(?P<who>[^，。；＿]{2,24})"
)
"""报送纸质报告（一式三份）至主管部门: the thing stands between the verb and who gets it."""
AFTER_SENT = compiled(
    r"依[法规纪](?:依[规纪])*(?:查处|处理|处置|调查|核查)|和可能|通报一[次遍]|是否|立不立案|过目|出(?=[一两]?[张份])|退款|划转|放款|都?看看|领导手机|[和及、](?:[^，。；＿、和]{0,8})?(?:老年人|老人|家属|家长|用户|居民|业主|群众|村民|学生|患者|职工|消费者|当事人|投诉人|举报人|申请人|提案者|提案人)(?=[，。；、（(]|$)|实施|开展|统筹|研判|联合惩戒|的(?:手机|邮箱|信箱)|和我(?=各|[，。；])|阅(?=[，。；示知])|组织[^，。；]{0,4}验收|续[保签]|备案|审核|审定|审查|审阅|审议|审批|批准|备查|研究|汇总|销号|讨论|存档|存查|分送|转送|补登|改正|按程序|核定|登记|留存|归档|处理|协调|参阅|参考|签发|把关|会签|"
    r"转办|督办|核销|核减|各[送报]?一份|各[一\d]|协调|参加|派员|更换|处置|调处|断[电水气]|停[电水气]|抢修|维修|支援|增援|[和及][^，。；＿]{1,8}本人|及其|核对|核实|核查|验收|评审|初审|复审|会审|邮箱|信箱|(?:指定|确定|提供|公布)的|(?:依法|具体|分别|抓紧)?(?:查办|办理|查办处理)(?=[，。；]|$)|(?<!部门)征求意见|按程序|[，。；、（(）)请同\s来,;:]|$|一份|[一两]次(?=[，。；]|$)|拿出(?=[一两]?份?[^，。；]{0,10}(?:报告|方案|意见|材料))|(?:限期|统一|集中|自行|逐一)?[封存整落处研照转执核公张销收接][\u4e00-\u9fff]{0,4}(?=[，。；]|$)|[打写交报发回填][一个][份个张封]?|或(?:者)?(?:通报|报|送|告知|通知)|书面(?:材料|说明|报告|意见)|一?个(?:说法|交代|答复|准信|回话)|归卷|保存|列项|清点|检[验测]|永久保管|验核|签收|印制|保管|上报|存底|打电话|进行|统一(?!保管)|手[里中上]|印发|＿|后|并|提交|送|作|写|看|收|备|[老小][\u4e00-\u9fff](?=[，。；])|[\u4e00-\u9fff]{2,3}(?:、|同志|邮箱)"
)
UP = compiled(
    r"(?:(?<=[，；＿再月旬日后])|(?<=方案)|(?<=意见)|(?<=报告)|(?<=办法)|(?<=清单)|(?<=名单))(?:上(?!报)|摆到|端到|提到|提交到)(?P<who>[^，。；＿]{2,14}(?:常务会议?|常委会会议|常委会|党组会|主席会议|主任会议|办公会议?|党委会))上?(?=[，。；]|$)"
)
"""先给我看，再上县政府常务会: a meeting that gets a paper is told."""
DECIDED = compiled(
    r"把关|初审|审核(?!汇总|备案|后报)|签发|裁定|审批|批准|审定|同意|核准|批复|会签|表决"
)
STUDIED = compiled(r"研究(?:决定|同意|通过|[，；][^，。；]{0,4}(?:研究)?通过)")
DISCUSSED = compiled(r"(?:集体)?(?:研究|会商|讨论)(?:[，。；]|$)")
HEARD = compiled(r"审|研究|讨论|决定|听取|通过")
MAY = compiled(r"可以?(?![靠行])[^，。；]{0,24}$")
ASKS = compiled(r"申请|申诉|复核|咨询|投诉|举报|查询")
"""可向所在单位申请复核: who may ask has a right, and nobody is told."""
PERSONS = (
    *(
        "用户",
        "居民",
        "村民",
        "家属",
        "患者",
        "家长",
        "本人",
        "当事人",
        "提案人",
        "申请人",
        "投诉人",
    ),
    *("经营主体", "市场主体", "公众"),
    *("举报人", "信访人", "产权人", "所有人", "全体代表", "医疗机构", "所在机构"),
)
FOLK = ("业主", "学生", "老年人", "群众", "职工", "消费者")
IN_HAND = compiled(r"(?<![单位部门县区领导书记])手[里中上]")
"""送到企业手里."""
AND_SELF = compiled(r"(?P<who>.{2,20}?)(?:和|及|、).{1,6}$")
"""反馈给学院和导师本人: the office is told, the person learns it."""
MEMBERS = compiled(r"(?:理事|监事|会员|代表|委员|会议成员|党组成员)$")
"""会后发送全体理事: members to whom a thing is made known; a copy or a report tells them."""
Span = tuple[int, int, str]
SELF_AND = compiled(r"(?:提案人|投诉人|举报人|申请人|信访人|诉求人|当事人|家长|业主)[和及、]")
"""向提案人和市政协提案委通报: the office is told, the person learns it."""
PAYS_IN = compiled(r"(?:缴纳|交纳|移交|缴存)[^，。；]{0,12}，并?(?:同时)?(?:提交|报送|递交|附)")
"""向区民政局缴纳保证金，并提交计划: the paper goes where the money goes."""
THERE = compiled(
    r"(?<![达得直碰遇找想看听做办见收接等拖推延回])到(?P<who>[^，。；＿到]{2,20}?)(?:上|那里|处)?(?:书面|当面)?"
    r"(?:说明|作(?:出)?(?:书面)?(?:说明|检讨|检查)|述职|备案|报账|登记|报备|办理[^，。；]{0,16}(?:备案|登记|核准|手续))"
)
"""到省民政厅办理备案, 到局里来说清楚: who one goes to is told."""
ME = compiled(
    r"(?:报(?:给)?|交(?:给)?|[发拿送]给|(?<=[案稿书表果账])给|报告|送|向|专报|反馈|(?<=[局委办长])和)(?P<me>我(?!们|市|县|区|省|局|厅|办|委|院|校|行|司|国|镇|乡|部|会)(?:[和及、][^，。；＿、]{2,10}?(?=各|[，。；]))?)(?=各[一\d送报]|[，。；、看阅审签]|报[一个]|$|＿|过目|报告|汇报|说明|书面|当面|作)"
)
ME_GIVEN = compiled(
    r"(?<![把交还])给(?P<me>我(?:[和及、][^，。；＿、]{2,10}?(?=各))?)(?=[一个]个?[\u4e00-\u9fff]{1,6}(?=[，。；]|$)|(?:直接|专门|当面|各)*(?:写|讲(?!话)|说|报|打|发|回|交(?!代)|送|列))"
)
"""每十天给我报一回进度."""
ME_LOOK = compiled(
    r"(?<=[送交报拿发])(?:到)?(?P<here>我)(?=这里|这儿|桌|手|[一先]阅)|(?:让|给)(?P<me>我)(?=先?(?:看|过目))|报(?:一|两|三)[次回趟](?P<once>我)(?=[，。；]|$)|(?<=＿)(?:报|交|送)?给(?P<given>我)(?=[，。；]|$)"
)
"""先让我看看, 每三小时报一次我, 三天内给我."""
ABLE = compiled(
    r"(?:有权|负责|主管|分管|具有|有[^，。；＿的]{2,6}权限?(?=的)|组织|承担|委托)[^，。；＿的]{0,10}的[^，。；＿、的]{0,12}?(?:单位|部门|机关|机构)(?=[，。；、及和]|备案|$)"
)
"""转送有权处理的单位."""
SOME = compiled(r"(?:\d{1,3}|[一二两三四五六七八九十]+)[名位份]")
"""报送一名联络员: what is sent, not who gets it."""
NEVER = compiled(r"(?:不得|不准|严禁)(?:自行|擅自|直接|私自|再)?转?$")
"""不得自行转给其他单位: what must not be done tells nobody."""
SO_THAT = compiled(r"(?:以便|便于|以利)[^，。；]{0,6}$")
"""以便汇总上报省政府: what the sender does with it."""
ME_TOO = compiled(r"我(?:[和及、].{2,10})?$")


def told(text: str, known: UnitNames | None) -> Iterator[Span]:
    """Addressees: 向…报告, 报…备案, 抄送…"""
    yield from gone_to(text, known)
    yield from speaker(text)
    yield from sent_to(text, known)


def gone_to(text: str, known: UnitNames | None) -> Iterator[Span]:
    """向…报告, 到…说明, a paper brought before a meeting."""
    for match in TOWARDS.finditer(text):
        start = match.start("rest")
        if self_and := SELF_AND.match(text, start):
            start = self_and.end()
        end = name_at(text, start, match.end(), known)
        paid = PAYS_IN.match(text, end)
        asked = MAY.search(text[: match.start()]) and ASKS.search(text, end, match.end())
        if end > start and not asked and (paid or TOLD.search(text, end, match.end())):
            yield start, end, "report_to"
    for match in THERE.finditer(text):
        start = match.start("who")
        end = name_at(text, start, match.end("who"), known)
        if end == match.end("who") and not (
            APPROVES.search(text[start:end]) and text.startswith("上", end)
        ):
            yield start, end, "report_to"
    for match in UP.finditer(text):
        yield *match.span("who"), "report_to"


def speaker(text: str) -> Iterator[Span]:
    """报我, 给我报一回进度."""
    for match in (*ME.finditer(text), *ME_GIVEN.finditer(text)) if "我" in text else ():
        yield match.start("me"), match.end("me"), "report_to"
    for match in ME_LOOK.finditer(text) if "我" in text else ():
        who = next(name for name in ("here", "me", "once", "given") if match.group(name))
        yield *match.span(who), "report_to"


def sent_to(text: str, known: UnitNames | None) -> Iterator[Span]:
    """报送…, 抄送…, 移交材料至…"""
    for match in TO_WHOM.finditer(text):
        start = match.start("who")
        end = name_at(text, start, match.end("who"), known)
        if end > start and AFTER_SENT.match(text, end) and not approval(text, start, end):
            yield start, end, "report_to"
    for match in SENT.finditer(text):
        if able := ABLE.match(text, match.end()):
            yield *able.span(), "report_to"
            more = able.end() + 1 if text[able.end() : able.end() + 1] in {"及", "和"} else 0
            if more and (end := name_at(text, more, len(text), known)) > more:
                yield more, end, "report_to"
            continue
        if NEVER.search(text, 0, match.start()):
            continue
        if SOME.match(text, match.end()) or SO_THAT.search(text, 0, match.start()):
            continue
        end = name_at(text, match.end(), len(text), known)
        self_too = text.startswith("本人", end)
        self_too = self_too or text[match.end() : end].endswith((*FOLK, *PERSONS))
        first = AND_SELF.match(text, match.end(), end) if self_too else None
        if first and not first.group("who").endswith(PERSONS):
            yield *first.span("who"), "report_to"
        elif (
            end > match.end()
            and not text[match.end() : end].endswith(PERSONS)
            and not IN_HAND.match(text, end)
            and AFTER_SENT.match(text, end)
            and not approval(text, match.end(), end)
            and not (
                match.group().startswith(("发", "印")) and MEMBERS.search(text[match.end() : end])
            )
        ):
            yield match.end(), end, "report_to"


def approval(text: str, start: int, end: int) -> bool:
    """报市政府常务会议审定: a meeting that decides is not told."""
    if DECIDED.match(text, end) or (text[:start].endswith("报请") and text.startswith("协调", end)):
        return True
    if text[start:end].endswith(("专班", "领导小组", "委员会")) and DISCUSSED.match(text, end):
        return True
    if text[start:end].endswith(("党组", "党委")) and STUDIED.match(text, end):
        return True
    return bool(APPROVES.search(text[start:end]) and HEARD.match(text, end))
