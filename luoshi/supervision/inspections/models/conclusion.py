"""Findings, the conclusion sent to the objects, and the review an object may ask for once.

Verbs: `domain.finding`, `concluding`, `reviewing`.
"""

import uuid

from django.db import models

from luoshi.supervision.inspections.enums import Category, FindingKind, Method, ReviewState
from luoshi.supervision.inspections.models.inspection import Inspection


class Finding(models.Model):
    """One fact found at one object, by one method."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="findings")
    number = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=FindingKind.choices)
    facts = models.TextField()
    method = models.CharField(max_length=12, choices=Method.choices)
    category = models.CharField(max_length=16, choices=Category.choices, blank=True)
    requirement = models.CharField(max_length=300, blank=True)
    limit_on = models.DateField(null=True)
    recorded_by_name = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("inspection", "number"), name="inspections_finding_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.facts[:60]}"


class Conclusion(models.Model):
    """督查结论: required, factual, sent to the objects (R-SUP-7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.OneToOneField(Inspection, models.PROTECT, related_name="conclusion")
    number = models.CharField(max_length=60)
    text = models.TextField()
    requirements = models.TextField(blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=60)
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class ConclusionReview(models.Model):
    """An object asks for review of the conclusion: once, in time, decided by another person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="reviews")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=ReviewState.choices, default=ReviewState.ASKED)
    reason = models.TextField()
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    decide_by = models.DateTimeField()
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("asked_at",)
        constraints = (
            models.UniqueConstraint(fields=("inspection", "unit"), name="inspections_review_once"),
        )

    def __str__(self) -> str:
        return str(self.unit_id)
