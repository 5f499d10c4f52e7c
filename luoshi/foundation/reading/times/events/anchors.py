"""Which event a limit counts from: the nearest trigger before it, else the document's default."""

from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.doing import said_by
from luoshi.foundation.reading.times.numerals import NUMBER

MEETING = (
    r"会议|全会|大会|两会|例会|座谈会|调度会|推进会|协商会|听证会|党代会|现场会|专题会|党组会|常委会|办公会|部务会|全体会|"
    r"开会|散会|本次会|此次会|上会|报会|讨论通过|议定|闭幕|会商(?=之?后|以后)"
)

OWN_DOING = (
    r"(?:(?<!启动)(?<!委托)(?<!收到)(?<!接到)(?<!专家)(?<!经)[\u4e00-\u9fff](?<![报送提被未])(?:[查检测演练修建拆种植播洗试]|"
    r"(?<![中高期统联])考|(?<![上信来到])访|(?<!职)评|(?<!军)训|(?<!动)迁|(?<![整修])改)|会核|会审|联审|初核)"
)
"""X后 with X something one does oneself, known by its last character: 夜查后, 测查后, 回访后."""

TRIGGERS = (
    ("stage_end", r"阶段(?:性?工作|任务)?(?:结束|完成)|季度(?:结束|终了)|年度(?:结束|终了)"),
    ("term_end", r"任期届满|届末|任期结束|届内|任期满|离任(?=之?后|以后)|轮值期?满"),
    (
        "deadline",
        r"届满|期满|到期|到了?(?:日子|时限|期限|约定时间)|逾期(?=之日)|截止(?:日期|时间)?|延期|延长(?:期限)?",
    ),
    (
        "election",
        r"换届(?:选举)?(?:结束)?|(?:新一届|选举)[^，。；]{0,10}产生|选举(?:产生)?(?:结束)?(?=之日|之?后|以后)|选举(?=结束)|当选",
    ),
    (
        "term_start",
        r"(?:新任|拟任|晋升)[^，。；]{1,10}(?:到岗|到任)|[长记任]到岗(?=$|之?后|以后)|届初|任期开始|到任|就任(?!务)|上任|(?:任命|聘任)(?=之日|之?后|以后)|任职(?=之?后|满|$)",
    ),
    ("flood_season", r"汛期?(?:结束)?(?=后)|雨季(?:结束)?(?=后)"),
    (
        "meeting",
        rf"(?<![社机入退])会(?=后|前)|(?:{MEETING})(?:结束|召开|决定|研究|举行|(?:讨论|表决|审议)?通过|闭幕|批准)?(?:之日)?(?=之?后|以后|起|第|之?前|\d+[日天]|，|的)",
    ),
    ("completion", rf"{OWN_DOING}(?=之?后|以后)"),
    (
        "completion",
        r"(?:办结|终结|完成|完毕|竣工|完工|终止|整改到位|处置结束|活动结束|工作结束|结束(?:之日|(?=之?后|以后))|[换办报]完(?=之?后|以后)|(?<!签)[清完好毕成妥](?=之后|以后)|完毕(?=，)|每[次期批轮场](?![^，。；]{0,8}(?:[雨雪风]|下达|拨付|印发|发布|到账|到位))[^，。；]{1,6}?(?=之?后|以后)|(?:办结|完成|修复|审结(?!果|论)|整改完|形成|汇齐|整理)[^，。；：、＿应须要在于]{1,10}(?=之?后，|之?后$)|结业(?=之?后|以后)|(?<![\u4e00-\u9fff])[灭训](?=后)|"
        r"(?<![比竞决大球初复半预开参])赛(?=后)|建成(?=之?后|以后)|每完成一[批项期轮个](?=之?后)|汇总(?=之?后|以后)|(?<!经)(?<!收到)(?<!接到)(?<!专家)(?:审计|核算|对账|踏勘|义诊|巡诊|演习|结算|清算|安装|检验|加固|清理|摸底|摸排|宣讲|巡展|招标|评标|录制|编印|解译|测绘|勘察|勘验|化解|督导|比对|下架|销毁|答谢|拆除|腾退|修缮|复垦|复绿|疏浚|互通|联调|改版|比武|练兵|灭火|扑救|盘点|(?:数据|信息|资产|工作|系统)?(?:交接|交割|对接)|分解|归集|采集|清退|(?:等[级次第]|结果|得分|星级|信用)评定|安置|救助|答复|考核|鉴定|清点|清淤|消毒|清运|转运|撤离)(?!后复)(?=之?后|以后)|"
        r"(?:结果|成绩|结论|排名|名次)(?:一)?出来(?=之?后|以后|$)|一(?:结束|完成)(?=，)|(?:修订|修编)(?=之?后|以后)|结案|审结(?!果|论)|撤展|形成(?=之?后|以后)|调度(?=之日)|定稿)(?=之?后|以后|之?日|起|前|的，)|(?:处置|调查|演练|施工)(?:完毕|结束)(?=，[^，。；]{0,12}(?:应当|须|要|必须))|(?<![会议段期度])结束$|(?:预警|响应|警报)(?:状态)?解除(?=之日|之?后|以后)|(?:预警|响应|警报)解除[^。；]{0,24}，解除(?=之?后|以后)",
    ),
    (
        "feedback",
        r"(?<!收到)(?<!接到)反馈(?:意见|问题)?(?=之?后|以后|之日|起|的?，|[一二三四五六七八九十\d])",
    ),
    (
        "completion",
        r"(?:完工|竣工|整改到位|扑灭|办结|审结(?!果|论)|结业|撤离|处置完毕|演练结束|验收结束)$",
    ),
    (
        "acceptance",
        r"(?<!是否)(?<!决定)(?<!不予)(?:受理(?:申请|投诉|举报|案件|报名)(?=之?后|以后|之日)|受理)(?!情况|结果|与否|回执|的(?:机关|单位|部门|窗口|中心|机构)|范围|条件)|验收(?:合格|通过)?",
    ),
    (
        "receipt",
        r"收(?:样|件|单|案|卷|稿|货)(?=之?后|以后)|(?:提交|递交)(?=之[日时])|(?:提交|报送|上报|递交)[^，。；应须要在]{1,8}(?:报告|材料|申请|方案|结果|资料|表)(?=之?后|以后)|对[^，。；]{0,6}(?:申诉|异议|投诉|举报|申请|复核)(?:意见|请求|事项)?，?(?:应当?|须|要)?(?:在)?$|(?:报|送|交|递|传|发|寄)(?:上|过|回|到)?来(?:了)?(?=之?后|以后)|见(?:到)?[^，。；]{0,6}(?:单子?|清单|票据?|发票|函|通知|文件|材料)(?=之?后|以后|$)|(?:收到|接到|接获|接警|接报|接诉|接令|接(?=[通指报]|到)|签收|接收(?!医院|单位|地|方|人|机构|学校)|接受(?=[^，。；]{0,6}之日|(?:捐赠|捐款|申请|报名|委托|举报|投诉|咨询)后)|(?<![对承衔直交连迎焊嫁间紧转拼移相])接(?=(?:到)?(?:[单函信件案诉警令]|电话|此|本|该|这))|交办|(?:接受|受)委托(?=之?后|以后|之日)|收悉|批示|转办|领到|领取|收件|收文|收函|退回)[^，。；]{0,16}?(?=之日|后|起|的|，|＿|$)"
        r"|收到|收齐|接到|接报|签收|交办|(?:报告|决定书?|通知书?|意见书?|文书)送达(?=之日)|一次性(?:告知|列明|退回)[^，。；]{0,10}(?=，[^，。；＿\d]{1,10}$)|书面告知(?!书|后|之日)[^，。；＿]{1,8}(?=，[^，。；]{1,8}(?:应当|须|必须|要))|来信|来件|来函|信访件|移交(?!清册|清单|手续|表|协议|方案)|取得(?=之日)|收函|(?:报失|挂失|预约|报名|下单|提问|咨询|求助|来电|来访|留言|呼叫|挂号|派单|派发|派件|下派|指派|分派|转派|转交|推送|叫应|(?:提出|提交|递交|在线)(?:书面)?(?:申请|诉求|需求|异议|质疑))(?:成功|完成)?(?=之?后|以后|之日)|(?:提交|补[齐正充]|报送|递交)[^，。；]{0,6}(?:材料|资料|申请)(?=之日|之?后|以后)"
        r"|(?:上报|报送|提交|递交|送达|发函|报账|报修|报案)[^，。；]{0,2}(?=之?后|以后)|发[^，。；]{0,6}(?:通知[书单]|整改[书单]|告知[书单]|督办[单函]|提示函|建议书|交办单)，(?!由)[^，。；＿]{1,10}$|(?:通知书?|决定书?|意见书?|[一-鿿]函)，(?:被|责任|收函|承办|相关|有关)[^，。；]{1,10}$",
    ),
    (
        "issue",
        r"(?:资金|经费|款子?|钱|批[文复]|指标|计划|任务)(?:一)?(?:下来|批下来|拨下来)(?:了)?(?=之?后|以后)|下[达发发](?:整改|处理|处罚|督办)?(?:通知书?|决定书?|意见书?|指令书?)(?![^，。；]{0,6}之)|(?:印发|发布|下发|公布|发文|出台|发出|通知发出|本通知|出具|开具|公开(?=之日)|通报(?=之日|之?后|以后))(?=之日|之?后|以后|起|的|前|，|[一二三四五六七八九十\d]|$)"
        r"|(?:报告|文件|通知|办法|方案|规划|细则|意见|标准|批[文复])(?:一)?(?:出来|下来)(?=之?后|以后|[，的]|$)|(?:点到|(?:点名|曝光)(?:批评)?|(?:被|予以)通报(?:批评)?)的(?=，|[\u4e00-\u9fff]{1,8}$)"
        r"|发布[^，。；]{0,12}(?:预警|警报|公告|通告|信号)(?=之日|之?后|以后)|发布[^，。；]{0,12}(?:预警|警报)的，|通报，被通报[^，。；]{1,6}$|(?:资金|指令|调令|命令|指标|计划|任务|预算|批[文复]|意见|文件|方案|通知|决定|经费|清单|款项?|[书单令函])(?:正式)?(?:下[达发拨]|(?<=[资金费款])拨[付下出])(?=之日|之?后|以后)|(?:公告|挂网|刊发|登报|张榜|出分|放榜|揭榜|(?:贷款|补贴|补助|奖金|资金|救助金|款项)(?:发放|拨付)|颁发|核发|换发|补发|制发|颁证|发证)(?=之日|之?后|以后)",
    ),
    (
        "sign",
        r"签(?:批|订|署|约|字|发)(?=[^，。；\d]{0,8}(?:之日|当日|后|起|的，)|[^，。；]{0,3}$)|双方签|签订[^，。；\d]{0,8}(?:协议|合同|承诺书?|责任书|备忘录)，?(?:并|后)?(?:应当?|须|要)?(?:在|于)?$|签(?:了|完|好|下来)(?=之?后|以后|，|[^，。；“]{0,8}的，|$)",
    ),
    (
        "event",
        r"(?:立案(?=之日|之?后|以后)|返[岗校院回程](?=之?后|以后)|施行(?=之日|之?后|以后)|(?<![\u4e00-\u9fff])[产术灾震](?=之?后|以后)|发现[^，。；]{1,14}的$|(?:人员|负责人|联络员|联系人|代表人|地址|名称)[^，。；]{0,4}(?:调整|更换|更替)(?=的|之?后)|(?:研究|审议|审核|审批)通过$|到账$|(?:到账|获批|中标|断电|触网)(?=之?后|以后|之日)|事发(?![路地单现区水企场部所])|案发|发生|遇有|如遇|一旦|出现|入院|出院|上岗|离岗|到岗|离职|知悉|获知|得知|知道|变动|变更|(?<!以上)(?:事件|灾情|险情|事故)(?!分析|调查|评估|总结|等级)|发现[^，。；]{0,16}(?:隐患|问题|违法|违规|异常|疫情|舆情|线索|苗头|情况|漏洞|缺陷|短板|不足|差错|薄弱环节)|(?:[找查筛摸挑排拍扫翻搜]|暗访|梳理)(?:出来?|到)的(?=[^，。；]{0,12}(?:，[^，。；\d]{0,6})?$|，)|[腾挤省退对核算理]出来的(?=[^，。；]{0,8}$)|(?:看|碰|遇|撞|听|瞧)[见到上](?!了)[^，。；]{1,10}的(?=，|$)|[\u4e00-\u9fff]中(?:发现|查[出到]|暴露|排查出)(?:出来)?的|发现(?=后|之日)|发现[^，。；]{1,14}(?=后，)|(?:检查|检测|排查|抽查|监测|比对|测试|评估|督查|核查|暗访|演练)出(?:来)?[^，。；]{0,4}(?:问题|隐患|毛病|故障|异常)的|(?:排查|检查|会诊|抽查|评估|督查|暗访|核查|梳理|检测|监测|比对|演练|体检)出(?:来)?(?:[^，。；]{0,4}(?:问题|隐患|毛病|故障|异常))?的[^，。；]{0,8}(?:问题|隐患|线索))",
    ),
)

COMPILED = [(name, compiled(pattern)) for name, pattern in TRIGGERS]

SIEVE = Sieve(COMPILED)

AFTER_ANYTHING = compiled(
    r"[\u4e00-\u9fff]{2,}(?:之后|以后|(?<![先前今此随然])后|之日起)(?:的|，)?$"
    r"|(?:之后|以后)(?:要|应当?|须|必须)?[在于]$"
    r"|[\u4e00-\u9fff]{2,}(?<![先前今此随然最])后，?[我本贵][\u4e00-\u9fff]{1,4}$"
    r"|[\u4e00-\u9fff]{2,}(?<![先前今此随然最])后[\u4e00-\u9fff]{2,10}(?:应当|须|必须|应|要)[在于]$"
    r"|(?:[\u4e00-\u9fff]{3,}|(?:^|[，；\s])[\u4e00-\u9fff]{2})(?<![先前今此随然])后，[^，。；]{0,12}(?:应当?|须|要|必须)?[在于]$"
)
"""X后 right before the length, whatever X is: something happens, the limit runs (event)."""

EARLIER = compiled(
    rf"[\u4e00-\u9fff]{{2,}}(?:之后|以后|(?<![先前今此随然最])后)，?[^，。；]{{0,14}}?(?:{NUMBER}个?(?:工作)?(?:日|天|周|月|小时|分钟)内|次日|翌日)"
    r"|[\u4e00-\u9fff]{2,}的(?:次日|翌日|第二[日天])"
    rf"|自[^，。；]{{2,12}}之日起{NUMBER}个?(?:工作)?(?:日|天|周|月|小时|分钟)内"
)
"""The event of an earlier length holds for a later one that names none."""

MANNER = compiled(
    r"(?:根据|按照?|结合|依据|对照)[^，。；]{0,12}意见(?:建议)?(?:进一步)?(?:修改|完善|修订|补充|调整)+(?:之|以)?后，?[^，。；]{0,6}$"
)
"""根据会议意见修改后，在5个工作日内印发: how it is done starts nothing."""

STEP_ENDS = compiled(r"(?:审查|检查|登记|审核)?[，；]")

OWN_STEP = compiled(r"(?:完成|组织|开展|进行)[^，。；]{0,6}$")
"""15日内完成审查立案，一个月内…: what the first limit is set for does not start the second."""

NEWS_OF = compiled(
    r"(?:疫情|灾情|险情|警情|舆情|事故|突发)(?:信息|情况|线索)?(?:应当?|须|要)?(?:[在于])?$"
)
"""疫情信息3日内互通: news of what happens."""

APPROVED = compiled(
    r"(?:经|报|待)(?!济|营|信|开|贸|费)[^，。；]{2,20}?(?:通过|批准|审定|同意|核准)(?:之?后|以后|之日起)[^，。；\d]{0,12}$"
)
"""经职工代表大会讨论通过后: what somebody else decides is an event, be it in a meeting."""

FRESH = compiled(r"(?:^|[，；])(?P<what>[^，。；]{2,10})(?<![先前今此随然最])(?:之|以)?后$")
"""，到货后5日内: what the last clause names starts the limit, whatever comes earlier."""

MEETS = compiled(
    r"(?:会议|会商|例会|座谈|协商会?|评审会)(?:纪要|意见|记录|(?:议定|决定|确定)的?事项(?:由[^，。；]{2,16}?)?)(?:应当?|须|要)?(?:[在于])?$"
    r"|(?:会议?|会商|座谈|协商)上?(?:形成|定下|议定|提|明确|确定|达成|布置)出?来?的(?:意见|事项|问题|共识|任务|建议)(?:应当?|须|要)?(?:[在于])?$"
)
"""会商意见5日内印发: the paper of a meeting counts from it."""

OF_FEEDBACK = compiled(r"(?:巡视|巡察|督察|督导|审计|考核|检查)[^，。；\n]{0,14}反馈")

DEFAULTS = (
    ("event", compiled(r"突发(?:事件|信息)|信息报告|应急处置|应急预案|事故信息|紧急信息")),
    (
        "meeting",
        compiled(
            r"纪要|会议议定|会议(?:强调|提出|要求|指出)，|会议明确|会议决定|会议?上的讲话|同志们[，：！]|今天这?个?会|散会"
        ),
    ),
    ("receipt", compiled(r"批示|交办|督办|承办单位|建议|提案|来信|转办|信访件|热线|(?<!施)工单")),
    ("issue", compiled(r"通知|意见|方案|要点|通报")),
)

STANDING = compiled(r"(?:办法|细则|规定|规则|规程|条例)(?:[（(][^）)]{1,12}[）)])?$")
"""Rules count from what comes in, where they name nothing."""

HANDLING = compiled(
    r"(?:公文|来文|来电|来函|批件|急件|督办件|督查件)[^，。；]{0,14}(?:办结|办理|办毕|答复|回复)|审批(?!局|服务局|制度)|核准|受理|留言|申请(?!单|表|书)|来信|来访|信访(?!局|联席)|(?<!施)工单|诉求|反映(?:的)?(?:事项|问题)|线索(?!移[送交])|交办|批示件|提案|建议办理|异议|会签|一般件|急件|投诉|举报|有(?:疑问|质疑|意见)的|[日天时]内办结|完成初审|(?:提出|反映|咨询|提交)的(?:问题|意见|需求|要求|困难|疑问|请求)"
)


SINCE_DAY = compiled(r"[，；](?P<what>[^，。；]{2,10})之日起，?$")
"""由接收单位负责接收，撤并之日起三个月内: the day of the last clause governs."""


JUST = 12
"""What one has just done stands in so many characters."""
JUST_DONE = compiled(
    r"(?:结果|成绩|结论|名次)(?:一)?出来(?:了)?$|(?<![完收领取请买接办看听])[\u4e00-\u9fff](?<![之到收领接签买])(?<!会开)(?:完|[好毕净])(?:了)?(?:之|以)?后?，?(?:的，?)?(?:[在于])?$"
)
"""盘完二十天之内出结果: what one has just done."""


def local_default(text: str, default: str) -> str:
    """A sentence about handling what comes in counts from receipt, whatever the genre."""
    return "receipt" if HANDLING.search(text) else default


Trigger = tuple[int, str]
"""Where a trigger ends, and the anchor it names."""


def trigger(before: str) -> Trigger | None:
    """The trigger whose last mention stands nearest before a length."""
    best: Trigger | None = None
    for name, pattern in SIEVE.left(before):
        for match in pattern.finditer(before):
            step = name == "acceptance" and STEP_ENDS.match(before, match.end())
            if step and OWN_STEP.search(before[: match.start()]):
                continue
            if best is None or match.end() > best[0]:
                best = (match.end(), name)
    return best


def nearest(before: str) -> str | None:
    """What a length after `before` counts from; something unnamed that happens right before it
    counts as an event."""
    return started(before, trigger(before))


def started(before: str, best: Trigger | None) -> str | None:
    """The same, the nearest trigger known."""
    if JUST_DONE.search(before, max(0, len(before) - JUST)):
        return "completion"
    near = max(before.rfind("后"), before.rfind("之日起"))
    if MEETS.search(before):
        return "meeting"
    since = SINCE_DAY.search(before)
    if since and best and best[0] <= since.start("what"):
        return said_by(before) or "event"
    if NEWS_OF.search(before):
        return "event"
    if MANNER.search(before):
        return best[1] if best else None
    if best and best[1] == "meeting" and APPROVED.search(before):
        return "event"
    fresh = FRESH.search(before) if best else None
    if fresh and best and best[0] <= fresh.start("what"):
        return said_by(before) or "event"
    if AFTER_ANYTHING.search(before) and (best is None or best[0] < near - 8):
        return said_by(before) or "event"
    if best is None:
        return said_by(before) or ("event" if EARLIER.search(before) else None)
    return best[1]


def default_anchor(text: str) -> str:
    """The anchor of a document that names none: by its genre words (reading README)."""
    head = text[:400]
    standing = STANDING.search(head.lstrip().split("\n", 1)[0]) is not None
    if OF_FEEDBACK.search(text[:80]) and "反馈之日起" in text:
        return "feedback"
    for name, pattern in DEFAULTS:
        if standing and name == "meeting":
            return "receipt"
        if pattern.search(head):
            return name
    for name, pattern in DEFAULTS:
        if pattern.search(text):
            return name
    return "receipt"
