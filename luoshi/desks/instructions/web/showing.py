"""The words of an instruction's row and page."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.desks.instructions.enums import FOLLOWED, InstructionState
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.queries.showing import days_word
from luoshi.supervision.matters.enums import MATTER_ENDED, Light


def dress(rows: Iterable[Any], at: datetime) -> None:
    """Give every row its light, its word, its age and what is next; no query."""
    calendar = current_calendar()
    for row in rows:
        row.shown = row.light(at)
        row.word = word(row)
        days = (office_date(at) - row.instructed_on).days
        row.age = ngettext("%(n)d day old", "%(n)d days old", days) % {"n": days}
        matter = row.matter
        limit = matter.overdue_at if matter else None
        row.detail = days_word(limit, at, calendar) if limit else ""


def word(row: Any) -> str:
    """The word that goes with the light."""
    if row.state not in FOLLOWED:
        late = row.state == InstructionState.NOTED and row.shown == Light.RED
        return _("Not registered, limit past") if late else str(row.get_state_display())
    if row.matter.state in MATTER_ENDED or row.shown == Light.GREY:
        return str(row.matter.get_state_display())
    return ""
