"""What a length counts from: the nearest trigger, the case it is said of, else the default."""

from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.events.amounts import ONE, Json, N, once
from luoshi.foundation.reading.times.events.anchors import started, trigger

CASE = compiled(
    r"(?:的|时|^对[^，。]{4,20})，(?:[\u4e00-\u9fff]{2,16}?)?(?:应当?|须|要|必须|责令)?(?:[在于])?$"
)

ASIDE = r"，(?:[\u4e00-\u9fff]{2,16}?)?(?:应当?|须|要|必须|责令)?(?:[在于])?$"

ON_CASE = compiled(
    r"(?:^|[，；：])(?:对(?!照|未|没|不|仍|尚)|有(?!关|效|序|条件)|凡是?|一旦)[^，。；]{2,30}的"
    + ASIDE
)
"""对数据造假的，分局要在7日内移送: a case that comes up, whatever the document counts from."""

WORSE = (
    r"(?:连续|低于|高于|超过|不足|不够|排名|排在|排位|末位|倒数|垫底|仍|多次|屡|拒|"
    r"不(?!动产|断)|未|[两三四二]次)"
)
AT_FAULT = compiled(
    rf"(?:^|[，；])对(?![未没不仍尚])(?=[^，。；]{{0,40}}{WORSE})[^，。；]{{4,60}}的[^，。；的]{{0,8}}，[^，。；]{{0,16}}?(?:应当?|须|要|必须)?(?:[在于])?$"
    rf"|(?:^|[，；。])对(?![未没不仍尚])(?=[^，。；]{{0,40}}{WORSE})[^，。；]{{4,60}}的[^，。；的]{{0,8}}，[^，。；]{{2,16}}(?:应当?|须|要|必须)[^，。；\d]{{2,12}}，并?$"
)
"""对排名后10%的专业点，学校要在一年内, 对拒不配合的，普查员应当记录，3日内: whoever falls short."""

RESULT = compiled(
    r"(?:(?:审[核查批定议]|评审|核[验查]|复[核审]|查验)通过|(?:认为|判定|认定|确认|研判为|诊断为)[^，。；]{2,16}|(?:反馈|评价|回访|测评|答复)?[^，。；]{0,4}“?不(?:太|很|够)?满意”?|(?<!不)(?:(?<!验收)合格|合格(?=的$))|不合格|(?:未|没有?|没能|不)通过[^，。；]{0,6}|属实|查实|同意[\u4e00-\u9fff]{0,4}|无异议|不成立|不达标|不过关)的(?:村|户|企业|单位|项目|学校|乡镇|部门|门店|点位|件|提案|报告|方案|建议案)?(?![^。；]*(?:之[日时]起|自[^，。；]{1,8}起))(?:"
    + ASIDE
    + r"|(?:限|责令[\u4e00-\u9fff]{0,6})?$)"
)
"""The outcome of an examination counts, whatever started it."""

UNSOLVED = compiled(
    r"[\u4e00-\u9fff]不(?:了|下来|到位)的(?:[\u4e00-\u9fff]{2,4}，)?，?(?:由?[^，。；]{2,14}?)?(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""定不了的3日内交民营办: what cannot be settled at once happens first."""

CLOSED_THEN = compiled(r"(?P<end>结束|期满|届满)(?:且|并|后|，)?[^，。；]{0,10}的" + ASIDE)
"""公示期满无异议的，10日内: the end that is named starts the limit, not its outcome."""

DONE_AGAIN = compiled(
    r"(?:完成|办理|组织|开展|进行)(?P<act>[\u4e00-\u9fff]{2})[^，。；＿]{0,6}[，；](?P=act)(?:完成|结束|到位)?(?:之|以)?后?的?$"
    r"|(?:完成|办理|组织|开展|进行)[^，。；＿]{0,6}?(?P<what>[\u4e00-\u9fff]{2})，(?P=what)(?:档案|记录|台账|结果|资料|数据|情况|信息|报告)$"
)
"""3月底前完成移交，移交后一个月内: what one does oneself counts from its end."""

FOUND_IN = compiled(
    r"(?:检查|抽查|普测|筛查|体检|排查|摸排|评估|巡查|走访|监测|普查|测评|一次|一遍|一轮)[^。；，]{0,12}，(?:对|列为|被列为|确定为)?[^，。；]{0,4}(?:隐患|重点[\u4e00-\u9fff]{2,4}|异常|高危[\u4e00-\u9fff]{0,4}|不合格[\u4e00-\u9fff]{0,4}|超标[\u4e00-\u9fff]{0,4})(?:的|，)?(?:应当?|须|要|由[^，。；]{2,8})?(?:[在于])?$"
)
"""每年做一次普测，重点学生三日之内谈话: what an examination brings to light."""

UNABLE = compiled(
    r"(?:不能|无法|未能|难以)(?:当场|现场|立即|即时|就地)[^，。；]{2,4}的，?(?:由[^，。；]{2,14})?(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""不能当场解决的3日内…: from there, not from what an earlier clause names."""

IDLE = compiled(r"停[用水电气运业](?:时间)?(?:原则上|一般)?$")
"""停用时间不超过30天: counts from the stop."""

OUTCOME = compiled(
    r"(?:^|[，；])[^，。；]{0,8}(?:处理|处罚|认定|撤销|审查|复议|裁决|仲裁|评定)[^，。；]{0,4}决定(?:应当?|须|要)?(?:在|于)?$|(?:^|[，；])[\u4e00-\u9fff]{0,4}(?:结果|记录|成绩|结论|排名|(?:问题|整改|隐患)清单)(?:要|应当?|须)?(?:在|于)?$"
)
"""结果15日内反馈本人: counts from the end of what has a result."""

NEEDS = compiled(r"(?<!不)需要?(?!求)[^，。；\d]{2,10}的(?:，[^，。；]{0,12})?$")
"""检查结束后20日内出意见书，需要立案的7日内立案: what turns out to be needed happens first."""

SINCE = compiled(r"自[^，。；]{1,10}起(?:算|计)?，?(?:应当?|须|要|必须)?$")
"""送餐时间自出餐起不超过60分钟."""

INCIDENT = compiled(r"(?:事故|火灾|塌方|坍塌|垮塌|爆炸|泄漏|溺水|中毒|事件)的?调查")
"""火灾的调查，六十天内拿出报告: counts from what happened."""

WHEN = compiled(
    r"(?:^|[，；。：])(?:当|遇到?|每逢|一旦|凡)[^，。；]{2,30}时，(?:[\u4e00-\u9fff]{2,16}?)?(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""当价格连续三天低于最低价时，2日内提出意见: what comes up starts the limit."""

EXCEEDS = compiled(
    r"(?:超过|低于|达到|不足|少于|多于|高于)[^，。；]{1,12}时，(?:[\u4e00-\u9fff]{2,16}?)?(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""积水深度超过27厘米时，市排水公司5分钟内."""

REPORTS_UP = compiled(r"(?:^|[，；：。）])报告[^，。；]{2,40}?(?:的?时间)?，?$")
"""报告省人民政府，不得超过1小时: from what is reported."""

COMES_UP = compiled(
    r"(?:遇到|发现|出现|发生)(?![^，。；]*的，)[^，。；\d]{2,20}，(?:[\u4e00-\u9fff、]{2,16}?)?(?:应当?|须|要|必须)?(?:[在于])?$"
    r"|(?:隐患|险情|火情|疫情|故障|死亡病例|危急值|[不超]合理处方)(?:应当?|须|要|必须)?(?:[在于])?$"
    r"|(?:超标|违[规法]|不合格|不达标|造假)[^，。；]{0,6}的，?(?:当场|立即|即时|即刻|马上|一律)[^，。；]{0,10}，(?:并?在)?$"
)
"""遇到突发情况，各地应在24小时之内; 超标的即刻责令停排，48小时内: what comes up."""

WHAT_IS_DONE = compiled(r"(?:完成|办结|竣工|建成|整改到位)的[^，。；\d]{1,8}，[^，。；]{0,14}$")
"""改造完成的小区，三个月内选聘物业: from its completion."""

SHORT_OF = compiled(
    r"(?:低于|不足|不到|少于|未达|高于|超过)[^，。；]{0,8}[\d一二三四五六七八九十][^，。；]{0,5}的(?:[^，。；\d]{0,6}$|，(?:[\u4e00-\u9fff]{2,16}?)?(?:应当?|须|要|必须)?(?:[在于])?$)"
)
"""得分低于85分的乡镇一个月内…: the result itself starts the limit."""

LIMITED = compiled(r"[^，。；]{2,}的，[^。；]{2,24}，?(?:并|同时)?(?:限|责令)其?(?:在|于)?$")
"""未按时报送的，予以通报，并限5个工作日内补报."""

TURNS_OUT = compiled(
    r"(?:(?:符合|满足|具备)[^，。；]{0,6}(?:条件|政策|标准|规定|资格|要求)|(?:后|[，；])(?:仍然?|还是|确[有实属])[^，。；]{1,8}|对[^，。；]{2,8}后[^，。；]{1,10}|[、，]缺[\u4e00-\u9fff]{1,3}|(?:[末后倒][一二三四五六七八九十]+|靠后|垫底|倒数)[名位]?)的"
    r"[^，。；\d一二三四五六七八九十]{0,8}(?:，[^，。；\d]{0,10}?)?(?:应当?|须|要|必须)?(?:在|于)?$"
)
"""符合条件的一个工作日内赔到, 对复核后仍困难的家庭，10日内纳入: as it turns out to be so."""

OWN_REPORT = compiled(
    r"，(?:诊断|审计|鉴定|评估|检测|体检|核验|检验|测评|调查|会诊|评审|监测|勘查|调研|暗访)(?:报告|结论|意见)(?:应当?|须|要)?(?:在|于)?$"
)
"""请专家会诊，诊断报告5日内反馈: counts from the end of what it reports on."""

DEFECT = compiled(
    r"(?:[不]足|短缺|缺少|缺额|缺损|有误|差错|超[支标期]|空缺)部分(?:要|应当?|须|必须)?(?:在|于)?$|(?:[^，。；]坏了?|(?:^|[，；])(?:坏了?|[缺旧空错]|多[收报占]|漏[收报登]|少[报登])|消耗|损耗|用[掉完光]|短缺|缺额|[装放接填登]错[^，。；]{0,3}|漏[^，。；]{0,2}|[损破]毁|损坏|破损|达不到[^，。；]{1,6}|过期|不符合?[^，。；]{0,6}|不[全足]|不到位|不规范|不?合格|不达标|[丢缺]失|欠账|逾期[^，。；]{0,8}|[未没][^，。；]{1,8})的，?(?:也|都)?(?:限|要|必须|应当?|须|责令)?(?:在|于)?$"
)
"""坏的、装错位置的三天之内换好: a defect that is found starts the limit."""

HAPPENS = compiled(
    r"(?:借出|外借|外带|带出|领出)的，?(?:应当?|须|要|必须)?(?:[在于])?$|(?:查实|发现|查出|发生|出现|接报)一[\u4e00-\u9fff]{1,3}，$|被约谈的[^，。；]{2,6}$|没有?[^，。；]{1,8}的，|涉嫌[^，。；]{2,16}的，|(?:解决|处理|协调|落实|办理|答复)不了的(?:问题|事项|困难|诉求)?，|情节(?:较重|特别严重|严重|恶劣)的，|无法(?:解决|协调|处理)的(?:问题|事项|困难|诉求)，|(?:异常|超标|发现|查出|查到|出现|发生|暴发|造成|损坏|遗失|丢失|失窃|遭窃|被盗|被抢|故障|滞后|逾期|中断|变动|变更|死亡|受伤|"
    r"生病|返校|违[规法反纪])[^，。；]{0,16}的，|(?:不合格|不达标|不属实|不成立)的，"
)
"""Something that happens: the limit runs from there, not from the document's anchor."""

ASKED_FOR = compiled(
    r"[^，。；]{1,10}请求[^，。；]{2,10}的，(?:[\u4e00-\u9fff]{2,10}?)?(?:应当?|须|要|必须)?(?:[在于])?$|(?:家长|群众|用户|患者|居民|村民|当事人|消费者|业主|学生|本人|职工)[^，。；]{0,4}(?:要求|请求|提出)[^，。；]{2,10}的，(?:[\u4e00-\u9fff“”]{2,10}?)?(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""家长要求退费的，机构15日内退还: what is asked for counts from being asked."""

ON_DOING = compiled(
    r"(?:在?(?:回来|返回)|在(?:回国|出国|入职|离职|到岗|上岗|离岗|返校|返岗|入院|出院|入学|毕业|退休|到达|抵达|结束|成交|签约|付款|中标|开标)|(?:入职|离职|到岗|上岗|返岗|返校|出院|毕业|退休|开业|投产|投用|挂牌|通车))(?:（[^）]{1,4}）)?$"
)
"""应在回国（境）十天内: the event stands right before the length."""

PUBLIC = compiled(r"(?:公示|征求意见|公开征集)$")

LOST = compiled(r"对(?:失联|走失|失踪|受困)[^，。；]{0,8}$")

PASSED = compiled(r"(?<!验收)(?<!审[核查])(?<!评审)通过之日起?$")

COMPLETE = compiled(
    r"(?:手续|材料|资料|要件|图纸|证件)(?:备|补)?(?:(?:完备|齐全|齐备|完整|齐)的，?[^，。；]{0,10}|齐了，?[^，。；]{0,8})$"
)

HEARD_OF = compiled(
    r"(?:(?:上传|录入|上报)[^，。；]{0,12}，[\u4e00-\u9fff]{2,10}(?:站|局|办|中心|部门|单位|所|委|科|室)|(?:报告|上报|报送|报)(?:所在地|属地|当地|本级)?(?P<who>[^，。；＿\d]{2,14})(?:备案|审核|审查|核准)?，由?(?P=who)"
    r"|(?:推送|移送|移交|抄送|提请|报请|交由|分送)(?:至|给|到)?(?P<handed>[^，。；＿\d]{2,14}?)(?:协调|裁定|审定|研究|处理|处置|核查|复核|办理|认定)?，由?(?P=handed)|征求(?P<view>[^，。；＿\d]{2,12}?)(?:的)?意见，(?P=view)|转(?:给|交|到)?(?P<sent>[^，。；＿\d]{2,12})，(?P=sent)"
    r"|向(?P<asked>[^，。；＿\d]{2,14}?)(?:书面)?(?:提出|报(?!告)|报送|申报|申请|请示|反映|投诉|举报)[^，。；]{0,12}，(?P=asked))(?:应当?|须|要|必须)?(?:在|于)?$"
)
"""报告市场监管部门，市场监管部门应在5日内启动调查: who is told counts from being told."""

HEARS = compiled(
    r"(?:报(?!名|刊|警|废|销|酬|考|道)告?|告知|告诉|转告|函告|通报|推送|移送|移交|转交|转送|派单|派发|交由|[送转交派](?=[给至到]))[给至到]?[^，。；＿]{0,14}?"
    r"(?P<who>[\u4e00-\u9fff]{2,10})[^，。；＿\d]{0,8}，由?[\u4e00-\u9fff]{0,3}?(?P=who)(?![\u4e00-\u9fff]{0,3}(?:后|的，))(?:的[^，。；]{1,6})?(?:接[报到令单]后|应当?|须|要|必须)*(?:在|于)?$"
)
"""村里十分钟内报乡镇，乡镇的队伍半个小时要出门: whoever is told counts from being told."""

COMES_IN = compiled(
    r"(?:申辩|派了?单的|来单|涉[\u4e00-\u9fff]{1,4}的?单子|提问|咨询|求助|来电|来信|来访|来文|来件|留言|投诉(?!人)|举报(?!人)|报修|报料|预约|下单|订单|工单|交办件|转办件|差评|质疑|检举|报漏|求助的|(?:请示|批办|报批|送审|急)件|复[查核]请求|(?:递|送|交|报|移|转)(?:上|过)?来的[^，。；]{1,6}|上报的[^，。；]{1,10}|打电话[^，。；]{1,4}|(?<!无)(?<!没有)(?<!未提出)异议|诉求|需求|申请|预警信息|推送的[^，。；]{2,8}|打进来的[^，。；]{1,4}|反映的[^，。；]{1,6}问题|反映的?(?:问题|事项|情况|线索)|(?:群众|老百姓|居民|村民|企业|商户|家长|职工|代表|委员)(?:反映|提出?来?|投诉)的[^，。；]{1,10}，|提出的[^，。；]{0,4}(?:问题|意见|需求|建议|困难|诉求))"
    r"(?![单表书])[^。；]*$"
)
HANDLES = compiled(
    r"(?:必须|应当?|须|要(?!求)|得|就)?(?:予以|给予|作出|给出|进行|完成|有|书面|上门|派员|派人|先行|电话|初步|线上|在线|主动|组织)*(?:答复|回复|回应|复核|复查|反馈|办结|办理(?!手续)|处置|处理|核实|核查|核处|受理|接单|派单|派发|转办|转派|转交|分办|分派|交办|联系|对接|响应|修好|换好|解决|给[^，。；]{0,2}答复|见面|回音|回话|结果|说法|给结果|[跟与和][^，。；]{1,8}(?:通|见|对(?!象)|联系|沟通)|到场|到达|上门|审核|出具|确认|安排|说明|处|办|答|回访|移送|转送|审定|拟办|签收|拟出|分出去|核完|查核|办复|批办|表态|疏通|回个?话|给[个一]?准话|出[结数])"
)
"""群众提问30分钟内回应, 预警信息由财政局3个工作日内核实: what comes in is handled so long after."""
THEN_TOO = compiled(rf"{N}{ONE}(?:之内|以内|内)?{HANDLES.pattern}[^。；]*$")
"""订单24小时内响应，3日内发货: what follows the handling counts from the same."""
NEWS_FIRST = compiled(
    r"(?:^|[，；。条\u3000 ])(?:举报|投诉|来信|来电|申请|诉求|线索|工单|提案)"
    r"(?:涉及|反映|事关|内容)[^。；]*$"
)
"""举报涉及正在发生的险情，30分钟内通报: what is reported, not what happens, starts the limit."""
EXAMINES = compiled(
    r"(?:完成|予以|作出|进行|提出|组织|书面)*"
    r"(?:审核|初审|复审|审查|审批|核准|核定|批复|答复|回复|受理|办结|指定(?=[，。；]|管辖)|派单|接单|出具[^，。；]{0,10}(?:意见|报告|证明|[书证])|(?:审核|审查|初审|办理|拟办|复核)意见)"
)
"""区民政局10个工作日内完成审核: whoever examines has been handed something."""
MADE_AGAIN = compiled(
    r"(?:作出|形成|出具|完成|组织|开展|进行|下达)[^，。；＿]{0,10}?(?P<what>[\u4e00-\u9fff]{2,4})[，；](?P=what)(?:结果|情况)?(?:要|应当?|须)?(?:在|于)?$"
)
"""作出处理决定，处理决定5日内公布: what one has just made counts from its making."""


FORWARDS = compiled(r"转(?:承办|有关|相关|责任|主办|各|属地|所属)")
"""由办公室三日内转承办单位: what is sent on has come in."""
BROKEN = compiled(
    r"(?:^|[，；])[^，。；]{0,6}?(?:故障|险情|突发|中断|停[电水气供]|泄漏|损毁|损坏|破损|受损|缺失)[^，。；]{0,8}$"
)
"""系统故障8小时内修复, 突发停供的15分钟内推送: what the clause itself says has happened."""
LIMIT_SET = compiled(
    r"(?:[^一-龥有期权]|[\u4e00-\u9fff](?<![有期权时界上下]))(?:限|限其)(?:在|于)?$"
)
"""生产经营者限30日内整改: from being told so."""
ORDERED = compiled(
    r"发现[^，。；]{1,14}的(?:当场|立即|即时|即行|现场|责令|一律|先行)[^，。；]{0,10}，$"
)
"""发现无证作业的当场责令停止，3日内立案."""
OVERDUE = compiled(
    r"(?:逾期|过了?(?:期限|时限|限期)[^，。；]{1,12})的，?(?:由?[^，。；\d]{2,14}?)?(?:应当?|须|要)?(?:在|于)?$"
)
"""逾期的由街道2日内催告: so long after the limit that has passed."""
OF_PEOPLE = compiled(
    r"(?:^|[，；。条\u3000])(?!对(?:照|未|没|不|仍|尚)|有(?:关|效|序|条件))"
    r"(?![^，。；]*(?:派了?单|来单|申辩|举报|投诉|反映|提出|申请))"
    r"[^，。；\d]{4,24}[^，。；\d]的，[^，。；\d的]{1,10}(?:应当?|须|要|必须)?(?:[在于])?$"
)
"""老人退住或者去世的，院里七个工作日内退清: a case that comes up, in speech as in papers."""
HANDED = compiled(
    r"(?:提出|提交|递交|申报|报送|移送|推送|申请|报请|上报|呈报|转送|发起|退回|[送交转](?=[^，。；]{2,14}[局委办院厅部室站处所司心府关院门方]，))"
    r"(?![^，。；＿]{0,16}[，；][^，。；＿]{0,14}[，；])[^，。；＿]{0,18}，(?!自|并|应|须|要|在|于|将|对|经|逾|不|未|确|其|同)(?:由)?"
    r"(?P<who>[^，。；＿\d的]{1,13}[局委办部院会室站所厅司队组科处心方构门位行镇乡区县市省府关庭企人])(?:据此|应当?|须|要|在|于)*$"
)
"""建设单位提交申请，县住建局10日内核验: somebody else is handed what an earlier clause sends."""
THE_CASE = compiled(
    r"的，[^，。；]{0,16}$|的，[^，。；]{2,16}(?:应当?|须|要|必须)[^，。；\d]{2,10}，并(?:应当?|须)?(?:在|于)?$"
)
OF_REQUEST = compiled(
    r"(?:不齐[全备]?|不全|不完[整备]|不符合[^，。；]{0,6}|不属于[^，。；]{2,12}|不归[^，。；]{1,12}|不能(?:当场|现场)[^，。；]{2,4}|仍不能[^，。；]{2,4}|(?:明确|属于|涉及)[^，。；]{2,14}|请求[^，。；]{2,10}|查询[^，。；]{2,10}|金额[^，。；]{2,12}|以[上下])的，"
)
"""资料不齐全的，…一次性告知: about what was handed in."""
RIGHT_AFTER = compiled(r"(?<![今此随最])(?:之|以)?后$")
IN_HAND = compiled(r"(?:收到|接到|拿到|领到)[^，。；＿\d]{1,16}$")
"""须于接到清单5日内: whatever case the sentence is about."""
TOLD_TO = compiled(
    r"(?:告知|通知)[^，。；]{0,6}(?:申请人|当事人|投诉人|举报人|报检人|送审单位|申报单位|提交人)(?:在|于)?$"
)
"""一次性告知申请人在15日内补齐: from being told."""
REPORTS_OF = compiled(
    r"(?P<what>[\u4e00-\u9fff]{2})[^，。；＿]{0,16}，(?:[^，。；＿]{2,8}，)?(?P=what)(?:报告|档案|记录|台账|资料|数据|情况|意见|名单|成绩|证书|单|表|笔录|结论)$"
)
"""每季度抽检一次，抽检报告10日内报: what an act leaves counts from its end."""


def comes_in(text: str, before: str, end: int) -> bool:
    """Whether the length bounds the handling of what comes in."""
    if not end or not COMES_IN.search(before):
        return False
    return bool(HANDLES.match(text, end) or THEN_TOO.search(before))


def of_case(text: str, before: str, end: int) -> bool:
    """当事人不在场的，承办机构7日内送达: a case that comes up, unless it is about a request."""
    if not end or not THE_CASE.search(before) or OF_REQUEST.search(before) or UNSAID.search(before):
        return False
    return not (COMES_IN.search(before) or EXAMINES.match(text, end))


def within(
    text: str, start: int, length: dict[str, int], default: str, *, more: str = "", end: int = 0
) -> Json:
    """N日内 with its anchor: what the sentence names, else the document's."""
    found = named(text, start, length, default, more=more, end=end)
    return once(found or default, "after", length)


def named(
    text: str, start: int, length: dict[str, int], default: str, *, more: str = "", end: int = 0
) -> str | None:
    """What starts a length: the nearest trigger before it or the case it is said of; None where
    the sentence names nothing."""
    before = text[:start] + more
    best = trigger(before)
    anchor = started(before, best)
    if best and anchor in {"issue", "sign"} and comes_in(text, before[best[0] :], end):
        return "receipt"
    if anchor is None and default != "event" and BROKEN.search(before):
        return "receipt" if COMES_IN.search(before) else "event"
    if anchor in {None, "event"} and (
        NEWS_FIRST.search(before) or (anchor is None and comes_in(text, before, end))
    ):
        return "receipt"
    if anchor is None and default == "issue" and end and EXAMINES.match(text, end):
        anchor = "receipt"
    if anchor == "receipt" and IN_HAND.search(text, 0, start):
        return "receipt"
    if anchor in {None, "event"} and TOLD_TO.search(before):
        return "receipt"
    urgent = set(length) <= {"hours", "minutes"}
    if anchor is None and urgent and REPORTS_UP.search(before):
        return "event"
    if default != "event" and not urgent and HANDED.search(before):
        return "receipt"
    if anchor is None and end and FORWARDS.match(text, end) and not REPORTS_OF.search(before):
        anchor = "receipt"
    if anchor is None and ASKED_FOR.search(before):
        return "receipt"
    if anchor is None and default in {"issue", "meeting"} and set(length) <= {"hours", "minutes"}:
        anchor = "event"
    if anchor is None and any(said.search(before) for said in (PUBLIC, LOST, IDLE)):
        anchor = "event"
    if default == "meeting" and PASSED.search(before):
        anchor = "meeting"
    if (
        HEARS.search(before)
        or HEARD_OF.search(before)
        or (anchor in {None, "event"} and COMPLETE.search(before))
    ):
        anchor = "receipt"
    if anchor is None and default == "receipt" and of_case(text, before, end):
        anchor = "event"
    if anchor is None and default in {"issue", "meeting"} and FOUND_IN.search(before):
        anchor = "event"
    return outcome(before, anchor, bounded=end > 0) or case(before, anchor, default)


def outcome(before: str, anchor: str | None, *, bounded: bool = True) -> str | None:
    """The end, the result or the outcome that is said right before a length."""
    if ended := CLOSED_THEN.search(before):
        return "completion" if ended.group("end") == "结束" else "deadline"
    if UNSOLVED.search(before):
        return "event"
    if anchor in {None, "receipt", "event"} and DONE_AGAIN.search(before):
        return "completion"
    if OUTCOME.search(before) or MADE_AGAIN.search(before):
        return "completion"
    if bounded and anchor != "meeting" and REPORTS_OF.search(before):
        return "completion"
    if anchor not in {None, "event"} and RIGHT_AFTER.search(before):
        return anchor
    if anchor == "receipt" and OF_REQUEST.search(before):
        return None
    if RESULT.search(before) or SHORT_OF.search(before) or (anchor and UNABLE.search(before)):
        return "event"
    return None


UNSAID = compiled(
    r"(?:没有|未)(?:明确|规定|注明|提出|写明|约定|载明)[^，。；]{0,10}(?:时限|期限|要求|时间)的，"
)
"""没有明确时限的，30日内办结: what has no limit of its own counts like the rest."""


def case(before: str, anchor: str | None, default: str) -> str | None:
    """A trigger, unless the case that comes up says more; where none is named, the case."""
    if OVERDUE.search(before) and not before.endswith("起"):
        return "deadline"
    spoken = anchor in {None, "completion"} and default in {"meeting", "issue"}
    if spoken and TURNS_OUT.search(before):
        return "event"
    if anchor is None and default == "meeting" and OWN_REPORT.search(before):
        return "completion"
    if anchor in {None, "completion", "receipt"} and NEEDS.search(before):
        return "event"
    if anchor is not None:
        return anchor
    if UNSAID.search(before):
        return None
    cases = {
        "issue": (CASE, LIMITED, DEFECT, AT_FAULT),
        "meeting": (ON_CASE, OF_PEOPLE, DEFECT, AT_FAULT),
    }.get(default, ())
    if WHAT_IS_DONE.search(before):
        return "completion"
    happens = (
        *cases,
        WHEN,
        EXCEEDS,
        COMES_UP,
        LIMIT_SET,
        ORDERED,
        ON_DOING,
        HAPPENS,
        SINCE,
        INCIDENT,
    )
    return "event" if any(said.search(before) for said in happens) else None
