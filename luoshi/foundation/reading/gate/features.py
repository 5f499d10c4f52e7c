"""What a sentence shows: features with a value and the words that show it.

Readable features say why; pairs of characters (`g:`) carry what no pattern names, at a third of
the weight, so that the trainer leans on them last.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from luoshi.foundation.reading.gate import cues
from luoshi.foundation.reading.gate.pairs import OF_MODE, PAIRS
from luoshi.foundation.reading.gate.tasks import tasks_in
from luoshi.foundation.reading.gate.wording import kinds_in
from luoshi.foundation.reading.held import Sieve
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.times.merging import Found
from luoshi.foundation.reading.units import Mention

GRAM = 0.3
HAN = compiled(r"[\u4e00-\u9fff]+")
FIRST = compiled(
    r"我们(?!要|必须|应)|我(?!们|市|县|区|省|局|办|委|镇|国|厅|中心|党|会)|同志们|大家"
)
NUMBERED = compiled(
    r"^(?:[一二三四五六七八九十]+(?:、|是|要)|[（(][一二三四五六七八九十\d]+[）)]|\d+[．.、]|第[一二三四五六七八九十百]+条)"
)
INSTEAD = compiled(
    r"不是|而是|只有|才能|就是|正是|意味着|说明|证明|表明|体现|反映出|关键|根本|核心|本质"
)
FINISHED = compiled(
    r"(?<!未)了(?!解|结|断|却)(?=[^，；。]{0,12}[，；。])|(?:印发|出台|制定|召开|开展|举办|公布|组织|建立|完成|下发|提出|作出|取得|形成|实现|成立|启动|安排|部署|签订|查处)了|(?:^|[，；])(?![^，。；]*(?:[日月天时周]内|前|须|要|应))[^，。；]{0,30}(?:(?<!地)过|完毕)(?=[，。；])"
)
MODALS = (
    ("must", compiled(r"应当|必须|务必|一律(?=[停关拆清取整退收封查])|责成|须(?!知)")),
    ("forbid", compiled(r"不得|严禁|不准|禁止|不能")),
    ("should", compiled(r"(?<![供响适反回相效])应(?!急|对|用|届|运|有|该是|当|邀|约)")),
    ("yao", compiled(r"(?<![主重需首只想纪摘概纲简扼机])要(?!求|素|点|闻|害|件|领|么|是)")),
    ("please", compiled(r"(?<![申邀聘])请(?!示|假|求|进)")),
    (
        "by",
        compiled(
            r"由[^，。；]{2,24}?(?:负责|牵头|组织|承办|汇总|会同)|由[^，。；]{2,20}?(?:统一|录入|保管|登记|归档|存档|收集|推荐|申报|编制|制定|起草|提出|出具|核实|核定|验收|评审|上报|报送|填写|审核|安排|实施)|(?:^|，)由[^，。；]{2,16}?(?:书面|告知|通知|宣布|答复|反馈)|负责|牵头"
        ),
    ),
    ("need", compiled(r"(?<![急所无不确必供军民内外刚特])需(?!求|要|知|方)")),
    ("will", compiled(r"将(?!来|近|至|士|军|领)|拟(?!定|订)|计划(?=[于在])")),
    ("ensure", compiled(r"确保|力争|争取")),
    ("rule", compiled(r"原则上|一般(?!性)|实行")),
)
AND_TOLD = compiled(
    r"(?:完成|组织|开展|召开|制定|启动|处理|解决|印发)了[^，。；]{0,20}，并?于[^，。；]{2,12}[将把]"
)
"""24小时内完成了排水，并于7月5日前将情况上报: what follows is told too."""
ENDS_OPEN = compiled(r"[：:]$")
ATTRIBUTED = compiled(
    r"[（(](?:责任单位|牵头单位|责任部门|牵头|主办|承办单位)[：:]|[（(][^（）()]{2,40}(?:牵头|负责|配合|参加)(?:，[^（）()]{2,60})?[）)]。?$|(?:责任单位|牵头单位|责任人|责任领导)[：:]"
)
LIMIT = compiled(r"前$|内$|前.$|内.$|每|之日起")
QUOTED = compiled(r"^[“\"](?![^”]{1,9}”)|(?<![“][^”])(?:[：:]“[^”]*|“[^”]{10,})”。?$|\"。?$")
FIGURE = compiled(
    r"\d+(?:\.\d+)?(?:%|％|亿|万|个百分点|人次|亩|公里|场次)|(?<![\d.的])\d+(?:\.\d+)?(?:名|起|件|家|户)"
)
"""的2家，由…告知 says whom it is about; other figures are data."""
NEWS = compiled(
    r"^(?:[^，。：]{0,30}[）)：])?(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}[日号](?:[上下]午|晚上?|中午)?，(?!前)|^(?:本网讯|本报讯|近日|日前)|^[^，。]{0,16}\d日[讯电](?=[（(，\s])"
)
LABEL = compiled(
    r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)])?[\u4e00-\u9fff]{2,8}："
)
CLOSED = set("。；;！!？?：:，,”）)")
ASKED = compiled(r"[？?]$")


QUOTES = compiled(r"^[^“”。；]{0,40}批示[：:]?“")
"""市长1月10日批示：“: what a slip hands on is its own word."""


class Feature(NamedTuple):
    """A name, a value (1 for what is there), and the words that show it ("" where none do)."""

    name: str
    value: float
    said: str = ""


def features(
    text: str, times: Sequence[Found], who: Sequence[Mention], mode: str, anchor: str
) -> list[Feature]:
    """Everything one sentence shows, in its section (`mode`) and document (`anchor`)."""
    if mode == "slip":
        text, mode = QUOTES.sub(lambda said: "＿" * len(said.group()), text), "direct"
    crisp = [t for t in times if t.crisp]
    others = bool(crisp) and (relays(text) or cues.RIGHT.search(text) is not None)
    found = [
        *of_times(text, times, crisp, others),
        *of_words(text, bool(times), [] if others else crisp),
        *of_units(text, who),
        *of_tasks(text),
    ]
    found += [] if others else ordered(text, crisp, who)
    found.append(Feature(f"mode:{mode}", 1.0))
    found.append(Feature(f"genre:{anchor}", 1.0))
    found += crossed(dict.fromkeys(one.name for one in found), mode)
    found += [Feature(name, 1.0, word) for name, word in kinds_in(text).items()]
    found += grams(text)
    return found


DELIVERS = compiled(
    r"[^，。；]{0,24}?(?:(?:书面|如实|逐级)?(?:上?报(?:告|送)?|续报|通报|反馈|告知|通知|答复|回复|移[交送]|转[办交送]|提交|送[交达]?|抄送|备案|公布|公开|公示|函告|说明|汇报|印发|下发|发布|录入|登记|上传|归档))"
    r"(?![^，。；]{0,4}(?:工作|制度|机制|质量|水平|能力|情况)[，。；])"
)
"""及时向交办单位报告: a word without a number binds where the act ends in a delivery."""


def of_times(
    text: str, times: Sequence[Found], crisp: Sequence[Found], others: bool
) -> Iterator[Feature]:
    """Limits: whether there is one, of which kind, whether it governs an act to be finished;
    `others`: they are not the speaker's own."""
    if not times:
        yield Feature("time:none", 1.0)
        return
    said = text[times[0].start : times[0].end]
    if not crisp:
        yield Feature("time:vague", 1.0, said)
        for cue in sorted({str(one.rule.get("cue")) for one in times}):
            yield Feature(f"time:vague:{cue}", 1.0)
        if any(DELIVERS.match(text, one.end) for one in times):
            yield Feature("time:vague:delivers", 1.0, said)
        return
    yield Feature("time:crisp", 1.0, text[crisp[0].start : crisp[0].end])
    for one in crisp:
        kind = one.rule["type"]
        if kind == "once":
            kind = "calendar" if one.rule["due"].get("anchor") == "calendar" else "relative"
        yield Feature(f"time:{kind}", 1.0)
        if cues.DONE_BY.match(text, one.end):
            yield Feature("time:done_by", 1.0, text[one.start : one.end])
    if len(crisp) > 1:
        yield Feature("time:several", 1.0)
    clauses = [c.group() for c in cues.CLAUSE.finditer(text) if holds(c, crisp)]
    clean = [c for c in clauses if not others and not tells(c)]
    if clean and AND_TOLD.search(text):
        clean = []
    yield Feature("time:clean" if clean else "time:told", 1.0)
    if any(cues.BINDING.search(c) for c in clean):
        yield Feature("time:bound", 1.0)
    if any(LIMIT.search(text[one.start : one.end + 1]) for one in crisp):
        yield Feature("time:limit", 1.0)


def ordered(text: str, crisp: Sequence[Found], who: Sequence[Mention]) -> list[Feature]:
    """乡镇收到报告五天内派人去看: who acts, then by when, in one clause that tells of nothing."""
    for clause in cues.CLAUSE.finditer(text) if crisp and who else ():
        start, end = clause.span()
        leads = [m.end for m in who if m.role == "lead" and start <= m.start < end]
        limits = [t.start for t in crisp if start <= t.start < end]
        if leads and limits and leads[0] <= limits[0] and not TELLS.search(clause.group()):
            return [Feature("time:ordered", 1.0)]
    return []


TELLS = compiled(
    r"(?<!未)了(?!就|再|的|以后|之后|解|结|断|却)|过(?=[，。；一几两])|曾|已|没有|当时|才"
)


def holds(clause: re.Match[str], crisp: Sequence[Found]) -> bool:
    """Whether a limit begins in the clause."""
    return any(clause.start() <= one.start < clause.end() for one in crisp)


def tells(clause: str) -> bool:
    """Whether the clause tells of something; what other clauses tell then weighs little."""
    return any(cue.search(clause) for cue in (cues.PAST, cues.STORY, cues.MEMORY, cues.HAPPENED))


def relays(text: str) -> bool:
    """Whether the sentence hands on what others asked, proposed or did: its limits are theirs."""
    return any(cue.search(text) for cue in (cues.RELAYED, cues.PROPOSED, cues.ELSEWHERE))


def clean_clauses(text: str, crisp: Sequence[Found]) -> list[tuple[int, int]]:
    """The clauses with a limit that tell of nothing."""
    clauses = [c for c in cues.CLAUSE.finditer(text) if holds(c, crisp)]
    return [c.span() for c in clauses if not tells(c.group()) and not TELLS.search(c.group())]


def aside(pattern: re.Pattern[str], looked: str, text: str, crisp: Sequence[Found]) -> bool:
    """Whether what tells of the past stands in other clauses than those with a limit."""
    clean = clean_clauses(text, crisp)
    places = [found.start() for found in pattern.finditer(looked)] if clean else []
    return bool(clean) and not any(s <= at < e for at in places for s, e in clean)


def of_words(text: str, timed: bool, crisp: Sequence[Found]) -> Iterator[Feature]:
    """Words that bind, name a product, tell, exhort or explain; `crisp`: the speaker's limits."""
    modal = False
    for name, pattern in MODAL_WORDS.left(text):
        if found := pattern.search(text):
            modal = True
            yield Feature(f"modal:{name}", 1.0, found.group()[:12])
    if not modal:
        yield Feature("modal:none", 1.0)
    told = ASKING.sub(covered, text)
    if timed and "了" in text:
        told = IN_CASE.sub(covered, told)
    if "“" in told:
        told = NAMED_SO.sub(covered, told)
    for name, pattern in SAID.left(text):
        looked = told if name in OF_PAST else text
        if found := pattern.search(looked):
            beside = bool(crisp) and name in ASIDE and aside(pattern, looked, text, crisp)
            yield Feature(f"{name}:aside" if beside else name, 1.0, found.group()[:16])
    figures = len(cues.FIGURES.findall(text))
    if figures > 1:
        yield Feature("figures", 1.0)
    if figures > 2:
        yield Feature("figures:many", 1.0)
    if text[-1:] not in CLOSED and NUMBERED.match(text):
        yield Feature("unclosed", 1.0)
    if len(text) < 18:
        yield Feature("short", 1.0)
    elif len(text) > 110:
        yield Feature("long", 1.0)


def of_units(text: str, who: Sequence[Mention]) -> Iterator[Feature]:
    """Acting units and addressees."""
    actors = [m for m in who if m.role != "report_to"]
    if actors:
        yield Feature("actor", 1.0, actors[0].text)
        if len({m.start for m in actors if m.role == "lead"}) > 1:
            yield Feature("actor:several", 1.0)
        if actors[0].start <= 6:
            yield Feature("actor:first", 1.0)
    told = [m for m in who if m.role == "report_to"]
    if told:
        yield Feature("report_to", 1.0, told[0].text)


WHETHER = compiled(r"^[^，。；：]{0,24}是否")
"""（一）项目单位是否如实报送: what is looked at, no duty."""
LAPSES = compiled(
    r"(?:[证书格限效]|予以|自行|自动|即行|视为)(?:失效|作废|废止|终止|撤销|自动退出)(?=[，。；]|$)|视为[^，。；]{0,3}(?:放弃|弃权|撤回)"
)
"""未建设的，许可证失效: what comes of it."""


OCCASION = compiled(
    r"(?:\d+[．.、]|[（(][一二三四五六七八九十\d]+[）)]|[①-⑳]|[一二三四五六七八九十]+[、是])?[^，。；：]{2,34}"
    r"(?:活动|仪式|典礼|评[比选优]|比赛|竞赛|大赛|联赛|讲座|培训班?|教育|检查|演练|演出|会演|展演|展览|画展|考试|总结|家访|慰问|参观|宣传|征文|晚会|班会|例会|大会|年会|座谈会|运动会|交流会|联谊会|茶话会|报告会|[省市月周]赛|课|节|[月周日])(?:[（(][^）)]*[）)])?[。；;]?$"
)
"""五一放假前安全教育: an occasion that is only named."""


def of_tasks(text: str) -> Iterator[Feature]:
    """What is to be made, held or put in place, beside clauses that only exhort."""
    if OCCASION.match(text):
        yield Feature("occasion", 1.0, text[:16])
    made, vague = tasks_in(text)
    if made:
        yield Feature("task", 1.0, made[0][:16])
        if len(made) > 1:
            yield Feature("task:several", 1.0)
    elif vague:
        yield Feature("vague", 1.0)
        if vague > 1:
            yield Feature("vague:several", 1.0)


WORDS = (
    ("deliver", cues.DELIVER),
    ("named", cues.NAMED),
    ("product", cues.PRODUCT),
    ("imperative", cues.IMPERATIVE),
    ("past:strong", cues.PAST_STRONG),
    ("past", cues.PAST),
    ("story", cues.STORY),
    ("exhort", cues.EXHORT),
    ("supplement", cues.SUPPLEMENT),
    ("purpose", cues.PURPOSE),
    ("meeting_says", cues.MEETING_SAYS),
    ("person", FIRST),
    ("numbered", NUMBERED),
    ("open_end", ENDS_OPEN),
    ("quoted", QUOTED),
    ("figure", FIGURE),
    ("asked", ASKED),
    ("right", cues.RIGHT),
    ("results", cues.RESULTS),
    ("memory", cues.MEMORY),
    ("counted", cues.COUNTED),
    ("relayed", cues.RELAYED),
    ("proposed", cues.PROPOSED),
    ("elsewhere", cues.ELSEWHERE),
    ("happened", cues.HAPPENED),
    ("inspects", cues.INSPECTS),
    ("designates", cues.DESIGNATES),
    ("hands_over", cues.HANDS_OVER),
    ("beforehand", cues.BEFOREHAND),
    ("defines", cues.DEFINES),
    ("titled", cues.TITLED),
    ("attributed", ATTRIBUTED),
    ("condition", cues.CONDITION),
    ("own_plan", cues.OWN_PLAN),
    ("news", NEWS),
    ("label", LABEL),
    ("instead", INSTEAD),
    ("finished", FINISHED),
    ("whether", WHETHER),
    ("lapses", LAPSES),
    ("penalty", cues.PENALTY),
    ("permit", cues.PERMIT),
    ("listed", cues.LISTED),
)
MODAL_WORDS, SAID = Sieve(MODALS), Sieve(WORDS)
ASKING = compiled(
    r"[前内][^，。；了]{0,10}[率面]达到?\d|截至[^，。；]{1,16}的[\u4e00-\u9fff]{2,6}|(?:时间|日期|期限|报名|受理|征集|申报|提交)为?截至\d[^，。；]{2,18}(?=[，。；])|就去年[^，。；]{2,14}(?:问题|情况)|终了|(?:哪[个家里些级处户]|谁|什么时候|何时|多少|几[年天个])[^，。；：]*了[^，。；：]*"
    r"|(?:材料|手续|资料|人|钱|条件)齐了|说了算|[坏漏堵断倒塌裂掉缺破]了的|[\u4e00-\u9fff]不了(?:的|[，；])|[\u4e00-\u9fff]{1,3}了(?=就|再|马上|立即|立刻|直接)"
    r"|(?:签|到|验|评|修|建|装|交|报)了(?:以后|之后)"
)
"""哪个指标掉了，哪个单位到会说明; 欠了几年; 材料齐了五个工作日批下来; 定了就修: a question or a
condition inside a duty tells of nothing."""
IN_CASE = compiled(
    r"(?<![^，；。、])(?:谁|哪个|哪家|凡是|只要|一旦|凡)?[\u4e00-\u9fff]{1,3}(?<!完成)(?<!组织)(?<!开展)(?<!召开)(?<!制定)(?<!形成)(?<!建立)(?<!实现)(?<!取得)了(?![一两三四五六七八九十几\d]|不少|许多|大量|《)[^，；。\d]{0,10}(?=[，；。])"
    r"|[\u4e00-\u9fff]了(?:也|跟着|一起|不?等于|的(?=[、，]))|过了?，还要|完成了一[项件个笔][^，。；]{0,4}一[项件个笔]|不(?:能|要|得)等[^，。；]*了[^，。；]*"
)
"""出了险情，县里半小时报告; 看了拍照，照片发我; 办砸了也播: beside a limit, what is done by then or
may come about tells of nothing."""
NAMED_SO = compiled(r"(?<![：:说])“[^”]{1,9}”")
"""“已整改”: what a thing is called tells of nothing."""


def covered(found: re.Match[str]) -> str:
    """As many places, nothing said."""
    return "＿" * len(found.group())


ASIDE = {"past", "finished", "happened", "results", "story", "proposed"}
"""What weighs less in another clause than the limit's."""
OF_PAST = {"results", "past", "past:strong", "finished", "happened"}


WITH: dict[str, list[tuple[str, Feature]]] = {}
"""What means more together, by its first."""
for _one, _other in PAIRS:
    WITH.setdefault(_one, []).append((_other, Feature(f"{_one}&{_other}", 1.0)))


def crossed(names: Collection[str], mode: str) -> Iterator[Feature]:
    """Two features that mean more together."""
    for name in names:
        for other, both in WITH.get(name, ()):
            if other in names:
                yield both
        if name in OF_MODE:
            yield Feature(f"{name}&mode:{mode}", 1.0)


def grams(text: str) -> list[Feature]:
    """Every pair of neighbouring characters, once."""
    runs = HAN.findall(text)
    pairs = dict.fromkeys(run[i : i + 2] for run in runs for i in range(len(run) - 1))
    return [gram(pair) for pair in pairs]


@lru_cache(maxsize=20_000)
def gram(pair: str) -> Feature:
    """A pair of characters as a feature."""
    return Feature(f"g:{pair}", GRAM)
