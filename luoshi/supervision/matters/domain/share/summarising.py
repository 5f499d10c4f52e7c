"""Keep the clock columns of shares and matters and the units' summary rows exact.

Called by every verb inside its transaction, and by the sweep when a stored instant passes. What is
stored is decided from rows alone; the light is derived later for an instant (clocks.py).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, Max, Min, Q, Sum

from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.domain.queries.sight import place, viewers_of
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    AssignmentState,
    DutyState,
    Light,
    MatterState,
    Part,
    Turn,
)
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty, UnitSummary, showing
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

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
    "seen_by",
    "turn",
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

    def attention(self, at: datetime | None) -> None:
        """Attention is wanted from this instant on."""
        if at is not None and (self.attention_at is None or at < self.attention_at):
            self.attention_at = at


def clock_of(assignment: Assignment, duties: Iterable[ReportDuty]) -> Clock:
    """The clock of an open share: worst open duty, silence of irregular duties, signing."""
    clock = Clock()
    if assignment.stopped_at is not None:
        return clock
    heard = assignment.last_heard_at or assignment.signed_at
    reviewing = assignment.state == AssignmentState.UNDER_REVIEW
    for duty in duties:
        if duty.state == DutyState.RETURNED:
            clock.limit(duty, duty.redo_due_at or assignment.assigned_at, assignment.assigned_at)
        elif duty.state == DutyState.OPEN and duty.due_at is not None:
            clock.limit(duty, duty.due_at, duty.warn_at)
        elif duty.state == DutyState.OPEN and not reviewing:
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
    return clock


def turn_of(assignment: Assignment, clock: Clock) -> Turn:
    """Whose move it is."""
    if assignment.state not in ASSIGNMENT_OPEN:
        return Turn.NOBODY
    if assignment.state == AssignmentState.UNDER_REVIEW:
        return Turn.REVIEWER
    return Turn.UNIT if clock.runs else Turn.OFFICE


def refresh(assignment: Assignment, *, at: datetime) -> None:
    """Rewrite the clock columns of a share, its matter, and its unit's summary."""
    if assignment.state in ASSIGNMENT_OPEN:
        duties = assignment.duties.select_related("rule_version")
        clock = clock_of(assignment, duties)
        assignment.on_clock = clock.runs
        assignment.attention_at, assignment.overdue_at = clock.attention_at, clock.overdue_at
        assignment.next_title_zh, assignment.next_title_en = (
            clock.next_title_zh,
            clock.next_title_en,
        )
        assignment.turn = turn_of(assignment, clock)
    marks = assignment.duties.filter(late_amount__isnull=False).count()
    assignment.late_marks = marks
    assignment.save()
    refresh_matter(assignment.matter, at=at)
    refresh_unit(assignment.unit_id, at=at)


def refresh_matter(matter: Matter, *, at: datetime) -> None:
    """Rewrite the matter's clock from its open shares and those of its sub-matters (worst share,
    earliest limit); only the clock's own columns are written."""
    shares = Assignment.objects.filter(Q(matter=matter) | Q(matter__parent=matter))
    open_shares = shares.filter(state__in=ASSIGNMENT_OPEN)
    running = open_shares.filter(on_clock=True)
    found = running.aggregate(attention=Min("attention_at"), overdue=Min("overdue_at"))
    totals = shares.aggregate(
        marks=Sum("late_marks"), heard=Max("last_heard_at"), n=Count("unit", distinct=True)
    )
    matter.on_clock = running.exists()
    matter.attention_at, matter.overdue_at = found["attention"], found["overdue"]
    matter.late_marks = totals["marks"] or 0
    matter.last_heard_at, matter.shares = totals["heard"], totals["n"]
    first = running.order_by("overdue_at", "assigned_at").first()
    matter.next_title_zh = first.next_title_zh if first else ""
    matter.next_title_en = first.next_title_en if first else ""
    leading = (Part.LEAD, Part.SOLE, Part.SEPARATE)
    lead = matter.assignments.filter(part__in=leading).exclude(state__in=HANDED_ON)
    lead = lead.order_by("assigned_at")
    matter.lead_unit_id = lead.values_list("unit_id", flat=True).first()
    matter.seen_by = marks(matter)
    if matter.state == MatterState.ASSIGNED:
        waiting = open_shares.filter(state=AssignmentState.UNDER_REVIEW).exists()
        unit = open_shares.filter(turn=Turn.UNIT).exists()
        matter.turn = Turn.REVIEWER if waiting else Turn.UNIT if unit else Turn.OFFICE
    matter.save(update_fields=CLOCK_COLUMNS)
    refresh_parent(matter, at=at)


def refresh_parent(matter: Matter, *, at: datetime) -> None:
    """A whole shows its sub-matters' clocks too: rewrite it, under its lock, after a part moved."""
    if matter.parent_id is not None:
        rows = Matter.objects.select_for_update(of=("self",))
        refresh_matter(rows.get(pk=matter.parent_id), at=at)


def marks(matter: Matter) -> list[int]:
    """The marks of everybody who sees one of the matter's shares, sorted."""
    own, parts = Q(assignments__matter=matter), Q(assignments__matter__parent=matter)
    units = Unit.objects.filter(own | parts).distinct()
    return sorted({mark for unit in units for mark in viewers_of(place(unit))})


def renew_marks(sender: object, units: Iterable[UUID], **_: object) -> int:
    """Renew the marks of the matters in which these units take part; returns how many changed."""
    changed = []
    moved = list(units)
    own, parts = Q(assignments__unit__in=moved), Q(sub_matters__assignments__unit__in=moved)
    rows = Matter.objects.filter(own | parts).only("seen_by").distinct()
    for matter in rows.iterator(chunk_size=1000):
        found = marks(matter)
        if found != matter.seen_by:
            matter.seen_by = found
            changed.append(matter)
    Matter.objects.bulk_update(changed, ("seen_by",), batch_size=1000)
    return len(changed)


def next_change(unit_id: UUID, at: datetime) -> datetime | None:
    """The first stored instant after `at` at which a light of this unit changes by itself."""
    rows = Assignment.objects.filter(unit_id=unit_id, on_clock=True)
    found = rows.aggregate(
        attention=Min("attention_at", filter=Q(attention_at__gt=at)),
        overdue=Min("overdue_at", filter=Q(overdue_at__gt=at)),
    )
    return min((value for value in found.values() if value is not None), default=None)


def refresh_unit(unit_id: UUID, *, at: datetime) -> None:
    """Recount one unit's lights at `at`, under a lock on its summary row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(unit_id)])
    open_rows = Assignment.objects.filter(unit_id=unit_id, state__in=ASSIGNMENT_OPEN)
    counts = open_rows.aggregate(
        **{light.value: Count("pk", filter=showing(light, at)) for light in Light},
        in_review=Count("pk", filter=Q(state=AssignmentState.UNDER_REVIEW)),
    )
    marks = Assignment.objects.filter(unit_id=unit_id).aggregate(total=Sum("late_marks"))
    UnitSummary.objects.update_or_create(
        unit_id=unit_id,
        defaults=counts
        | {
            "late_marks": marks["total"] or 0,
            "as_of": at,
            "valid_until": next_change(unit_id, at),
        },
    )


def refresh_expired(*, at: datetime) -> int:
    """Recount the units whose summary stopped being true; returns how many (sweep)."""
    expired = UnitSummary.objects.filter(valid_until__lte=at).values_list("unit_id", flat=True)
    units = list(Unit.objects.filter(pk__in=expired).order_by("pk").values_list("pk", flat=True))
    for unit_id in units:
        refresh_unit(unit_id, at=at)
    return len(units)
