"""Redating 期限重算: limits computed again by one act, because the calendar or a rule changed.

Verbs: `domain.duty.redating`, `domain.duty.ruling`. The rows keep both traces of every limit.
"""

import uuid

from django.db import models

from luoshi.supervision.matters.enums import Cause, Change
from luoshi.supervision.matters.models.duty import ReportDuty
from luoshi.supervision.matters.models.scopes import DutyPartQuerySet
from luoshi.supervision.rulebook.models import ReportingRuleVersion


class Redating(models.Model):
    """One act: cause, who, when, how many. `office` is empty where it moved every office's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cause = models.CharField(max_length=10, choices=Cause.choices)
    title = models.CharField(max_length=120)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    version = models.OneToOneField(
        ReportingRuleVersion, models.PROTECT, null=True, related_name="redating"
    )
    decided_by_name = models.CharField(max_length=60)
    decided_at = models.DateTimeField()
    totals = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=("-decided_at", "id"), name="matters_redatings"),)

    def __str__(self) -> str:
        return self.title


class RedatedDuty(models.Model):
    """One limit before and after, with both traces and both versions of its rule."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    act = models.ForeignKey(Redating, models.PROTECT, related_name="rows")
    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="redatings")
    change = models.CharField(max_length=10, choices=Change.choices)
    overdue = models.BooleanField(default=False)
    before_at = models.DateTimeField(null=True)
    after_at = models.DateTimeField(null=True)
    before_trace = models.JSONField(null=True)
    after_trace = models.JSONField(null=True)
    before_version = models.ForeignKey(
        ReportingRuleVersion, models.PROTECT, null=True, related_name="+"
    )
    after_version = models.ForeignKey(
        ReportingRuleVersion, models.PROTECT, null=True, related_name="+"
    )

    objects = DutyPartQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("act", "duty"), name="matters_redated_once"),
        )

    def __str__(self) -> str:
        return f"{self.act_id} {self.duty_id}"
