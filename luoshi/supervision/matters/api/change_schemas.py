"""What the API takes and gives about division and changes."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from luoshi.supervision.matters.api.schemas import Day, Given, Line, LongText, ShareIn, UnitOut


class PartIn(Given):
    """One sub-matter; what is empty is taken from the whole."""

    title: Line
    content: LongText = ""
    method: LongText = ""
    purpose: LongText = ""
    end_on: date | None = None
    shares: list[ShareIn] = Field(default_factory=list, max_length=60)


class Division(Given):
    """The sub-matters to make."""

    parts: list[PartIn] = Field(min_length=1, max_length=60)


class ReassignmentIn(Given):
    """The new unit by code, and why."""

    unit: Line
    reason: LongText


class Advice(Given):
    """A joint unit's words to the lead unit."""

    text: LongText


class MergerIn(Given):
    """The other matter, and why."""

    into: UUID
    reason: LongText = ""


class StopIn(Given):
    """Why the clock stands still; without `assignment` for the whole matter."""

    assignment: UUID | None = None
    reason: LongText = ""


class OpinionOut(Schema):
    """One opinion."""

    id: UUID
    assignment_id: UUID
    unit: UnitOut
    lead: UnitOut
    text: str
    given_by: str
    given_at: datetime


class Opinions(Schema):
    """Opinions in the order they were given."""

    items: list[OpinionOut]


class SimilarOut(Schema):
    """A matter that looks like the asked one."""

    id: UUID
    number: str
    title: str
    percent: int
    units: list[str]
    assigned_at: datetime | None


class SimilarMatters(Schema):
    """Similar matters, the most alike first."""

    items: list[SimilarOut]


class TogetherIn(Given):
    """Why a matter's recurring reports are asked within the quarterly report."""

    reason: Line


class TogetherOut(Schema):
    """What is answered in which report; `saved` reports a year a unit owes less."""

    titles: str
    into: str
    saved: int
    reason: str


class StageIn(Given):
    """Planned progress: by the end of this day so many per cent are done."""

    on: Day
    percent: int = Field(ge=1, le=100)
    text: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = ""


class StagesIn(Given):
    """The whole plan by day; empty = none, and only limits count."""

    stages: list[StageIn] = Field(default_factory=list, max_length=12)


class LimitIn(Given):
    """A limit as the assigning office sets it: the day it ends with, and why."""

    on: date
    reason: Line


class ExtensionDecisionIn(Given):
    """Granted, to the wanted limit or to `granted_at`, or refused with the reason."""

    granted: bool = True
    granted_at: datetime | None = None
    reason: LongText = ""


class EventIn(Given):
    """An event limits count from (stage_end, event, meeting), its day, and how it is known."""

    event: Line
    on: date
    basis: LongText


class EventOut(Schema):
    """The event as noted, and how many limits were dated by it."""

    event: str
    on: date
    basis: str
    dated: int
