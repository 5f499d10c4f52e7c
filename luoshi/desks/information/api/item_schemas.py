"""What the API of items takes and gives. Units are their codes, dates ISO, instants UTC."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from luoshi.supervision.matters.api.schemas import Day, Given, Line, LongText

ItemKindWord = Literal["information", "opinion"]
ChannelWord = Literal["unit", "direct", "officer", "member", "own"]
ItemStateWord = Literal["submitted", "returned", "accepted", "issued", "merged"]
TabWord = Literal[
    "submitted",
    "accepted",
    "returned",
    "merged",
    "issued",
    "adopted",
    "instructed",
    "either",
    "handled",
]
TierWord = Literal["county", "city", "province", "nation"]
MarkWord = Literal["yes", "partly", "no"]
CriterionWord = Literal["value", "insight", "character", "novelty"]
Version = Annotated[int, Field(ge=1, le=32_767)]


class ItemLine(Schema):
    """An item as a list shows it; dates are those of the first time."""

    id: UUID
    number: str
    kind: ItemKindWord
    channel: ChannelWord
    title: str
    topic: str
    unit: str
    author: str
    state: ItemStateWord
    submitted_at: datetime
    issued_on: date | None
    adopted_on: date | None
    instructed_on: date | None
    handled_on: date | None


class Items(Schema):
    """One page of items."""

    items: list[ItemLine]
    next: str | None


class EvidencedOut(Schema):
    """The day of a step, what shows it, how many files hang on it, and who wrote it down."""

    id: UUID
    on: date
    evidence: str
    files: int
    noted_by: str
    noted_at: datetime


class AdoptionOut(EvidencedOut):
    """Who printed it and where; `merged`: with others."""

    tier: TierWord
    adopter: str
    publication: str
    issue: str
    merged: bool


class ItemWordsOut(EvidencedOut):
    """What a leader wrote; `matter` the number it became, `matter_id` for those who see it."""

    tier: TierWord
    leader: str
    leader_title: str
    text: str
    matter: str | None
    matter_id: UUID | None


class ItemHandoverOut(Schema):
    """Handed to a unit, as a request or as a share of a matter; `late`: an answer is overdue."""

    id: UUID
    unit: str
    unit_code: str
    way: Literal["matter", "request"]
    words: str
    on: date
    due_on: date | None
    late: bool
    matter: str | None
    matter_id: UUID | None
    noted_by: str
    noted_at: datetime


class ItemResultOut(EvidencedOut):
    """What became of it, and the rule or document it led to; `handover_id`: what it answers."""

    unit: str
    text: str
    rule_title: str
    rule_number: str
    handover_id: UUID | None


class CriterionOut(Schema):
    """One of the four criteria as it was judged."""

    criterion: CriterionWord
    mark: MarkWord
    words: str


class ItemOut(ItemLine):
    """An item with its words and what became of it. `version` is the one an edit names;
    `merged_into` for the desk alone."""

    text: str
    analysis: str
    suggestion: str
    characters: int
    research: bool
    version: int
    reason: str
    office: str
    copied_to: str | None
    about: list[str]
    topic_id: UUID | None
    merged_into: UUID | None
    criteria: list[CriterionOut]
    issues: list[str]
    adoptions: list[AdoptionOut]
    instructions: list[ItemWordsOut]
    handovers: list[ItemHandoverOut]
    results: list[ItemResultOut]


class ItemVersionOut(Schema):
    """The words as they stood, and why an editor changed them; 1 is the author's own."""

    number: int
    title: str
    text: str
    analysis: str
    suggestion: str
    why: str
    by_author: bool
    by: str
    at: datetime


class ItemVersions(Schema):
    """Every version, the newest first."""

    items: list[ItemVersionOut]


class LikeOut(Schema):
    """An item of the book that says nearly the same; `near`: issued only with a reason."""

    id: UUID
    number: str
    title: str
    unit: str
    state: ItemStateWord
    percent: int
    near: bool


class Likes(Schema):
    """The most alike first."""

    items: list[LikeOut]


class LinkOut(Schema):
    """One link of the lineage: its day, what it says, what shows it, and who did it."""

    step: str
    on: date | None
    words: str
    evidence: str
    page: str
    files: list[str]
    by: str


class Lineage(Schema):
    """From the suggestion to the result or rule, by day."""

    items: list[LinkOut]


class WordingIn(Given):
    """Title, situation, and what a social-opinion item adds (R-INF-5: at most 1,500 characters)."""

    title: Line
    text: LongText
    analysis: LongText = ""
    suggestion: LongText = ""


class ItemIn(WordingIn):
    """An item to submit; `about` holds unit codes, `to` the receiving office where it is not the
    usual one, `topic_id` the request it answers. `officer_id`: the desk hands a paper in for an
    officer it has engaged."""

    kind: ItemKindWord = "information"
    topic: Line = ""
    about: list[Line] = []
    to: UUID | None = None
    topic_id: UUID | None = None
    officer_id: UUID | None = None
    research: bool = False


class EditIn(WordingIn):
    """The words as they should be, why, and the version that was read."""

    why: Line
    version: Version


class JudgementIn(Given):
    """The review form: a mark for each criterion, a word where it is "no"."""

    accept: bool
    marks: dict[CriterionWord, MarkWord]
    words: dict[CriterionWord, Line] = {}
    reason: LongText = ""


class ItemMergerIn(Given):
    """The item it goes on in."""

    into: UUID


class ShownIn(Given):
    """The day (null = today), and the words that show it; files are added on the page."""

    on: Day | None = None
    evidence: LongText


class AdoptionIn(ShownIn):
    """Who printed it, in which publication and issue; `merged`: with others."""

    tier: TierWord
    adopter: Line
    publication: Line
    issue: Line = ""
    merged: bool = False


class ItemInstructionIn(ShownIn):
    """A leader's words: `leader_id` of one with an account, else `leader_name`."""

    tier: TierWord
    text: LongText
    leader_id: UUID | None = None
    leader_name: Line = ""
    leader_title: Line = ""


class WordsMatterIn(Given):
    """The units that handle it by their codes, the first leading, and the day it ends."""

    units: list[Line] = Field(max_length=50)
    until: Day


class ItemHandoverIn(Given):
    """What is asked of which units (codes) until when; as a matter the first unit leads and the day
    is needed."""

    way: Literal["request", "matter"] = "request"
    words: LongText
    units: list[Line] = Field(max_length=50)
    until: Day | None = None


class ItemResultIn(ShownIn):
    """What became of it, the rule or document it led to, and which handing over it answers (null =
    the latest to the token's unit)."""

    text: LongText
    rule_title: Line = ""
    rule_number: Line = ""
    handover_id: UUID | None = None
