"""Clauses that name something to be made, held or put in place, by what they end with: the one
checkable product of a long sentence stands between clauses that only exhort."""

from luoshi.foundation.reading.patterns import compiled

CLAUSE = compiled(r"[^，；。：！]+")
LEADING = (
    r"(?:一是|二是|三是|四是|五是|六是|进一步|科学|系统|同步|统一|加快|抓紧|尽快|研究|积极|深入|全面|认真|精心|统筹|"
    r"组织|牵头|推动|推进|争取|力争|继续|持续|定期|适时|联合|指导|协助|要|应当?|须|负责|逐一|逐个|逐步|分批|率先|全力|重新|再|"
    r"也|并|还|将|适当|常态化?|集中|扎实|高标准|高质量|切实|主动|免费|依法|注册|稳步|有序|重点)*"
)
MAKES = (
    r"(?:制定|制订|编制|编写|编印|编纂|修订|修编|起草|拟定|拟订|拟写|出台|印发|制发|发布|公布|建设|建成|新建|扩建|改建|改造|"
    r"组建|成立|设立|开设|建立|搭建|构建|打造|开发|研发|部署|上线|启用|启动|实施|召开|举办|举行|办好|开展|组织|完成|筹集|筹建|"
    r"新增|创建|认定|遴选|评选|接入|配备|更新|列出|形成|申报|签订|签署|投放|建好|推出|编发|制作|拍摄|选派|选聘|招募|采购|"
    r"安装|布设|划定|绘制|派出|开通|建|办|修|开)"
)
THINGS = (
    r"(?:方案|预案|办法|细则|规划|标准|规范|目录|清单|台账|指南|手册|条例|规定|规章|措施|平台|系统|数据库|知识库|题库|中心|基地|"
    r"队伍|[监指督调工][察导研作]?[队组]|小组|专班|专员|委员会|联合体|联盟|合作社|网点|站点?|驿站|馆|库|园区?|厂|线路?|桥|管网|管道|"
    r"泵站|工程|试点|行动|计划|活动|[^时环季]节|大会|推介会|交流会|发布会|座谈会|恳谈会|听证会|运动会|培训班?|大赛|竞赛|比武|检查|"
    r"督查|督导|巡查|抽查|评估|评议|普查|筛查|体检|演练|审计|测评|软件|工具|流程|模型|图谱|数据集|公司|报告|白皮书|大纲|教材|"
    r"合同|协议|文本|公告牌|专栏|网站|小程序|热线|名录|档案|模板|示意图|分布图|课程|节目|宣传片|学校|幼儿园|医院|卫生院|街区|"
    r"公园|广场|停车场|泊位|床位|学位|住房|门诊|实验室|工作室|研究院|飞地|示范区|示范点|专区|窗口|函|书|通报|会议|论坛|讲堂|课堂)"
)
ENDS = r"(?:[（(][^（）()]*[）)])?[》”’）)]*(?:建设|编制|修订|制定|工作|任务|改造|上线|验收)?$"
MADE = compiled(rf"{LEADING}{MAKES}[^，；。]*?{THINGS}{ENDS}")
TITLED = compiled(rf"{LEADING}{MAKES}《")
NUMBERED = compiled(
    rf"{LEADING}{MAKES}[^，；。]*?\d[\d.]*[万亿余多]*(?:个|家|项|件|套|户|人|名|公里|座|处|场|期|条|亩|吨|台|辆|路|所|张|篇|部|"
    r"批|次|栋|平方米)(?:以上|左右)?(?:[（(][^（）()]*[）)])?$"
)
TOTALLED = compiled(
    r"(?:全年|累计|[共总]计?|先后|期间|已)(?:接待|完成|办理|举办|开展|受理|收到|实现|组织|检查|发放|培训|服务|新增|建成|处置)"
)
"""全年接待读者83万人次，举办讲座46场: what has been counted up."""
VAGUE = compiled(
    r"(?:机制|体系|格局|能力|水平|质量|力度|意识|环境|氛围|作用|优势|动能|活力|成效|实效|效能|效率|基础|防线|合力|管理|监管|建设|"
    r"发展|落实|融合|衔接|联动|协同|服务|保障|支撑|责任|导向|理念|转型|升级|统筹|引导|供给|结构|布局)$"
)


def tasks_in(text: str) -> tuple[list[str], int]:
    """(the clauses that name something to be made, held or put in place; how many only exhort)."""
    made, vague, totalled = [], 0, TOTALLED.search(text) is not None
    for clause in CLAUSE.finditer(text):
        said = clause.group().lstrip("“”、 \u3000")
        if MADE.match(said) or TITLED.match(said) or (not totalled and NUMBERED.match(said)):
            made.append(said)
        elif VAGUE.search(said):
            vague += 1
    return made, vague
