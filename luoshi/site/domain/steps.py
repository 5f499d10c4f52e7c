"""How long each step of the work took (rules.md 2.8, S3-48/49): median, p90 and sum of the steps
that ended in a quarter, the one that cost most first, and the rows behind each.

Elapsed time as clocks count it, nights and rest days included: it is what the next in line waited.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.rows.percentiles import Percentile
from luoshi.supervision.matters.domain.queries.burden import Span
from luoshi.supervision.matters.models import Assignment, Extension, Matter, Review


@dataclass(frozen=True)
class Step:
    """One step: from where to where its clock runs, and how its rows name matter and unit."""

    key: str
    label: str | Promise
    model: Any
    begins: str
    ends: str
    matter: str
    unit: str = ""

    def rows(self, actor: Actor, span: Span) -> "QuerySet[Any]":
        """The steps of the actor's office that ended in the span, each with how long it `took`."""
        prefix = f"{self.matter}__" if self.matter else ""
        rows = self.model.objects.filter(
            **{f"{prefix}office_id": actor.unit_id, f"{self.ends}__range": span.instants}
        )
        rows = rows.annotate(began=F(self.begins), ended=F(self.ends))
        rows = rows.annotate(
            took=F("ended") - F("began"),
            matter_key=F(f"{prefix}pk"),
            matter_number=F(f"{prefix}number"),
            matter_title=F(f"{prefix}title"),
        )
        return rows.annotate(unit_name=F(f"{self.unit}__name")) if self.unit else rows


STEPS = (
    Step("registering", _("Registering"), Matter, "created_at", "registered_at", ""),
    Step("assigning", _("Assigning"), Matter, "registered_at", "assigned_at", ""),
    Step("receipt", _("Receipt"), Assignment, "assigned_at", "signed_at", "matter", "unit"),
    Step(
        "review",
        _("Review"),
        Review,
        "report__submitted_at",
        "reviewed_at",
        "report__assignment__matter",
        "report__assignment__unit",
    ),
    Step(
        "extension",
        _("Extension decided"),
        Extension,
        "asked_at",
        "decided_at",
        "duty__assignment__matter",
        "duty__assignment__unit",
    ),
)


@dataclass(frozen=True)
class Time:
    """What a step took in a span."""

    step: Step
    count: int
    half: timedelta
    most: timedelta
    total: timedelta


def times(actor: Actor, span: Span) -> list[Time]:
    """Every step that happened, the one that cost most waiting first; one query each."""
    found = []
    for step in STEPS:
        sums = step.rows(actor, span).aggregate(
            count=Count("pk"),
            half=Percentile("took", share="0.5"),
            most=Percentile("took", share="0.9"),
            total=Sum("took"),
        )
        if sums["count"]:
            found.append(Time(step, **sums))
    return sorted(found, key=lambda time: (-time.total, time.step.key))


def step_named(key: str) -> Step | None:
    """The step of an address."""
    return next((step for step in STEPS if step.key == key), None)
