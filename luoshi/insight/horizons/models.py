"""What-if runs over large portfolios: a question, its progress, and the moves it found.

Verb: `domain.running`. Rows of a run are an answer and nothing else; they are thrown away after a
week, and no duty is ever touched.
"""

import uuid

from django.db import models


class Trial(models.Model):
    """One question over one office's open limits; running while `finished_at` is empty."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    question = models.JSONField()
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("finished_at", "asked_at"), name="horizons_trials"),)

    def __str__(self) -> str:
        return f"{self.office_id} {self.asked_at}"


class TrialMove(models.Model):
    """A limit that would be otherwise."""

    id = models.BigAutoField(primary_key=True)
    trial = models.ForeignKey(Trial, models.CASCADE, related_name="moves")
    key = models.CharField(max_length=160)
    change = models.CharField(max_length=10)
    overdue = models.BooleanField(default=False)
    line = models.JSONField()

    class Meta:
        indexes = (models.Index(fields=("trial", "key", "id"), name="horizons_moves"),)

    def __str__(self) -> str:
        return self.key
