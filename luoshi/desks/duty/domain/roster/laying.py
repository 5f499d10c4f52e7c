"""The shifts of a roster brought to what the office needs now (R-DUT-1, TR-17). Part of the
caller's act.

Changes: shifts no longer needed go, new ones come, others take up class and weight of now and lose
who was not set by hand. What has begun stays as it was. Where hours changed, the first and the last
shift meet those that stand beside them, whatever roster they are in: nobody is twice on a post and
no minute falls between two rosters.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from luoshi.desks.duty.domain.queries.needs import (
    Need,
    need_of,
    needs,
    periods_of,
    sensitive_days,
)
from luoshi.desks.duty.domain.queries.problems import neighbours
from luoshi.desks.duty.domain.queries.scheme import scheme_of
from luoshi.desks.duty.models import Roster, Shift
from luoshi.desks.duty.solving.proof import holes
from luoshi.foundation.core.time import at_clock, office_date

DAY = timedelta(days=1)
LIVE = ("day_class", "sensitive", "night", "weight", "person", "fixed", "changed_reason")
Span = tuple[datetime, datetime]


def lay(roster: Roster, *, at: datetime) -> None:
    """Its shifts as they are needed; empty but for those begun and those set by hand."""
    stays = list(roster.shifts.begun(at))
    begun = {one.pk for one in stays}
    held = {
        (one.post, one.starts_at, one.ends_at): one
        for one in roster.shifts.exclude(pk__in=begun).select_related("person")
    }
    new, kept = [], []
    for need in beside(roster, stays):
        if roster.stood_until is not None and need.ends_at <= at:
            continue  # nobody is put on duty afterwards
        row = held.pop((need.post, need.starts_at, need.ends_at), None)
        if row is None:
            new.append(Shift(roster=roster, office_id=roster.office_id, **columns(need)))
            continue
        for name, value in columns(need).items():
            setattr(row, name, value)
        if not row.fixed:
            row.person, row.changed_reason = None, ""
        kept.append(row)
    Shift.objects.filter(pk__in=[one.pk for one in held.values()]).delete()
    Shift.objects.bulk_update(kept, LIVE, batch_size=1000)
    Shift.objects.bulk_create(new, batch_size=1000)


def columns(need: Need) -> dict[str, object]:
    """A need as columns."""
    return {
        "post": need.post,
        "day": need.day,
        "starts_at": need.starts_at,
        "ends_at": need.ends_at,
        "day_class": need.day_class,
        "sensitive": need.sensitive,
        "night": need.night,
        "weight": need.weight,
    }


def beside(roster: Roster, stays: Sequence[Shift]) -> list[Need]:
    """The needs of the roster's days, cut and stretched to meet what stands beside them."""
    way = scheme_of(roster.office_id)
    first, last = roster.starts_on, roster.ends_on
    tense = sensitive_days(
        periods_of(roster.office_id, first, last + 2 * DAY), first, last + 2 * DAY
    )
    around = spans_of(
        neighbours(roster, at_clock(first, time(0)), at_clock(last + 2 * DAY, time(0)))
    )
    begun = spans_of(stays)
    wanted = needs(roster.office_id, way, first, last)
    ends = {need.post: need for need in wanted}
    begins = {need.post: need for need in reversed(wanted)}
    found: list[Need] = []
    for need in wanted:
        spans, start, end = around.get(need.post, []), need.starts_at, need.ends_at
        if need is begins[need.post]:
            start = after(start, spans, first)
        if need is ends[need.post]:
            end = until(end, spans, last)
        for span in holes([(start, end)], spans + begun.get(need.post, [])):
            same = span == (need.starts_at, need.ends_at)
            found.append(need if same else need_of(need.post, *span, way, tense))
    return found


def spans_of(shifts: Iterable[Shift]) -> dict[str, list[Span]]:
    """From when to when, by post."""
    found: dict[str, list[Span]] = {}
    for one in shifts:
        found.setdefault(one.post, []).append((one.starts_at, one.ends_at))
    return found


def after(start: datetime, spans: Iterable[Span], day: date) -> datetime:
    """Where the roster before ends on the first day: there the first shift begins."""
    midnight = at_clock(day, time(0))
    ended = (over for _since, over in spans if midnight <= over < start)
    return max(ended, default=start) if office_date(start) == day else start


def until(end: datetime, spans: Iterable[Span], day: date) -> datetime:
    """Where the roster after begins on the day on which the last shift ends: there it ends."""
    following = day + DAY
    begun = (since for since, _over in spans if since > end and office_date(since) == following)
    return min(begun, default=end) if office_date(end) == following else end
