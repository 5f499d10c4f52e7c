"""The facts of a period, each with the row it stands for: duties, reviews, reports, conclusions,
look-backs and what was recorded. One query per kind, whatever the number of units.

A duty counts in the period in which it was due; an act in the period in which it happened. What
was set aside is left out.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, QuerySet

from luoshi.foundation.core.time import last_day, office_date
from luoshi.supervision.appraisal.domain.periods import Period
from luoshi.supervision.appraisal.enums import FactKind
from luoshi.supervision.appraisal.models import RecordedFact, SetAside
from luoshi.supervision.lookbacks.enums import Finding, Outcome
from luoshi.supervision.lookbacks.models import LookBackItem, PromiseOutcome
from luoshi.supervision.matters.enums import (
    AssignmentState,
    DutyState,
    Part,
    ReportState,
    Result,
    Verdict,
)
from luoshi.supervision.matters.models import Assignment, Report, ReportDuty, Review
from luoshi.supervision.rulebook.enums import DutyKind

LATE_ZH = {"days": "天", "hours": "小时", "minutes": "分钟"}
SUMMARIES = (DutyKind.IMPLEMENTATION, DutyKind.SUMMARY, DutyKind.FINAL)


@dataclass(frozen=True)
class Fact:
    """One fact as it is read now; a published ranking keeps it so."""

    kind: str
    unit_id: Any
    row_id: str
    matter_id: str
    number: str
    title: str
    what_zh: str
    what_en: str
    on: str

    def kept(self) -> dict[str, str]:
        """As a published line keeps it."""
        found = asdict(self)
        return {name: found[name] for name in found if name not in {"kind", "unit_id"}}


def facts_of(office_id: Any, period: Period, as_of: datetime) -> list[Fact]:
    """Every counted fact of the office's matters in the period, known at `as_of`."""
    end = min(period.end, as_of)
    aside = {
        (kind, str(row_id))
        for kind, row_id in SetAside.objects.filter(
            office_id=office_id, set_at__lte=as_of
        ).values_list("kind", "row_id")
    }
    found = [
        *duty_facts(office_id, period.start, end, as_of),
        *report_facts(office_id, period.start, end),
        *conclusion_facts(office_id, period.start, end),
        *lookback_facts(office_id, period.start, end),
        *recorded_facts(office_id, period, as_of),
    ]
    return [fact for fact in found if (fact.kind, fact.row_id) not in aside]


def fact(kind: FactKind, row: Any, unit_id: Any, matter: Any, zh: str, en: str, on: Any) -> Fact:
    """A fact about a row of a matter."""
    return Fact(
        kind=kind.value,
        unit_id=unit_id,
        row_id=str(row.pk),
        matter_id=str(matter.pk) if matter else "",
        number=matter.number if matter else "",
        title=matter.title if matter else "",
        what_zh=zh,
        what_en=en,
        on=on.isoformat() if on else "",
    )


def day_of(at: datetime | None) -> date | None:
    """The office's civil date of an instant."""
    return None if at is None else office_date(at)


def duty_facts(office_id: Any, start: datetime, end: datetime, as_of: datetime) -> Iterator[Fact]:
    """Late and missing reports among the duties that fell due."""
    rows: QuerySet[Any] = ReportDuty.objects.filter(
        assignment__matter__office_id=office_id, due_at__gt=start, due_at__lte=end
    )
    unsent = Q(submitted_at=None) | Q(submitted_at__gt=as_of)
    late = Q(late_amount__isnull=False, submitted_at__lte=as_of)
    rows = rows.filter(late | (unsent & ~Q(state=DutyState.WITHDRAWN)))
    for duty in rows.select_related("assignment__matter").order_by("due_at", "pk"):
        share = duty.assignment
        known = (duty, share.unit_id, share.matter)
        if duty.submitted_at is not None and duty.submitted_at <= as_of:
            amount, unit = duty.late_amount, duty.late_unit
            zh = f"{duty.title_zh}（迟报{amount}{LATE_ZH[unit]}）"
            en = f"{duty.title_en} (late {amount} {unit})"
            yield fact(FactKind.LATE, *known, zh, en, last_day(duty.due_at))
        else:
            kind = FactKind.UNSENT_SUMMARY if duty.kind in SUMMARIES else FactKind.UNSENT
            yield fact(kind, *known, duty.title_zh, duty.title_en, last_day(duty.due_at))


def report_facts(office_id: Any, start: datetime, end: datetime) -> Iterator[Fact]:
    """Reports returned, and reports of words only."""
    returned = Review.objects.filter(
        verdict=Verdict.RETURNED,
        report__assignment__matter__office_id=office_id,
        reviewed_at__gte=start,
        reviewed_at__lt=end,
    ).select_related("report__assignment__matter")
    for review in returned.order_by("reviewed_at", "pk"):
        share = review.report.assignment
        known = (review, share.unit_id, share.matter)
        day = day_of(review.reviewed_at)
        yield fact(FactKind.RETURNED, *known, review.reason, review.reason, day)
    empty = Report.objects.filter(
        assignment__matter__office_id=office_id,
        submitted_at__gte=start,
        submitted_at__lt=end,
        files=0,
        figures=None,
    ).exclude(state=ReportState.DRAFT)
    for report in empty.select_related("assignment__matter").order_by("submitted_at", "pk"):
        share = report.assignment
        words = (report.state_change or report.progress)[:120]
        day = day_of(report.submitted_at)
        yield fact(FactKind.WORDS_ONLY, report, share.unit_id, share.matter, words, words, day)


def conclusion_facts(office_id: Any, start: datetime, end: datetime) -> Iterator[Fact]:
    """Shares that ended with a matter carried out; joint shares are the lead's."""
    rows = Assignment.objects.filter(
        state=AssignmentState.CONCLUDED,
        matter__office_id=office_id,
        ended_at__gte=start,
        ended_at__lt=end,
        matter__closures__result=Result.DONE,
        matter__closures__concluded_at=F("ended_at"),
    ).exclude(part=Part.JOINT)
    for share in rows.select_related("matter").order_by("ended_at", "pk"):
        day = day_of(share.ended_at)
        yield fact(FactKind.DONE, share, share.unit_id, share.matter, "办结", "Concluded", day)


def lookback_facts(office_id: Any, start: datetime, end: datetime) -> Iterator[Fact]:
    """Relapses and missed promises, charged to the lead unit."""
    relapsed = LookBackItem.objects.filter(
        finding=Finding.RELAPSED,
        matter__office_id=office_id,
        checked_at__gte=start,
        checked_at__lt=end,
    ).select_related("matter")
    for item in relapsed.order_by("checked_at", "pk"):
        words, day = item.note or item.evidence, day_of(item.checked_at)
        known = (item, item.matter.lead_unit_id, item.matter)
        yield fact(FactKind.RELAPSED, *known, words[:120], words[:120], day)
    missed = PromiseOutcome.objects.filter(
        outcome=Outcome.MISSED,
        closure__matter__office_id=office_id,
        settled_at__gte=start,
        settled_at__lt=end,
    ).select_related("closure__matter")
    for row in missed.order_by("settled_at", "pk"):
        matter = row.closure.matter
        zh, en = f"承诺时限 {row.promised_on}", f"Promised by {row.promised_on}"
        day = office_date(row.settled_at)
        yield fact(FactKind.PROMISE_MISSED, row, matter.lead_unit_id, matter, zh, en, day)


def recorded_facts(office_id: Any, period: Period, as_of: datetime) -> Iterator[Fact]:
    """What the office recorded and did not withdraw."""
    rows = RecordedFact.objects.filter(
        office_id=office_id,
        happened_on__range=(period.first, period.last),
        recorded_at__lte=as_of,
    ).filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=as_of))
    for row in rows.order_by("happened_on", "pk"):
        words = f"{row.reason} {row.reference}"
        yield fact(FactKind(row.kind), row, row.unit_id, None, words, words, row.happened_on)
