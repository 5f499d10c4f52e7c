"""What happens to a file before and beside its life: Proposal 立项报批, KnownSimilar, Merger 并案.

Verbs: `domain.matter.registering`, `domain.matter.merging`.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import Answer
from luoshi.supervision.matters.models.matter import Matter


class Proposal(models.Model):
    """A matter put before the one who approves registration, and the answer (R-SUP-1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="proposals")
    state = models.CharField(max_length=10, choices=Answer.choices, default=Answer.PENDING)
    proposed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    proposed_by_name = models.CharField(max_length=60)
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=300, blank=True)
    answered_by_name = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("matter",), condition=Q(state="pending"), name="matters_proposal_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(answer=""), name="matters_proposal_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.state}"


class KnownSimilar(models.Model):
    """A similar matter was known and registering went on, with the reason (R-SUP-1)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="known_similar")
    other = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    percent = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    known_by_name = models.CharField(max_length=60)
    known_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "other"), name="matters_similar_once"),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} ~ {self.other_id}"


class Merger(models.Model):
    """One file was merged into another; both stay readable and point at each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    absorbed = models.OneToOneField(Matter, models.PROTECT, related_name="merger")
    into = models.ForeignKey(Matter, models.PROTECT, related_name="absorbed")
    reason = models.CharField(max_length=300)
    taken_over = models.JSONField(default=list)
    merged_by_name = models.CharField(max_length=60)
    merged_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(absorbed=models.F("into")), name="matters_merger_of_two"
            ),
        )

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.into_id}"
