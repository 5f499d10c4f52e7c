"""Who is to act and who is told: units by known names and by grammar, with their roles.

A name is looked for where the grammar expects one: at the head of a clause, after 由, 请, 会同,
向, 报送. From there it reaches over everything that can stand in a name up to the first word that
cannot (a verb, a limit, 的), and ends with the last word that ends names of units or posts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.patterns import compiled
from luoshi.foundation.reading.units.acting import CASE, acting, lead_in
from luoshi.foundation.reading.units.addressees import ME_TOO, Span, told
from luoshi.foundation.reading.units.described import BARE
from luoshi.foundation.reading.units.naming import named

LABEL = compiled(
    r"(?P<label>牵头单位|责任单位|主办单位|承办单位|牵头|主办|配合单位|会办|协办单位|配合|"
    r"责任部门|牵头部门|牵头领导|包案领导|牵头股室|责任股室|配合部门|会同单位|参与单位|协商部门|责任科室|配合科室|责任领导|责任人)[：:；](?P<who>(?:(?![，,、]?(?:(?:牵头|责任|主办|承办|配合|协办|会办|会同|参与)(?:单位|部门|科室|领导|人)?|(?:完成|办理)?(?:时限|期限|时间)|(?:对口)?协商部门)[：:])(?:（[\u4e00-\u9fff、]{1,8}）|[^；;。）)\n]))+)"
)


@dataclass(frozen=True)
class Mention:
    """A unit (or a list of units) as written, with its role: lead, cooperating or report_to."""

    start: int
    end: int
    text: str
    role: str


AFTER_ACT = compiled("(?<=牵头|负责|初审|复核|审核|配合)、")


@lru_cache(maxsize=1)
def masked(text: str, times: tuple[tuple[int, int], ...]) -> str:
    """The text with its limits covered: a name never reaches over one."""
    text = AFTER_ACT.sub("，", text)
    for start, end in times:
        start += 1 if text[start] == "后" and end - start > 1 else 0
        text = text[:start] + "＿" * (end - start) + text[end:]
    return OWN_TURN.sub("，", text)


OWN_TURN = compiled(r"(?<=＿)、(?=[^，。；、＿]{2,12}＿)")
"""市长每半年、县长每季度、镇长每月: each with its own rhythm."""


def mentions(
    text: str,
    known: UnitNames | None = None,
    times: Sequence[tuple[int, int]] = (),
) -> list[Mention]:
    """The mentions of one sentence: those told first, then labels, then those who act."""
    plain = masked(text, tuple(times))
    found = list(persons(plain))
    for start, end, role in [*told(plain, known), *labelled(plain), *acting(plain, known)]:
        if role != CASE:
            add(found, text, start, end, role, known)
        elif all(one.role != "lead" for one in found):
            add(found, text, start, end, "lead", known)
    tiers = list(TIERS.finditer(plain))
    ranked = len({one.group("who") for one in tiers}) > 1 or RANKED.search(plain) is not None
    tiers = [one for one in tiers if not SHARED.match(plain, one.end())]
    tiers = [one for one in tiers if ranked or plain[one.start() - 1 : one.start()] == "由"]
    if tiers:
        found += [
            Mention(*one.span("who"), one.group("who"), "lead")
            for one in tiers
            if free(one.span(), found)
        ]
    return sorted(found, key=lambda m: m.start)


def free(span: tuple[int, int], found: Sequence[Mention]) -> bool:
    """Whether no mention lies over the span."""
    return all(span[1] <= one.start or span[0] >= one.end for one in found)


TIERS = compiled(
    r"(?:(?<=[，。；：、由＿])|^)(?P<who>省|市|县|区|镇|乡|村|组|街道|社区)"
    r"(?=＿|(?:上报|初审|复[核审]|审[核定]|核查|批复|公示|汇总|建档)|要(?!求)|应当?(?!急)|须|负责|统一|组织|报[省市县区镇乡])"
)
"""村上报后，镇5日内核查，县15日内批复: bare levels act where several of them stand side by side."""

SHARED = compiled(r"[、市县区镇乡和]*(?:[两三四]级)?[^，。；＿]{0,14}(?:分担|承担|负担)")
"""资金由市、县两级按3:7分担: who pays does not act."""
RANKED = compiled(
    r"[，。；＿](?:乡镇|镇街|街道|县[\u4e00-\u9fff]{2,6}局|县级|区级|市级)[^，。；]{0,4}＿"
)

COMING = compiled(
    r"(?:进驻|入驻|到来|抵达|离开|到达|换届|开馆|开业|开园)(?:之|以)?前"
    r"(?![\d一二两三四五六七八九十半])"
)
"""督察组进驻前: whose coming is the limit does not act."""


OPEN = r"待定|见附|同上|如上|另行|空缺|暂[缺无]"
NOBODY = compiled(OPEN)
"""（责任领导：待定）: nobody yet."""


def labelled(text: str) -> Iterator[Span]:
    """责任单位：…"""
    for match in LABEL.finditer(text) if "：" in text or ":" in text else ():
        if NOBODY.match(match.group("who")):
            continue
        helping = match.group("label")[:2] in {"配合", "会办", "协办", "会同", "参与"}
        yield match.start("who"), match.end("who"), ("cooperating" if helping else "lead")


PERSON = (
    rf"(?!{OPEN}|姓名|职务|签[字名]|各|全体|班子|有关|相关|主要|分管"
    r"|书记|主任|审[批核定]|须|应当|本)"
    r"[\u4e00-\u9fff]{2,4}?"
)
"""A person's name; not what stands there for one (待定, 各分管领导)."""
PERSONS = compiled(
    rf"(?:牵头|包案|包保|责任|分管|联系|挂点)领导[：:](?P<who>{PERSON}(?:、{PERSON})*)(?:同志)?"
    r"(?=[，；;。（）)]|$)"
)
"""（牵头领导：李建国；责任股室：办公室）: a leader who is named leads."""


def persons(text: str) -> Iterator[Mention]:
    """The leaders whom the brackets behind a task name."""
    for match in PERSONS.finditer(text) if "领导" in text else ():
        yield Mention(*match.span("who"), match.group("who"), "lead")


def add(
    found: list[Mention], text: str, start: int, end: int, role: str, known: UnitNames | None
) -> None:
    """Add a mention unless it overlaps one already there or is no unit."""
    start = start if text[start] == "我" and role == "report_to" else lead_in(text, start, end)
    if any(start < m.end and end > m.start for m in found) or end - start < (
        1 if role == "report_to" else 2
    ):
        return
    if role == "lead" and COMING.match(text, end):
        return
    if (
        (role == "report_to" and ME_TOO.match(text[start:end]))
        or named(text[start:end], known)
        or BARE.match(text, start)
    ):
        found.append(Mention(start, end, text[start:end], role))
