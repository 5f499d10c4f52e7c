"""What the API of the information desk takes and gives: officers, quotas, topics, figures."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from luoshi.supervision.matters.api.schemas import Day, Given, LightWord, Line, LongText

Count = Annotated[int, Field(ge=0, le=999)]


class EngagedOut(Schema):
    """An engaged officer and how many items came this year; `until` the last day."""

    id: UUID
    name: str
    unit: str
    work: str
    account: str
    since: date
    until: date | None
    quota: int
    submitted: int
    running: bool


class EngagedList(Schema):
    """A page of engaged officers."""

    items: list[EngagedOut]
    next: str | None


class EngagementIn(Given):
    """Whom to engage; `unit` a code, `account` the user name of who submits alone."""

    name: Line = ""
    account: Line = ""
    unit: Line = ""
    work: Line = ""
    since: Day | None = None
    until: Day | None = None
    quota: Count = 0


class QuotaOut(Schema):
    """How many items are asked of a unit in a year, and how many came."""

    unit: str
    name: str
    year: int
    asked: int
    submitted: int


class Quotas(Schema):
    """The quotas of a year, in the order of the units."""

    year: int
    items: list[QuotaOut]


class QuotaIn(Given):
    """How many items are asked of a unit (code) in a year; 0 asks for none."""

    unit: Line
    year: int = Field(ge=2000, le=2090)
    count: Count


class TopicOut(Schema):
    """What is asked for, of whom, until when; `answers`: how many came, for who asks."""

    id: UUID
    office: str
    topic: str
    words: str
    units: str
    officers: bool
    due_at: datetime
    trace: dict[str, Any]
    light: LightWord
    asked_at: datetime
    answers: int | None
    closed_at: datetime | None
    closed_words: str


class Topics(Schema):
    """A page of topics."""

    items: list[TopicOut]
    next: str | None


class TopicIn(Given):
    """What is asked for, of units by their codes and of the engaged officers where `officers`;
    until a day, or within so many working days."""

    topic: Line
    words: LongText
    units: list[Line] = Field([], max_length=200)
    officers: bool = False
    until: Day | None = None
    workdays: int | None = Field(None, ge=1, le=250)


class ClosingIn(Given):
    """Why no more is taken on it."""

    words: Line = ""


class SumsOut(Schema):
    """Submitted, issued, adopted, instructed, the union of the last two (what is both counts once),
    with a result; the adoption rate in percent, null where nothing was submitted."""

    submitted: int
    issued: int
    adopted: int
    instructed: int
    either: int
    handled: int
    rate: float | None


class SenderSums(SumsOut):
    """The numbers of a unit (`code`) or an engaged officer (`officer_id`), with what was asked."""

    name: str
    code: str | None
    officer_id: UUID | None
    quota: int


class MonthSums(SumsOut):
    """The numbers of a month."""

    month: int


class InformationFigures(Schema):
    """A year: what is adopted in one month and instructed in another counts once in the year."""

    year: int
    total: SumsOut
    units: list[SenderSums]
    officers: list[SenderSums]
    months: list[MonthSums]
