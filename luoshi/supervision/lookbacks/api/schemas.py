"""What the look-back's API gives."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema


class LookBackRoundOut(Schema):
    """A round; `numbers` maps items, grounds, findings, to_check and reopened to counts."""

    id: UUID
    year: int
    state: str
    seed: int
    percent: int
    due_on: date
    fixed_at: datetime | None
    late_days: int
    concluded: int
    numbers: dict[str, int]


class LookBackRounds(Schema):
    """A page of rounds."""

    items: list[LookBackRoundOut]
    next: str | None


class LookBackItemOut(Schema):
    """One matter of a sample with what was found."""

    id: UUID
    matter_id: UUID
    matter_number: str
    place: int
    grounds: list[str]
    digest: str
    state: str
    checker: str
    finding: str
    method: str
    evidence: str
    note: str
    checked_at: datetime | None
    reopened: bool


class LookBackItems(Schema):
    """A page of items."""

    items: list[LookBackItemOut]
    next: str | None
