"""A book that reports to nobody follows those who report to it: the top, and the copy of the level
a direct line goes past (R-INF-2, S3-98). Nobody there sends a final report, and without it the
event would run in the watch room for ever; the top may write one itself, above all where nobody
reports to it. Part of the caller's act."""

from datetime import datetime

from luoshi.desks.information.enums import EventState, Step
from luoshi.desks.information.models import Event


def past_office(event: Event) -> str:
    """To whom a direct line leads past the office of this book, which has a copy; "" = no copy."""
    if event.above_code:
        return ""
    told = event.reports.exclude(receiver_name__in=("", str(event.office))).order_by("at", "number")
    return told.values_list("receiver_name", flat=True).first() or ""


def ends_here(event: Event) -> bool:
    """Whether the office itself says that it is over: nobody is above it, and it has no mere copy
    of what another office reports."""
    return not event.above_code and not past_office(event)


def follow_ending(event: Event, *, at: datetime) -> None:
    """Ended when the last word of every unit that reported is its final one; running again when one
    of them says more. A book with somebody above it ends by its own final report."""
    if event.above_code:
        return
    last = {row.unit_code: row.step for row in event.reports.order_by("at", "number")}
    over = bool(last) and set(last.values()) == {Step.FINAL.value}
    state = EventState.CLOSED if over else EventState.OPEN
    if event.state == state:
        return
    event.state, event.ended_at = state, at if over else None
    event.save(update_fields=("state", "ended_at"))
