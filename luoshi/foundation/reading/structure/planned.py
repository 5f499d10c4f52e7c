"""Stretches that list what is planned: one sentence after the other begins with a verb of action,
hardly any says who must, none tells what was done. Plans without modal words and without a title
(the middle of an annual plan, a list of tasks) show in nothing else."""

import re

from luoshi.foundation.reading.structure.lines import NUMBERING

SENTENCE = re.compile(r"[^。；;\n]+")
LEAD_IN = re.compile(
    r"^(?:[^，。；：]{2,12}[：:]|[一二三四五六七八九十]+是|(?:进一步|积极|认真|深入|全面|扎实|大力|稳步|加快|加紧|抓紧|切实|持续|不断|着力|努力|充分|精心|科学|统筹|继续|适时|拟|计划|力争|全年|今年|主动|有序|重点|全力|高标准|高质量|同时|并|再|还|要(?!求)))+"
)
DOES = re.compile(
    r"(?:加强|强化|推进|推动|开展|完善|健全|建立|举办|组织|召开|制定|编制|修订|出台|印发|发布|实施|启动|建设|新建|建成|改造|打造|构建|搭建|培育|培训|引进|引导|鼓励|支持|"
    r"落实|严格|深化|优化|提升|提高|增强|扩大|拓展|拓宽|完成|做好|做实|做强|做优|抓好|抓实|办好|搞好|确保|保障|维护|新增|扩建|续建|改建|交付|加装|配送|增设|增加|创成|开展好|规划|规范|整治|治理|清理|排查|检查|督促|督查|指导|协助|协调|配合|参与|参加|筹备|筹建|筹集|争取|申报|探索|创新|创建|"
    r"创作|编印|编写|编纂|出版|拍摄|制作|设立|成立|组建|开设|开通|开办|开发|开工|上线|推出|推广|推行|选派|选聘|选树|评选|评比|表彰|走访|慰问|调研|视察|考察|座谈|宣传|学习|贯彻|坚持|聚焦|围绕|突出|发挥|巩固|促进|加大|加密|"
    r"改善|改进|改革|调整|整合|统一|充实|更新|升级|修缮|修建|修复|铺设|安装|配备|购置|采购|发放|资助|帮扶|帮助|服务|关心|关爱|营造|弘扬|丰富|活跃|联合|邀请|赴|到|同|与|为|对|以|把|将|通过|按照|结合|根据|依托|利用|"
    r"安排|部署|谋划|研究|论证|审议|听取|收集|整理|汇编|征集|梳理|建好|用好|管好|守住|严守|严查|严打|打击|查处|防范|化解|压实|明确|细化|划定|绘制|统计|普查|摸清|盘活|招引|招商|对接|引入|延伸|扶持|壮大|发展|种植|养殖|修|建|办|搞|抓)"
)
BINDS = re.compile(
    r"应当|必须|(?<![务必])须(?!知)|不得|严禁|请(?!示|求)|责令|负责|由[^，。；]{2,16}(?:牵头|组织|承办)"
)
TELLS = re.compile(
    r"(?<![为除])了(?!解|结)|已(?:经)?[\u4e00-\u9fff]{2}|累计|先后|共(?:有|计|组织|开展|完成|召开|举办)|同比|去年|截至|以来|被评为|荣获|受到|达到?\d|\d[\d.]*%"
)
ENOUGH = 6
"""A stretch has at least so many sentences."""
MOST, FEW, HARDLY = 0.55, 0.2, 0.12
"""Of them so many begin with a verb; at most so many say who must, at most so many tell."""


def lists_tasks(text: str) -> bool:
    """Whether a stretch lists what is planned."""
    every = [body(one) for one in SENTENCE.findall(text)]
    every = [one for one in every if len(one) > ENOUGH]
    if len(every) < ENOUGH:
        return False
    does = sum(DOES.match(one) is not None for one in every)
    binds = sum(BINDS.search(one) is not None for one in every)
    tells = sum(TELLS.search(one) is not None for one in every)
    size = len(every)
    return does >= MOST * size and binds <= FEW * size and tells <= HARDLY * size


def body(sentence: str) -> str:
    """A sentence without its number and what only leads to its verb."""
    said = sentence.strip()
    for pattern in NUMBERING:
        said = pattern.sub("", said, count=1).strip()
    return LEAD_IN.sub("", said)
