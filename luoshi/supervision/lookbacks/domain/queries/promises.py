"""Promised dates that run, and those of an office in order of their day."""

from datetime import date
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from luoshi.supervision.lookbacks.enums import Outcome
from luoshi.supervision.lookbacks.models import PromiseOutcome
from luoshi.supervision.matters.models import Closure


def with_running_date(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """Closures with `runs_on`, the promised date in force, and whether it was kept."""
    told = PromiseOutcome.objects.filter(closure=OuterRef("pk"))
    running = Coalesce("next_on", "promised_on")
    last = told.order_by("-promised_on").annotate(day=running).values("day")[:1]
    return rows.annotate(
        runs_on=Coalesce(Subquery(last, output_field=DateField()), "promised_on"),
        kept=Exists(told.filter(outcome=Outcome.KEPT)),
        missed=Exists(told.filter(outcome=Outcome.MISSED)),
    )


def running_promise(closure: Closure) -> date | None:
    """The promised date that runs for a conclusion, or None: never promised, kept, reopened."""
    rows = with_running_date(Closure.objects.filter(pk=closure.pk, reopening=None))
    return rows.filter(kept=False).values_list("runs_on", flat=True).first()


def promises_of(office_id: Any) -> "QuerySet[Any]":
    """Every conclusion of the office that promised a date, with what became of it."""
    rows = Closure.objects.filter(matter__office_id=office_id, promised_on__isnull=False)
    return with_running_date(rows).select_related("matter__lead_unit", "reopening")
