"""Objection to an assignment, Reassignment 改派 to another unit, JointOpinion 会办意见
of a joint unit to the lead unit (R-PRO-5).

Verbs: `domain.share.objecting`, `domain.share.reassigning`, `domain.share.advising`.
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


class JointOpinion(models.Model):
    """One opinion of a joint share, addressed to the lead share of its time; a later one stands
    beside the earlier."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="opinions")
    lead = models.ForeignKey(Assignment, models.PROTECT, related_name="opinions_received")
    text = models.TextField()
    given_by_name = models.CharField(max_length=60)
    given_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("lead", "given_at"), name="matters_opinion_to"),)

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.given_at:%Y-%m-%d}"
