"""The text with its spans, cut into pieces a template can print: paragraphs of marked segments."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.calendar import OutOfCalendar
from luoshi.foundation.deadlines.engine.compute import NeedsAnchor, NoDate, compute
from luoshi.foundation.deadlines.engine.periods import occurrences
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, DeadlineRule, from_json
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.catalogue import ROWS

TITLE_WITHIN = 400


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
    """One line of the source; `title` where it is the document's."""

    segments: list[Segment] = field(default_factory=list)
    title: bool = False


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
    """Every line with its drafts marked; a draft over several lines is marked on each. `items` in
    the order of the text."""
    text, out, offset = document.text, [], 0
    coming, near = deque(items), list[DraftItem]()
    for line in text.split("\n"):
        end = offset + len(line)
        paragraph, at = Paragraph(), offset
        near = [item for item in near if item.end > offset]
        while coming and coming[0].start < end:
            near.append(coming.popleft())
        for item in near:
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
        words = line.strip()
        paragraph.title = offset < TITLE_WITHIN and len(words) > 3 and words in document.title
        if paragraph.segments:
            out.append(paragraph)
        offset = end + 1
    return out


def samples(
    document: SourceDocument, raw_rules: Sequence[Any], language: str, today: date
) -> list[dict[str, Any]]:
    """Each rule in words, with a date computed live: from the document's dates, or as if the
    trigger happened today. What a plain 日 counts is said (calendar days, the office's default)."""
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
    for raw in raw_rules:
        try:
            rule = from_json(raw)
        except BadRule:
            continue
        row: dict[str, Any] = {"words": phrase(rule, language), "vague": raw["type"] == "vague"}
        row["plain_days"] = "days" in raw.get("due", {}).get("offset", {})
        for anchors, assumed in ((known, False), ({**assume(raw, today), **known}, True)):
            try:
                due = compute(rule, anchors, current_calendar())
            except (NeedsAnchor, NoDate, OutOfCalendar):
                continue
            row |= {"due": due.on, "assumed": assumed, "lines": lines(due.trace, language)}
            break
        if "due" not in row and raw["type"] != "vague":
            row |= first_of(rule, today, language)
        out.append(row)
    return out


def first_of(rule: DeadlineRule, today: date, language: str) -> dict[str, Any]:
    """The next date of a rhythm, with its trace; empty where there is none within two years."""
    coming = occurrences(
        rule, start=today, until=today + timedelta(days=731), calendar=current_calendar()
    )
    if not coming:
        return {}
    due = coming[0].due
    return {"due": due.on, "next": True, "lines": lines(due.trace, language)}


def assume(raw: dict[str, Any], today: date) -> dict[str, date]:
    """The rule's anchor as if it happened today."""
    anchor = raw.get("due", {}).get("anchor")
    return {anchor: today} if anchor and anchor != "calendar" else {}


def catalogue_codes(item: DraftItem) -> list[str]:
    """The rules of the catalogue (TR-…) that say the same limit."""
    return [row["code"] for row in ROWS if row["deadline"] in item.rules]


def twins(document: SourceDocument, item: DraftItem) -> list[Matter]:
    """Matters of the office that already carry the same words of a source: likely duplicates."""
    words = document.text[item.start : item.end]
    own = Matter.objects.filter(office_id=document.office_id, origin_quote=words)
    return list(own.exclude(pk=item.matter_id).order_by("-registered_at")[:3])


def earlier_uploads(document: SourceDocument) -> list[SourceDocument]:
    """Documents of the office with the very same bytes, uploaded before."""
    rows = SourceDocument.objects.filter(
        office_id=document.office_id,
        attachment__file_id=document.attachment.file_id,
        uploaded_at__lt=document.uploaded_at,
    )
    return list(rows.exclude(pk=document.pk).order_by("uploaded_at")[:3])
