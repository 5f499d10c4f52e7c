"""The text with its spans, cut into pieces a template can print: paragraphs of marked runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from luoshi.desks.meetings.domain.queries.leafing import Leaf
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.reading.gate.acts import acts
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.rulebook.domain.catalogue import ROWS

TITLE_WITHIN = 400
RANK = ("to", "who", "vague", "when", "act")


@dataclass
class Piece:
    """A run of text; `kind`: "", who (unit), to (addressee), when, vague (no number), act."""

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
    """One line of the source from the offset `at`; `title` where it is the document's."""

    at: int
    segments: list[Segment] = field(default_factory=list)
    title: bool = False


def kinds_of(item: DraftItem, text: str) -> list[tuple[int, int, str]]:
    """The spans of a draft by kind, in order, none inside another: addressees and units before
    times before the words of the act. Units an officer typed are found by their name."""
    told = {*item.report_to, *item.copy_to}
    found = []
    for span in item.spans:
        words = text[span["start"] : span["end"]]
        kind = "to" if span["kind"] == "who" and words in told else span["kind"]
        found.append((span["start"], span["end"], kind))
    found.extend((word["start"], word["end"], "vague") for word in item.vague)
    if item.edited:
        names = [(unit["name"], "who") for unit in item.units] + [(n, "to") for n in told]
        found.extend(places_of(names, item, text))
    if all(kind != "act" for _low, _high, kind in found):  # drafted before acts were handed over
        words = text[item.start : item.end]
        found.extend((item.start + low, item.start + high, "act") for low, high in acts(words))
    found.sort(key=lambda span: RANK.index(span[2]))
    free: list[tuple[int, int, str]] = []
    for low, high, kind in found:
        if all(high <= start or low >= end for start, end, _kind in free):
            free.append((low, high, kind))
    return sorted(free)


def places_of(
    names: Sequence[tuple[str, str]], item: DraftItem, text: str
) -> Iterator[tuple[int, int, str]]:
    """Where typed names stand in a draft's own words."""
    for name, kind in names:
        at = text.find(name, item.start, item.end) if name else -1
        if at >= 0:
            yield at, at + len(name), kind


def pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """Cut [start, end) at the spans of its draft."""
    found, at = [], start
    for low, high, kind in spans:
        low, high = max(low, at), min(high, end)
        if low >= high:
            continue
        if low > at:
            found.append(Piece(text[at:low]))
        found.append(Piece(text[low:high], kind))
        at = high
    if at < end:
        found.append(Piece(text[at:end]))
    return found


def paragraphs(
    document: SourceDocument, items: Sequence[DraftItem], leaf: Leaf | None = None
) -> list[Paragraph]:
    """Every line (of one leaf) with its drafts marked; a draft over several lines is marked on
    each, and where two hold the same words the shorter one is shown."""
    text, out = document.text, []
    offset, last = (leaf.start, leaf.end) if leaf else (0, len(text))
    shown = sorted((i for i in items if i.state != DraftState.MERGED), key=lambda i: i.start)
    spans = {item.pk: kinds_of(item, text) for item in shown}
    opened: list[DraftItem] = []
    place = 0
    for line in text[offset:last].split("\n"):
        end = offset + len(line)
        while place < len(shown) and shown[place].start < end:
            opened.append(shown[place])
            place += 1
        opened = [item for item in opened if item.end > offset]
        paragraph = Paragraph(offset)
        for low, high, item in runs(opened, offset, end):
            cut = pieces(text, low, high, spans[item.pk] if item else ())
            paragraph.segments.append(Segment(cut, item, item is not None and low == item.start))
        words = line.strip()
        paragraph.title = offset < TITLE_WITHIN and len(words) > 3 and words in document.title
        if paragraph.segments:
            out.append(paragraph)
        offset = end + 1
    return out


def runs(
    items: Sequence[DraftItem], start: int, end: int
) -> Iterator[tuple[int, int, DraftItem | None]]:
    """[start, end) cut wherever a draft begins or ends, each run with the shortest draft there."""
    edges = {start, end}
    for item in items:
        edges |= {edge for edge in (item.start, item.end) if start < edge < end}
    ordered = sorted(edges)
    for low, high in pairwise(ordered):
        over = [item for item in items if item.start <= low and item.end >= high]
        yield low, high, min(over, key=lambda i: (i.end - i.start, i.number), default=None)


def catalogue_codes(item: DraftItem) -> list[str]:
    """The rules of the catalogue (TR-…) that say the same limit."""
    said = [at_end_of_period(rule) for rule in item.rules]
    return [row["code"] for row in ROWS if row["deadline"] in (*item.rules, *said)]


def at_end_of_period(rule: dict[str, Any]) -> dict[str, Any]:
    """每季度末 says what 每季度 says: the end of the period is where a rhythm is due anyway."""
    last = {"quarter": 3, "half_year": 6, "year": 12}.get(rule.get("every", ""))
    if last and rule.get("at") == {"month": last, "day": "end"}:
        return {key: value for key, value in rule.items() if key != "at"}
    return rule


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
