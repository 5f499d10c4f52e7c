"""What may be the name of a unit: not a role word that every document resolves anew, no person."""

import re

LONGEST = 100
GENERIC = re.compile(
    r"^(?:各|有关|相关|其他|其它|全[市县区省]?(?:各|党)|本[级市县区局单]|该|所在|属地|责任|承办|牵头|"
    r"配合|主办|会办|协办|办理|成员|事发|申报|直属|主管|职能|基层|上级|下级|党员|干部|领导|主要|分管|"
    r"负责|党支部|支部|党组织|党小组|党委$|党组$|政府$|部门|单位|镇街|乡镇|街道|县（|区县|县区)"
)
PERSONS = re.compile(
    r"(?:同志|负责人|领导|人员|干部|书记|主任|组长|局长|部长|主席|代表|委员|责任人|联络员|党员)$"
)


def is_name(text: str) -> bool:
    """Whether the words may name one unit."""
    fits = 2 <= len(text) <= LONGEST
    return fits and not GENERIC.match(text) and not PERSONS.search(text)
