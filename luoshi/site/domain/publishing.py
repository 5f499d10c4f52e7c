"""A new notice about a year's working days: what it would move, then one act (R-CAL-3, B3).

The preview writes nothing; the act enters the edition, computes every open limit again under the
locks of its shares and tells the units, or does none of it.
"""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.deadlines import rules
from luoshi.foundation.deadlines.domain.editions import Notice, add_edition, unrepeated
from luoshi.foundation.deadlines.domain.queries.current import calendar_with, current_calendar
from luoshi.foundation.deadlines.models import CalendarEdition
from luoshi.supervision.matters.domain.duty.recomputing import (
    Move,
    computed_limits,
    moves,
    under_calendar,
)
from luoshi.supervision.matters.domain.duty.redating import Reason, apply_moves
from luoshi.supervision.matters.enums import Cause
from luoshi.supervision.matters.models import Redating


def preview_edition(
    *, typed: Notice, actor: Actor, at: datetime, corrects: bool = False
) -> list[Move]:
    """Every open limit the notice would move, of every office; nothing is written. Refused as
    `add_edition` refuses."""
    ensure(rules.may_add_edition(actor))
    calendar = calendar_with(unrepeated(typed, corrects=corrects))
    return list(moves(computed_limits(at), under_calendar(calendar), at))


def publish_edition(
    *, typed: Notice, digest: str, actor: Actor, at: datetime, corrects: bool = False
) -> tuple[CalendarEdition, Redating]:
    """Enter the notice and apply exactly the moves that were shown. Refused as `add_edition`
    refuses, and where the list is not the one shown."""
    ensure(rules.may_add_edition(actor))
    with acting(actor=actor, at=at):
        edition = add_edition(typed=typed, actor=actor, at=at, corrects=corrects)
        calendar = current_calendar()
        act = apply_moves(
            reason=Reason(Cause.CALENDAR, f"{edition.notice}（{edition}）", calendar),
            again=lambda: moves(computed_limits(at), under_calendar(calendar), at),
            digest=digest,
            actor=actor,
            at=at,
        )
    return edition, act
