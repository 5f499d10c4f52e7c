"""What ends with a matter: its shares and their open duties; late marks stay (S3-61)."""

from collections.abc import Sequence
from datetime import datetime

from luoshi.foundation.audit.domain.recording import kept
from luoshi.supervision.matters.domain.share.summarising import refresh_parent, refresh_unit
from luoshi.supervision.matters.domain.transitions import (
    ASSIGNMENT_MOVES,
    MATTER_MOVES,
    STOP_MOVES,
    move,
)
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    DUTY_LIVE,
    DutyState,
    StopState,
    Turn,
)
from luoshi.supervision.matters.models import Assignment, ClockStop, Matter, ReportDuty


def end_shares(matter: Matter, *, to: str, at: datetime) -> None:
    """End every open share, withdraw its live duties, and bring the units' summaries up to date."""
    shares = matter.assignments.select_for_update().filter(state__in=ASSIGNMENT_OPEN)
    ended = list(shares.order_by("unit_id"))
    end_these(ended, to=to, at=at)
    for share in ended:
        refresh_unit(share.unit_id, at=at)


def end_these(shares: Sequence[Assignment], *, to: str, at: datetime) -> None:
    """Move shares to their end: no clock, no turn, no pending objection, duties withdrawn."""
    for share in shares:
        move(share, to, ASSIGNMENT_MOVES)
        share.turn, share.ended_at = Turn.NOBODY, at
        share.on_clock, share.attention_at, share.overdue_at = False, None, None
        share.behind_at = share.planned_percent = None
        share.next_title_zh = share.next_title_en = ""
        share.stopped_at = share.objected_at = None
        share.save()
    ReportDuty.objects.filter(assignment__in=shares, state__in=DUTY_LIVE).update(
        state=DutyState.WITHDRAWN
    )


def end_matter(matter: Matter, *, to: str, at: datetime) -> None:
    """Move a matter to its end; a running stop ends with it, and a whole counts again."""
    move(matter, to, MATTER_MOVES)
    matter.turn, matter.ended_at = Turn.NOBODY, at
    matter.on_clock, matter.attention_at, matter.overdue_at = False, None, None
    matter.owing_unit, matter.wanting_state = None, ""
    matter.behind_at = matter.planned_percent = matter.reported_percent = None
    matter.next_title_zh = matter.next_title_en = ""
    matter.stopped_at = None
    matter.save()
    for stop in ClockStop.objects.filter(matter=matter, state=StopState.RUNNING):
        move(stop, StopState.ENDED, STOP_MOVES)
        stop.resumed_at, stop.resumed_why = at, kept(matter.get_state_display)[:300]
        stop.save()
    refresh_parent(matter, at=at)
