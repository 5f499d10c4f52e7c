"""The definitions of supervision's figures: each is a set of rows, so that every number opens its
rows (decision 10). A month counts by the date a duty was due or an act happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.time import at_clock
from luoshi.foundation.deadlines.engine.months import add_months
from luoshi.supervision.matters.enums import DutyState, Verdict
from luoshi.supervision.matters.models import Closure, Matter, ReportDuty, Review
from luoshi.supervision.rulebook.enums import DutyKind


@dataclass(frozen=True)
class Span:
    """A month of an office, known up to `as_of`."""

    office_id: Any
    month: date
    as_of: datetime

    @property
    def start(self) -> datetime:
        """00:00 of the first day."""
        return at_clock(self.month, time(0))

    @property
    def end(self) -> datetime:
        """24:00 of the last day, or the as-of instant if that is earlier."""
        return min(at_clock(add_months(self.month, 1), time(0)), self.as_of)


@dataclass(frozen=True)
class Metric:
    """A figure: its key, its label, and the rows it counts."""

    key: str
    label: str | Promise
    rows: Callable[[Span], "QuerySet[Any]"]
    kind: str


def duties(span: Span) -> "QuerySet[Any]":
    """Duties to the office that fell due in the span; opinions to a lead unit are none."""
    return ReportDuty.objects.filter(
        assignment__matter__office_id=span.office_id,
        due_at__gt=span.start,
        due_at__lte=span.end,
    ).exclude(Q(state=DutyState.WITHDRAWN, submitted_at=None) | Q(kind=DutyKind.OPINION))


def on_time(span: Span) -> "QuerySet[Any]":
    """Due duties submitted by their limit."""
    return duties(span).filter(submitted_at__lt=F("due_at"), late_amount=None)


def late(span: Span) -> "QuerySet[Any]":
    """Due duties submitted after their limit; the mark stays."""
    return duties(span).filter(late_amount__isnull=False)


def missing(span: Span) -> "QuerySet[Any]":
    """Due duties not submitted at the as-of instant."""
    return duties(span).filter(Q(submitted_at=None) | Q(submitted_at__gt=span.as_of))


def returned(span: Span) -> "QuerySet[Any]":
    """Reviews that returned a report in the span."""
    return Review.objects.filter(
        verdict=Verdict.RETURNED,
        report__assignment__matter__office_id=span.office_id,
        reviewed_at__gte=span.start,
        reviewed_at__lt=span.end,
    )


def registered(span: Span) -> "QuerySet[Any]":
    """Matters registered in the span."""
    return Matter.objects.filter(
        office_id=span.office_id, registered_at__gte=span.start, registered_at__lt=span.end
    )


def concluded(span: Span) -> "QuerySet[Any]":
    """Matters concluded in the span."""
    ended = Closure.objects.filter(concluded_at__gte=span.start, concluded_at__lt=span.end)
    return Matter.objects.filter(office_id=span.office_id, pk__in=ended.values("matter"))


METRICS = {
    metric.key: metric
    for metric in (
        Metric("registered", _("Matters registered"), registered, "matter"),
        Metric("due", _("Reports due"), duties, "duty"),
        Metric("on_time", _("Reports on time"), on_time, "duty"),
        Metric("late", _("Reports late"), late, "duty"),
        Metric("missing", _("Reports not sent"), missing, "duty"),
        Metric("returned", _("Reports returned for redo"), returned, "review"),
        Metric("concluded", _("Matters concluded"), concluded, "matter"),
    )
}


def worded(value: int) -> str:
    """余 above a rounded-down figure, 近 just below a round one; exact below 20 (rules.md 2.6)."""
    if value < 20:
        return str(value)
    step = 10 if value < 100 else 100 if value < 10000 else 1000
    floor = value // step * step
    if value == floor:
        return str(value)
    if floor + step - value <= step * 0.1:
        return f"近{floor + step}"
    return f"{floor}余"
