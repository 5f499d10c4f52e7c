"""Why a limit stands where it does: every decision that moved it, in order of time (R-SUP-4)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luoshi.foundation.core.time import date_text, office_date
from luoshi.supervision.matters.domain.duty.standing import stops_over
from luoshi.supervision.matters.enums import ExtensionState, StopState
from luoshi.supervision.matters.models import ReportDuty


@dataclass(frozen=True)
class Moved:
    """One decision: when, what, by whom; the limit before and after where it is known, and the page
    of the act."""

    at: datetime
    words: str
    by: str
    before: datetime | None = None
    after: datetime | None = None
    url: str = ""


def moves_of(duty: ReportDuty) -> list[Moved]:
    """Changed rules and calendars, granted extensions, stops of the clock that the limit's trace
    knows; the earliest first."""
    found = [
        Moved(
            at=row.act.decided_at,
            words=row.act.title,
            by=row.act.decided_by_name,
            before=row.before_at,
            after=row.after_at,
            url=reverse("matters:redating", args=[row.act_id]),
        )
        for row in duty.redatings.select_related("act")
    ]
    found += [
        Moved(
            at=row.decided_at,
            words=_("Extension granted"),
            by=row.decided_by_name,
            before=row.limit_at,
            after=row.granted_at,
        )
        for row in duty.extensions.filter(state=ExtensionState.GRANTED)
        if row.decided_at is not None
    ]
    found += stopped(duty) if (duty.trace or {}).get("stops") else []
    return sorted(found, key=lambda one: one.at)


def stopped(duty: ReportDuty) -> list[Moved]:
    """The ended stops over the duty's share."""
    page = reverse("matters:changes", args=[duty.assignment.matter_id]) + "#stops"
    rows: Any = stops_over(duty.assignment).filter(state=StopState.ENDED)
    return [
        Moved(
            at=row.resumed_at,
            words=_("Clock stopped since %(day)s; that time does not count")
            % {"day": date_text(office_date(row.stopped_at), get_language() or "zh-hans")},
            by=row.resumed_by_name,
            url=page,
        )
        for row in rows
    ]
