"""What the API of duty takes and gives. A telephone number is null where the reader's page shows
none."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from luoshi.supervision.matters.api.schemas import Day, Given, Line, LongText, Moment, UnitOut

PostWord = Literal["leader", "officer"]
RosterWord = Literal["draft", "solving", "approved", "published"]
SwapWord = Literal["asked", "agreed", "approved", "declined", "withdrawn", "lapsed"]
NoteWord = Literal["call_in", "call_out", "instruction", "visitor", "document", "other"]
ResultWord = Literal["good", "slow", "absent", "other_person"]
LeaveWord = Literal["leave", "travel", "training", "illness"]


class LeaveOut(Schema):
    """Days on which somebody cannot be put on duty, both included."""

    id: UUID
    kind: LeaveWord
    starts_on: date
    ends_on: date


class PersonOut(Schema):
    """Somebody on the list of duty, with the leave that is not over. `account` null = does not
    sign in here; `most`: shifts in a month, 0 = any; `weekdays_off` 1–7; `revision`: how often it
    was written."""

    id: UUID
    account: UUID | None
    name: str
    title: str
    phone: str | None
    posts: list[PostWord]
    nights: bool
    weekdays_off: list[int]
    most: int
    starts_on: date
    ends_on: date | None
    revision: int
    leaves: list[LeaveOut]


class People(Schema):
    """A page of the list."""

    items: list[PersonOut]
    next: str | None


class LeaveIn(Given):
    """From and until, both included, and why."""

    starts_on: Day
    ends_on: Day
    kind: LeaveWord = "leave"


class RosterLine(Schema):
    """A roster as a list shows it. `progress`: of the solver, 0–100; `outcome`: what it said last
    (proved, fair, alone, together, no-solver; empty = nothing that still holds)."""

    id: UUID
    starts_on: date
    ends_on: date
    state: RosterWord
    progress: int
    outcome: str
    drafted_by: str
    drafted_at: datetime
    approved_by: str
    approved_at: datetime | None
    published_at: datetime | None


class ShiftOut(Schema):
    """A shift of a roster; `person` null = nobody yet."""

    id: UUID
    post: PostWord
    day: date
    starts_at: datetime
    ends_at: datetime
    day_class: Literal["workday", "weekend", "holiday"]
    sensitive: bool
    night: bool
    weight: int
    person_id: UUID | None
    person: str | None
    fixed: bool
    changed_reason: str


class RosterOut(RosterLine):
    """A roster with a page of its shifts in order. `hours`: covered by post, as proved when it was
    approved; `stuck`: shifts the solver found nobody for."""

    hours: dict[str, int]
    stuck: list[UUID]
    shifts: list[ShiftOut]
    next: str | None


class Rosters(Schema):
    """A page of rosters."""

    items: list[RosterLine]
    next: str | None


class ThereOut(Schema):
    """Somebody on duty in a unit; `shift_id` null = a roster kept at another node."""

    unit: UnitOut
    post: PostWord
    name: str
    title: str
    phone: str | None
    starts_at: datetime
    ends_at: datetime
    shift_id: UUID | None


class Shifts(Schema):
    """A page of who is on duty."""

    starts_on: date
    ends_on: date
    items: list[ThereOut]
    next: str | None


class SwapOut(Schema):
    """A swap; `other_id`: the shift that comes back in exchange, null = taken over."""

    id: UUID
    shift_id: UUID
    day: date
    post: PostWord
    other_id: UUID | None
    other_day: date | None
    asker_id: UUID
    asker: str
    taker_id: UUID
    taker: str
    state: SwapWord
    reason: str
    answer: str
    asked_at: datetime
    agreed_at: datetime | None
    decided_by: str
    decided_at: datetime | None


class Swaps(Schema):
    """A page of swaps."""

    items: list[SwapOut]
    next: str | None


class SwapIn(Given):
    """Who is asked to take the shift, and the shift that comes back."""

    taker: UUID
    other: UUID | None = None
    reason: Line


class SwapStepIn(Given):
    """The step; `words` where the one who is asked declines."""

    act: Literal["agree", "decline", "withdraw", "approve"]
    words: Line = ""


class NoteOut(Schema):
    """A line of the log. `phone`: while the line is open, for whoever has to call back."""

    id: UUID
    kind: NoteWord
    at: datetime
    who: str
    phone: str | None
    text: str
    given_to: str
    pending: bool
    settled_at: datetime | None
    settled_by: str
    outcome: str
    noted_by: str
    noted_at: datetime


class Notes(Schema):
    """A page of the log."""

    items: list[NoteOut]
    next: str | None


class NoteIn(Given):
    """What happened; `at` null = now, `pending`: something is still to do."""

    kind: NoteWord
    who: Line
    text: LongText
    at: Moment | None = None
    phone: Line = ""
    given_to: Line = ""
    pending: bool = False


class SettlingIn(Given):
    """What was done about an open line."""

    outcome: Line


class PeriodOut(Schema):
    """A sensitive period in the office's book; `from_unit` null = declared by the office itself."""

    id: UUID
    title: str
    basis: str
    starts_on: date
    ends_on: date
    daily: bool
    from_unit: UnitOut | None
    declared_by: str
    declared_at: datetime
    revoked_at: datetime | None
    revoked_reason: str


class Periods(Schema):
    """A page of periods."""

    items: list[PeriodOut]
    next: str | None


class DailyOut(Schema):
    """A daily report: of the office itself, or of a unit below to who declared the period."""

    id: UUID
    unit: UnitOut
    day: date
    nothing: bool
    text: str
    due_at: datetime
    sent_at: datetime
    late: bool
    sent_by: str


class Dailies(Schema):
    """A page of daily reports."""

    items: list[DailyOut]
    next: str | None


class DailyIn(Given):
    """The day's report; `nothing` = nothing happened, which is a report too."""

    day: Day
    nothing: bool = False
    text: LongText = ""


class CheckOut(Schema):
    """A surprise check: who was called, who answered after how many seconds (null = nobody)."""

    id: UUID
    office: UnitOut
    unit: UnitOut
    called_at: datetime
    seconds: int | None
    allowed: int
    expected: str
    answered_by: str
    result: ResultWord
    words: str
    checked_by: str


class Checks(Schema):
    """A page of checks."""

    items: list[CheckOut]
    next: str | None


class CheckIn(Given):
    """A call: `unit` by its code, `called_at` null = now, `seconds` null = nobody answered."""

    unit: Line
    called_at: Moment | None = None
    seconds: int | None = None
    answered_by: Line = ""
    words: LongText = ""
