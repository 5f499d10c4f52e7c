"""问题清单: a problem of a matter or of an inspection, until its strike-off 销号.

Verbs: `domain.problem.raising`, `rectifying`, `checking`.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import own_branch, units_in_sight
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES
from luoshi.supervision.inspections.enums import Category, CheckMethod, ProblemState
from luoshi.supervision.inspections.models.conclusion import Finding
from luoshi.supervision.matters.enums import LateUnit, Verdict
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.matters.models.clocks import Clocked


class ProblemQuerySet(QuerySet[Any]):
    """Problems, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "ProblemQuerySet":
        """Supervising posts: their office's problems and those of units in sight; a unit: the
        problems of its own branch (decision 8)."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None:
            return self.none()
        if actor.role in SUPERVISING_ROLES:
            return self.filter(Q(office_id=actor.unit_id) | Q(unit__in=units_in_sight(actor)))
        if actor.role in HANDLING_ROLES:
            return self.filter(unit__in=own_branch(actor))
        return self.none()


CHECK_VERDICTS = tuple((one.value, one.label) for one in (Verdict.ACCEPTED, Verdict.RETURNED))


class Problem(Clocked):
    """One problem with its responsible unit and limit; the late mark is kept for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="problems_raised")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="problems")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="problems")
    finding = models.OneToOneField(Finding, models.PROTECT, null=True, related_name="problem")
    description = models.TextField()
    category = models.CharField(max_length=16, choices=Category.choices)
    requirement = models.CharField(max_length=300, blank=True)
    root_cause = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    responsible_person = models.CharField(max_length=60, blank=True)
    limit_on = models.DateField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ProblemState.choices, default=ProblemState.OPEN)
    returns = models.PositiveSmallIntegerField(default=0)
    late_amount = models.PositiveIntegerField(null=True)
    late_unit = models.CharField(max_length=8, choices=LateUnit.choices, blank=True)
    raised_by_name = models.CharField(max_length=60)
    raised_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "year", "serial"), name="inspections_problem_once"
            ),
        )
        indexes = (
            models.Index(fields=("due_at", "id"), name="inspections_by_limit"),
            models.Index(fields=("office", "state", "due_at"), name="inspections_office_state"),
            models.Index(fields=("unit", "state", "due_at"), name="inspections_unit_state"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.description[:60]}"


class RectificationReport(models.Model):
    """What the unit reports as done, signed by its principal (R-SUP-6); one a round."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    problem = models.ForeignKey(Problem, models.PROTECT, related_name="reports")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    state_change = models.CharField(max_length=300)
    signed_by_principal = models.CharField(max_length=60)
    sent_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    sent_by_name = models.CharField(max_length=60)
    sent_at = models.DateTimeField()
    late = models.BooleanField(default=False)

    class Meta:
        ordering = ("round",)
        constraints = (
            models.UniqueConstraint(fields=("problem", "round"), name="inspections_round_once"),
        )

    def __str__(self) -> str:
        return f"{self.problem_id} {self.round}"


class ProblemCheck(models.Model):
    """The check record of a report: struck off, or returned with a new limit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(RectificationReport, models.PROTECT, related_name="check_record")
    verdict = models.CharField(max_length=10, choices=CHECK_VERDICTS)
    how = models.CharField(max_length=12, choices=CheckMethod.choices)
    record = models.TextField()
    new_limit_on = models.DateField(null=True)
    checked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    checked_by_name = models.CharField(max_length=60)
    checked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id} {self.verdict}"


class ProblemWithdrawal(models.Model):
    """A problem that turned out not to be one, with the reason; it stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    problem = models.OneToOneField(Problem, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    withdrawn_by_name = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.problem_id)
