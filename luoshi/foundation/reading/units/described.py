"""Units known by what is said of them: 排在末位的县区长, 有防治任务的46个村."""

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.units.naming import name_at

DESCRIBED = compiled(
    r"(?![对将把为从以按在经与由请就凡给向使让]|覆盖|建成|完成|新建|达到|实现|惠及|确保|带动|选[择取]|培育|落实|解决|推进)[^，。；：＿“”《》]{2,26}?的(?:\d+[个名家所支]|[一二三四五六七八九十两]+[个名家所支])?"
)

OF_OFFICE = compiled(
    r"(?P<said>[^，。；＿]{2,24}?的)[省市县区镇乡][\u4e00-\u9fff]{1,10}(?:厅|局|委|办|院|(?<!干)部)(?:[、和]|$)"
)
"""尚未完成整改的省教育厅: an office has its own name, whatever is said of it."""

BARE = compiled(
    r"每个(?:乡镇|县区|市县|[市县区镇乡村])(?:（[^）]{1,8}）)?(?=＿)|(?:单位|部门|学校|企业|学院|社区|机构)(?=应当|必须|须(?!知)|[＿\d])"
)
"""收到申请后，单位应当答复: said of one of a kind, where a duty follows at once."""

PEOPLE = compiled(
    r"(?:同志|干部|师傅|人员|人|院长|局长|主任|书记|所长|校长)(?=每人|天天|回去|下周|今[天晚]|明天|马上|立即|＿|要(?!求)|应当?(?!急)|须(?!知)|必须|直接|负责|当[日天])"
)
"""监测点的同志每月写一封信: people known by their place."""

WORKED_ON = compiled(r"(?:项目|问题|工程|小区|事项|线索)(?=各|[省市县区])")
"""红牌的项目各县区局上报: what is worked on stands before the one who acts."""

THING = compiled(r"(?:小区|园区|片区|项目)$")
"""2024年结转的63个小区须竣工: what is to be built does not act."""

BOUND = compiled(
    r"自[^，。；＿]{2,14}之日起＿|(?:收到|接到)[^，。；＿]{1,14}后?＿|[\u4e00-\u9fff]{2,4}后＿+(?![，。；]|内，)|，(?=包括|[\u4e00-\u9fff]{2,4}[前后](?:[\u4e00-\u9fff]|＿))|(?:，(?:要|须)?)?(?:到任|上任|任职|就任|到岗|入职|当选)后?(?=＿)|，(?=逢|遇|平时|＿|应当?(?!急)|必须|须|要(?!求))|在[^，。；＿]{0,8}＿+(?:必须|须|要(?!求)|应当)|(?:也|都|均|还)?(?:[于在]?＿|请(?!示|假|求)|要(?!求)|必须|须|应当?(?!急)|一律|主动|限期|向|不得|到[^，。；]{2,14}说|原则上)|(?:通报|约谈|曝光|点名|挂牌)后(?=＿)|[将把][^，。；]{1,24}(?:报[送至给]|送交?|提交|上报|反馈)"
)


def described(text: str, start: int, end: int, known: UnitNames | None) -> int:
    """Where 有山洪灾害防治任务的46个村, 排在末位的县区长 ends: a unit known by what is said of it,
    where a duty follows; 0 for none."""
    for found in DESCRIBED.finditer(text, start, end):
        if found.start() > start:
            break
        if WORKED_ON.match(text, found.end()):
            return 0
        stop = name_at(text, found.end(), end, known)
        if stop == found.end() and (people := PEOPLE.match(text, stop)):
            return people.end()
        if stop > found.end() and BOUND.match(text, stop):
            return 0 if THING.search(text[start:stop]) else stop
    return 0
