"""What the API takes and gives of drawing a roster up, its proof, single shifts, hand-overs, the
list of duty and how an office is on duty."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from luoshi.desks.duty.api.schemas import DailyOut, NoteOut, PostWord, RosterWord, ShiftOut
from luoshi.supervision.matters.api.schemas import Day, Given, Line, LongText, UnitOut

Hour = Annotated[int, Field(ge=0, le=23)]
Small = Annotated[int, Field(ge=0, le=1000)]
WhyWord = Literal["twice", "rest", "away", "off", "night", "post", "most"]


class RosterSpanIn(Given):
    """The days of a roster, both included. `work_out`: give it to the solver at once."""

    starts_on: Day
    ends_on: Day
    work_out: bool = True


class StuckShift(Schema):
    """A shift the solver found nobody for."""

    id: UUID
    post: PostWord
    day: date
    starts_at: datetime
    ends_at: datetime


class RosterTask(Schema):
    """Drawing a roster up, a task of seconds to minutes. `state`: none (never asked for, stopped,
    or changed by hand since), running, done, refused (nobody can make it: `why`, `next`, `stuck`).
    `outcome`: proved (no fairer roster exists), fair, alone, together, no-solver; `seconds` it
    took; `progress` 0–100."""

    roster_id: UUID
    state: Literal["none", "running", "done", "refused"]
    roster_state: RosterWord
    progress: int
    outcome: str
    asked_at: datetime | None
    seconds: float
    why: str
    next: str
    stuck: list[StuckShift]


class HoleOut(Schema):
    """A post with nobody on it."""

    post: PostWord
    starts_at: datetime
    ends_at: datetime


class TroubleOut(Schema):
    """A shift against a rule; `reason`: why it was set by hand all the same."""

    shift_id: UUID
    day: date
    post: PostWord
    person: str
    why: WhyWord
    words: str
    reason: str


class BearingOut(Schema):
    """What one person bears in the roster, and with the year before it. `special`: holidays and
    sensitive days; weights in points."""

    person_id: UUID
    person: str
    shifts: int
    nights: int
    weekends: int
    special: int
    weight: int
    year_special: int
    year_weight: int


class SpreadOut(Schema):
    """The difference between who bears most and least of a post, over the year."""

    post: PostWord
    weight: int
    special: int


class ProofOut(Schema):
    """The roster looked through as it stands. `sound`: no gap and nothing against a rule; `hours`
    covered without a gap, by post."""

    sound: bool
    hours: dict[str, int]
    holes: list[HoleOut]
    troubles: list[TroubleOut]
    bearing: list[BearingOut]
    spread: list[SpreadOut]


class FitOut(Schema):
    """Somebody of the post, and in sentences what stands against putting them there."""

    person_id: UUID
    person: str
    against: list[str]


class OneShiftOut(ShiftOut):
    """A shift with who could hold it; `able` is empty where it is not set by hand any more."""

    roster_id: UUID
    able: list[FitOut]


class HolderIn(Given):
    """Who holds the shift from now on, null = nobody; the reason where one is owed."""

    person: UUID | None
    reason: Line = ""


class OpenElsewhere(Schema):
    """What another desk had open: how many, and the first of them by name."""

    label: str
    count: int
    names: list[str]


class HandoverLine(Schema):
    """A hand-over as a list shows it. `open_lines`: of the log, as they were; `revision`: how often
    it was written; `taken_at` null = the second signature is missing."""

    id: UUID
    shift_id: UUID
    day: date
    post: PostWord
    giver_id: UUID
    giver: str
    taker_id: UUID
    taker: str
    words: str
    open_lines: int
    revision: int
    given_at: datetime
    taken_at: datetime | None
    taken_words: str


class HandoverOut(HandoverLine):
    """A hand-over with what went along."""

    lines: list[NoteOut]
    elsewhere: list[OpenElsewhere]


class Handovers(Schema):
    """A page of hand-overs."""

    items: list[HandoverLine]
    next: str | None


class HandoverIn(Given):
    """How things stand. `taker` null = whoever the roster names next; `revision`: of the hand-over
    that was read, 0 = none was there."""

    words: LongText
    taker: UUID | None = None
    revision: Annotated[int, Field(ge=0, le=10**9)] = 0


class TakingIn(Given):
    """The second signature: the revision that was read, and a remark."""

    revision: Annotated[int, Field(ge=0, le=10**9)]
    words: Line = ""


class EntryIn(Given):
    """An entry of the list of duty. `account` of somebody with a post in the unit, null = does
    not sign in here; `most` shifts in a month, 0 = any; `weekdays_off` 1–7; `starts_on` null =
    today, when changed: as it was."""

    name: Line
    posts: list[PostWord]
    title: Line = ""
    phone: Line = ""
    nights: bool = True
    weekdays_off: Annotated[list[int], Field(max_length=7)] = []
    most: int = 0
    starts_on: Day | None = None
    ends_on: Day | None = None


class ChangedEntryIn(EntryIn):
    """The entry as it is to be; `revision` is the one that was read."""

    revision: Annotated[int, Field(ge=0, le=10**9)]


class NewEntryIn(EntryIn):
    """Somebody new on the list."""

    account: UUID | None = None


class WayOut(Schema):
    """How the office is on duty. Hours 0–23 at which shifts begin, each until the next; weights in
    points; `answer_seconds` of a check; `report_hour` of the daily report; `version` 0 = the usual
    way, the office has set none."""

    officer_starts: list[int]
    leader_starts: list[int]
    leader_days: Literal["always", "special"]
    rest_hours: int
    workday: int
    weekend: int
    holiday: int
    night_extra: int
    sensitive_extra: int
    answer_seconds: int
    report_hour: int
    check_days: int
    version: int


class WayIn(Given):
    """Another way to be on duty, with the rule or decision it rests on; `version` is the one that
    was read."""

    officer_starts: Annotated[list[Hour], Field(max_length=4)]
    leader_starts: Annotated[list[Hour], Field(max_length=4)]
    leader_days: Literal["always", "special"]
    rest_hours: Small
    workday: Small
    weekend: Small
    holiday: Small
    night_extra: Small
    sensitive_extra: Small
    answer_seconds: Small
    report_hour: Small
    check_days: Small
    version: Annotated[int, Field(ge=0, le=10**9)]
    reason: Line


class PeriodIn(Given):
    """A sensitive period, both days included; `daily`: a report every day."""

    title: Line
    basis: Line
    starts_on: Day
    ends_on: Day
    daily: bool = True


class RevokingIn(Given):
    """Why the period does not hold any more."""

    reason: Line


class BelowOut(Schema):
    """An office one level down on a day of a period; `report` null = not reported."""

    unit: UnitOut
    report: DailyOut | None


class BelowDay(Schema):
    """Who has reported on a day, and who has not."""

    day: date
    reported: int
    items: list[BelowOut]
