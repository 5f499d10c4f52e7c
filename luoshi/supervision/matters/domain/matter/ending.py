"""What ends with a matter: its shares and their open duties; late marks stay (S3-61)."""

from datetime import datetime

from luoshi.supervision.matters.domain.share.summarising import refresh_unit
from luoshi.supervision.matters.domain.transitions import ASSIGNMENT_MOVES, move
from luoshi.supervision.matters.enums import (
    ASSIGNMENT_OPEN,
    DUTY_LIVE,
    DutyState,
    Turn,
)
from luoshi.supervision.matters.models import Matter, ReportDuty


def end_shares(matter: Matter, *, to: str, at: datetime) -> None:
    """End every open share, withdraw its live duties, and bring the units' summaries up to date."""
    shares = matter.assignments.select_for_update().filter(state__in=ASSIGNMENT_OPEN)
    ended = list(shares.order_by("unit_id"))
    for share in ended:
        move(share, to, ASSIGNMENT_MOVES)
        share.turn, share.ended_at = Turn.NOBODY, at
        share.on_clock, share.attention_at, share.overdue_at = False, None, None
        share.next_title_zh = share.next_title_en = ""
        share.save()
    ReportDuty.objects.filter(assignment__in=ended, state__in=DUTY_LIVE).update(
        state=DutyState.WITHDRAWN
    )
    for share in ended:
        refresh_unit(share.unit_id, at=at)
