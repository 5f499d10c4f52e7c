"""The text with its spans, cut into pieces a template can print: paragraphs of marked segments."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.deadlines.engine.wording import lines


@dataclass
class Piece:
    """A run of text; `kind`: "", who, when."""

    text: str
    kind: str = ""


@dataclass
class Segment:
    """A run inside or outside a draft."""

    pieces: list[Piece]
    item: DraftItem | None = None
    first: bool = False


@dataclass
class Paragraph:
    """One line of the source."""

    segments: list[Segment] = field(default_factory=list)


def pieces(text: str, start: int, end: int, spans: Sequence[dict[str, Any]]) -> list[Piece]:
    """Cut [start, end) at the spans of units and times."""
    found, at = [], start
    for span in sorted(spans, key=lambda s: s["start"]):
        low, high = max(span["start"], at), min(span["end"], end)
        if low >= high:
            continue
        if low > at:
            found.append(Piece(text[at:low]))
        found.append(Piece(text[low:high], span["kind"]))
        at = high
    if at < end:
        found.append(Piece(text[at:end]))
    return found


def paragraphs(document: SourceDocument, items: Sequence[DraftItem]) -> list[Paragraph]:
    """Every line with its drafts marked; a draft over several lines is marked on each."""
    text, out, offset = document.text, [], 0
    for line in text.split("\n"):
        end = offset + len(line)
        paragraph, at = Paragraph(), offset
        for item in items:
            low, high = max(item.start, offset), min(item.end, end)
            if low >= high or low < at:
                continue
            if low > at:
                paragraph.segments.append(Segment([Piece(text[at:low])]))
            cut = pieces(text, low, high, item.spans)
            paragraph.segments.append(Segment(cut, item, low == item.start))
            at = high
        if at < end:
            paragraph.segments.append(Segment([Piece(text[at:end])]))
        if paragraph.segments:
            out.append(paragraph)
        offset = end + 1
    return out


def samples(
    document: SourceDocument, item: DraftItem, language: str, today: date
) -> list[dict[str, Any]]:
    """Each rule in words, with a date computed live: from the document's dates, or as if the
    trigger happened today."""
    known = {
        name: value
        for name, value in (
            ("issue", document.issued_on),
            ("meeting", document.meeting_on),
            ("document", document.issued_on or document.meeting_on or today),
        )
        if value
    }
    out = []
    for raw in item.rules:
        try:
            rule = from_json(raw)
        except BadRule:
            continue
        row: dict[str, Any] = {"words": phrase(rule, language), "vague": raw["type"] == "vague"}
        for anchors, assumed in ((known, False), ({**assume(raw, today), **known}, True)):
            try:
                due = compute(rule, anchors, current_calendar())
            except (NeedsAnchor, NoDate, OutOfCalendar):
                continue
            row |= {"due": due.on, "assumed": assumed, "lines": lines(due.trace, language)}
            break
        out.append(row)
    return out


def assume(raw: dict[str, Any], today: date) -> dict[str, date]:
    """The rule's anchor as if it happened today."""
    anchor = raw.get("due", {}).get("anchor")
    return {anchor: today} if anchor and anchor != "calendar" else {}
