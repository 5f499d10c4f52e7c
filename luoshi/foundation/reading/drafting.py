"""Read a document: structure → sentences → times and units → gate → drafts with their spans."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.foundation.reading.gate import Verdict, judge
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.sentences import sentences
from luoshi.foundation.reading.structure import Point, mode_at, numbered, points, sections
from luoshi.foundation.reading.tables import Row, task_rows
from luoshi.foundation.reading.times.anchors import default_anchor
from luoshi.foundation.reading.times.grammar import Found, find_times
from luoshi.foundation.reading.times.vague import DEFAULT_DAYS
from luoshi.foundation.reading.units import Mention, mentions

LONGEST_HEADING = 24


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
class Reading:
    """Everything read from one document."""

    text: str
    drafts: tuple[Draft, ...]
    points: tuple[Point, ...]


def read(
    text: str,
    *,
    units: UnitNames | None = None,
    tables: Sequence[Sequence[Sequence[str]]] = (),
) -> Reading:
    """Draft the obligations of a document; bands draft, possible and nothing are all returned
    except nothing."""
    modes, anchor = sections(text), default_anchor(text)
    drafts = []
    for start, end in sentences(text):
        sentence = text[start:end]
        if "\t" in sentence:
            continue
        times = find_times(sentence, anchor)
        who = mentions(sentence, units)
        mode = mode_at(modes, start)
        verdict = judge(sentence, times, who, mode, anchor)
        if is_bare_heading(sentence, times):
            continue
        if verdict.band != "nothing":
            drafts.append(placed(sentence, start, end, times, who, verdict))
    drafts.extend(from_tables(text, tables, anchor))
    return Reading(text, tuple(drafts), tuple(points(text)))


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
    times = find_times(row.time, anchor)
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


def is_bare_heading(sentence: str, times: list[Found]) -> bool:
    """A short numbered line that only names a theme."""
    short = len(sentence) <= LONGEST_HEADING and not times
    return short and numbered(sentence) is not None


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
