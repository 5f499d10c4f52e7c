"""The inspection plan of a year: drafted, filed, approved by the secretary-general (R-CUT-6).

Verbs: `domain.planning`.
"""

import uuid

from django.db import models

from luoshi.supervision.inspections.enums import PlanState


class InspectionPlan(models.Model):
    """One office's inspections of one year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(
        "organizations.Unit", models.PROTECT, related_name="inspection_plans"
    )
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.DRAFTED)
    remark = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    filed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    filed_by_name = models.CharField(max_length=60, blank=True)
    filed_at = models.DateTimeField(null=True)
    approved_by_name = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "year"), name="inspections_plan_once"),
        )

    def __str__(self) -> str:
        return str(self.year)
