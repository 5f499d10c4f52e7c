"""What the API of numbered bulletins takes and gives (期、条)."""

from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Schema

from luoshi.supervision.matters.api.schemas import Given, Line, LongText


class SeriesOut(Schema):
    """A bulletin the office issues; `mark` is what its red head says."""

    id: UUID
    title: str
    mark: str
    copies: str


class BulletinSeriesList(Schema):
    """The office's bulletins by title."""

    items: list[SeriesOut]


class SeriesIn(Given):
    """A new bulletin; without `mark` its head says its title."""

    title: Line
    mark: Line = ""
    copies: Line = ""


class BulletinIssueLine(Schema):
    """An issue as a list shows it; numbered once it is out."""

    id: UUID
    series_id: UUID
    title: str
    state: Literal["draft", "issued"]
    year: int | None
    number: int | None
    items: int
    signer: str
    issued_on: date | None
    sha256: str


class BulletinIssues(Schema):
    """A page of issues."""

    items: list[BulletinIssueLine]
    next: str | None


class PlacedOut(Schema):
    """An item in its place; once the issue is out, as it was printed."""

    place: int
    item_id: UUID
    number: str
    title: str
    text: str
    analysis: str
    suggestion: str
    source: str


class BulletinIssueOut(BulletinIssueLine):
    """An issue with its items; `intact`: what was frozen is what its digest says."""

    copies: str
    contents: list[PlacedOut]
    intact: bool | None


class BulletinIssueIn(Given):
    """Which bulletin's next issue to begin."""

    series_id: UUID


class PlacingIn(Given):
    """Place an item last, move it one place up, or take it out; `despite`: why it is issued though
    another says nearly the same."""

    act: Literal["place", "up", "out"]
    item_id: UUID
    despite: LongText = ""


class IssuingIn(Given):
    """Who signs the issue."""

    signer: Line
    despite: LongText = ""
