"""Where a name begins and ends: from its first character over everything that can stand in a name
up to the last word that ends one; departments by their field, units pointed at, and who stands
for them.
"""

import re

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.units.words import BAD_NAME, REGION, TAIL

LONGEST = 120
GAP = 9
"""Between two endings of one name stand at most so many characters (市委 … 办公室)."""
BRACKET = re.compile(
    r"（(?!以下简称|简称)(?![^（）]*(?:见|附件|号|电话|份|略))[\u4e00-\u9fff、]{1,8}）|\((?![^()]*(?:见|附件|号|电话|份|略))[\u4e00-\u9fff、]{1,8}\)"
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
        return shorts.end()
    found = REGION.match(text, start, min(end, start + LONGEST))
    if found is None:
        return start
    last = start
    for tail in TAIL.finditer(text, start):
        if tail.end() > found.end():
            break
        if last > start and tail.start() - last > GAP and not far(text, start, last, tail.group()):
            break
        said = text[start : tail.end()]
        if said.count("“") > said.count("”") or said.count("（") > said.count("）"):
            continue
        last = tail.end()
        if inside := BRACKET.match(text, last, end):
            last = inside.end()
    if last > start and (post := OF_POST.match(text, last, end)):
        last = post.end()
    if ("、" in text[start:last] or text[start:last] in LEVELS) and (
        levels := OF_LEVELS.match(text, last, end)
    ):
        last = levels.end()
    name = text[start:last]
    if name.count("（") > name.count("）") and text[last : last + 1] == "）":
        last += 1
    return last


LONG_OFFICE = (
    "联席会议办公室",
    "领导小组办公室",
    "领导小组",
    "工作专班",
    "专班",
    "指挥部",
    "办公室",
)
LEVELS_OF = re.compile(r"[两三四五]级")


def far(text: str, start: int, last: int, tail: str) -> bool:
    """市、县两级综合执法机构, 区…体系建设联席会议办公室: a name that goes on after a level or a
    region alone."""
    of_region = last - start == 1 and tail in LONG_OFFICE
    return of_region or LEVELS_OF.match(text, last) is not None


SHORT = (
    r"(?:发改|财政|人社|医保|住建|公安|教育|卫健|卫生健康|民政|交通运输|交通|水利|水务|农业农村|农业|税务|工商|环保|生态环境|"
    r"自然资源|应急|市场监管|文旅|司法|审计|工信|经信|商务|城管|统计|消防|海事|渔政|林业|气象|供电|通信|宣传|组织|纪检|纪检监察|妇联|共青团|工会|残联|法院|检察|信访|科技|金融|保险|银行|规划|国资|网信|政法|交警|交管|城管|铁路|邮政|民航|海关|边检)"
)
SHORTS = re.compile(
    rf"{SHORT}(?:[、和]{SHORT})*(?:等)?(?:[两三四五六七八九]家(?:单位|部门)?|(?:相关|有关|职能|主管)?部门(?!联|协|间))"
    rf"|{SHORT}(?:[、和]{SHORT})+(?=[，。]|都?要|应当|须|必须|共同|联合|参与|配合|在[^，。；＿]{{2,14}}[设搭布巡执])"
)
"""海事、渔政两家; 住建、公安等部门: departments by their field alone."""
BEGIN = {field[0] for field in SHORT[len("(?:") : -1].split("|")} | set("这上以")
"""What those, and those pointed at (`THESE`), begin with."""


LEVELS = {"省市", "市县", "市区", "县乡", "县镇", "区镇", "区街", "镇村", "乡村", "镇街"}
OF_LEVELS = re.compile(r"(?:这)?[两三四五]级(?=[，要应须都＿]|$)")
"""乡镇、村、组三级: how many levels those named are."""
OF_POST = re.compile(
    r"(?:领导)?(?:班子)?的(?:党委|党支部|支部|党政)?(?:书记|主要负责(?:人|同志)|负责(?:人|同志)|“?一把手”?|主要领导|分管领导|同志|干部|主任|局长|县长|镇长|校长)"
    r"(?=[要应须每在于按对把自负必直去来＿，]|、[^，。；＿]{2,6}[，要＿])"
    r"|的(?:协管员|网格员|护林员|巡查员|管护员|保洁员)"
)
"""城关、双河两个镇的书记: who stands for the units named before."""
THESE = re.compile(
    r"(?:这|上述|以上)(?:\d+|[两三四五六七八九十几]+)[个家所](?:单位|部门|企业|学校|县区?|乡镇|镇|村|科室|社区)"
    r"(?=须|要(?!求)|必须|应当?(?!急)|＿)"
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
