"""Scoring rules as versions, recorded facts, published rankings with their rows, objections.

Verbs: `domain.versioning`, `domain.recording`, `domain.publishing`, `domain.objecting`. A version
that was used and a ranking that was published are never changed.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.supervision.appraisal.enums import RECORDED, FactKind, Group


class ScoringVersion(models.Model):
    """One version of an office's scoring rules; frozen from `used_at` on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="scoring_rules")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    basis = models.CharField(max_length=200)
    base = models.DecimalField(max_digits=6, decimal_places=1)
    floor = models.DecimalField(max_digits=6, decimal_places=1, default=0)
    objection_workdays = models.PositiveSmallIntegerField(default=5)
    drafted_by_name = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "number"), name="appraisal_version_once"),
        )

    def __str__(self) -> str:
        return f"v{self.number}"


class ScoringItem(models.Model):
    """What one fact of a kind brings or costs, and the most a unit gets or loses by the kind."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(ScoringVersion, models.CASCADE, related_name="items")
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    points = models.DecimalField(max_digits=5, decimal_places=1)
    cap = models.DecimalField(max_digits=6, decimal_places=1, null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("version", "kind"), name="appraisal_item_once"),
            models.CheckConstraint(
                condition=Q(cap=None) | Q(cap__gte=0), name="appraisal_cap_positive"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.points}"


class RecordedFact(models.Model):
    """A fact no other room knows: an approving instruction, or harm done; with its source."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="appraisal_facts")
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.label) for kind in RECORDED])
    happened_on = models.DateField()
    reason = models.CharField(max_length=200)
    reference = models.CharField(max_length=120)
    recorded_by_name = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    withdrawn_by_name = models.CharField(max_length=60, blank=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("office", "happened_on"), name="appraisal_fact_day"),)

    def __str__(self) -> str:
        return self.reason


class SetAside(models.Model):
    """A fact that is not counted, with the reason: force majeure, an upheld objection."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=FactKind.choices)
    row_id = models.UUIDField()
    reason = models.CharField(max_length=200)
    set_by_name = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "kind", "row_id"), name="appraisal_aside_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.row_id}"


class Publication(models.Model):
    """A published ranking of a period: frozen rows, rule version, as-of, fingerprint. A correction
    is a new publication that names the one it corrects."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="rankings")
    period = models.CharField(max_length=8)
    edition = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField()
    version = models.ForeignKey(ScoringVersion, models.PROTECT, related_name="publications")
    as_of = models.DateTimeField()
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64)
    published_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    published_by_name = models.CharField(max_length=60)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "period", "edition"), name="appraisal_edition_once"
            ),
            models.CheckConstraint(
                condition=Q(corrects=None) | ~Q(reason=""), name="appraisal_correction_says_why"
            ),
        )
        indexes = (models.Index(fields=("office", "published_at"), name="appraisal_published"),)

    def __str__(self) -> str:
        return f"{self.period}/{self.edition}"


class PublishedScore(models.Model):
    """One unit's line of a ranking. `lines` holds, per kind, count, points and the rows counted as
    they were read then."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="scores")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="appraisal_scores")
    unit_name = models.CharField(max_length=100)
    group = models.CharField(max_length=12, choices=Group.choices)
    rank = models.PositiveIntegerField()
    base = models.DecimalField(max_digits=6, decimal_places=1)
    deductions = models.DecimalField(max_digits=7, decimal_places=1)
    additions = models.DecimalField(max_digits=7, decimal_places=1)
    score = models.DecimalField(max_digits=7, decimal_places=1)
    no_award = models.BooleanField(default=False)
    lines = models.JSONField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("publication", "unit"), name="appraisal_score_once"),
        )

    def __str__(self) -> str:
        return f"{self.unit_name} {self.score}"


class Objection(models.Model):
    """A unit's objection to its score, and the answer of somebody who did not publish it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    score = models.ForeignKey(PublishedScore, models.PROTECT, related_name="objections")
    text = models.TextField()
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_by_name = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("score",), condition=Q(answered_at=None), name="appraisal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, upheld=None)
                | (Q(answered_at__isnull=False, upheld__isnull=False) & ~Q(answer="")),
                name="appraisal_answer_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"{self.score_id}"
