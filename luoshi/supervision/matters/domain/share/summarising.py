"""Keep the clock columns of shares and matters and the units' summary rows exact.

Called by every verb inside its transaction, and by the sweep when a stored instant passes. What is
stored is decided from rows alone; the light is derived later for an instant (clocks.py).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import Coalesce

from luoshi.foundation.core.rows.batches import batches
from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.domain.queries.sight import place, viewers_of
from luoshi.foundation.organizations.domain.queries.viewers import handled_by, low_half
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.share.stages import stages_of, unmet
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    AssignmentState,
    DutyState,
    Light,
    MatterState,
    Part,
    ReportState,
    Turn,
)
from luoshi.supervision.matters.models import (
    Assignment,
    Matter,
    ReportDuty,
    UnitSummary,
    behind_plan,
    showing,
)
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.enums import DutyKind

UNITS = 100
COUNTED = (*(light.value for light in Light), "in_review")
STAGED = ("behind_at", "planned_percent", "reported_percent")
STATED = ("pk", "corrects", "percent", "submitted_at")
PLANNED = ("进度计划", "Planned progress")
NEVER = datetime.max.replace(tzinfo=UTC)
HANDED_ON = (AssignmentState.REASSIGNED, AssignmentState.MERGED)
CLOCK_COLUMNS = (
    "on_clock",
    "attention_at",
    "overdue_at",
    "late_marks",
    "last_heard_at",
    "shares",
    "next_title_zh",
    "next_title_en",
    "lead_unit",
    "owing_unit",
    "wanting_state",
    "seen_by",
    "turn",
    *STAGED,
)


@dataclass
class Clock:
    """The clock of a share as its duties give it."""

    runs: bool = False
    attention_at: datetime | None = None
    overdue_at: datetime | None = None
    next_title_zh: str = ""
    next_title_en: str = ""

    def limit(self, duty: ReportDuty, at: datetime, warn_at: datetime | None) -> None:
        """A limit runs; the earliest one gives the title of what is next."""
        self.runs = True
        if self.overdue_at is None or at < self.overdue_at:
            self.overdue_at = at
            self.next_title_zh, self.next_title_en = duty.title_zh, duty.title_en
        self.attention(warn_at)

    def planned(self, share: Assignment) -> None:
        """It runs to the planned stage not reached yet, also while no report is owed."""
        if share.behind_at is not None and share.state == AssignmentState.IN_PROGRESS:
            self.runs = True
            if not self.next_title_zh:
                self.next_title_zh, self.next_title_en = PLANNED
        self.attention(share.behind_at)

    def attention(self, at: datetime | None) -> None:
        """Attention is wanted from this instant on."""
        if at is not None and (self.attention_at is None or at < self.attention_at):
            self.attention_at = at


def clock_of(assignment: Assignment, duties: Iterable[ReportDuty]) -> Clock:
    """The clock of an open share: worst open duty, silence of irregular duties, signing. Once the
    final report is accepted nothing irregular is owed any more (TR-08, TR-09)."""
    clock = Clock()
    if assignment.stopped_at is not None:
        return clock
    heard = assignment.last_heard_at or assignment.signed_at
    reviewing = assignment.state == AssignmentState.UNDER_REVIEW
    duties = list(duties)
    ended = finished(duties)
    for duty in duties:
        if duty.state == DutyState.RETURNED:
            clock.limit(duty, duty.redo_due_at or assignment.assigned_at, assignment.assigned_at)
        elif duty.state == DutyState.OPEN and duty.due_at is not None:
            clock.limit(duty, duty.due_at, duty.warn_at)
        elif duty.state == DutyState.OPEN and not reviewing and not ended:
            clock.runs = True
            silence = duty.rule_version.silence_days if duty.rule_version else None
            if silence and heard:
                clock.attention(end_of_day(office_date(heard + timedelta(days=silence))))
            if not clock.next_title_zh:
                clock.next_title_zh, clock.next_title_en = duty.title_zh, duty.title_en
    if assignment.state == AssignmentState.UNSIGNED:
        clock.runs = True
        lead = settings_of(assignment.matter.office_id).unsigned_workdays
        day = current_calendar().add_workdays(office_date(assignment.assigned_at), lead)
        clock.attention(end_of_day(day))
    clock.planned(assignment)
    return clock


def finished(duties: Iterable[ReportDuty]) -> bool:
    """Whether the final report is accepted."""
    return any(d.kind == DutyKind.FINAL and d.state == DutyState.ACCEPTED for d in duties)


def hold_against_plan(assignment: Assignment, *, runs: bool) -> None:
    """What of the planned progress was reported last, and from when the share is behind it
    (R-SUP-5); one query where there is a plan, none otherwise."""
    stages = stages_of(assignment) if runs else []
    reported = last_percent(assignment) if stages else None
    stage = unmet(stages, reported)
    assignment.reported_percent = reported
    assignment.behind_at = stage.passes_at if stage else None
    assignment.planned_percent = stage.percent if stage else None


def last_percent(assignment: Assignment) -> int | None:
    """The progress the unit stated last; what was returned to it does not count. A correction
    stands where the report it corrects does: putting an earlier one right takes no later one back.
    """
    said = assignment.reports.filter(state__in=(ReportState.SUBMITTED, ReportState.ACCEPTED))
    if assignment.reopening_id is not None:
        said = said.filter(submitted_at__gte=assignment.assigned_at)
    stands: dict[UUID | None, datetime] = {}
    latest = datetime.min.replace(tzinfo=UTC)
    found: int | None = None
    rows = said.order_by("submitted_at", "created_at")
    for pk, corrected, percent, sent in rows.values_list(*STATED):
        stands[pk] = stands.get(corrected, sent)
        if percent is not None and stands[pk] >= latest:
            latest, found = stands[pk], percent
    return found


def turn_of(assignment: Assignment, clock: Clock) -> Turn:
    """Whose move it is; an objection waits for the office's answer (R-PRO-5)."""
    if assignment.state not in ASSIGNMENT_OPEN:
        return Turn.NOBODY
    if assignment.state == AssignmentState.UNDER_REVIEW:
        return Turn.REVIEWER
    if assignment.objected_at is not None:
        return Turn.OFFICE
    return Turn.UNIT if clock.runs else Turn.OFFICE


def refresh(assignment: Assignment, *, at: datetime) -> None:
    """Rewrite the clock columns of a share, its matter, and its unit's summary."""
    duties = list(assignment.duties.select_related("rule_version"))
    still_open = assignment.state in ASSIGNMENT_OPEN
    hold_against_plan(assignment, runs=still_open and not finished(duties))
    if still_open:
        clock = clock_of(assignment, duties)
        assignment.on_clock = clock.runs
        assignment.attention_at, assignment.overdue_at = clock.attention_at, clock.overdue_at
        assignment.next_title_zh, assignment.next_title_en = (
            clock.next_title_zh,
            clock.next_title_en,
        )
        assignment.turn = turn_of(assignment, clock)
    assignment.late_marks = sum(1 for duty in duties if duty.late_amount is not None)
    assignment.extends_on = None  # whatever happened may have moved its periods
    assignment.save()
    refresh_matter(assignment.matter, at=at)
    refresh_unit(assignment.unit_id, at=at)


def refresh_matter(matter: Matter, *, at: datetime) -> None:
    """Rewrite the matter's clock from its open shares and those of its sub-matters (worst share,
    earliest limit); only the clock's own columns are written. The shares are read once."""
    rows = Assignment.objects.filter(Q(matter=matter) | Q(matter__parent=matter))
    shares = list(rows.select_related("unit").order_by("assigned_at", "pk"))
    running = [s for s in shares if s.state in ASSIGNMENT_OPEN and s.on_clock]
    matter.on_clock = bool(running)
    matter.attention_at = earliest(share.attention_at for share in running)
    matter.overdue_at = earliest(share.overdue_at for share in running)
    matter.late_marks = sum(share.late_marks for share in shares)
    matter.last_heard_at = max((s.last_heard_at for s in shares if s.last_heard_at), default=None)
    matter.shares = len({share.unit_id for share in shares})
    first = min(running, key=lambda share: share.overdue_at or NEVER, default=None)
    matter.owing_unit_id = first.unit_id if first and first.overdue_at else None
    asking = min(running, key=lambda share: share.attention_at or NEVER, default=None)
    matter.wanting_state = asking.state if asking and asking.attention_at else ""
    last = min(running, key=lambda share: share.behind_at or NEVER, default=None)
    for name in STAGED:
        setattr(matter, name, getattr(last, name) if last and last.behind_at else None)
    matter.next_title_zh = first.next_title_zh if first else ""
    matter.next_title_en = first.next_title_en if first else ""
    matter.lead_unit_id = next((s.unit_id for s in shares if leads(s, matter)), None)
    own = {share.unit_id for share in shares if share.matter_id == matter.pk}
    matter.seen_by = seeing((share.unit for share in shares), own, matter.also_instructed_by)
    if matter.state == MatterState.ASSIGNED:
        states = {share.state for share in shares}
        unit = any(s.turn == Turn.UNIT for s in shares if s.state in ASSIGNMENT_OPEN)
        waiting = AssignmentState.UNDER_REVIEW in states
        matter.turn = Turn.REVIEWER if waiting else Turn.UNIT if unit else Turn.OFFICE
    matter.save(update_fields=CLOCK_COLUMNS)
    refresh_parent(matter, at=at)


def earliest(instants: Iterable[datetime | None]) -> datetime | None:
    """The first of the instants that are known."""
    return min((instant for instant in instants if instant is not None), default=None)


def leads(share: Assignment, matter: Matter) -> bool:
    """Whether the share's unit stands for the matter itself: lead, sole or one of the separate."""
    leading = share.part in {Part.LEAD, Part.SOLE, Part.SEPARATE}
    return leading and share.matter_id == matter.pk and share.state not in HANDED_ON


def refresh_parent(matter: Matter, *, at: datetime) -> None:
    """A whole shows its sub-matters' clocks too: rewrite it, under its lock, after a part moved."""
    if matter.parent_id is not None:
        rows = Matter.objects.select_for_update(of=("self",))
        refresh_matter(rows.get(pk=matter.parent_id), at=at)


def marks(matter: Matter) -> list[int]:
    """What `seen_by` of a matter has to say."""
    own, parts = Q(assignments__matter=matter), Q(assignments__matter__parent=matter)
    handling = matter.assignments.order_by().values_list("unit_id", flat=True)
    units = Unit.objects.filter(own | parts).distinct()
    return seeing(units, handling, matter.also_instructed_by)


def seeing(
    units: Iterable[Unit], handling: Iterable[UUID], leaders: Iterable[UUID] = ()
) -> list[int]:
    """The marks of everybody who sees one of these units, of the units that handle the matter
    themselves, and of the later leaders who instructed on it, sorted."""
    seen = {mark for unit in units for mark in viewers_of(place(unit))}
    seen |= {handled_by(unit_id) for unit_id in handling}
    return sorted(seen | {low_half(person_id) for person_id in leaders})


def renew_marks(sender: object, units: Iterable[UUID], **_: object) -> int:
    """Renew the marks of the matters in which these units take part; returns how many changed."""
    changed = []
    moved = list(units)
    own, parts = Q(assignments__unit__in=moved), Q(sub_matters__assignments__unit__in=moved)
    rows = Matter.objects.filter(own | parts).only("seen_by", "also_instructed_by").distinct()
    for matter in rows.iterator(chunk_size=1000):
        found = marks(matter)
        if found != matter.seen_by:
            matter.seen_by = found
            changed.append(matter)
    Matter.objects.bulk_update(changed, ("seen_by",), batch_size=1000)
    return len(changed)


def hold_units(units: Iterable[UUID]) -> None:
    """Lock the summaries of units in one order; a verb that moves several units takes them all
    before the first, so that two such verbs never wait for each other."""
    with connection.cursor() as cursor:
        for unit_id in sorted(units):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(unit_id)])


def refresh_unit(unit_id: UUID, *, at: datetime) -> None:
    """Recount one unit's lights at `at`."""
    refresh_units([unit_id], at=at)


def refresh_units(units: Collection[UUID], *, at: datetime) -> None:
    """Recount the lights of units at `at`, under locks on their summaries; a summary is true until
    the first stored instant at which one of its lights changes by itself. Runs in a transaction."""
    hold_units(units)
    still_open = Q(state__in=ASSIGNMENT_OPEN)
    lights = {light.value: Count("pk", filter=still_open & showing(light, at)) for light in Light}
    shares = Assignment.objects.filter(unit_id__in=units).order_by().values("unit_id")
    counted: Any = shares.annotate(
        **lights,
        in_review=Count("pk", filter=Q(state=AssignmentState.UNDER_REVIEW)),
        late=Count("pk", filter=still_open & Q(late_marks__gt=0)),
        slipped=Count("pk", filter=still_open & behind_plan(at)),
        marks=Coalesce(Sum("late_marks"), 0),
        attention=Min("attention_at", filter=Q(on_clock=True, attention_at__gt=at)),
        overdue=Min("overdue_at", filter=Q(on_clock=True, overdue_at__gt=at)),
        slips=Min("behind_at", filter=Q(on_clock=True, behind_at__gt=at)),
    )
    rows = {unit_id: UnitSummary(unit_id=unit_id, as_of=at) for unit_id in sorted(units)}
    for found in counted:
        row = rows[found["unit_id"]]
        for name in COUNTED:
            setattr(row, name, found[name])
        row.late_marks, row.late_shares = found["marks"], found["late"]
        row.behind = found["slipped"]
        row.valid_until = earliest((found["attention"], found["overdue"], found["slips"]))
    UnitSummary.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["unit"],
        update_fields=[*COUNTED, "late_marks", "late_shares", "behind", "as_of", "valid_until"],
    )


def refresh_expired(*, at: datetime) -> int:
    """Recount the units whose summary stopped being true; returns how many (sweep)."""
    expired = UnitSummary.objects.filter(valid_until__lte=at).order_by("unit_id")
    units = list(expired.values_list("unit_id", flat=True))
    for some in batches(units, UNITS):
        with transaction.atomic():
            refresh_units(some, at=at)
    return len(units)
