"""What the API of publications takes and gives. Characters are Han characters and words, without
punctuation."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from luoshi.supervision.matters.api.schemas import Day, Given, LightWord, Line, LongText

KindWord = Literal["journal", "historical", "book"]
PeriodWord = Literal["monthly", "bimonthly", "quarterly", "yearly", "irregular", "once"]
StateWord = Literal["collected", "edited", "printing", "out"]
ItemWord = Literal["collected", "edited", "left_out"]
LevelWord = Literal["central", "province", "city", "other"]
Revision = Annotated[int, Field(ge=1, le=2_000_000_000)]


class PublicationOut(Schema):
    """A publication with what is under way, what is out, and what is in its stock."""

    id: UUID
    title: str
    kind: KindWord
    periodicity: PeriodWord
    layout: Literal["single", "double"]
    under_way: int
    out: int
    stock: int


class Publications(Schema):
    """A page of publications."""

    items: list[PublicationOut]
    next: str | None


class IssueLine(Schema):
    """An issue as a list shows it; `items` and `characters` of what is printed. `sha256`: of the
    frozen paper once it is out."""

    id: UUID
    publication_id: UUID
    publication: str
    year: int
    number: int
    words: str
    theme: str
    state: StateWord
    light: LightWord
    planned_on: date | None
    out_on: date | None
    items: int
    characters: int
    sha256: str


class StepOut(Schema):
    """A step forward or back."""

    before: StateWord
    after: StateWord
    reason: str
    by: str
    at: datetime


class PieceLine(Schema):
    """An item as a list shows it; `issue` null = in the stock."""

    id: UUID
    publication_id: UUID
    publication: str
    issue_id: UUID | None
    issue: str | None
    title: str
    author: str
    author_unit: str
    characters: int
    measure: Literal["counted", "typed"]
    measure_source: str
    first_page: int | None
    last_page: int | None
    state: ItemWord
    collected_on: date
    collected_by: str


class PieceOut(PieceLine):
    """An item with its text; `revision`: how often it was written."""

    text: str
    revision: int


class IssueOut(IssueLine):
    """An issue with its items in order and its steps."""

    contents: list[PieceLine]
    steps: list[StepOut]


class Issues(Schema):
    """A page of issues."""

    items: list[IssueLine]
    next: str | None


class Pieces(Schema):
    """A page of items, with the characters of all that were asked for."""

    characters: int
    items: list[PieceLine]
    next: str | None


class StepIn(Given):
    """Forward, or back with the reason. `seen`: the state that was read, so that two make one
    step."""

    act: Literal["forward", "back"]
    seen: StateWord
    reason: Line = ""


class FoundingIn(Given):
    """What is founded; a book appears once or irregularly. `last_number`: the last one given before
    it is kept here (of this year, where numbers begin anew each year)."""

    title: Line
    kind: KindWord
    periodicity: PeriodWord
    layout: Literal["single", "double"] = "single"
    last_number: int | None = Field(None, ge=0, le=9_999)


class IssuePlanIn(Given):
    """The theme, and the day it is to be out (null = none yet)."""

    theme: Line = ""
    planned_on: Day | None = None


class IssueDateIn(Given):
    """The day it is to be out; null = none."""

    planned_on: Day | None


class IssueOrderIn(Given):
    """Which item changes places with its neighbour."""

    item: UUID
    way: Literal["up", "down"]


class PieceWords(Given):
    """What an item says. `issue` null = in the stock of its publication. Where no text is given its
    characters are, with their source."""

    issue: UUID | None = None
    title: Line
    author: Line
    author_unit: Line = ""
    text: LongText = ""
    characters: int | None = Field(None, ge=1, le=9_999_999)
    measure_source: Line = ""
    first_page: int | None = Field(None, ge=1, le=9_999_999)
    last_page: int | None = Field(None, ge=1, le=9_999_999)


class PieceIn(PieceWords):
    """An item to collect."""

    publication: UUID
    state: ItemWord = "collected"
    collected_on: Day | None = None


class PieceFix(PieceWords):
    """An item as it should be: what is left out is emptied. `revision` is the one that was read."""

    revision: Revision
    state: ItemWord
    collected_on: Day


class PressOut(Schema):
    """A press item."""

    id: UUID
    title: str
    outlet: str
    level: LevelWord
    published_on: date
    link: str
    authors: str
    revision: int
    noted_by: str
    noted_at: datetime


class Press(Schema):
    """A page of press items."""

    items: list[PressOut]
    next: str | None


class PressIn(Given):
    """What a paper, a station or a site carried. A call carries no file, so the link is needed."""

    title: Line
    outlet: Line
    level: LevelWord
    published_on: Day
    link: Line
    authors: Line = ""


class PressFix(PressIn):
    """A press item as it should be; without a link it needs the file it has. `revision` is the one
    that was read."""

    revision: Revision
    link: Line = ""


class Numbers(Schema):
    """The numbers of a year: issues out with what they printed; what was collected in the year,
    and ever."""

    issues: int
    printed: int
    printed_characters: int
    collected: int
    collected_characters: int
    ever: int
    ever_characters: int


class PublicationNumbers(Numbers):
    """Those of one publication."""

    id: UUID
    title: str
    kind: KindWord


class KindNumbers(Numbers):
    """Those of all publications of a kind."""

    kind: KindWord


class LevelNumbers(Schema):
    """Press items of the year by level of the outlet."""

    level: LevelWord
    items: int


class Figures(Schema):
    """A year for the review."""

    year: int
    publications: list[PublicationNumbers]
    kinds: list[KindNumbers]
    total: Numbers
    press: list[LevelNumbers]
    press_total: int
