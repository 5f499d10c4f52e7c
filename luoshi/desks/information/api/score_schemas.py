"""What the API of scores takes and gives. Points are numbers with at most two places; a month is
written as 2026-02."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from luoshi.supervision.matters.api.schemas import Given, Line

MonthWord = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
WeightWord = Literal[
    "own",
    "adopted-county",
    "adopted-city",
    "adopted-province",
    "adopted-nation",
    "instructed-county",
    "instructed-city",
    "instructed-province",
    "instructed-nation",
    "research-percent",
    "merged-percent",
]
Weight = Annotated[int, Field(ge=0, le=1000)]
# as a line of a ranking names itself
Ranked = Annotated[
    str,
    StringConstraints(
        max_length=80,
        pattern=r"^(unit:[^\x00]+|officer:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$",
    ),
]


class ScoreLine(Schema):
    """Points and rank of a unit or an engaged officer; `who` names it in other calls. Equal points
    have the same rank."""

    who: str
    name: str
    officer: bool
    rank: int
    points: float
    submitted: int
    issued: int
    adopted: int
    instructed: int


class YearRanking(Schema):
    """A year: published months as they were frozen, the others by the weights of `version`."""

    year: int
    version: int
    months: list[str]
    units: list[ScoreLine]
    officers: list[ScoreLine]


class ScoreFact(Schema):
    """One thing that counted, with its points."""

    who: str
    name: str
    item_id: UUID
    number: str
    title: str
    what: str
    on: date
    research: bool
    merged: bool
    points: float


class CountedItem(Schema):
    """An item behind a number, with what counted of it."""

    item_id: UUID
    number: str
    title: str
    on: date
    points: float
    what: list[str]


class CountedItems(Schema):
    """A page of the items behind a number."""

    total: int
    items: list[CountedItem]
    next: str | None


class SheetLine(Schema):
    """A published sheet."""

    id: UUID
    month: str
    published_at: datetime
    published_by: str


class ScoreSheets(Schema):
    """The office's published sheets, the newest first."""

    items: list[SheetLine]


class StandingOut(Schema):
    """Where the token's unit stands on a published sheet, among how many."""

    sheet_id: UUID
    month: str
    office: str
    rank: int
    among: int
    points: float


class Standings(Schema):
    """The newest sheets that rank the token's unit."""

    items: list[StandingOut]


class MonthScores(Schema):
    """A month's points and ranks, and a page of what gave points. `sheet_id`: null while it is not
    published; `sha256` and `intact` of a published one."""

    month: str
    sheet_id: UUID | None
    version: int
    weights: dict[str, int]
    lines: list[ScoreLine]
    facts: list[ScoreFact]
    next: str | None
    sha256: str
    intact: bool | None


class SheetIn(Given):
    """A month that is over."""

    month: MonthWord


class WeightVersionOut(Schema):
    """The weights from a version on; 0 = as shipped."""

    version: int
    weights: dict[str, int]
    basis: str
    by: str
    at: datetime | None


class Weights(Schema):
    """The weights in force, and the versions before it, the newest first."""

    version: int
    weights: dict[str, int]
    versions: list[WeightVersionOut]


class ItemWeightsIn(Given):
    """Weights that change (0 to 1,000), and the document this rests on; the others stay."""

    weights: dict[WeightWord, Weight]
    basis: Line


class ReplayIn(Given):
    """Weights to try; the others are those of the sheet."""

    weights: dict[WeightWord, Weight]


class ScoreMoveOut(ScoreLine):
    """A line by the other weights, where it was, and which kinds of facts make the difference in
    points."""

    old_points: float
    old_rank: int
    moved: int
    why: dict[str, float]


class ReplayOut(Schema):
    """Everybody on the sheet by other weights; nothing is saved."""

    month: str
    lines: list[ScoreMoveOut]
