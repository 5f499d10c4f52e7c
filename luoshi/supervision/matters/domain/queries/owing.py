"""Whom a matter's running limit waits for. The lead unit answers for the matter, but the limit next
to come may be another unit's: a page names that unit, or it lays one unit's delay at another's door
(ui.md 1, rule 1; S3-61). Lists read it from the matter (`owing_unit`)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.queries.showing import days_word, light_word
from luoshi.supervision.matters.domain.share.stages import SAY_MORE, behind_words
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Light
from luoshi.supervision.matters.models import Assignment, Matter, Staged


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
        "light_word": light_word(own, at) if own else word_of(matter, at),
        "detail": days_word(limit, at, current_calendar()) if limit else "",
        "slipping": slipping(own or matter, at),
    }


def word_of(matter: Matter, at: datetime) -> str:
    """A matter's own word for yellow where it is behind its plan and nothing says more."""
    yellow = matter.light(at) == Light.YELLOW and matter.behind(at)
    return _("Behind plan") if yellow and matter.wanting_state not in SAY_MORE else ""


def slipping(row: Staged, at: datetime) -> str:
    """What was planned and what is reported, where it is behind."""
    return behind_words(row, get_language() or "zh-hans") if row.behind(at) else ""
