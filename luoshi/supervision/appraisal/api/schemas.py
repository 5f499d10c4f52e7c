"""What the appraisal's API gives. Points are decimal text."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class RankedUnit(Schema):
    """A unit by code, and by the name it had then."""

    code: str
    name: str


class RankingHead(Schema):
    """A published ranking as a list shows it."""

    id: UUID
    office: RankedUnit
    period: str
    edition: int
    version: int
    as_of: datetime
    published_at: datetime
    fingerprint: str
    reason: str
    corrected_by: UUID | None


class Rankings(Schema):
    """A page of rankings."""

    items: list[RankingHead]
    next: str | None


class ScoreOut(Schema):
    """A unit's line; `lines` is null where the token may not open them."""

    unit: RankedUnit
    group: str
    rank: int
    base: str
    deductions: str
    additions: str
    score: str
    no_award: bool
    lines: list[dict[str, Any]] | None


class RankingOut(RankingHead):
    """A ranking with its lines."""

    scores: list[ScoreOut]
