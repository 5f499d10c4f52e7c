"""Read a document: structure → sentences → times and units → gate → drafts with their spans."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from luoshi.foundation.reading.drafts import Draft, Reading, Unread
from luoshi.foundation.reading.gate import cues
from luoshi.foundation.reading.gate.acts import acts
from luoshi.foundation.reading.gate.judging import Verdict, judge
from luoshi.foundation.reading.gate.weights import Weights
from luoshi.foundation.reading.names import UnitNames
from luoshi.foundation.reading.second.since.choosing import counted
from luoshi.foundation.reading.second.since.model import NOTHING, Anchors
from luoshi.foundation.reading.second.who.choosing import chosen
from luoshi.foundation.reading.second.who.model import Model
from luoshi.foundation.reading.structure.lines import (
    line_starts,
    numbered,
    place_of,
    points,
    whole_item,
)
from luoshi.foundation.reading.structure.plain import Plain, plain
from luoshi.foundation.reading.structure.promised import Promised
from luoshi.foundation.reading.structure.sections import (
    documents,
    is_standing,
    mode_at,
    opens,
    sections,
)
from luoshi.foundation.reading.structure.sentences import sentences
from luoshi.foundation.reading.structure.tables import (
    Row,
    rows_in_text,
    tabbed,
    task_rows,
    written_out,
)
from luoshi.foundation.reading.subjects import Subjects
from luoshi.foundation.reading.times.events.anchors import default_anchor, nearest
from luoshi.foundation.reading.times.events.once_done import once_done
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.times.merging import Found
from luoshi.foundation.reading.times.recurring.running import every_year
from luoshi.foundation.reading.times.unread import unread_in
from luoshi.foundation.reading.units import Mention, mentions

LONGEST_HEADING = 24
NAMES_MUCH = 15
"""A shorter line with a product in it (编制年度培训计划) is a heading."""
DATE_LINE = re.compile(
    r"[（(]?(?:[^，。；于在至到前\d]{2,40}[：: \u3000]*)?"
    r"(?:\d{4}|[二〇○零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月"
    r"[\d一二三四五六七八九十]{1,3}日(?:印发|印制|签发|印)?[）)]?"
)
ISSUED_LINE = re.compile(
    r"[（(][^（）()]*\d{1,2}月\d{1,2}日[^（）()]{0,40}(?:转发|印发|通过|批[复准]|发布|同意|修订|报送|公布)[）)]"
)
"""（市委办公室2026年3月2日转发）: how the document came about."""
ONE_BRACKET = re.compile(r"^[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*[）)]$")
STAGE_HEADING = re.compile(
    r"^(?:第[一二三四五六]阶段[：:])?[^，。；：]{2,24}[（(][^，。；（）]{2,24}[日月旬][）)]。?$"
)
PARTS = re.compile(r"\S+(?:\s(?![\u4e00-\u9fff]{2})\S+)*")
"""安监站 安监所: the units of a cell that only space parts."""
YEAR_SAID = re.compile(r"(?:20\d\d|[二〇○零一三四五六七八九]{4})年|今年|明年|本年(?!度)")
"""A document that names no year: 次年1月底前 comes every year there."""
COUNTED_FROM = re.compile(r"[自从][^，。；：]{1,20}之日起")
"""期限自受理之日起计算：…: the items below count from there."""
TITLE = re.compile(
    r"^(?:在[^，。；]{4,60}(?:会议?|活动|仪式|座谈)上的(?:讲话|发言|致辞|报告)|关于[^，。；]{4,60}|(?![^，。；、：]*(?:由|负责|应当|须|请|牵头|配合))[^，。；、：]{4,40}安排表?(?:（[\u4e00-\u9fff]{4,20}）)?|[^，。；、：]{4,40}(?:打算|通知|报告|意见|方案|办法|细则|要点|纪要|总结|讲话|计划|制度|规定|通报|函|单)(?:（20\d\d[—－-]20\d\d年）)?)$"
)


def read(
    text: str,
    *,
    units: UnitNames | None = None,
    tables: Sequence[Sequence[Sequence[str]]] = (),
    weights: Weights | None = None,
    names: Model | None = None,
    since: Anchors | None = None,
) -> Reading:
    """Draft the obligations of a text, which may hold several documents: the bands draft and
    possible, in order. `tables`: rows of cells whose lines stand in the text; without any, tables
    written as lines are looked for. `weights`: what the site's gate has learned, `names`: how they
    are found, `since`: what lengths count from; else what the product comes with."""
    spelled = plain(tabbed(text))
    drafts: list[Draft] = []
    unread: list[Unread] = []
    for start, end in documents(spelled.text):
        part = Part(spelled.text, start, end, units, (weights, names, since))
        part.read_into(drafts, unread, own_tables=not tables)
    if spelled.text != text:
        drafts = [as_stored(draft, text, spelled) for draft in drafts]
        unread = [unread_as_stored(one, text, spelled) for one in unread]
    drafts.extend(from_tables(text, tables, default_anchor(text)))
    ordered = sorted(drafts, key=lambda draft: draft.start)
    return Reading(text, tuple(ordered), tuple(points(text)), tuple(unread))


def as_stored(draft: Draft, text: str, spelled: Plain) -> Draft:
    """A draft of the plain spelling with the spans and words of the stored text."""

    def moved(unit: Mention) -> Mention:
        return Mention(*spelled.span(unit.start, unit.end), unit.text, unit.role)

    def moved_time(time: Found) -> Found:
        low, high = spelled.span(time.start, time.end)
        return replace(time, start=low, end=high)

    start, end = spelled.span(draft.start, draft.end)
    row = draft.text != spelled.text[draft.start : draft.end]
    return replace(
        draft,
        start=start,
        end=end,
        text=draft.text if row else text[start:end],
        times=tuple(moved_time(time) for time in draft.times),
        units=tuple(moved(unit) for unit in draft.units),
        inferred=tuple(moved(unit) for unit in draft.inferred),
        acts=tuple(spelled.span(low, high) for low, high in draft.acts),
    )


def unread_as_stored(one: Unread, text: str, spelled: Plain) -> Unread:
    """An expression that was not understood, in the stored text."""
    start, end = spelled.span(one.start, one.end)
    return Unread(start, end, text[start:end])


Learned = tuple[Weights | None, Model | None, Anchors | None]
"""The gate's weights, the models of names and of lengths; None: those the product comes with."""


class Part:
    """One document of the text, with its sections, its default anchor and its running subjects."""

    def __init__(
        self, text: str, start: int, end: int, units: UnitNames | None, learned: Learned
    ) -> None:
        self.text, self.start, self.end = text, start, end
        self.units, (self.weights, self.names, self.since) = units, learned
        own = text[start:end]
        self.modes, self.anchor = sections(own), default_anchor(own)
        self.subjects, self.promised = Subjects(), Promised()
        self.standing = is_standing(own)
        self.of_no_year = YEAR_SAID.search(own) is None
        self.before: list[Found] = []
        self.seen = 0
        self.counts_from: tuple[int, str] | None = None

    def read_into(self, drafts: list[Draft], unread: list[Unread], *, own_tables: bool) -> None:
        """Add the drafts of this part and what was not understood in them."""
        own = self.text[self.start : self.end]
        rows = list(rows_in_text(own)) if own_tables else []
        for at, row in rows:
            drafts.append(from_row(row, self.start + at, self.anchor))
        taken = [(self.start + at, self.start + at + len(row.line)) for at, row in rows]
        lines = line_starts(own)
        for begin, stop in sentences(own):
            start, end = self.start + begin, self.start + stop
            sentence = self.text[start:end]
            if any(start < last and first < end for first, last in taken) or "\t" in sentence:
                continue
            if begin in lines:
                self.before = []
                found = numbered(sentence)
                rank = found[0] if found else None
                self.subjects.new_line(sentence, rank)
                if self.counts_from and (rank is None or rank <= self.counts_from[0]):
                    self.counts_from = None
            if not is_title(self.text, start, end):
                self.sentence(drafts, unread, start, end)

    def sentence(self, drafts: list[Draft], unread: list[Unread], start: int, end: int) -> None:
        """Judge one sentence."""
        sentence = self.text[start:end]
        anchor = self.counts_from[1] if self.counts_from else self.anchor
        times = find_times(sentence, anchor)
        spans = [(t.start, t.end) for t in times]
        who = mentions(sentence, self.units, spans)
        if drafts and who and belongs_before(self.text, drafts[-1], sentence, start):
            drafts[-1] = with_units(drafts[-1], who, start)
            return
        mode = mode_at(self.modes, start - self.start)
        if opens(sentence, self.seen):
            mode = "past"
        self.seen += 1
        promised = self.promised.hear(sentence, mode)
        place = place_of(self.text, start, end, mode)
        verdict = judge(sentence, times, who, place, self.anchor, self.weights, promised=promised)
        if self.standing or self.of_no_year:
            times = every_year(times, sentence, self.before, weekly=self.standing)
            self.before = times
        task = promised or not is_bare_heading(sentence, times, who)
        task = task or (mode not in {"past", "talk"} and whole_item(self.text, start, end))
        if verdict.band != "nothing" and task:
            if not self.counts_from:
                learned = NOTHING if mode == "slip" else self.since
                times = counted(sentence, times, anchor, learned)
            times = once_done(sentence, times)
            who = chosen(sentence, who, spans, self.units, self.names)
            made = placed(sentence, start, end, times, who, verdict)
            drafts.append(self.subjects.carry(replace(made, mode=mode, anchor=self.anchor)))
            for first, last in unread_in(sentence, times):
                unread.append(Unread(start + first, start + last, sentence[first:last]))
        moved = [Mention(m.start + start, m.end + start, m.text, m.role) for m in who]
        self.subjects.hear(sentence, moved)
        if sentence.endswith(("：", ":")) and (since := COUNTED_FROM.search(sentence)):
            head = numbered(sentence)
            if named := nearest(sentence[: since.end()]):
                self.counts_from = (head[0] if head else -1, named)


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
    said = written if row.time else row.task
    times = counted(said, find_times(said, anchor), anchor, NOTHING)
    if written != row.time:
        times = [replace(one, start=0, end=len(row.time)) for one in times]
    times = [at_least(one, row.task, anchor) for one in times]
    time_at = start + max(0, row.line.rfind(row.time)) if row.time else start
    task_at = row.line.find(row.task)
    units = []
    for text, role in ((row.lead, "lead"), (row.helping, "cooperating")):
        at = row.line.find(text)
        if text and at >= 0 and not set(text) <= set("—-－/ 无"):
            for part in PARTS.finditer(text):
                first, last = start + at + part.start(), start + at + part.end()
                units.append(Mention(first, last, part.group(), role))
    return Draft(
        start=start,
        end=start + len(row.line),
        text=row.task,
        band="draft",
        score=2.0,
        times=tuple(replace(t, start=t.start + time_at, end=t.end + time_at) for t in times),
        units=tuple(units),
        why=(("任务分解表中的一行", "a row of a task table"),),
        acts=spans_from(start + task_at, acts(row.task)) if task_at >= 0 else (),
    )


def at_least(one: Found, task: str, anchor: str) -> Found:
    """每周 in the time cell beside 每周至少一次 in the task: the fuller wording."""
    every = one.rule.get("every")
    for said in find_times(task, anchor) if every and len(one.rule) == 2 else ():
        if said.rule.get("every") == every:
            return replace(one, rule=said.rule)
    return one


def is_stage(sentence: str) -> bool:
    """（二）排查整治（4月至6月）, 第二阶段：评估（4月16日至8月31日）: a heading with its period."""
    named = numbered(sentence) is not None or sentence.startswith("第")
    return named and STAGE_HEADING.match(sentence) is not None


def is_bare_heading(sentence: str, times: list[Found], who: list[Mention]) -> bool:
    """A short numbered line that only names a theme, be it 定期报告."""
    if is_stage(sentence):
        return True
    binds = any(time.crisp for time in times) or (bool(times) and bool(who))
    told = (cues.TITLED, cues.COUNTED, *((cues.NAMED,) if len(sentence) >= NAMES_MUCH else ()))
    named = any(cue.search(sentence) for cue in told)
    if sentence.endswith(("。", "；")) and named:
        return False
    return len(sentence) <= LONGEST_HEADING and not binds and numbered(sentence) is not None


def is_title(text: str, start: int, end: int) -> bool:
    """A whole line without closing mark or comma that reads like the name of a document, or
    its date."""
    sentence = text[start:end]
    whole_line = text[:start].rstrip(" \u3000\t")[-1:] in {"", "\n"}
    named = TITLE.match(sentence) or DATE_LINE.fullmatch(sentence)
    named = named or ISSUED_LINE.fullmatch(sentence)
    quoted = sentence.startswith("《") and sentence.endswith("》")
    return bool(whole_line and numbered(sentence) is None and (named or quoted))


def belongs_before(text: str, last: Draft, sentence: str, start: int) -> bool:
    """A bracket of units right after a drafted sentence: （市水利局牵头，各县（市、区）配合）."""
    gap = text[last.end : start]
    return not gap.strip() and numbered(sentence) is None and bool(ONE_BRACKET.match(sentence))


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
        times=tuple(replace(t, start=t.start + start, end=t.end + start) for t in times),
        units=tuple(Mention(m.start + start, m.end + start, m.text, m.role) for m in who),
        why=verdict.why,
        acts=spans_from(start, acts(sentence)),
    )


def spans_from(at: int, spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans of a stretch that begins at `at`, in the document."""
    return tuple((at + low, at + high) for low, high in spans)
