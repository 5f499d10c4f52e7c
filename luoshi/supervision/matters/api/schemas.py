"""What the API takes and gives. Instants are ISO 8601 in UTC, dates ISO, units their codes."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Header, Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from luoshi.foundation.core.time import office_zone
from luoshi.foundation.core.web.problems import READ, Problem

Line = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00]*$")]
LongText = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Number = Annotated[Decimal, Field(max_digits=18, decimal_places=4)]
Key = Annotated[str, StringConstraints(min_length=8, max_length=64, pattern=r"^[A-Za-z0-9._-]+$")]
KEY = Header(alias="Idempotency-Key")
LightWord = Literal["red", "yellow", "green", "grey"]
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def aware(at: datetime) -> datetime:
    """An instant without offset is read in the office's zone."""
    from_office = at.replace(tzinfo=office_zone()) if at.tzinfo is None else at
    return max(EARLIEST, min(LATEST, from_office)).astimezone(UTC)


Moment = Annotated[datetime, AfterValidator(aware)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2098, 12, 31))]


class Given(Schema):
    """Base of every body: an unknown field is refused, not ignored (security.md 9)."""

    model_config = ConfigDict(extra="forbid")


class UnitOut(Schema):
    """A unit by code and short name."""

    code: str
    name: str


class AddresseeOut(Schema):
    """Who gets reports or copies: a unit with its code, or words (`code` null)."""

    code: str | None
    name: str


class StageOut(Schema):
    """Planned progress: by the end of this day so many per cent are done."""

    on: date
    percent: int
    text: str


class MatterLine(Schema):
    """A matter as a list shows it. `due_at` is the earliest running limit, `behind` whether some
    unit is behind its planned progress."""

    id: UUID
    number: str
    title: str
    regime: str
    state: str
    light: str
    behind: bool
    turn: str
    office: UnitOut
    lead_unit: UnitOut | None
    due_at: datetime | None
    last_heard_at: datetime | None
    late_marks: int


class ShareLine(Schema):
    """A unit's share as its siblings may see it: name, part, light (decision 8)."""

    id: UUID
    unit: UnitOut
    part: str
    light: str


class MatterOut(MatterLine):
    """A matter with its plan, origin and shares."""

    content: str
    method: str
    purpose: str
    basis: str
    end_on: date | None
    urgent: bool
    origin: dict[str, Any]
    registered_at: datetime | None
    assigned_at: datetime | None
    ended_at: datetime | None
    stopped_at: datetime | None
    joint_office: UnitOut | None
    report_to: list[AddresseeOut]
    copy_to: list[AddresseeOut]
    parent_id: UUID | None
    merged_into: UUID | None
    revision: int
    stages: list[StageOut]
    assignments: list[ShareLine]


class MatterIn(Given):
    """A new matter. `task_rules` are deadline rules as JSON; `anchors` dates of issue, meeting;
    `joint_office` the code of the other general office (S3-55); `report_to` and `copy_to` names or
    unit codes of who gets the reports besides the office (null = as they are)."""

    title: Line
    regime: Line = "document"
    content: LongText = ""
    method: LongText = ""
    purpose: LongText = ""
    basis: Line = ""
    end_on: date | None = None
    task_rules: list[dict[str, Any]] = Field(default_factory=list, max_length=20)
    anchors: dict[Literal["issue", "meeting", "event", "instruction"], date] = Field(
        default_factory=dict
    )
    urgent_amount: int | None = Field(None, ge=1, le=720)
    urgent_unit: Literal["", "hours", "days"] = ""
    urgent_basis: Line = ""
    joint_office: Line = ""
    report_to: list[Line] | None = Field(None, max_length=20)
    copy_to: list[Line] | None = Field(None, max_length=20)
    origin_title: Line = ""
    origin_reference: Line = ""


class PlanIn(MatterIn):
    """A changed plan; `revision` is the one that was read. `anchors` and `task_rules` left out stay
    as they are; `end_reason` says why the end date moves where limits are that date."""

    revision: int = Field(ge=0, le=2_000_000_000)
    end_reason: Line = ""


class ShareIn(Given):
    """A unit's part."""

    unit: Line
    part: Literal["lead", "joint", "separate", "sole"]
    task: Line = ""


class AssigningIn(Given):
    """Units to assign to."""

    shares: list[ShareIn] = Field(max_length=200)


class AssignmentOut(ShareLine):
    """A share with its own state and clock; from `behind_at` on it is behind its planned progress
    unless it has reported `planned_percent` by then. `stages` is its own plan."""

    matter_id: UUID
    matter_number: str
    matter_title: str
    state: str
    turn: str
    task: str
    courteous: bool
    assigned_at: datetime
    signed_at: datetime | None
    stopped_at: datetime | None
    due_at: datetime | None
    late_marks: int
    returns: int
    stages: list[StageOut]
    behind_at: datetime | None
    planned_percent: int | None
    reported_percent: int | None


class DutyOut(Schema):
    """A report duty; `trace` explains its date step by step."""

    id: UUID
    assignment_id: UUID
    rule: str
    period: str
    kind: str
    title_zh: str
    title_en: str
    content: list[str]
    legal_basis: str
    state: str
    light: str
    due_at: datetime | None
    provisional: bool
    submitted_at: datetime | None
    late_amount: int | None
    late_unit: str
    trace: dict[str, Any] | None


class FigureIn(Given):
    """A named figure."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
    value: Number
    measure: Annotated[str, StringConstraints(max_length=20, pattern=r"^[^\x00]*$")] = ""


class FigureOut(Schema):
    """A figure as sent, with the value before it."""

    name: str
    value: str
    measure: str
    previous: str | None


class WordsIn(Given):
    """What a report says; `percent` of the planned progress and `hours` of writing as one likes."""

    progress: LongText = ""
    state_change: Line = ""
    problems: LongText = ""
    next_steps: LongText = ""
    summary: LongText = ""
    late_reason: Line = ""
    signed_by_principal: Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")] = (
        ""
    )
    figures: list[FigureIn] = Field(default_factory=list, max_length=50)
    percent: int | None = Field(None, ge=0, le=100)
    hours: Decimal | None = Field(None, gt=0, lt=1000, decimal_places=1)


class ReportIn(WordsIn):
    """A report and the duties it fulfils (none: planned progress, stated in `percent` while no
    report is owed); `revision` is that of the draft it goes on from: a draft
    somebody else saved since is then not written over (none = the newest draft, whoever's)."""

    duties: list[UUID] = Field(max_length=50)
    revision: int | None = Field(None, ge=0, le=1_000_000)


class CorrectionIn(WordsIn):
    """A correction of an accepted report: the whole report as it should read, and the reason."""

    reason: Line


class SourcesIn(Given):
    """Accepted reports of units below."""

    sources: list[UUID] = Field(min_length=1, max_length=200)


class AskedFigureIn(Given):
    """A figure a matter asks for."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]
    measure: Annotated[str, StringConstraints(max_length=20, pattern=r"^[^\x00]*$")] = ""
    target: Number | None = None


class MeasuresIn(Given):
    """What a matter is measured by; `least_evidence` null = as the office."""

    figures: list[AskedFigureIn] = Field(default_factory=list, max_length=20)
    least_evidence: int | None = Field(None, ge=1, le=5)


class ReviewOut(Schema):
    """The decision on a report."""

    verdict: str
    reason: str
    reviewer: str
    reviewed_at: datetime
    redo_due_at: datetime | None
    evidence: int
    evidence_note: str
    drawn: bool


class ReportOut(Schema):
    """A report as sent."""

    id: UUID
    assignment_id: UUID
    state: str
    round: int
    receipt_number: str
    final: bool
    late: bool
    progress: str
    state_change: str
    problems: str
    next_steps: str
    summary: str
    percent: int | None
    hours: str | None
    submitted_at: datetime | None
    corrects: UUID | None
    signed_by_principal: str
    figures: list[FigureOut]
    review: ReviewOut | None


class Matters(Schema):
    """A page of matters; `next` is the cursor of the next one, or null."""

    items: list[MatterLine]
    next: str | None


class Assignments(Schema):
    """A page of shares."""

    items: list[AssignmentOut]
    next: str | None


class Duties(Schema):
    """A page of duties."""

    items: list[DutyOut]
    next: str | None


class Reports(Schema):
    """A page of reports."""

    items: list[ReportOut]
    next: str | None


class ExtensionIn(Given):
    """A request for a later limit: the instant the new limit would pass, and the reason."""

    wanted_at: datetime
    reason: LongText


class ExtensionOut(Schema):
    """A request with its decision; `limit_at` is the limit before it."""

    id: UUID
    duty_id: UUID
    state: str
    reason: str
    limit_at: datetime
    wanted_at: datetime
    granted_at: datetime | None
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    remark: str


class Extensions(Schema):
    """A page of requests."""

    items: list[ExtensionOut]
    next: str | None


class Decision(Given):
    """The body of an act that only a person may do."""

    reason: LongText = ""


class Proposing(Given):
    """Why a matter is needed beside a similar one; empty where there is none."""

    reason: LongText = ""


class Reopened(Decision):
    """The body of a reopening: the reason, and the new limit."""

    due_on: date = date(2090, 12, 31)


WRITE = READ | {409: Problem}
