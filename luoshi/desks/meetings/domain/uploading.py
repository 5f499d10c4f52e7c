"""Upload a source: stored, read in the sandbox, drafted. Refused: files without text.

A document of more than 40 pages or 60,000 characters is taken in at once and read by a job
(`domain.reading`); until then it has neither text nor drafts.
"""

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from luoshi.desks.lessons.domain.model.consulting import consult
from luoshi.desks.lessons.domain.queries.knowing import known_to
from luoshi.desks.lessons.domain.seeing import see
from luoshi.desks.meetings import rules
from luoshi.desks.meetings.enums import ReadingState
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, SourceDocument
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.reading.drafts import Draft, Reading
from luoshi.foundation.reading.times.document_date import day_of
from luoshi.foundation.reading.times.events.anchors import default_anchor
from luoshi.supervision.rulebook.enums import Regime

TITLE = 200
LONGEST = 60_000  # characters drafted while the officer waits
MOST_DRAFTS = 30_000


@dataclass(frozen=True)
class About:
    """What the officer says about the document; empty = read from the text."""

    title: str = ""
    reference: str = ""
    regime: str = Regime.DOCUMENT
    issued_on: date | None = None
    meeting_on: date | None = None


def upload(
    stream: BinaryIO, *, name: str, about: About, actor: Actor, at: datetime
) -> SourceDocument:
    """Store and draft one document; returns it with its drafts to check."""
    ensure(rules.may_upload(actor))
    with acting(actor=actor, at=at):
        stored = store(stream, name=name, actor=actor, at=at, as_source=True)
        extracted = stored.extracted
        text = extracted.text
        long = extracted.partial or len(text) > LONGEST
        document = SourceDocument.objects.create(
            office_id=actor.unit_id,
            title=(about.title or title_of(text, name))[:TITLE],
            reference=about.reference[:80],
            regime=about.regime if about.regime in Regime.values else Regime.DOCUMENT,
            **days_of(about, text),
            attachment=stored.attachment,
            text="" if long else text,
            reading=ReadingState.WAITING if long else ReadingState.READ,
            pages=extracted.pages,
            silent_pages=list(extracted.silent),
            left_out=[] if long else [asdict(one) for one in extracted.left_out],
            acting=actor.kept() if long else {},
            uploaded_by_name=actor.person_name,
            uploaded_at=at,
        )
        stored.attachment.owner_kind = "source"
        stored.attachment.owner_id = document.pk
        stored.attachment.save(update_fields=("owner_kind", "owner_id"))
        if not long:
            count = write(document, text, extracted.tables, at)
        after = {"drafts": None if long else count, "title": document.title}
        record("meetings.uploaded", actor=actor, at=at, obj=document, after=after)
    return document


def write(document: SourceDocument, text: str, tables: list[Any], at: datetime) -> int:
    """Read the text as its office knows units and words, and write drafts and numbered points;
    what was not understood is noted, doubtful drafts wait for advice. Returns how many drafts.
    Raises
    `TooManyDrafts`."""
    known = known_to(document.office_id)
    found = known.read(text, tables)
    if len(found.drafts) > MOST_DRAFTS:
        raise TooManyDrafts(len(found.drafts))
    write_items(document, found)
    write_points(document, found)
    see(found, known.units, office_id=document.office_id, document_id=document.pk, at=at)
    consult(document_id=document.pk, office_id=document.office_id, at=at)
    return len(found.drafts)


def days_of(about: About, text: str) -> dict[str, date | None]:
    """The days limits count from: what the officer said, else what the document's own date line
    says (of the meeting in minutes and speeches, of the issue elsewhere)."""
    said = {"issued_on": about.issued_on, "meeting_on": about.meeting_on}
    if any(said.values()):
        return said
    met = default_anchor(text) == "meeting"
    return {"issued_on": None if met else day_of(text), "meeting_on": day_of(text) if met else None}


class TooManyDrafts(Exception):
    """More drafts than a person can check; nothing was written."""


def title_of(text: str, name: str) -> str:
    """The first line that reads like a title, else the file's name."""
    rows = [line.strip() for line in text.split("\n")[:14]]
    for index, plain in enumerate(rows):
        if plain.endswith(TITLE_ENDS):
            return plain
        if plain.startswith("关于") and len(plain) <= TITLE_LINE:
            return over_lines(rows[index : index + 3])
    return name


def over_lines(rows: list[str]) -> str:
    """A title broken over at most three lines, up to the word that ends titles."""
    for count in range(1, len(rows) + 1):
        joined = "".join(rows[:count])
        if joined.endswith(TITLE_ENDS):
            return joined
    return rows[0]


def write_items(document: SourceDocument, found: Reading) -> None:
    """The drafts as rows, numbered in order of the text."""
    ordered = sorted(found.drafts, key=lambda draft: draft.start)
    DraftItem.objects.bulk_create(
        item_of(document, number, draft) for number, draft in enumerate(ordered, start=1)
    )


def item_of(document: SourceDocument, number: int, draft: Draft) -> DraftItem:
    """One draft as a row."""
    raw = draft.to_json()
    units = units_of(raw)
    spans = [{"start": s["start"], "end": s["end"], "kind": "when"} for s in raw["time_spans"]]
    spans += [
        {"start": u["start"], "end": u["end"], "kind": kind}
        for kind, found in (("who", raw["responsible"]), ("to", raw["report_to"]))
        for u in found
    ]
    spans += [{**s, "kind": "act"} for s in raw["act_spans"]]
    copy_to = [unit["text"] for unit in raw["copy_to"]]
    report_to = [u["text"] for u in raw["report_to"] if u not in raw["copy_to"]]
    return DraftItem(
        document=document,
        number=number,
        start=draft.start,
        end=draft.end,
        band=draft.band,
        title=short_title(raw)[:TITLE],
        rules=raw["rules"],
        units=units,
        report_to=report_to,
        copy_to=copy_to,
        spans=spans,
        vague=raw["vague"],
        why=raw["why"],
        original={
            "title": short_title(raw)[:TITLE],
            "rules": raw["rules"],
            "units": units,
            "report_to": report_to,
            "copy_to": copy_to,
            "mode": draft.mode,
            "anchor": draft.anchor,
            "assumed": raw["assumed"],
            "row": draft.text != document.text[draft.start : draft.end],
        },
    )


TITLE_ENDS = ("通知", "纪要", "要点", "讲话", "交办单", "方案", "意见", "办法", "计划", "的函")
TITLE_LINE = 40
NUMBERING = re.compile(
    r"^(?:[一二三四五六七八九十]+(?:、|是)|第[一二三四五六七八九十百]+[条，、][\s\u3000]*|"
    r"[（(][一二三四五六七八九十\d]+[）)]|\d+[．.、])+"
)
MODAL = re.compile(r"^(?:要|应当|应|必须|须|需|将|负责)")


def units_of(raw: dict[str, Any]) -> list[dict[str, Any]]:
    """The acting units, joint names apart; where the sentence names none, those of its heading or
    of the sentence before, said to be inferred."""
    said = raw["responsible"] or raw["inferred"]
    more = {} if raw["responsible"] else {"inferred": True}
    return [
        {"name": name, "role": unit["role"], **more}
        for unit in said
        for name in split_names(unit["text"])
    ]


def short_title(raw: dict[str, Any]) -> str:
    """The act in few words: without numbering, subject and limit at the head, or closing mark."""
    words = NUMBERING.sub("", raw["text"].replace("\n", "").strip())
    for unit in raw["responsible"]:
        if words.startswith(unit["text"]):
            words = MODAL.sub("", words[len(unit["text"]) :].lstrip("，、"))
            break
    for span in raw["time_spans"][:1]:
        said = raw["text"][span["start"] - raw["start"] : span["end"] - raw["start"]]
        words = re.sub(rf"^[于在]?{re.escape(said)}(?:之?前|以前)?[，,]?", "", words)
    return words.strip().rstrip("。；，") or raw["text"]


def split_names(text: str) -> list[str]:
    """Joint names apart."""
    return [part.strip() for part in text.replace("，", "、").split("、") if part.strip()]


def write_points(document: SourceDocument, found: Reading) -> None:
    """The numbered points; a point reaches to the next one."""
    rows = found.points
    ends = [point.start for point in rows[1:]] + [len(found.text)]
    NumberedPoint.objects.bulk_create(
        NumberedPoint(
            document=document,
            number=point.number[:20],
            start=point.start,
            end=end,
            words=found.text[point.start : point.end][:120],
        )
        for point, end in zip(rows, ends, strict=False)  # no point at all: nothing to cover
    )
