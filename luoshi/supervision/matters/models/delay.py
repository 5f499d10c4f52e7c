"""Extension 延期: a later limit asked for one duty, decided by the assigner (R-SUP-4). ClockStop
中止计时: a matter or one share stands still, with who asked, who decided, and why.

Verbs: `domain.duty.extending`, `domain.matter.stopping`.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import ExtensionState, StopState
from luoshi.supervision.matters.models.assignment import Assignment
from luoshi.supervision.matters.models.duty import ReportDuty
from luoshi.supervision.matters.models.matter import Matter
from luoshi.supervision.matters.models.scopes import DutyPartQuerySet


class Extension(models.Model):
    """One request with its decision. The limits before and after stand on the row, so that the
    duty's limit is explained by its rows in order of decision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="extensions")
    state = models.CharField(
        max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED
    )
    reason = models.TextField()
    limit_at = models.DateTimeField()
    wanted_at = models.DateTimeField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    granted_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    objects = DutyPartQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("duty",), condition=Q(state="asked"), name="matters_one_request"
            ),
            models.CheckConstraint(
                condition=Q(wanted_at__gt=models.F("limit_at")), name="matters_extension_later"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(remark=""), name="matters_refusal_says_why"
            ),
        )
        indexes = (
            models.Index(fields=("state", "asked_at", "id"), name="matters_extension_queue"),
        )

    def __str__(self) -> str:
        return f"{self.duty_id} {self.state}"


class ClockStop(models.Model):
    """One stop (features row 20). Without `assignment` the whole matter stands still."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="stops")
    assignment = models.ForeignKey(Assignment, models.PROTECT, null=True, related_name="stops")
    state = models.CharField(max_length=8, choices=StopState.choices)
    reason = models.CharField(max_length=300)
    asked_by_name = models.CharField(max_length=60)
    asked_by_unit = models.CharField(max_length=100)
    asked_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    stopped_at = models.DateTimeField(null=True)
    resumed_at = models.DateTimeField(null=True)
    resumed_by_name = models.CharField(max_length=60, blank=True)
    resumed_why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("matter", "assignment"),
                condition=Q(state__in=("asked", "running")),
                nulls_distinct=False,
                name="matters_stop_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"
