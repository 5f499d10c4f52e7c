"""The three levels: their nodes, their place in the story's tree, who works there."""

from dataclasses import dataclass

from luoshi.foundation.organizations.enums import Role

# user name, name, short name of the unit, role, title
Person = tuple[str, str, str, str, str]


@dataclass(frozen=True)
class Level:
    """An installation to be: its node, what its matters' numbers begin with, a pattern of the codes
    of units that live there, the node above."""

    code: str
    name: str
    office: str
    prefix: str
    units: str
    people: tuple[Person, ...]
    above: str = ""


def officers(office: str, names: tuple[str, str, str]) -> tuple[Person, ...]:
    """The three officers of an installation."""
    admin, security, auditor = names
    return (
        ("admin", admin, office, Role.SYSTEM_ADMIN, "系统管理员"),
        ("security", security, office, Role.SECURITY_ADMIN, "安全管理员"),
        ("auditor", auditor, office, Role.AUDITOR, "审计管理员"),
    )


PROVINCE, CITY, BUREAU, COUNTY = "省委办公厅", "市委办公室", "市住房城乡建设局", "安澜县"
LEVELS = (
    Level(
        "P33",
        "临江省委办公厅节点",
        PROVINCE,
        "临督",
        r"01",
        (
            ("xu", "许峰", PROVINCE, Role.SUPERVISION_OFFICER, "督查室副主任"),
            ("tang", "唐宁", PROVINCE, Role.DOCUMENT_CLERK, "文书"),
            *officers(PROVINCE, ("顾安", "程岩", "陆平")),
        ),
    ),
    Level(
        "C3301",
        "清源市委办公室节点",
        CITY,
        "清督",
        r"01P1|0101|0101D\d+|010102|010103",
        (
            ("li", "李文清", CITY, Role.SUPERVISION_OFFICER, "督查科科长"),
            ("mei", "梅岚", CITY, Role.LIAISON, "综合科科长"),
            ("lv", "吕文", CITY, Role.DOCUMENT_CLERK, "文书科员"),
            ("zhang", "张立", BUREAU, Role.LIAISON, "督查联络员"),
            *officers(CITY, ("金毅", "魏强", "陶然")),
        ),
        "P33",
    ),
    Level(
        "X330101",
        "安澜县节点",
        COUNTY,
        "安督",
        r"010101",
        (
            ("jiang", "蒋华", COUNTY, Role.LIAISON, "县政府办联络员"),
            ("tong", "童越", COUNTY, Role.DOCUMENT_CLERK, "县政府办文书"),
            *officers(COUNTY, ("骆青", "毕成", "尹方")),
        ),
        "C3301",
    ),
)
