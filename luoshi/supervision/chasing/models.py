"""Reminders as rows: each level once per duty, whatever night was missed (rules.md 2.11).

Verb: `domain.sweeping`; by hand: `domain.urging`.
"""

import uuid

from django.db import models

from luoshi.supervision.chasing.enums import Level
from luoshi.supervision.matters.models import Assignment, ReportDuty


class LadderStep(models.Model):
    """One level of an office's ladder; office empty = the shipped default."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    level = models.CharField(max_length=2, choices=Level.choices)
    workdays = models.SmallIntegerField()
    audiences = models.JSONField(default=list)

    class Meta:
        ordering = ("level",)
        constraints = (
            models.UniqueConstraint(
                fields=("office", "level"), nulls_distinct=False, name="chasing_step_once"
            ),
        )

    def __str__(self) -> str:
        return self.level


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


class Urge(models.Model):
    """A nudge by a person's hand on an assignment, sent or held by the governor."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urges")
    words = models.CharField(max_length=300)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    deliver_at = models.DateTimeField()
    courteous = models.BooleanField(default=False)

    def __str__(self) -> str:
        return str(self.assignment_id)
