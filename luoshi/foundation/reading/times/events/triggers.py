"""An event without a length: 办结后报送, 会前报送, 事后补报 — the limit is the event itself."""

from collections.abc import Iterator, Sequence

from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.ahead import event_before
from luoshi.foundation.reading.times.events.amounts import Reading, once
from luoshi.foundation.reading.times.events.anchors import MEETING
from luoshi.foundation.reading.times.events.clauses import clause_end, clause_start, half
from luoshi.foundation.reading.times.numerals import NUMBER, number
from luoshi.foundation.reading.times.vague import DELIVER

AFTER = (
    ("stage_end", r"阶段(?:性?工作|任务)?(?:结束|完成)"),
    ("flood_season", r"汛期结束"),
    ("election", r"换届(?:选举)?(?:结束)?"),
    ("deadline", r"(?<!任)期满|届满|到期"),
    (
        "meeting",
        rf"(?<![\u4e00-\u9fff])会|(?<=[于在])会|(?<=今天)会|(?<=每次)会|(?<=[部科局办室院处组位长人])会|散会|(?:{MEETING})(?:结束|闭幕)?",
    ),
    (
        "completion",
        r"办结|结案|有了?结果|结果出来|最终确定|维修完毕|查[实清](?![楚])|核实|调查终结|办理完毕|处置完毕|处置结束|整改(?:完成|到位)|任务完成|工作完成|工程完工|竣工|完工|(?:评审|活动|调研|演练|检查|审计|核查|复核|评估|测评|验收|试点|培训|公示|督查|整治|考察|征集)结束|[\u4e00-\u9fff]{2}(?<!两会)(?<!会议)(?<!大会)(?<!全会)(?<!生活会)(?<!阶段)(?<!季度)(?<!年度)(?<!汛期)(?<!雨季)(?<!换届)(?<!选举)(?<!段工作)结束|"
        r"(?<![\u4e00-\u9fff])(?:完成|结束)|(?:(?<=在)|(?<![\u4e00-\u9fff]))完成[^，。；＿\d]{2,12}|[\u4e00-\u9fff]{2}完(?:毕|(?![善成工整])[\u4e00-\u9fff]{1,4})|此项工作完成|清掏完成|撤展|响应终止|(?:写|编|拿)出来|报告送出|[修改整编装排写定][好完]",
    ),
    ("acceptance", r"验收合格|通过验收|(?:竣工|完工|整体|综合|最终)验收(?:合格|通过)?"),
    (
        "event",
        r"(?<![\u4e00-\u9fff])[事节]|(?<![\u4e00-\u9fff])(?:[雨雪震灾]|大风)|(?<=[。；，])节|事发|险情发生|事件发生|发现[^，。；]{0,10}(?:隐患|问题|苗头|线索|情况)",
    ),
    ("receipt", r"(?:收到|接到)[^，。；＿]{0,10}"),
    (
        "issue",
        r"(?:文件|方案|纪要|通知|规划|细则|办法|意见|预案|制度)(?:印发|出台|发布)|(?<![\u4e00-\u9fff])印发",
    ),
    ("sign", r"(?:合同|协议)?签订(?:[^，。；＿]{0,14}(?:合同|协议|责任书)》?)?"),
)
BEFORE = (
    ("completion", r"定稿|付印|(?<![\u4e00-\u9fff])(?:办结|结案|验收)|(?:事故|案件)结案"),
    ("acceptance", r"(?:竣工|完工|整体|最终)?验收"),
    (
        "meeting",
        r"(?<![\u4e00-\u9fff])会|(?<=[于在])会|(?<=[股委局办室位间])会|(?<=下次)会|(?:会议|大会|全会|两会|例会|办公会|调度会|党代会|常委会|现场会|座谈会|生活会)(?:召开|举行|开始)?|(?:理事|董事|监事|委员|人代|股东)会(?:召开|举行)|开会|散会",
    ),
    ("deadline", r"到期|届满|期满|公示期?结束"),
    ("term_end", r"(?:离|卸)任"),
    ("election", r"换届|(?:选举|推选|投票)日"),
    (
        "issue",
        r"(?<![\u4e00-\u9fff])(?:上报|报送)|(?<!未)(?:核发|颁发)[^，。；＿]{0,12}|(?<!未)(?:印发|公布|发布|公开|出台|通报|下发|刊发|刊登)|(?:条例|办法|规定|细则|目录|标准|规程|政策|清单)(?:正式)?(?:颁布|出台|发布|公布)(?:实施|施行)?",
    ),
    ("sign", r"(?:合同)?签订(?:[^，。；＿]{0,14}(?:合同|协议|责任书)》?)?"),
    (
        "event",
        r"(?:(?:条例|办法|规定|细则|标准|目录)(?:正式)?(?:施行|实施)(?=前(?!已|未|的|发生|取得))|(?<![日天周五早晚班每一二三四六号）])(?:下班|交班|交接班)|(?<![秋春]季)开学|放假|[开动施]工|进场|上岗|开班|开考|上冻|封冻|供暖|采暖|通车|入住|开业|建成|开园|开诊|开馆|开营|开幕|开播|开标|开市|靠泊|靠港|离港|入库|出库|投放|复产|停产|停机|开机|春运|暑运|(?:(?<=[，。；所等位场])|^)节(?=前(?:由|各|对|组织|开展|完成))|(?<=在)节(?=前(?:开|把|将|组织|完成|做))|投[用产运]|投入(?:使用|运[行营]|生产)|上路|上市|出[发境国]|外出|离[职岗]|调离|搬迁|上线|启用|终止|停业|关[闭停]|交房|拆迁|揭牌|挂牌|撤场|迁入|入伏|数九|收割|上场|下树|征兵|报名|招生|入学|进[点驻村园]|开[镰闸机]|播种|(?:[春夏秋冬][灌播耕种管]|灌溉|供暖|采暖|施工|活动|假期|普查|展会|工期)结束|(?<![雷春谷])(?:大|暴)?雨(?=前)|登陆|(?:[雨雪汛洪]|台风|寒潮|暴雨|大雨|大雪|大风|洪水|霜冻)来(?:临)?|来水)",
    ),
)
TAKEN_BACK = compiled(
    r"(?:应当?|须|要|必须|一律|即|由[^，。；]{2,12}?)?(?:收回|退[出还回]|解除|终止|拆除|停止|恢复|更换|报废|注销|归还|移出|撤[销回]|关闭|回收|清运|复垦|复绿)"
)
"""合同到期后收回自营."""
INSTANTLY = compiled(
    r"，?(?:应当?|须|要|必须)?(?:立即|即时|立刻|即刻|马上|迅速|第一时间|于?当[日天晚])"
)
"""收到资金后，应当即时出具票据: the word says more than the event."""
AT_ONCE_THEN = compiled(
    r"，[^，。；]{0,24}[，，]?(?:应当?|须|要|必须)?(?:[^，。；]{0,40}，)?(?:立即|第一时间|迅速|马上|立刻)"
    r"|(?<=[件害故情生]后)，[^。；]{0,120}?(?:立即|第一时间|及时|迅速)"
)
"""发生后，各县要第一时间报告: the word says more than the event."""
MAY_THEN = compiled(r"，?(?:方[可能]|才[能可]|再行|可以?(?!持续))")
"""验收合格后方可撤离, 截止前可以改报: what is allowed then."""
OWN_ACT = compiled(
    r"[^，。；]{0,6}(?:签上?名|签字|备[好齐足])|逐[车户人件台辆]|[^，。；]{0,24}(?:检查|[走查摸清]|排查)一遍|要[\u4e00-\u9fff]{1,2}[完好](?=[，。；])|[^，。；]{0,24}(?:签订|签署|论证|备案|谈话|报告|评估|公示|告知|书面|演练|查验|核验|完成|把[^，。；]{2,10}[交完好清齐]|把[^，。；]{2,24}(?:收拾|整理)(?:妥当|干净|整齐))"
)
HAPPENING = compiled(
    r"(?:(?<=[^，。；])(?:申报|上报|报送|实施|吊装|浇筑|拆除|上线|下线|启用|决定|付款|支付|签约|发布|交付|交接|出借|转让|处置|报废|变更|调整|上调|招标|开标|采购|施行|开挖|爆破))(?:之|以)?前(?=[^\d一二三四五六七八九十半])"
)
"""变更实施前报备案, 平台上线前由…组织评估: an act that another act has to precede."""
FIRST_OF_ALL = compiled(
    r"(?:上线|开工|施工|启用|投用|招标|入驻)(?:之|以)?前(?:要|应|须|必须)?先(?=拿|制定|编制|组织|完成|报|做|出)"
)
"""4月底前上线，上线之前先拿出接口标准."""
IN_TIME = compiled(
    r"(?:赶在|务必在|[在于])(?![^，。；]{0,12}(?:[此之以目面]|[年月日周旬季汛初末底]|[一二三四五六七八九十\d][时点]|[春秋冬夏]|[节会假])前)[^，。；＿]{0,12}?(?P<what>[\u4e00-\u9fff]{2})(?:之|以)?(?P<ahead>前)(?!提(?![出交供请醒])|[线列沿景途后往者辈面台期任端言身世夕锋哨瞻院来所一半几两三四五六七八九十\d]|进(?!行|驻|入))"
)
MUST_BE = compiled(
    r"[^，。；]{0,14}?(?:完成|完工|到位|落实|缴清|缴纳|结清|选定|存入|召开|通过|做好|办好|办妥|配齐|备齐|备足|修好|修复|清理|清除|核实|核对|告知|公示|公告|公布|征求|听取|组织|开展|进行|签订|报|送|提[交出请]|备案|评估|论证|审核|审查|检查|检测|检验|验收|演练|培训|取得|书面|妥善|安置|会商|协商|沟通|通知|张贴|更换|安装)"
)
"""在账单生成前落实到位, 在作出决定前召开听证会: what has to be done before something else."""
DAY_OF = compiled(
    r"(?:(?:赶在|在)?(?:全国|国际|世界)(?:[\u4e00-\u9fff]{1,5}日)|(?:赶在)?(?:全国|国际|世界)?(?:助残日|敬老日|丰收节|母亲节|父亲节|泼水节|火把节|那达慕|古尔邦节|开斋节|[\u4e00-\u9fff]{2}文化节|国际马拉松|[\u4e00-\u9fff]{1,3}博会|[\u4e00-\u9fff]{1,2}交会|文博会|进博会|[省市县]运会|年[终度]决算|决算编制|(?:年度)?预算编制|年终结账|军训|新生报到|毕业季|[\u4e00-\u9fff]{1,2}马拉松))(?:到来|来临|开[始幕])?(?:之|以)?前(?!\d|[一二三四五六七八九十半两几])"
)
"""赶在助残日之前完工: a day or fair that the calendar does not fix."""
BOUND = compiled(
    r"[^，。；]{0,16}(?:测评|取得|选定|征求|听取|备案|谈话|报告|评估|公示|告知|论证|审核|审查|签订|核对|验收|检测|检查|报[^名道])|"
    r"，(?:由|应当|须|必须|[^，。；]{2,12}?(?:须|应当?(?!急)|必须|要(?!求)|由))"
)
WAITS = compiled(
    r"(?P<what>[\u4e00-\u9fff]{2})(?<![年月日号底末初旬季周天点时会汛节假学期目此以之当提事生午面跟眼门空向从往])(?:之|以)?(?P<ahead>前)"
    r"(?=，?(?:还|都|均|一律)?(?:要(?=[和与对把先同])|应当(?!急|坚|严格|继续|保持|仍)|须(?!知)|必须|由[^，。；]{2,16}?(?:组织|检查|审查|审核|测评|评估|检测|验收|复核|清理|张贴|公示)"
    r"|完成|履行|制定|取得|选定|存入|清理|再次?(?:复核|沟通|检查|核对)|逐[人户个]|书面告知|做好|检修|排查|安装|配齐|备足|征求|听取"
    r"|，请[^，。；]{2,24}|，[^，。；＿\d]{2,12}(?:须(?!知)|必须|应当(?!急)|要(?=组织|先|向|对))|把[^，。；]{2,16}(?:一遍|到位|[完好清齐])|对[^，。；]{2,16}(?:检查|谈话|培训|检修|排查)))"
)
"""船舶靠泊前完成单证审核, 停产前制定方案: whatever an act has to be ready for."""
PRECEDES = compiled(
    r"(?<![\u4e00-\u9fff])(?![^，。；]{0,30}(?:会|汛|节|假|年|月|季|学)前)[^，。；＿]{2,30}(?P<act>[\u4e00-\u9fff]{2})(?<![目此以之日当提会事节年月午生])(?:之|以)?(?P<ahead>前)(?=，?(?:应当(?!急)|必须|须(?!知)|要(?!求)(?=[和与对把先]|[\u4e00-\u9fff]{2,6}[一])|再(?=[\u4e00-\u9fff]{2})|由(?=[^，。；]{2,16}?(?:组织|检查|审查|审核|测评|评估|检测|验收|复核|清理|张贴|公示)))(?!坚[决持]|严格|继续|保持|仍)|将(?=[^，。；]{2,14}(?:存入|交|报|送|提交)))"
)
"""办理交付手续前将资金存入专户, 恢复生产前应当检测: whatever has to wait for an act."""
FEAST_AHEAD = compiled(
    r"(?P<cell>节前)(?=、节中)|(?:(?<=[，。；所等位场局镇乡街县区校司队委办院站])|^)(?P<feast>节前|(?<=等)(?:重[要大])?(?:节点|节假日|节日)前)(?:再|要|至少|集中|全面|分别|都|逐[一个家])*(?=组织|开展|对|巡|检查|排查|走访|完成|进行|安排|抽)(?!(?:检查|排查|巡查|抽查)[^，。；]{0,3}(?:发现|出))"
)
"""县公司节前至少巡线两次: a feast that the sentence does not name."""
LIVE = compiled(
    r"(?:平台|系统|中心|窗口|热线|专线|模块|驿站|专区)(?:建成)?(?:投入(?:运行|使用|运营)|运行|上线|投用|启用|开通)(?:之|以)?后，"
    r"(?=[^。；了]*?(?:一律|统一|不再|全部|全程|实现|停[用止]))(?![^。；]{0,30}(?:了|达到|超过|累计))"
)
"""平台上线后，申请、查询实现“一网通办”: from then on."""
WITH_OTHERS = compiled(r"(?:与|同|跟|和)[^，。；]{2,20}(?:会商|协商|商议)(?:之|以)?后$")
"""与市局会商后报市政府: how a paper goes starts nothing."""
SAME_END = compiled(r"截止(?:时间|日期|期限)$")
"""截止时间为12月24日，…应当在截止时间前完成: the date was said."""
AT_THAT = compiled(
    r"自[^，。；]{2,14}(?:发布|下达|公布|印发|送达)之[时日]起(?=(?:关闭|停[业产工止用]|暂停|禁止|封闭|封锁))"
)
"""自封锁令发布之时起关闭."""
NEAR_END = compiled(
    rf"(?:临近|距离?)[^，。；]{{0,6}}(?:期|到期|届满)(?:不足)?(?P<n>{NUMBER})(?:个(?P<months>月)|(?P<days>天|日))(?:的|时)"
)
"""临近失效期3个月的更换."""
AT_ONCE = compiled(r"(?:散会|开完会|会一散|会后)就(?!散|完|忘|走|算|没|了|行|放|丢|扔)")
AFTER_ALL = Sieve(
    (
        name,
        compiled(
            rf"(?:{words})(?:之后|以后|后)(?=一[律一并]|[^的面续勤首第\d一二三四五六七八九十半])"
        ),
    )
    for name, words in AFTER
)
DONE = (
    (
        "completion",
        r"办结|统一|[修改整编装排写定并][好完]|(?<![任期])[\u4e00-\u9fff][完毕妥]|训诫|走访|约见|会诊|完成|结束|完毕|办完|完工|竣工|终结|到位|落实|销号|登记|编号|形成|自[评查检验]合格(?:（[^）]{1,8}）)?",
    ),
    (
        "event",
        r"(?<!任期)(?:[看听走查问]过|通过|返回|返校|返岗|归队|回来|返程|归来|答复|解除|变更|恢复|排除|消除|查实|无异议|批复|批准|获批|决定(?:委托|延长|延期|撤销|终止|中止|暂停)|作出[^，。；]{0,2}(?:结论|决定|认定|处理|答复)|出具结论)",
    ),
)
FOLLOW_UP = compiled(
    r"给[^，。；]{1,10}(?:回|打)(?:个|一个)?(?:电话|话|信)|请[^，。；]{2,14}(?:派人|来|去)(?!了)|到[^，。；]{1,8}(?:当面|听|讲|说明)|(?:向[^，。；]{1,8})?当面[讲说汇]|(?:写|提)一[份篇个]|上门(?:告诉|告知|说明|送)|(?:由[^，。；]{2,12}?)?(?:向社会|向公众|对外)(?:公布|公开|公告|发布)|(?:由[^，。；]{2,12}?)?向[^，。；]{2,16}?(?:发(?!展)|出具|下达|提交|提出[^，。；]{0,6}申请)|提出[^，。；]{0,8}申请|(?:先)?送[^，。；]{2,14}(?:办理|阅|审|签|会签)|(?:由[^，。；]{2,16}?|再)(?:组织|进行|开展|实施)?[^，。；]{0,6}?(?:验收|复核|复查|复验|审计|评估|抽查|核查|回访)(?!了|过)|(?:进行|组织|开展|实施)[^，。；了]{0,6}?(?:审计|评估|验收|复核|复查|考核|评审|核查|检验|考试|测评|评比)(?!了|过)|(?:提出|出具|形成|作出|制定|拿出)[^，。；了]{0,10}?(?:意见|报告|结论|决定|建议|方案|清单|评价)(?=[，。；]|$)|(?:再)?组织(?:一[次轮]|[^，。；\d]{0,3})(?:复核|复查|验收|抽查|“?回头看)|[^，。；]{0,14}?(?:报(?![名到考销废复])|[寄移抄呈]?送|[印发]给|寄[达回]|告知|通知|公布|公示|公开|归档|存档|通报|函告|回访|回复|回告|反馈|销假|备案|移交|(?<!提)交(?![流通叉易警界])|张榜|补报|说明)(?!了|过)"
)
"""What somebody gets or learns once it is done; a bare 后 that orders two steps is no limit."""
THEN = [
    (
        name,
        compiled(
            rf"(?:{words})(?:之后|以后|后)(?![的面续勤首第方当立]|及时)(?!一(?![律一并次])|[\d二三四五六七八九十半两])"
        ),
    )
    for name, words in DONE
]
WRITES = compiled(r"[^，。；]{0,4}(?:形成|撰写|提交|写|整理|汇报|交流)(?!了|过)")
BACK = compiled(r"(?:返回|回来|返程|归来)")
OF_OBJECT = compiled(
    r"(?:经|报(?!告)|提请|报请)[^，。；]{0,24}$|(?:完成|开展|组织(?!部|部门|人事)|进行|做好|推进|实施|启动|推行|实行|(?<![比核校面应])对)[^，。；]{0,16}$"
)
"""经…审议通过后报送: a path of papers; 完成换届后回访: the words name the task."""
MUST = compiled(
    r"[^。；]{0,12}(?:必须|应当|[要须应](?!求|急|对))|，?[要须应必]|[^。；]{0,30}(?:交付|投入|完成|到位|建成)"
)
PATH = compiled(
    r"(?:均|都)?(?:须|应当?|要|必须)?(?:先)?经[^，。；]{0,12}(?:负责人|领导|负责同志|[局处科部院校所镇县市区]长|主任|书记)[^，。；]{0,4}(?:审签|审定|审核|同意|签批|签发|批准|把关)"
)
"""答复件印发前须经负责人审签: who approves it starts nothing."""
BEFORE_OR_AFTER = compiled(
    r"(?P<what>(?!主?汛)[\u4e00-\u9fff]{2,4})(?:之|以)?(?P<ahead>前)(?:或者?|、|和|及)(?:在|于)?(?P=what)(?:之|以)?后"
)
"""投入使用前或者投入使用后30日内: before an act, or so long after it."""
BEFORE_ALL = Sieve(
    (name, compiled(rf"(?:{words})(?:之前|以前|前)(?=[^\d一二三四五六七八九十半]|$)"))
    for name, words in BEFORE
)
EACH_TIME = compiled(r"每(?:[日天次班趟周]|一[次班])[^，。；]{0,6}$")
"""每日出车前检测: the rhythm says when."""
AHEAD = compiled(
    r"(?<!不准)(?<!不得)(?<!不许)(?<!不能)(?<!或)提前(?!或|的，|退休|还[款贷]|偿还|终止|结清|毕业|放假|与|和|同|跟|对接|录入|发布|沟通|做|安排|介入|准备|研究|谋划|部署|\d|[一二两三四五六七八九十半]|至少|不少于)|(?<=在)[\u4e00-\u9fff]{2,6}前(?=必须|须)"
    r"|(?<![\u4e00-\u9fff＿\d])(?!汛)(?:[\u4e00-\u9fff]{2,8})?[\u4e00-\u9fff][费岗职房车租学险址工卷证][之以]?前(?=必须|须|要(?!求)|应当?(?!急|对))"
)
BEFOREHAND = compiled(
    r"(?:须|应当?|要|必须|可|一律)?(?:做到)?事[前先](?:须|应当?|要|必须)?(?=(?:以)?(?:书面|主动|自行)?(?:将[^，。；]{2,14})?(?:报告?(?![^，。；]{0,14}(?:同意|批准|审[批核定]))|告知|通知|了解|核实|请示|(?:[给跟][^，。；]{2,14}(?:打电话|说明|请假|报告))|向[^，。；]{2,14}(?:报告|申报|申请|说明|请假|提出|书面|备案)|请假|征求|(?:充分)?准备|移交|调换|公示|提交|交到|(?:与|同)[^，。；]{2,12}(?:换班|对接|协商|沟通|商量|约定)))"
)
"""须事先报告, 务必事前报总值班室: before what it is about."""
OVERRUN = compiled(r"到期(?:办|做|完)不[完了成][^，。；]{0,4}，|(?:逾期|延期)[^，。；]{0,6}的，")
"""因特殊缘故到期办不完的，要提前说明: before the limit it is about."""
ABSENT = compiled(r"请假|告假|来不了|到不了|不能(?:出席|到会|参加)|因故")
"""Who cannot come says so before the meeting."""
OF_MEETINGS = compiled(r"(?:会议|生活会|办公会|常务会|例会|开会|议题|出席|[到参与]会|列席)")
NEXT_MEETING = compiled(
    r"(?:提交|提请|报请|报|提到|拿到)(?P<at>下(?:一)?次[^，。；]{0,16}?会议?)(?:上)?(?:审议|研究|审定|讨论|听取|审核)"
)
"""提交下一次常委会会议审议: by the time it meets."""
HALFWAY = compiled(
    r"(?:[满过]一?半|到一半)(?:时|之?后|以后)(?=，?[^，。；]{0,12}(?:提交|报[送告]|组织|开展|进行|召开|评估|检查))"
)
"""实施周期满一半时提交中期报告."""
END_OF_TERM = compiled(
    r"(?<!每)(?:本|这个?)学期末(?=再|[^，。；]{0,6}(?:做|办|开|组织|开展|交|报))|(?<!每)(?<!每学)(?:学期|学年)?期末(?=(?:统一|集中|一并)?(?:交|报|送|向|提交|汇总|上报|归档))|(?<=[在于])(?:学期|学年)末(?=[^，。；]{0,10}(?:交|报|送|汇报|提交|上报|归档|总结))"
)
TELLS_AHEAD = compiled(r"(?:[^，。；]{0,6})?(?:告知|通知|反馈|送达|发送|印发)")
TERM_UP = compiled(
    r"任期届满(?:后|时)?，?(?:应当?|须|要|必须)?(?:按期|按时|及时|依法|按规定)?(?:进行|组织|开展)?换届"
)
"""任期届满，应按期进行换届: the end of the term is when."""
TERM = compiled(r"届内(?![^，。；]{0,6}[至不]|[^，。；]{0,10}(?:任务|目标|计划))")
PRESCRIBED = compiled(r"规定的?(?:时限|时间|期限)|(?<![未不能])按[时期](?!间)")
"""接到信息后在规定时限内报告: the time that is prescribed says when."""
ACTS = compiled(
    r"(?:给|作)出[^，。；了]{0,6}(?:意见|决定|判决|裁断|裁定|解释)|(?:组织|开展|进行)[^，。；了]{0,6}(?:评估|验收|审计|考核|评审)|发(?:公告|通报|简报|纪要|通知)|测评|再次?(?:复核|沟通|核对)|检查一遍|听取|听一听|要[\u4e00-\u9fff]{1,2}[完好](?=[，。；])|提前介入|必[查清检报巡]|[把将][^，。；了]{1,14}(?:[完好齐清净妥]|出来|上来|下来|起来|到[^，。；了]{1,5})(?=[，。；]|$)|回港|[拉运]到|给[^，。；]{0,8}(?:说法|准信|答复|交代|回话|明白账)|[发贴送印]到|邀请|(?:迅速|尽快|抓紧)起草|落实[^，。；了]{0,8}(?:方案|措施|场地|资金|人员)|结清|转走|[走过摸查捋]一[遍趟]|干完|[修清装换建补加办][固装建通]?[好完通妥](?!了)|(?:组织|安排|开展|搞|做|来)[^，。；了]{0,14}(?:演练|测试|试|体验|走)|补办|续[借签办]|签收|登记|清点|核对|对账|收齐|宣讲|解读|核实|申请|拨付|支付|印发|告诉|复查|验收|抽查|拿出|论证|征求|请假|审核|审查|补报|拍照|上传|录入|回告|归档|会签|送|交(?!流)|逐一谈话|清理|离|完成|传达|通知|解除(?!的)|(?<!予以)恢复(?=供|通|运|交|生产)"
)


def readings(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """Events without length that govern an act of delivery; `taken` are the limits with a number:
    where one follows in the same half of the sentence, it governs."""
    after = [(*one, "after") for one in AFTER_ALL.left(text)] if "后" in text else []
    before = [(*one, "before") for one in BEFORE_ALL.left(text)] if "前" in text else []
    known: list[tuple[int, int]] = []
    for name, pattern, side in [*after, *before]:
        for match in pattern.finditer(text):
            if name == "meeting" and WITH_OTHERS.search(text, 0, match.end()):
                continue
            end = half(text, match.end())
            own = name in {"event", "meeting"} and side == "before" and own_act(text, match.end())
            if own:
                end = clause_end(text, match.end())
            if any(
                match.start() < stop and start < end
                for start, stop in taken
                if start >= match.start() - 2
            ):
                continue
            rest = text[match.end() : end]
            if any(stop == match.start() for _start, stop in taken):
                continue  # 11月15日供暖以前
            if side == "after" and rest.startswith("的"):
                continue  # 将批准后的报告表送: which one, not when
            if (
                MAY_THEN.match(rest)
                or INSTANTLY.match(rest)
                or (name == "issue" and PATH.match(rest))
            ):
                continue
            if name == "event" and side == "after" and AT_ONCE_THEN.match(text, match.end(), end):
                continue
            if side == "after" and PRESCRIBED.search(rest):
                continue
            happens = name == "event" and side == "before" and MUST.match(rest)
            ends = name in {"deadline", "completion"} and side == "after" and TAKEN_BACK.match(rest)
            if own or happens or ends or DELIVER.search(rest) or ACTS.search(rest):
                known.append(match.span())
                yield match.start(), match.end(), once(name, side)
    yield from follow_ups(text, [*taken, *known]) if "后" in text else ()
    yield from acts_ahead(text, [*taken, *known]) if "前" in text or "事先" in text else ()
    ahead = list(ahead_of(text, [*taken, *known]))
    yield from ahead
    yield from unnamed(text, [*taken, *((start, end) for start, end, _rule in ahead)])
    yield from whole(text)
    yield from ends_of_terms(text, taken)


def whole(text: str) -> Iterator[Reading]:
    """What no other limit of the sentence touches: 下次会议, 满一半时, 会后就."""
    for match in FIRST_OF_ALL.finditer(text) if "前" in text else ():
        yield match.start(), match.end(), once("event", "before")
    for match in BEFORE_OR_AFTER.finditer(text) if "前" in text and "后" in text else ():
        yield match.start("what"), match.end("ahead"), once("event", "before")
    for match in NEXT_MEETING.finditer(text) if "下" in text else ():
        yield *match.span("at"), once("meeting", "before")
    for pattern, anchor in ((AT_ONCE, "meeting"), (HALFWAY, "event")):
        for match in pattern.finditer(text):
            yield *match.span(), once(anchor, "after")


def unnamed(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """县公司节前至少巡线两次, 平台上线后一律网上办, in a clause without a limit."""
    for match in FEAST_AHEAD.finditer(text) if "节" in text else ():
        end = clause_end(text, match.end())
        if not any(match.start() < stop and start < end for start, stop in taken):
            yield *match.span("cell" if match.group("cell") else "feast"), once("event", "before")
    for match in LIVE.finditer(text) if "后，" in text else ():
        if not any(start > match.start() for start, _stop in taken):
            yield match.start(), match.end() - 1, once("event", "after")


def acts_ahead(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """变更实施前报备案, 提前报告: something that another act has to precede."""
    for match in HAPPENING.finditer(text):
        end = clause_end(text, match.end() + 1)
        held = any(match.start() < stop and start < end for start, stop in taken)
        if not held and BOUND.match(text, match.end()):
            yield match.start(), match.end(), once("event", "before")
    for match in BEFOREHAND.finditer(text) if "事先" in text or "事前" in text else ():
        end = match.end()
        if not any(clause_start(text, end) < stop and start < end for start, stop in taken):
            absent = ABSENT.search(text) and OF_MEETINGS.search(text)
            at = text.index("事", match.start())
            yield at, at + 2, once("meeting" if absent else "event", "before")
    for match in AHEAD.finditer(text):
        if EACH_TIME.search(text, 0, match.end() - 1):
            continue
        start = match.start() if match.group().startswith("提") else match.end() - 3
        told = TELLS_AHEAD.match(text, match.end())
        delivers = DELIVER.search(text, match.end(), half(text, match.end()))
        if told or delivers or not match.group().startswith("提"):
            anchor = "meeting" if told and OF_MEETINGS.search(text) else "event"
            anchor = "deadline" if OVERRUN.search(text, 0, match.start()) else anchor
            yield max(match.start(), start), match.end(), once(anchor, "before")


def ends_of_terms(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """Before something runs out."""
    for match in END_OF_TERM.finditer(text) if "末" in text else ():
        if not any(start < match.end() and match.start() < end for start, end in taken):
            yield match.start(), match.end(), once("event", "before")
    for match in TERM_UP.finditer(text) if "届满" in text else ():
        yield match.start(), match.start() + 4, once("term_end", "after")
    for match in TERM.finditer(text):
        yield match.start(), match.end(), once("term_end", "before")


def ahead_of(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """What has to wait for an act, begins as a paper is published, or comes before an end."""
    yield from waiting(text, taken) if "前" in text else ()
    for match in AT_THAT.finditer(text) if "自" in text else ():
        yield *match.span(), once("issue", "after")
    for match in NEAR_END.finditer(text) if "临近" in text or "距" in text else ():
        unit = "months" if match.group("months") else "days"
        yield *match.span(), once("deadline", "before", {unit: number(match.group("n"))})


def waiting(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """What has to wait for an act; one reading a place."""
    known = list(taken)
    for pattern, name in ((WAITS, "what"), (PRECEDES, "act"), (IN_TIME, "what"), (DAY_OF, "")):
        for match in pattern.finditer(text):
            start = match.start(name) if name else match.start()
            end = match.end("ahead") if name else match.end()
            begin = start - 2 if pattern is WAITS else match.start()
            if any(begin < stop and first < end for first, stop in known):
                continue
            if pattern is DAY_OF and text[end] == "，" and any(at > end for at, _stop in taken):
                continue
            if pattern is WAITS and "每年" in text[max(0, start - 10) : start]:
                continue
            if pattern is IN_TIME and not MUST_BE.match(text, end):
                continue
            known.append((start, end))
            words = text[max(0, start - 4) : end].rstrip("前以之")
            if SAME_END.search(words) and taken:
                continue
            if PATH.match(text, end):
                continue
            named = pattern is WAITS or words.endswith(("验收", "召开", "举行"))
            anchor = event_before(words, "event") if named else "event"
            anchor = "event" if anchor == "sign" else anchor
            yield start, end, once(anchor, "before")


def follow_ups(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[Reading]:
    """整改落实后告知举报人: what follows once something is done, in a clause without a limit."""
    for name, pattern in THEN:
        for match in pattern.finditer(text):
            start = match.end() + (text[match.end() : match.end() + 1] == "，")
            end = clause_end(text, start)
            begin = max(text.rfind(mark, 0, match.start()) for mark in "，；。：") + 1
            held = any(begin < last and first < end for first, last in taken)
            of_object = OF_OBJECT.search(text[begin : match.start()])
            if (
                not held
                and not of_object
                and (
                    FOLLOW_UP.match(text, start)
                    or (BACK.match(match.group()) and WRITES.match(text, start))
                )
            ):
                yield match.start(), match.end(), once(name, "after")


def own_act(text: str, start: int) -> bool:
    """Whether the clause of an event names an act of its own: 放假前签订责任书，6月25日前…"""
    return OWN_ACT.match(text, start) is not None
