"""Meetings that an office asks units to attend, for the burden ledger (B6): by whom, on which
basis, how long, who has to come.

Verbs: `domain.meeting`. A meeting is never edited: one that does not take place is called off.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.insight.burden.enums import Attends


class AskedMeeting(models.Model):
    """One meeting of an office; `units` are those asked to come."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    attends = models.CharField(max_length=10, choices=Attends.choices)
    basis = models.CharField(max_length=200)
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    called_off_by_name = models.CharField(max_length=60, blank=True)
    called_off_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = (models.Index(fields=("office", "-on", "id"), name="burden_meetings"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(called_off_at=None) | ~Q(called_off_reason=""),
                name="burden_called_off_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.on.isoformat()} {self.title}"


class Attendance(models.Model):
    """A unit asked to a meeting."""

    id = models.BigAutoField(primary_key=True)
    meeting = models.ForeignKey(AskedMeeting, models.CASCADE, related_name="attendances")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("meeting", "unit"), name="burden_attendance_once"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.unit_id}"
