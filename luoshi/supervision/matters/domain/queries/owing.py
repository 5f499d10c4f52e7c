"""Whom a matter's running limit waits for. The lead unit answers for the matter, but the limit next
to come may be another unit's: a page names that unit, or it lays one unit's delay at another's door
(ui.md 1, rule 1; S3-61). Lists read it from the matter (`owing_unit`)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.queries.showing import days_word, light_word
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN
from luoshi.supervision.matters.models import Assignment, Matter


def owing_share(matter: Matter, shares: Iterable[Assignment]) -> Assignment | None:
    """Of shares already read, the one whose limit is the matter's."""
    if matter.overdue_at is None:
        return None
    return next(
        (
            share
            for share in shares
            if share.on_clock
            and share.state in ASSIGNMENT_OPEN
            and share.overdue_at == matter.overdue_at
        ),
        None,
    )


def whose_turn(
    matter: Matter, shares: list[Assignment], mine: Assignment | None, at: datetime
) -> dict[str, Any]:
    """What the banner says: a handling unit its own light and limit, everybody else the matter's
    and the share whose limit it is."""
    own = mine if mine is not None and mine.ended_at is None else None
    limit = (own or matter).overdue_at
    objecting = [share for share in ([own] if own else shares) if share.objected_at]
    return {
        "objected": any(share.state in ASSIGNMENT_OPEN for share in objecting),
        "owed": owing_share(matter, shares),
        "limit": limit,
        "light": (own or matter).light(at),
        "light_word": light_word(own, at) if own else "",
        "detail": days_word(limit, at, current_calendar()) if limit else "",
    }
