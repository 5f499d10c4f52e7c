"""ClockStop 中止计时: a matter or one share stands still, with who asked, who decided, and why.

Verbs: `domain.matter.stopping`.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import StopState
from luoshi.supervision.matters.models.assignment import Assignment
from luoshi.supervision.matters.models.matter import Matter


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
