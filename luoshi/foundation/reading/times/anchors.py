"""Which event a length counts from: the nearest trigger before it, else the document's default."""

import re

TRIGGERS = (
    ("stage_end", r"阶段(?:结束|完成)"),
    ("deadline", r"(?:时限|期限|期)届满|到期"),
    ("election", r"换届"),
    ("term_start", r"届初|任期开始"),
    ("meeting", r"会后|会议(?:结束|召开|决定|议定|闭幕|讨论通过)|会前|开会|(?:会议|大会)(?=前|后)"),
    (
        "completion",
        r"(?:办结|完成|竣工|完工|处置结束|活动结束|工作结束|结束(?=后)|处置完毕|办理完毕|验收合格)",
    ),
    ("feedback", r"(?:收到|接到)?反馈(?:意见)?"),
    ("acceptance", r"受理|立案"),
    (
        "receipt",
        r"(?:收到|接到|接|签收|交办|收悉|批示|转办|领到|收件|收文|退回)[^，。；]{0,16}?(?=之日|后|起|的|，|$)"
        r"|收到|接到|签收|交办|来信|来件|来函|信访件",
    ),
    ("issue", r"(?:印发|发布|下发|公布|发文|施行|通知发出|本通知)"),
    (
        "event",
        r"(?:事发|发生|事件|灾情|险情|事故|发现[^，。；]{0,12}(?:隐患|问题|违法|违规|异常|疫情|舆情))",
    ),
    ("sign", r"签(?:批|订|署|发)"),
)
COMPILED = [(name, re.compile(pattern)) for name, pattern in TRIGGERS]
DEFAULTS = (
    ("event", re.compile(r"突发(?:事件|信息)|信息报告|应急处置|事故信息|紧急信息")),
    ("meeting", re.compile(r"纪要|会议议定|会议明确|会议决定|会议?上的讲话")),
    ("receipt", re.compile(r"批示|交办|督办|承办单位|建议|提案|来信|转办|信访件")),
    ("issue", re.compile(r"通知|意见|方案|要点")),
)


HANDLING = re.compile(r"审批|受理|申请|来信|来访|信访|工单|诉求")


def local_default(text: str, default: str) -> str:
    """A sentence about handling what comes in counts from receipt, whatever the genre."""
    return "receipt" if HANDLING.search(text) else default


def nearest(before: str) -> str | None:
    """The trigger whose last mention stands nearest before a length."""
    best: tuple[int, str] | None = None
    for name, pattern in COMPILED:
        for match in pattern.finditer(before):
            if best is None or match.end() > best[0]:
                best = (match.end(), name)
    return best[1] if best else None


def default_anchor(text: str) -> str:
    """The anchor of a document that names none: by its genre words (reading README)."""
    head = text[:400]
    for name, pattern in DEFAULTS:
        if pattern.search(head):
            return name
    for name, pattern in DEFAULTS:
        if pattern.search(text):
            return name
    return "receipt"
