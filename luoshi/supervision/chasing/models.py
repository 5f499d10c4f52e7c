"""Reminders as rows: each level once per duty, whatever night was missed (rules.md 2.11).

Verb: `domain.sweeping`.
"""

import uuid

from django.db import models

from luoshi.supervision.chasing.enums import Level
from luoshi.supervision.matters.models import ReportDuty


class Reminder(models.Model):
    """One level of the ladder reached by one duty, with the day it stood for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="reminders")
    level = models.CharField(max_length=2, choices=Level.choices)
    limit_at = models.DateTimeField()
    stands_for = models.DateTimeField()
    made_at = models.DateTimeField()
    courteous = models.BooleanField(default=False)
    held_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("duty", "level", "limit_at"), name="chasing_level_once"
            ),
        )
        indexes = (models.Index(fields=("made_at", "id"), name="chasing_by_time"),)

    def __str__(self) -> str:
        return f"{self.duty_id} {self.level}"
