"""Take names and figures out of an expression before it may leave: units, persons, addresses, and
every number that is no part of a time. What remains is the shape of the expression."""

import re
from collections.abc import Iterable

UNIT, PERSON, NUMBER, OTHER = "〔单位〕", "〔姓名〕", "〔数〕", "〔字〕"
TAILS = (
    r"(?:人民政府|政府|委员会|党委|党组|办公室|办公厅|指挥部|领导小组|工作专班|专班|督查室|"
    r"公司|集团|医院|学校|中学|小学|大学|学院|银行|法院|检察院|中心|街道|社区|开发区|高新区|园区|"
    r"水库|大桥|隧道|电站|项目部|局|厅|委|部|院|所|处|科|县|区|镇|乡|村)"
)
PLACE = re.compile(r"[\u4e00-\u9fff]{2,12}?" + TAILS + r"(?![前后内度上下间分])")
CITY = re.compile(r"[\u4e00-\u9fff]{2,3}(?:省|市|州|盟)(?![直级委前后内])")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程魏"
    "苏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
)
TITLES = (
    r"(?:同志|书记|主任|市长|县长|区长|省长|镇长|乡长|局长|部长|秘书长|主席|厅长|处长|科长|"
    r"院长|校长|所长|组长|先生|女士|常委)"
)
TITLED = re.compile(rf"[{SURNAMES}][\u4e00-\u9fff]{{0,2}}?(?=(?:副|常务副)?{TITLES})")
DIGITS = r"[\d０-９〇零一二三四五六七八九十百千万两]+(?:[.．][\d０-９]+)?"
TIME_UNIT = (
    r"\s*(?:个)?(?:年|月|日|号|天|周|旬|季度?|小时|时|点|分钟?|秒|工作日|自然日|星期|半年|"
    r"次|月份|刻|届|期)"
)
NUMBERS = re.compile(
    rf"(?<![初周])(?:第)?{DIGITS}(?!{TIME_UNIT}|[\d０-９.．:：]|是|定|致|直|旦|律|并|般)"
)
CLOCK = re.compile(r"\d{1,2}[:：]\d{2}")
LATIN = re.compile(r"[A-Za-z0-9@._%+-]*[A-Za-z@][A-Za-z0-9@._%+-]*")
LONG = re.compile(r"\d{5,}")
QUOTED = re.compile(r"[《“\"「『][^》”\"」』]*[》”\"」』]")


def masked(text: str, *, units: Iterable[str] = (), persons: Iterable[str] = ()) -> str:
    """The expression without names: known ones first, longest first, then what looks like one."""
    found = QUOTED.sub(OTHER, text)
    for name in longest_first(persons):
        found = found.replace(name, PERSON)
    for name in longest_first(units):
        found = found.replace(name, UNIT)
    found = TITLED.sub(PERSON, found)
    found = PLACE.sub(UNIT, found)
    found = CITY.sub(UNIT, found)
    found = LATIN.sub(OTHER, found)
    found = LONG.sub(NUMBER, found)
    clocks = CLOCK.findall(found)
    parts = [NUMBERS.sub(NUMBER, part) for part in CLOCK.split(found)]
    whole = "".join(part + clock for part, clock in zip(parts, [*clocks, ""], strict=True))
    return re.sub(r"(〔[^〕]+〕)(?:\1)+", r"\1", whole)


def longest_first(names: Iterable[str]) -> list[str]:
    """Names of at least two characters, the longest first, so that none is cut by a shorter one."""
    return sorted({name for name in names if len(name) > 1}, key=lambda one: (-len(one), one))
