"""What an office's decisions teach: training rows, grammar cases, names, expressions, weights.

Drafts and documents are known by id only: the desks that draft stand above this room. Verbs:
`domain.noting`, `linking`, `teaching`, `retraining`, `choosing`, `inheriting`; nothing else moves
these rows.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.desks.lessons.enums import (
    UNFINISHED,
    ConsultationState,
    Decision,
    ExpressionState,
    Failure,
    NameState,
    VersionState,
)

OFFICE = "organizations.Unit"


class Inherited(models.Model):
    """Where a lesson was learned, when its office went into the one that has it now."""

    inherited_from = models.ForeignKey(OFFICE, models.PROTECT, null=True, related_name="+")
    inherited_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class TrainingRow(Inherited):
    """A sentence with the officer's verdict; one per draft, so that deciding anew changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(OFFICE, models.PROTECT, related_name="+")
    draft_id = models.UUIDField(unique=True)
    document_id = models.UUIDField(db_index=True)
    sentence = models.TextField()
    mode = models.CharField(max_length=16)
    anchor = models.CharField(max_length=20)
    binds = models.BooleanField()
    decision = models.CharField(max_length=10, choices=Decision.choices)
    decided_by_name = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("office", "-decided_at", "id"), name="lessons_rows"),)

    def __str__(self) -> str:
        return self.sentence[:40]


class GrammarCase(Inherited):
    """A limit the officer wrote otherwise than it was read: `read` and `wrote` are rules as JSON,
    `expression` what the reading had taken for the limit, `words` what the officer typed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(OFFICE, models.PROTECT, related_name="+")
    draft_id = models.UUIDField(unique=True)
    document_id = models.UUIDField()
    sentence = models.TextField()
    anchor = models.CharField(max_length=20)
    expression = models.CharField(max_length=200, blank=True)
    words = models.CharField(max_length=200, blank=True)
    read = models.JSONField(default=list)
    wrote = models.JSONField(default=list)
    decided_by_name = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("office", "-decided_at", "id"), name="lessons_cases"),)

    def __str__(self) -> str:
        return f"{self.expression} → {self.words}"


class LearnedName(Inherited):
    """A name documents use and the unit tree does not know: offered once, then remembered. It
    counts in this office's readings only and never overrides a name of the tree. `suggested` is the
    unit an officer put in its place on a draft."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(OFFICE, models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    unit = models.ForeignKey(OFFICE, models.PROTECT, null=True, related_name="learned_names")
    suggested = models.ForeignKey(OFFICE, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=NameState.choices, default=NameState.OFFERED)
    document_id = models.UUIDField()
    seen_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "name"), name="lessons_name_once"),
            models.CheckConstraint(
                condition=Q(state=NameState.LINKED, unit__isnull=False)
                | (~Q(state=NameState.LINKED) & Q(unit__isnull=True)),
                name="lessons_linked_has_unit",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Expression(Inherited):
    """Words that look like a limit and were not understood: never guessed, listed here. What an
    officer taught (`words`, read by the grammar into `rules`) holds from the next reading on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(OFFICE, models.PROTECT, related_name="+")
    text = models.CharField(max_length=100)
    state = models.CharField(
        max_length=10, choices=ExpressionState.choices, default=ExpressionState.OPEN
    )
    words = models.CharField(max_length=100, blank=True)
    rules = models.JSONField(default=list)
    seen_at = models.DateTimeField()
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "text"), name="lessons_expression_once"),
        )

    def __str__(self) -> str:
        return self.text


class Sighting(Inherited):
    """One place where an expression stood, with its sentence."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expression = models.ForeignKey(Expression, models.CASCADE, related_name="sightings")
    document_id = models.UUIDField()
    start = models.PositiveIntegerField()
    sentence = models.TextField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("expression", "document_id", "start"), name="lessons_sighting_once"
            ),
        )

    def __str__(self) -> str:
        return self.sentence[:40]


class GateVersion(Inherited):
    """A set of the gate's weights in an office. Number 0 stands for the weights as shipped
    (`weights` empty). `figures` holds precision, recall and F1 of the weights in use then and of
    these, on the newest fifth of the office's rows and on the shipped set."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(OFFICE, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState.choices)
    active = models.BooleanField(default=False)
    weights = models.JSONField(null=True)
    base = models.CharField(max_length=40, blank=True)
    rows = models.PositiveIntegerField(default=0)
    newest = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict)
    done = models.PositiveSmallIntegerField(default=0)
    acting = models.JSONField(default=dict)
    asked_by_name = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "number"), name="lessons_version_once"),
            models.UniqueConstraint(
                fields=("office",), condition=Q(active=True), name="lessons_one_active"
            ),
            models.UniqueConstraint(
                fields=("office",), condition=Q(state__in=UNFINISHED), name="lessons_one_training"
            ),
            models.CheckConstraint(
                condition=Q(active=False) | Q(state=VersionState.KEPT), name="lessons_active_kept"
            ),
        )

    def __str__(self) -> str:
        return str(self.number)


class Consultation(models.Model):
    """A document's questions to the local model: the work stands as a row, a job wakes it. `asked`
    holds the drafts asked about, answered or not; nothing is asked twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(OFFICE, models.PROTECT, related_name="+")
    document_id = models.UUIDField(unique=True)
    state = models.CharField(
        max_length=10, choices=ConsultationState.choices, default=ConsultationState.WAITING
    )
    asked = models.JSONField(default=list)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    failure = models.CharField(max_length=10, choices=Failure.choices, blank=True)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("office", "-asked_at", "id"), name="lessons_asked"),)

    def __str__(self) -> str:
        return self.state


class ModelHealth(models.Model):
    """How the local model does, one row for the site: after failures in a row it rests."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    failures = models.PositiveSmallIntegerField(default=0)
    failure = models.CharField(max_length=10, choices=Failure.choices, blank=True)
    failed_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.failure
