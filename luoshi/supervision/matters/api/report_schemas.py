"""What the API takes and gives about drafts, sources of figures, measures and conclusions."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from luoshi.supervision.matters.api.schemas import WordsIn


class DraftIn(WordsIn):
    """A report being written; `revision` is that of the draft it goes on from, 0 = none."""

    revision: int = Field(0, ge=0, le=1_000_000)


class LackingOut(Schema):
    """What an open duty asks for that the draft does not carry yet; empty = it would complete."""

    duty_id: UUID
    title_zh: str
    parts: list[str]


class DraftOut(Schema):
    """A saved draft and what it would complete."""

    id: UUID
    revision: int
    saved_at: datetime
    lacking: list[LackingOut]


class SourceOut(Schema):
    """A figure taken from a report of a unit below; `now` is what that unit says by now, null where
    it gives the figure no more."""

    report_id: UUID
    receipt_number: str
    unit: str
    name: str
    value: str
    measure: str
    approved_by: str
    approved_at: datetime
    outdated: bool
    now: str | None


class SourcesOut(Schema):
    """Where the figures of a composed report come from."""

    items: list[SourceOut]


class AskedFigureOut(Schema):
    """A figure every dated report of the matter gives."""

    name: str
    measure: str
    target: str | None


class MeasuresOut(Schema):
    """What a matter is measured by; `needed` is the least grade of evidence that counts."""

    figures: list[AskedFigureOut]
    least_evidence: int | None
    needed: int


class ConclusionOut(Schema):
    """How a matter ended: what its conclusion report says."""

    round: int
    result: str
    summary: str
    effect: str
    unmet: str
    promised_on: date | None
    evidence: int
    final_report_id: UUID | None
    struck_off: str | None
    concluded_by: str
    concluded_at: datetime


class ArchivingOut(Schema):
    """An archived matter: by whom, when, how long it is kept."""

    matter_id: UUID
    number: str
    title: str
    retention: str
    remark: str
    archived_by: str
    archived_at: datetime


class Archivings(Schema):
    """A page of archived matters."""

    items: list[ArchivingOut]
    next: str | None
