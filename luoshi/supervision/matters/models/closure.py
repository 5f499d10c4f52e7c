"""Closure 办结: how a matter ended, round by round; Reopening: a conclusion that did not hold.

Verbs: `domain.matter.closing`, `domain.matter.reopening`. Neither row is ever changed or removed.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import Result
from luoshi.supervision.matters.models.matter import Matter


class Closure(models.Model):
    """Conclusion of a matter: who, when, with what result; its measured effect (S3-128) and, where
    something is left to do, the promised date (S2-76)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="closures")
    round = models.PositiveSmallIntegerField(default=1)
    result = models.CharField(max_length=16, choices=Result.choices)
    summary = models.TextField()
    effect = models.CharField(max_length=300, blank=True)
    effect_name = models.CharField(max_length=60, blank=True)
    effect_value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    effect_measure = models.CharField(max_length=20, blank=True)
    promised_on = models.DateField(null=True)
    concluded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    concluded_by_name = models.CharField(max_length=60)
    concluded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("matter", "round"), name="matters_closure_once"),
        )
        indexes = (
            models.Index(fields=("concluded_at", "id"), name="matters_closure_time"),
            models.Index(
                fields=("promised_on", "id"),
                condition=Q(promised_on__isnull=False),
                name="matters_closure_promise",
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.result}"


class Reopening(models.Model):
    """A concluded matter taken up again under the same id and number (B9): why, by whom, with
    which new limit. The lifted conclusion stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.OneToOneField(Closure, models.PROTECT, related_name="reopening")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="reopenings")
    reason = models.TextField()
    due_on = models.DateField()
    reopened_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reopened_by_name = models.CharField(max_length=60)
    reopened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.due_on}"
