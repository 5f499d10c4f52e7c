"""Where a name begins and ends: from its first character over everything that can stand in a name
up to the last word that ends one; departments by their field, units pointed at, and who stands
for them.
"""

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.units.words import BAD_NAME, REGION, TAIL

LONGEST = 120
GAP, FAR, PLACE = 9, 18, 16
"""Between two endings of one name stand at most so many characters (市委 … 办公室)."""
VERB_NEXT = compiled(
    r"(?<=机构)判断|(?<=[队站组所])(?:混合|联合)?编组|(?<=[局委办厅部室])(?:通知|告知|提醒)(?=[校院局厅县市各有相])|公司(?=成立|组建|挂牌|注册)|(?<=[局委办厅部心司院协府里处科室组队站所团联])(?:约[上请]|申请|派(?=[人组员][^，。；]|专[人家])|(?:收集|搜集|采集|征集|建设|组织|派(?!出|驻)|筹集|调配|调拨|调集|购买|安装|铺设|敷设|改建|扩建|新建|修建|修复|搬迁|迁移|清退|收回|回收|收取|征收|划定|划拨|下拨|拨付|测算|核算|核减|公示|公告|通告|发布|通知|提醒|告知|答复|回复|回访|走访|慰问|约见|会见|"
    r"受理|承担|承接|代管|托管|接管|接收|移送|移交|调查|勘查|勘验|检测|监测|检验|检定|校验|化验|送检|鉴定|评选|评定|评审|遴选|选聘|招聘|招募|招收|招引|储备|投放|供应|配送|保障|维修|维护|养护|加固|拆除|关停|查封|扣押|处罚|立案|起诉|追缴|兑付|发还|退还|返还|编排|撰写|拟写|草拟|"
    r"设计|勘测|测绘|施工|监理|培训|轮训|辅导|宣讲|授课|演练|巡讲|巡展|巡诊|义诊|筛查|接种|消杀|布控|封控|转运|安置|救助|帮扶|结对|对接|联系|邀请|动员|引导|带领|率领|陪同)"
    r"(?![\u4e00-\u9fff]{0,3}?(?:局|科(?!学|技)|股|处(?!理|置)|室|办(?!理|法|公)|中心(?!城|小)|站|队(?!伍)|组(?!织|建|成)|所|院|部(?!门|署|分|队)|会(?!议)|单位|部门|人员|专班|机构|企业|公司|集团|银行|项目部|方(?!案|式|面)|者|学院|领导|(?:领导|工作)小组|[、和及])|员))"
)
"""市政协组织委员视察, 政策法规部收集: a verb run into the name of an office."""
BRACKET = compiled(
    r"（(?!以下简称|简称)(?![^（）]*(?:见|附[件后]|式样|号|电话|份|略|楼|侧|另|邮箱|地址|联系))[\u4e00-\u9fff、]{1,8}）|\((?![^()]*(?:见|附件|号|电话|份|略))[\u4e00-\u9fff、]{1,8}\)"
)


def name_at(text: str, start: int, end: int, known: UnitNames | None) -> int:
    """Where the name beginning at `start` ends; `start` where there is none."""
    if known is not None and (length := known_at(text, start, end, known)):
        start_of_more = start + length
        found = REGION.match(text, start, min(end, start + LONGEST))
        if found is None or found.end() <= start_of_more:
            return start_of_more
    if text[start : start + 1] in BEGIN and (
        shorts := SHORTS.match(text, start, end) or THESE.match(text, start, end)
    ):
        last = shorts.end()
        more = name_at(text, last + 1, end, known) if text[last : last + 1] == "、" else 0
        return more if more > last + 1 else last
    if "地" in text[start : start + PLACE] and (place := AT_PLACE.match(text, start, end)):
        there = name_at(text, place.end(), end, known)
        return there if there > place.end() else start
    found = REGION.match(text, start, min(end, start + LONGEST))
    if found is None:
        return start
    last = start
    for tail in TAIL.finditer(text, start):
        if tail.end() > found.end():
            break
        gap = tail.start() - last
        if last > start and gap > GAP and not (gap <= FAR and far(text, start, last, tail.group())):
            break
        said = text[start : tail.end()]
        if said.count("“") > said.count("”") or said.count("（") > said.count("）"):
            continue
        last = tail.end()
        if VERB_NEXT.match(text, last, end):
            break
        if inside := BRACKET.match(text, last, end):
            last = inside.end()
    if last > start and (post := OF_POST.match(text, last, end)):
        last = post.end()
    if last > start and AFTER_POST.search(text, start, last):
        person = PERSON.match(text, last, end)
        last = person.end() if person else last
    if ("、" in text[start:last] or text[start:last] in LEVELS) and (
        levels := OF_LEVELS.match(text, last, end)
    ):
        last = levels.end()
    name = text[start:last]
    if name.count("（") > name.count("）") and text[last : last + 1] == "）":
        last += 1
    return last


AT_PLACE = compiled(
    r"[\u4e00-\u9fff]{0,10}?(?:所在地|发生地|登记地|住所地|户籍地|经营地|行为地)(?:（[\u4e00-\u9fff]{1,6}）)?的?(?=(?:区|县|市|省|镇|乡|街道|人民政府|村|社区|公安|市场|教育|民政|主管|监管|行政|卫生|人力|应急|税务|海关|法院|检察|派出所|县级|市级|上一级|同级|政府)(?!的))"
)
"""学校所在地的区教育行政部门: whose place the office is of."""
LONG_OFFICE = (
    "联席会议办公室",
    "领导小组办公室",
    "领导小组",
    "工作专班",
    "专班",
    "指挥部",
    "办公室",
)
AND = frozenset("和及、")
LEVELS_OF = compiled(r"[两三四五]级")


def far(text: str, start: int, last: int, tail: str) -> bool:
    """市、县两级综合执法机构, 区…体系建设联席会议办公室: a name that goes on after a level or a
    region alone."""
    if text[last : last + 1] in AND or text[start:last] in {"各级", "各地"}:
        return True
    of_region = last - start == 1 and tail in LONG_OFFICE
    of_region = of_region or (tail == "部门" and text[start:last] in {"属地", "当地", "同级"})
    return of_region or LEVELS_OF.match(text, last) is not None


SHORT = (
    r"(?:城投|交投|供气|水投|文投|环卫|市监|供水|燃气|供气|供热|热力|电力|保密|疾控|边检|武警|发改|财政|人社|医保|住建|公安|教育|卫健|卫生健康|民政|交通运输|交通|水利|水务|农业农村|农业|税务|工商|环保|生态环境|"
    r"自然资源|应急|市场监管|文旅|司法|审计|工信|经信|商务|城管|统计|消防|海事|渔政|林业|气象|供电|通信|宣传|组织|纪检|纪检监察|妇联|共青团|工会|残联|法院|检察|信访|人事|编制|外事|退役军人|粮食|机关事务|体育|广电|新闻出版|档案|民宗|民族宗教|人防|国防动员|数据|政务服务|园林|市政|房管|国土|测绘|地震|食药监|药监|质监|安监|物价|烟草|水文|畜牧|农机|乡村振兴|扶贫|统战|科技|金融|保险|银行|规划|国资|网信|政法|交警|交管|城管|铁路|邮政|民航|海关|边检)"
)
SHORTS = compiled(
    rf"{SHORT}(?:[、和]{SHORT})*(?:等)?(?:(?=[两三四五六七八九]家(?!单位|部门|企业|公司))|[两三四五六七八九]家(?:单位|部门|企业|公司)|(?:相关|有关|职能|主管)?部门(?!联|协|间))"
    rf"|{SHORT}(?:[、和]{SHORT})+(?=[，。＿]|各自|一起|联手|都?要|应当|须|必须|共同|联合|参与|配合|在[^，。；＿]{{2,14}}[设搭布巡执])"
)
"""海事、渔政两家; 住建、公安等部门: departments by their field alone."""
BEGIN = {field[0] for field in SHORT[len("(?:") : -1].split("|")} | set("这上以")
"""What those, and those pointed at (`THESE`), begin with."""


LEVELS = {"省市", "市县", "市区", "县乡", "县镇", "区镇", "区街", "镇村", "乡村", "镇街"}
OF_LEVELS = compiled(r"(?:这)?[两三四五]级(?=[，要应须都＿]|$)")
"""乡镇、村、组三级: how many levels those named are."""
OF_POST = compiled(
    r"(?:领导)?(?:班子)?的(?:党委|党支部|支部|党政)?(?:书记|主要负责(?:人|同志)|负责(?:人|同志)|“?一把手”?|主要领导|分管领导|同志|干部|主任|局长|县长|镇长|校长)"
    r"(?=[要应须每在于按对把自负必直去来＿，]|、[^，。；＿]{2,6}[，要＿])"
    r"|的(?:协管员|网格员|护林员|巡查员|管护员|保洁员)"
)
"""城关、双河两个镇的书记: who stands for the units named before."""
AFTER_POST = compiled(r"(?:[长记席员]|主任|经理|专员|主管)$")
PERSON = compiled(
    r"[赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦昌马苗方俞任袁柳鲍史唐费岑薛雷贺倪汤滕殷罗毕郝安常于时傅卞齐康伍余顾孟黄穆萧尹姚邵汪祁毛狄米明臧戴宋庞熊纪舒屈项祝董梁杜阮蓝季贾路江童颜郭梅林钟徐邱骆高夏蔡田胡霍万柯管卢莫丁邓石崔龚程邢裴陆翁甄曲封储靳段焦侯全班秋仲宫宁仇栾甘厉戎武刘景詹龙叶白蒲卓池乔聂关尚温庄晏柴瞿阎连艾容向古易廖耿匡寇欧沃隆师聂冷辛简饶曾查游权商]"
    r"(?!长)[\u4e00-\u9fff]{1,2}(?=牵头|总抓|主抓|负责(?!人|同志)|带队|任(?:组长|副组长|总?指挥)|同志(?:牵头|负责|任))"
)
"""副县长石晶牵头: the post with its holder."""
THESE = compiled(
    r"(?:这|上述|以上)(?:\d+|[两三四五六七八九十几]+)[个家所](?:单位|部门|企业|学校|县区?|乡镇|镇|村|科室|社区)"
    r"(?=须|要(?!求)|必须|应当?(?!急)|＿)|这[两三四五六七八九十\d]+家(?=＿|要|必须)"
)
"""这2个单位须: those named in the sentence before, where a duty follows."""


def known_at(text: str, start: int, end: int, known: UnitNames) -> int:
    """The length of the known name that begins here, 0 for none."""
    for length in range(min(24, end - start), 1, -1):
        if known.code(text[start : start + length]) is not None:
            return length
    return 0


def good(name: str, known: UnitNames | None) -> bool:
    """A mention that is a unit rather than a word that ends like one."""
    if known is not None and known.code(name) is not None:
        return True
    return len(name) >= 2 and not BAD_NAME.search(name)


def named(name: str, known: UnitNames | None) -> bool:
    """A unit by its name or by what is said of it."""
    return good(name, known) or "的" in name
