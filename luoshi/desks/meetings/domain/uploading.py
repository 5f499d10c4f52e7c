"""Upload a source: stored, read in the sandbox, drafted. Refused: files without text."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, SourceDocument
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.organizations.domain.queries.names import all_names
from luoshi.foundation.reading.drafting import Draft, Reading, read
from luoshi.foundation.reading.names import UnitNames
from luoshi.supervision.rulebook.enums import Regime

TITLE = 200


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
        text = stored.extracted.text
        known = UnitNames.of(all_names())
        found = read(text, units=known, tables=stored.extracted.tables)
        document = SourceDocument.objects.create(
            office_id=actor.unit_id,
            title=(about.title or title_of(text, name))[:TITLE],
            reference=about.reference[:80],
            regime=about.regime if about.regime in Regime.values else Regime.DOCUMENT,
            issued_on=about.issued_on,
            meeting_on=about.meeting_on,
            attachment=stored.attachment,
            text=text,
            uploaded_by_name=actor.person_name,
            uploaded_at=at,
        )
        stored.attachment.owner_kind = "source"
        stored.attachment.owner_id = document.pk
        stored.attachment.save(update_fields=("owner_kind", "owner_id"))
        write_items(document, found)
        write_points(document, found)
        after = {"drafts": len(found.drafts), "title": document.title}
        record("meetings.uploaded", actor=actor, at=at, obj=document, after=after)
    return document


def title_of(text: str, name: str) -> str:
    """The first line that reads like a title, else the file's name."""
    for line in text.split("\n")[:12]:
        plain = line.strip()
        if plain.startswith("关于") or plain.endswith(("通知", "纪要", "要点", "讲话", "交办单")):
            return plain
    return name


def write_items(document: SourceDocument, found: Reading) -> None:
    """The drafts as rows, numbered in order of the text."""
    ordered = sorted(found.drafts, key=lambda draft: draft.start)
    DraftItem.objects.bulk_create(
        item_of(document, number, draft) for number, draft in enumerate(ordered, start=1)
    )


def item_of(document: SourceDocument, number: int, draft: Draft) -> DraftItem:
    """One draft as a row."""
    raw = draft.to_json()
    units = [
        {"name": name, "role": unit["role"]}
        for unit in raw["responsible"]
        for name in split_names(unit["text"])
    ]
    spans = [{"start": s["start"], "end": s["end"], "kind": "when"} for s in raw["time_spans"]]
    spans += [
        {"start": u["start"], "end": u["end"], "kind": "who"}
        for u in raw["responsible"] + raw["report_to"]
    ]
    return DraftItem(
        document=document,
        number=number,
        start=draft.start,
        end=draft.end,
        band=draft.band,
        title=draft.text.replace("\n", "")[:TITLE],
        rules=raw["rules"],
        units=units,
        spans=spans,
        vague=raw["vague"],
        why=raw["why"],
        original={"title": draft.text[:TITLE], "rules": raw["rules"], "units": units},
    )


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
