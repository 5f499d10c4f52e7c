"""Who had a hand in a report before it was sent: its editors, and the principal's signature.

Verbs: `domain.report.reporting` notes editors, `domain.report.signing_off` signs or gives back.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import SigningState
from luoshi.supervision.matters.models.report import Report


class ReportEditor(models.Model):
    """Somebody who saved the draft; none of them reviews the report (decision 5)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="editors")
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=60)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("report", "person"), name="matters_editor_once"),
        )

    def __str__(self) -> str:
        return self.person_name


class Signing(models.Model):
    """A report put before the unit's principal, and what became of it (R-SUP-6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="signings")
    state = models.CharField(
        max_length=10, choices=SigningState.choices, default=SigningState.ASKED
    )
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    words = models.TextField(blank=True)
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("report",), condition=Q(state="asked"), name="matters_one_signing"
            ),
            models.CheckConstraint(
                condition=~Q(state="given_back") | ~Q(words=""), name="matters_give_back_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.state}"
