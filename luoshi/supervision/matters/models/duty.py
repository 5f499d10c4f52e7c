"""ReportDuty 报告义务: one dated duty with the trace of how its date was computed.

Verbs: `domain.scheduling` makes them, `reporting` and `reviewing` move them.
"""

import uuid

from django.db import models

from luoshi.supervision.matters.enums import DutyState, LateUnit
from luoshi.supervision.matters.models.assignment import Assignment
from luoshi.supervision.matters.models.scopes import DutyQuerySet
from luoshi.supervision.rulebook.enums import DutyKind
from luoshi.supervision.rulebook.models import ReportingRuleVersion


class ReportDuty(models.Model):
    """One report owed. `due_at` is empty while its trigger has not happened, and for irregular
    duties, which only want attention after silence (TR-08). The late mark is written at
    submission and kept for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="duties")
    rule_version = models.ForeignKey(
        ReportingRuleVersion, models.PROTECT, null=True, related_name="duties"
    )
    rule_code = models.CharField(max_length=12)
    period = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, choices=DutyKind.choices)
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    content = models.JSONField(default=list)
    reports_to = models.CharField(max_length=60, blank=True)
    legal_basis = models.CharField(max_length=200)
    deadline = models.JSONField(null=True)
    anchor = models.CharField(max_length=12, blank=True)
    trigger_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    hourly = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    trace = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    redo_due_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    late_amount = models.PositiveIntegerField(null=True)
    late_unit = models.CharField(max_length=8, choices=LateUnit.choices, blank=True)
    late_reason = models.CharField(max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "rule_code", "period"), name="matters_duty_once"
            ),
        )
        indexes = (
            models.Index(fields=("state", "due_at"), name="matters_duty_due"),
            models.Index(fields=("assignment", "due_at"), name="matters_duty_of"),
        )

    def __str__(self) -> str:
        return f"{self.rule_code} {self.period}"
