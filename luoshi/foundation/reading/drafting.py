"""Read a document: structure → sentences → times and units → gate → drafts with their spans."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from luoshi.foundation.reading.gate.judging import Verdict, judge
from luoshi.foundation.reading.gate.weights import Weights
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.sentences import sentences
from luoshi.foundation.reading.structure import Point, mode_at, numbered, points, sections
from luoshi.foundation.reading.tables import Row, task_rows, written_out
from luoshi.foundation.reading.times.anchors import default_anchor
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.times.merging import Found
from luoshi.foundation.reading.times.vague import DEFAULT_DAYS
from luoshi.foundation.reading.units import Mention, mentions

LONGEST_HEADING = 24
LIKE_A_LIMIT = re.compile(
    r"(?<=[于在])[\u4e00-\u9fff\d]{2,16}?(?:之前|以前|前|以内|之内|期间)"
    r"(?=[，,、向报送完提制])"
)
DATE_LINE = re.compile(r"[（(]?(?:[\u4e00-\u9fff]{2,6}[：:])?\d{4}年\d{1,2}月\d{1,2}日[）)]?")
TITLE = re.compile(
    r"^(?:关于[^，。；]{4,60}|[^，。；、：]{4,40}(?:通知|报告|意见|方案|办法|细则|要点|纪要|总结|讲话|计划|制度|规定|通报|函|单))$"
)


@dataclass(frozen=True)
class Draft:
    """One drafted obligation. Offsets are characters of the decoded text."""

    start: int
    end: int
    text: str
    band: str
    score: float
    times: tuple[Found, ...]
    units: tuple[Mention, ...]
    why: tuple[tuple[str, str], ...]
    mode: str = "direct"
    anchor: str = "receipt"

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The rules without repetition; vague ones only where no crisp rule stands."""
        found: list[dict[str, Any]] = []
        for time in self.times:
            if time.rule not in found:
                found.append(time.rule)
        return found

    @property
    def responsible(self) -> list[Mention]:
        """Acting units."""
        return [unit for unit in self.units if unit.role != "report_to"]

    @property
    def report_to(self) -> list[Mention]:
        """Addressees of reports."""
        return [unit for unit in self.units if unit.role == "report_to"]

    @property
    def vague(self) -> list[dict[str, Any]]:
        """Vague words with the office's visible default in days (A9)."""
        return [
            {
                "start": time.start,
                "end": time.end,
                "cue": time.rule["cue"],
                "default_days": DEFAULT_DAYS.get(time.rule["cue"]),
                "note": "office default, not in the source",
            }
            for time in self.times
            if not time.crisp
        ]

    def to_json(self) -> dict[str, Any]:
        """The documented object of `luoshi read`."""

        def unit(one: Mention) -> dict[str, Any]:
            return {"text": one.text, "start": one.start, "end": one.end, "role": one.role}

        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "band": self.band,
            "score": self.score,
            "rules": self.rules,
            "responsible": [unit(one) for one in self.responsible],
            "report_to": [unit(one) for one in self.report_to],
            "time_spans": [{"start": t.start, "end": t.end} for t in self.times],
            "vague": self.vague,
            "why": [list(reason) for reason in self.why],
        }


@dataclass(frozen=True)
class Unread:
    """An expression that looks like a limit and was not understood."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Reading:
    """Everything read from one document."""

    text: str
    drafts: tuple[Draft, ...]
    points: tuple[Point, ...]
    unread: tuple[Unread, ...] = ()


def read(
    text: str,
    *,
    units: UnitNames | None = None,
    tables: Sequence[Sequence[Sequence[str]]] = (),
    weights: Weights | None = None,
) -> Reading:
    """Draft the obligations of a document: the bands draft and possible, in order of the text.
    `weights`: what the site's gate has learned, else what the product comes with."""
    modes, anchor = sections(text), default_anchor(text)
    drafts: list[Draft] = []
    unread: list[Unread] = []
    for start, end in sentences(text):
        sentence = text[start:end]
        if "\t" in sentence or is_title(text, start, end):
            continue
        times = find_times(sentence, anchor)
        who = mentions(sentence, units, [(t.start, t.end) for t in times])
        unread += not_understood(sentence, times, start)
        if drafts and who and belongs_before(text, drafts[-1], sentence, start):
            drafts[-1] = with_units(drafts[-1], who, start)
            continue
        mode = mode_at(modes, start)
        verdict = judge(sentence, times, who, mode, anchor, weights)
        if is_bare_heading(sentence, times, who):
            continue
        if verdict.band != "nothing":
            made = placed(sentence, start, end, times, who, verdict)
            drafts.append(replace(made, mode=mode, anchor=anchor))
    drafts.extend(from_tables(text, tables, anchor))
    return Reading(text, tuple(drafts), tuple(points(text)), tuple(unread))


def not_understood(sentence: str, times: list[Found], start: int) -> Iterator[Unread]:
    """Words that end like a limit and overlap nothing that was read."""
    for match in LIKE_A_LIMIT.finditer(sentence):
        if all(match.end() <= one.start or match.start() >= one.end for one in times):
            yield Unread(start + match.start(), start + match.end(), match.group())


def from_tables(
    text: str, tables: Sequence[Sequence[Sequence[str]]], anchor: str
) -> Iterator[Draft]:
    """One draft per task row, spanning the row's line in the text."""
    position = 0
    for table in tables:
        for row in task_rows(table):
            start = text.find(row.line, position)
            if start < 0:
                continue
            position = start + len(row.line)
            yield from_row(row, start, anchor)


def from_row(row: Row, start: int, anchor: str) -> Draft:
    """A row as a draft: units from their cells, rules from the time cell."""
    written = written_out(row.time)
    times = find_times(written, anchor) or (find_times(row.task, anchor) if not row.time else [])
    if written != row.time:
        times = [replace(one, start=0, end=len(row.time)) for one in times]
    times = [at_least(one, row.task, anchor) for one in times]
    time_at = start + max(0, row.line.rfind(row.time)) if row.time else start
    units = []
    for text, role in ((row.lead, "lead"), (row.helping, "cooperating")):
        at = row.line.find(text)
        if text and at >= 0 and not set(text) <= set("—-－/ 无"):
            units.append(Mention(start + at, start + at + len(text), text, role))
    return Draft(
        start=start,
        end=start + len(row.line),
        text=row.task,
        band="draft",
        score=2.0,
        times=tuple(Found(t.start + time_at, t.end + time_at, t.rule) for t in times),
        units=tuple(units),
        why=(("任务分解表中的一行", "a row of a task table"),),
    )


def at_least(one: Found, task: str, anchor: str) -> Found:
    """每周 in the time cell beside 每周至少一次 in the task: the fuller wording."""
    every = one.rule.get("every")
    for said in find_times(task, anchor) if every and len(one.rule) == 2 else ():
        if said.rule.get("every") == every:
            return replace(one, rule=said.rule)
    return one


def is_bare_heading(sentence: str, times: list[Found], who: list[Mention]) -> bool:
    """A short numbered line that only names a theme, be it 定期报告."""
    binds = any(time.crisp for time in times) or (bool(times) and bool(who))
    return len(sentence) <= LONGEST_HEADING and not binds and numbered(sentence) is not None


def is_title(text: str, start: int, end: int) -> bool:
    """A whole line without closing mark or comma that reads like the name of a document, or
    its date."""
    sentence = text[start:end]
    whole_line = text[:start].rstrip(" \u3000\t")[-1:] in {"", "\n"}
    named = TITLE.match(sentence) or DATE_LINE.fullmatch(sentence)
    return bool(whole_line and numbered(sentence) is None and named)


def belongs_before(text: str, last: Draft, sentence: str, start: int) -> bool:
    """A bracket of units right after a drafted sentence: （市水利局牵头，各县（市、区）配合）."""
    gap = text[last.end : start]
    return not gap.strip() and sentence.startswith(("（", "(")) and sentence.endswith(("）", ")"))


def with_units(draft: Draft, who: list[Mention], start: int) -> Draft:
    """A draft with the units of the bracket after it; its span stays."""
    more = tuple(Mention(m.start + start, m.end + start, m.text, m.role) for m in who)
    return replace(draft, units=draft.units + more)


def placed(
    sentence: str,
    start: int,
    end: int,
    times: list[Found],
    who: list[Mention],
    verdict: Verdict,
) -> Draft:
    """A draft with offsets moved into the document."""
    return Draft(
        start=start,
        end=end,
        text=sentence,
        band=verdict.band,
        score=verdict.score,
        times=tuple(Found(t.start + start, t.end + start, t.rule) for t in times),
        units=tuple(Mention(m.start + start, m.end + start, m.text, m.role) for m in who),
        why=verdict.why,
    )
