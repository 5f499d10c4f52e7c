"""JointOpinion 会办意见: what a joint unit says to the lead unit, not to the assigner (R-PRO-5).

Verb: `domain.share.advising`.
"""

import uuid

from django.db import models

from luoshi.supervision.matters.models.assignment import Assignment


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
