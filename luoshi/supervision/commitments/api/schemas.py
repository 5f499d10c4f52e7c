"""What the API of commitments takes and gives. A rhythm is given as the engine's rule and in words;
`role` is a post's key, `person` the name where it is somebody in person."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from luoshi.supervision.matters.api.schemas import Day, Given, LightWord, Line, LongText, Moment

OutcomeWord = Literal["kept", "late", "missed", "excused", "overdue", "ahead"]
HowWord = Literal["words", "week", "month_day", "month_workday", "day"]


class YearOut(Schema):
    """How the record of this year counts the occurrences."""

    kept: int
    late: int
    missed: int
    excused: int


class CommitmentLine(Schema):
    """A commitment as a list shows it: what holds now, what is due next, its year."""

    id: UUID
    title: str
    kind: str
    rule: dict[str, Any]
    rule_zh: str
    rule_en: str
    basis: str
    role: str
    person: str
    starts_on: date
    ends_on: date | None
    light: LightWord
    next_due_at: datetime | None
    year: YearOut


class VersionOut(Schema):
    """What held from a day on, and why it was changed."""

    number: int
    rule: dict[str, Any]
    rule_zh: str
    rule_en: str
    basis: str
    role: str
    person: str
    evidence: bool
    warning_workdays: int
    starts_on: date
    ends_on: date | None
    reason: str
    made_by: str
    made_at: datetime


class OccurrenceLine(Schema):
    """One time of it and how it was kept. `outcome`: as the record counts it, null for one that
    fell away; `late_amount` days or hours after the limit."""

    id: UUID
    commitment_id: UUID
    commitment: str
    key: str
    opens_on: date
    due_on: date
    due_at: datetime
    state: str
    outcome: OutcomeWord | None
    light: LightWord
    role: str
    person: str
    kept_at: datetime | None
    noted_at: datetime | None
    noted_by: str
    note: str
    reference: str
    late_amount: int | None
    late_unit: str


class OccurrenceOut(OccurrenceLine):
    """An occurrence with the trace of its limit and the files that show it."""

    trace: dict[str, Any]
    files: list[str]


class CommitmentOut(CommitmentLine):
    """A commitment with its versions and a page of its occurrences, the latest limit first."""

    made_by: str
    made_at: datetime
    ended_at: datetime | None
    ended_by: str
    end_reason: str
    versions: list[VersionOut]
    occurrences: list[OccurrenceLine]
    next: str | None


class Commitments(Schema):
    """A page of commitments."""

    items: list[CommitmentLine]
    next: str | None


class Occurrences(Schema):
    """A page of occurrences."""

    items: list[OccurrenceLine]
    next: str | None


class CommitmentIn(Given):
    """What the office undertakes. The rhythm is written (`words`: 每周五, 每月5日前) or chosen
    (`how` with `weekday`, `number`, `hour`); whose turn it is: `role` or `person_id`."""

    title: Line
    how: HowWord = "words"
    words: Line = ""
    weekday: int | None = Field(None, ge=1, le=7)
    number: int | None = Field(None, ge=1, le=31)
    hour: int | None = Field(None, ge=0, le=24)
    basis: Line
    starts_on: Day | None = None
    ends_on: Day | None = None
    role: Line = ""
    person_id: UUID | None = None
    evidence: bool = False
    warning_workdays: int = Field(1, ge=0, le=20)
    kind: Line = ""


class CommitmentNumbers(Schema):
    """How the occurrences of a span are counted; one kept late is late."""

    kept: int
    late: int
    missed: int
    excused: int


class CommitmentMonth(CommitmentNumbers):
    """The numbers of a month, by the day of the limit."""

    month: int


class CommitmentRecord(Schema):
    """A year over all commitments of the office, or of one; `first_year`: the oldest there is."""

    year: int
    first_year: int
    total: CommitmentNumbers
    months: list[CommitmentMonth]


class EndingIn(Given):
    """The last day (null = today) and why."""

    on: Day | None = None
    reason: LongText


class KeepingIn(Given):
    """When it took place (null = now) and what was done."""

    kept_at: Moment | None = None
    note: LongText = ""
