"""Objection to an assignment, and Reassignment 改派 to another unit (R-PRO-5).

Verbs: `domain.share.objecting`, `domain.share.reassigning`.
"""

import uuid

from django.db import models

from luoshi.supervision.matters.enums import Answer
from luoshi.supervision.matters.models.assignment import Assignment


class Objection(models.Model):
    """A unit says once, inside its window, that a share is not its own; the office answers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="objection")
    reason = models.CharField(max_length=500)
    suggestion = models.CharField(max_length=100, blank=True)
    raised_by_name = models.CharField(max_length=60)
    raised_at = models.DateTimeField()
    window_ends_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=Answer.choices, default=Answer.PENDING)
    answer = models.CharField(max_length=500, blank=True)
    answered_by_name = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.state}"


class Reassignment(models.Model):
    """A share went from one unit to another by the assigning office, with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    before = models.OneToOneField(Assignment, models.PROTECT, related_name="reassigned_to")
    after = models.OneToOneField(Assignment, models.PROTECT, related_name="reassigned_from")
    reason = models.CharField(max_length=500)
    decided_by_name = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.before_id} → {self.after_id}"
