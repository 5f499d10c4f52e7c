"""Three bands by the probability that a sentence binds somebody, with the reasons in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.foundation.reading.gate.features import Feature, features
from luoshi.foundation.reading.gate.weights import Weights, probability, shipped
from luoshi.foundation.reading.times.merging import Found
from luoshi.foundation.reading.units import Mention

DRAFT, POSSIBLE = 0.3, 0.1
"""Probabilities. Calibrated by documents left out of training (docs/reading.md)."""
DRAFT_TOLD = 0.47
"""The same where something in the sentence tells, argues or only explains."""
DRAFT_PLAN, DRAFT_ITEM = 0.2, 0.15
"""The same in a part that plans, and of an item of its lists: of the real tasks without a limit
between these and the first, most are meant."""
DRAFT_LIMIT = 0.2
"""The same of a whole sentence with an exact limit in which nothing tells and nobody argues: of the
real ones between the two, six in ten bind."""
TELLING = frozenset(
    "past past:strong story memory happened results news relayed proposed proposed:aside elsewhere"
    " right lapses defines figures".split()
)
DRAFT_BARRED = 0.8
BARRED = frozenset(("permit", "penalty"))
"""The same where a rule says, without a limit, what one needs to be allowed to act or what a breach
costs: of 35 such sentences, 33 bind nobody."""
PROMISED = ("列入实事清单", "in a list of what was promised")
REASONS = 5
WORDS = {
    "time:crisp": ("期限", "limit"),
    "time:vague": ("时间要求（原文无数字）", "time word without a number"),
    "modal:must": ("约束词", "binding word"),
    "modal:should": ("约束词", "binding word"),
    "modal:yao": ("情态词", "modal"),
    "modal:please": ("请办", "asks"),
    "modal:by": ("指定承办", "names who acts"),
    "modal:need": ("需要办理", "needs doing"),
    "modal:will": ("拟办", "announces"),
    "modal:ensure": ("目标词", "aims"),
    "modal:rule": ("制度用语", "standing rule"),
    "deliver": ("要求报送或交付", "to deliver"),
    "named": ("可检查的成果", "checkable product"),
    "product": ("具体工作", "concrete task"),
    "imperative": ("以行动动词开头", "begins with a verb of action"),
    "actor": ("承办单位", "acting unit"),
    "report_to": ("报送对象", "addressee"),
    "time:done_by": ("限期完成", "to be finished by"),
    "past:strong": ("叙述过去", "tells of the past"),
    "past": ("可能叙述过去", "may tell of the past"),
    "story": ("叙事或评论", "narration or comment"),
    "exhort": ("原则性要求", "general exhortation"),
    "supplement": ("说明性文字", "explanatory text"),
    "purpose": ("说明目的", "states a purpose"),
    "meeting_says": ("会议听取或强调", "what the meeting heard or stressed"),
    "person": ("面向听众的话", "addressed to the audience"),
    "figure": ("数据", "figures"),
    "memory": ("讲述往事", "tells of earlier times"),
    "attributed": ("注明责任单位", "names the unit in charge"),
    "news": ("新闻式开头", "begins like news"),
    "counted": ("可计数的成果", "countable result"),
    "titled": ("有名称的成果", "titled product"),
    "relayed": ("转述要求", "relays what others asked"),
    "proposed": ("转述建议", "reports a proposal"),
    "elsewhere": ("讲别处的事", "tells of others"),
    "happened": ("讲已发生的事", "tells what happened"),
    "task": ("要做成的事", "something to be made, held or put in place"),
    "vague": ("只有原则性的要求", "exhorts alone"),
    "occasion": ("一项活动", "an occasion"),
    "whether": ("说明查看什么", "says what is looked at"),
    "lapses": ("说明后果", "says what comes of it"),
    "penalty": ("罚则", "a penalty"),
    "permit": ("准入条件", "what one needs to be allowed to act"),
    "listed": ("列举的条件", "a condition in a list"),
    "inspects": ("检查类工作", "an inspection or review"),
    "designates": ("定人定机构", "names people or a body"),
    "hands_over": ("报批或公示", "to be handed over or made public"),
    "beforehand": ("须事先办理", "to be done beforehand"),
    "defines": ("解释说明", "defines or explains"),
    "asked": ("问句", "a question"),
    "right": ("权利的期限", "the limit of a right"),
    "results": ("讲成效", "tells what came of it"),
    "figures": ("多项数据", "many figures"),
}
MODES = {
    "plan": ("位于工作安排部分", "in a section of plans"),
    "item": ("计划中单列的一项", "an item of a list of plans"),
    "past": ("位于回顾部分", "in a section that looks back"),
    "talk": ("位于讲话的论述部分", "in a part of a speech that argues"),
    "slip": ("位于批示内容", "in what a leader wrote"),
}


@dataclass(frozen=True)
class Verdict:
    """Probability (0…1), band, and the reasons (words in both languages), strongest first."""

    score: float
    band: str
    why: tuple[tuple[str, str], ...]


def judge(
    text: str,
    times: Sequence[Found],
    who: Sequence[Mention],
    mode: str,
    anchor: str,
    weights: Weights | None = None,
    *,
    promised: bool = False,
) -> Verdict:
    """Judge one sentence in its section with the given weights, else the shipped ones. `promised`:
    it is an item of a list of what was promised to the public, and a task for that alone."""
    model = weights or shipped()
    found = features(text, times, who, mode, anchor)
    chance = probability(model.score({one.name: one.value for one in found}.items()))
    enough = 0.0 if promised else least(text, times, found, mode)
    band = "draft" if chance >= enough else "possible" if chance >= POSSIBLE else "nothing"
    why = reasons(found, model, mode, for_it=band == "draft") if band != "nothing" else ()
    why = (PROMISED, *why[: REASONS - 1]) if promised else why
    return Verdict(round(chance, 3), band, why)


def least(text: str, times: Sequence[Found], found: Sequence[Feature], mode: str) -> float:
    """The probability from which such a sentence is drafted."""
    shown = {one.name for one in found}
    if shown & BARRED and not any(t.crisp for t in times):
        return DRAFT_BARRED
    if shown & TELLING:
        return DRAFT_TOLD
    whole = text.endswith(("。", "；", ";"))
    if mode != "talk" and whole and any(t.crisp for t in times):
        return DRAFT_LIMIT
    return {"plan": DRAFT_PLAN, "item": DRAFT_ITEM}.get(mode, DRAFT)


def reasons(
    found: Sequence[Feature], model: Weights, mode: str, *, for_it: bool
) -> tuple[tuple[str, str], ...]:
    """What speaks for the verdict first, then what speaks against it; only what has words."""
    rows: list[tuple[float, tuple[str, str]]] = []
    for one in dict.fromkeys(found):
        words = WORDS.get(one.name)
        if words is None:
            continue
        weight = model.values.get(one.name, 0.0) * (1 if for_it else -1)
        zh, en = words
        rows.append((weight, (f"{zh}：{one.said}", f"{en}: {one.said}") if one.said else words))
    if mode in MODES:
        rows.append((model.values.get(f"mode:{mode}", 0.0), MODES[mode]))
    ordered = sorted(rows, key=lambda row: -row[0])
    return tuple(words for _weight, words in ordered[:REASONS])
