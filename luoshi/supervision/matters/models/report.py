"""Report 反馈: what the unit submitted; fulfils one or more duties. Review: accept or return.

Verbs: `domain.report`: reporting writes and submits, signing_off signs, reviewing decides,
correcting corrects what was accepted, composing puts reports of units below together.
"""

import uuid
from decimal import Decimal

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import EvidenceGrade, ReportState, Verdict
from luoshi.supervision.matters.models.assignment import Assignment
from luoshi.supervision.matters.models.duty import ReportDuty
from luoshi.supervision.matters.models.scopes import ReportQuerySet


class Report(models.Model):
    """A draft or a submission of one unit's share; a redo is a new row that follows the old one.
    `percent` is how much of the planned progress is done, `hours` what writing it took; nobody has
    to say either."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="reports")
    duties = models.ManyToManyField(ReportDuty, related_name="reports")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="redone_by")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    correction_reason = models.CharField(max_length=300, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    progress = models.TextField(blank=True)
    state_change = models.CharField(max_length=200, blank=True)
    problems = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    percent = models.PositiveSmallIntegerField(null=True)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    late_reason = models.CharField(max_length=300, blank=True)
    signed_by_principal = models.CharField(max_length=60, blank=True)
    final = models.BooleanField(default=False)
    receipt_number = models.CharField(max_length=24, blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    written_by_name = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    files = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveIntegerField(default=0)
    search = SearchVectorField(null=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("assignment",),
                condition=Q(state__in=("draft", "signing")),
                name="matters_one_draft",
            ),
            models.UniqueConstraint(
                fields=("receipt_number",),
                condition=~Q(receipt_number=""),
                name="matters_receipt_once",
            ),
        )
        indexes = (
            models.Index(fields=("state", "submitted_at", "id"), name="matters_report_queue"),
            models.Index(
                fields=("submitted_at",),
                condition=~Q(state__in=("draft", "signing")),
                name="matters_report_newest",
            ),
            models.Index(
                fields=("submitted_at",),
                condition=Q(hours__isnull=False),
                name="matters_report_hours",
            ),
            GinIndex(fields=("search",), name="matters_report_search"),
        )

    def __str__(self) -> str:
        return self.receipt_number or str(self.id)


class ReportFigure(models.Model):
    """A figure of a report as a typed value with its unit of measure and the previous value."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    name = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    measure = models.CharField(max_length=20, blank=True)
    previous = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("report", "name"), name="matters_figure_once"),
        )

    def __str__(self) -> str:
        return f"{self.name} {self.value}"

    @property
    def change(self) -> Decimal | None:
        """Difference to the previous value; None where there is none."""
        return None if self.previous is None else self.value - self.previous


class Review(models.Model):
    """The one decision on a submission; uniqueness settles two reviewers at once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.OneToOneField(Report, models.PROTECT, related_name="review")
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    reason = models.TextField(blank=True)
    redo_due_at = models.DateTimeField(null=True)
    evidence_proposed = models.PositiveSmallIntegerField(
        choices=EvidenceGrade.choices, default=EvidenceGrade.CLAIM
    )
    evidence = models.PositiveSmallIntegerField(
        choices=EvidenceGrade.choices, default=EvidenceGrade.CLAIM
    )
    evidence_note = models.CharField(max_length=200, blank=True)
    drawn = models.BooleanField(default=False)  # for a check on site (B8)
    reviewer = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    reviewer_name = models.CharField(max_length=60)
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict="accepted") | ~Q(reason=""), name="matters_return_says_why"
            ),
            models.CheckConstraint(
                condition=Q(evidence=models.F("evidence_proposed")) | ~Q(evidence_note=""),
                name="matters_grade_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.report_id} {self.verdict}"
