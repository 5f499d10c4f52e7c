"""The invented people of the demo story: user name, name, unit's short name, role, title."""

from luoshi.foundation.organizations.enums import Role

OFFICE = "市委办公室"
PEOPLE: tuple[tuple[str, str, str, str, str], ...] = (
    ("li", "李文清", OFFICE, Role.SUPERVISION_OFFICER, "督查科科长"),
    ("he", "何晓", OFFICE, Role.SUPERVISION_OFFICER, "督查员"),
    ("chen", "陈远", OFFICE, Role.SECRETARY_GENERAL, "秘书长"),
    ("wang", "王建国", OFFICE, Role.LEADER, "市委副书记"),
    ("mei", "梅岚", OFFICE, Role.LIAISON, "综合科科长"),
    ("zhang", "张立", "市住房城乡建设局", Role.LIAISON, "督查联络员"),
    ("zhao", "赵明", "市住房城乡建设局", Role.PRINCIPAL, "局长"),
    ("qian", "钱芳", "市财政局", Role.LIAISON, "督查联络员"),
    ("sun", "孙涛", "市应急局", Role.LIAISON, "督查联络员"),
    ("zhou", "周敏", "市水务局", Role.LIAISON, "督查联络员"),
    ("wu", "吴刚", "市教育局", Role.LIAISON, "督查联络员"),
    ("zheng", "郑洁", "市生态环境局", Role.LIAISON, "督查联络员"),
    ("feng", "冯磊", "市交通运输局", Role.LIAISON, "督查联络员"),
    ("jiang", "蒋华", "安澜县", Role.LIAISON, "县政府办联络员"),
    ("zhong", "钟诚", "安澜县", Role.SECRETARY_GENERAL, "县委办主任"),
    ("xia", "夏雨", "安澜县", Role.DUTY_OFFICER, "县委办值班员"),
    ("shen", "沈静", "松屏县", Role.LIAISON, "县政府办联络员"),
    ("shijian", "石坚", "松屏县", Role.SECRETARY_GENERAL, "县委办主任"),
    ("han", "韩雪", "柳堰区", Role.LIAISON, "区政府办联络员"),
    ("yang", "杨帆", "望川市", Role.LIAISON, "市政府办联络员"),
    ("xu", "许峰", "省委办公厅", Role.SUPERVISION_OFFICER, "督查室副主任"),
    ("ning", "宁远", "省委办公厅", Role.DUTY_OFFICER, "值班室干部"),
    ("song", "宋岚", "省委办公厅", Role.INFORMATION_OFFICER, "信息处干部"),
    ("liang", "梁英", "市政府办公室", Role.SUPERVISION_OFFICER, "督查室副主任"),
    ("lv", "吕文", OFFICE, Role.DOCUMENT_CLERK, "文书科员"),
    ("shi", "施洋", OFFICE, Role.INFORMATION_OFFICER, "信息科员"),
    ("kong", "孔亮", OFFICE, Role.DUTY_OFFICER, "值班员"),
    ("cao", "曹颖", "市政协办公室", Role.CPPCC_MEMBER, "政协委员"),
    ("yan", "严波", "市家庭服务业协会", Role.SECRETARIAT, "竞赛组委会秘书处"),
    ("fang", "方正", "市政府办公室", Role.SUPERVISION_OFFICER, "督查室主任"),
    ("gu", "顾宁", "市政协办公室", Role.SUPERVISION_OFFICER, "提案督办科长"),
    ("lu", "陆知文", "市政协办公室", Role.DOCUMENT_CLERK, "文史资料编辑"),
    ("admin", "金毅", OFFICE, Role.SYSTEM_ADMIN, "系统管理员"),
    ("security", "魏强", OFFICE, Role.SECURITY_ADMIN, "安全管理员"),
    ("auditor", "陶然", OFFICE, Role.AUDITOR, "审计管理员"),
)

# Engaged information officers (特约信息员, S3-99): an account without a post.
OUTSIDE = (("hu", "胡敏", "柳堰区清风社区党支部书记"),)

# Who signs a unit's reports (R-SUP-6), by the unit's short name.
PRINCIPALS = {
    "市住房城乡建设局": "赵明",
    "市财政局": "田野",
    "市应急局": "贺军",
    "市水务局": "江涛",
    "市教育局": "林静",
    "市生态环境局": "白桦",
    "市交通运输局": "路远",
    "安澜县": "钟诚",
    "松屏县": "石坚",
    "柳堰区": "柳青",
    "望川市": "关山",
    "市政府办公室": "方正",
    OFFICE: "陈远",
}


def principal_of(unit: str) -> str:
    """The name of the unit's principal; a unit without a named one signs by its own name."""
    return PRINCIPALS.get(unit, unit)


# One printed account of each kind that always needs a second factor: the three officers, a leader.
ENROLLED = ("wang", "admin", "security", "auditor")
