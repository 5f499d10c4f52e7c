"""Rounds, their items, key marks and promised dates.

Verbs: `domain.opening`, `domain.fixing`, `domain.naming`, `domain.checking`, `domain.promising`,
`domain.marking`.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from luoshi.supervision.lookbacks.enums import (
    Finding,
    Ground,
    ItemState,
    Method,
    Outcome,
    RoundState,
)


class KeyMark(models.Model):
    """A matter an office holds to be key (重点), with the reason; a lifted mark stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="key_marks")
    reason = models.CharField(max_length=200)
    marked_by_name = models.CharField(max_length=60)
    marked_at = models.DateTimeField()
    lifted_reason = models.CharField(max_length=200, blank=True)
    lifted_by_name = models.CharField(max_length=60, blank=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("matter",), condition=Q(lifted_at=None), name="lookbacks_key_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.matter_id)


class LookBackRound(models.Model):
    """One office's look-back on what it concluded in `year`. The seed is drawn once, when the
    round is opened; the sample is fixed by `due_on`, 31 March of the following year (TR-25)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="lookback_rounds")
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=RoundState.choices, default=RoundState.OPEN)
    seed = models.BigIntegerField()
    percent = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    concluded = models.PositiveIntegerField(default=0)
    opened_by_name = models.CharField(max_length=60)
    opened_at = models.DateTimeField()
    fixed_by_name = models.CharField(max_length=60, blank=True)
    fixed_at = models.DateTimeField(null=True)
    late_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "year"), name="lookbacks_round_once"),
        )

    def __str__(self) -> str:
        return str(self.year)


class LookBackItem(models.Model):
    """One matter of a fixed sample: why it is in it, who checks, what was found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(LookBackRound, models.PROTECT, related_name="items")
    closure = models.ForeignKey("matters.Closure", models.PROTECT, related_name="lookbacks")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, related_name="lookbacks")
    grounds = ArrayField(models.CharField(max_length=10))
    digest = models.CharField(max_length=64)
    place = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ItemState.choices, default=ItemState.TO_CHECK)
    checker = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    checker_name = models.CharField(max_length=60, blank=True)
    finding = models.CharField(max_length=10, choices=Finding.choices, blank=True)
    method = models.CharField(max_length=10, choices=Method.choices, blank=True)
    evidence = models.TextField(blank=True)
    note = models.TextField(blank=True)
    effect = models.CharField(max_length=300, blank=True)
    effect_name = models.CharField(max_length=60, blank=True)
    effect_value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    effect_measure = models.CharField(max_length=20, blank=True)
    reopening = models.OneToOneField(
        "matters.Reopening", models.PROTECT, null=True, related_name="lookback"
    )
    checked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("round", "matter"), name="lookbacks_item_once"),
            models.CheckConstraint(
                condition=Q(state="to_check", finding="", checked_at=None)
                | (Q(state="checked", checked_at__isnull=False) & ~Q(finding="")),
                name="lookbacks_checked_says_what",
            ),
        )
        indexes = (
            models.Index(fields=("round", "place"), name="lookbacks_item_place"),
            models.Index(fields=("checked_at",), name="lookbacks_item_time"),
        )

    def __str__(self) -> str:
        return f"{self.round_id} {self.place}"

    def ground_words(self) -> list[str]:
        """The grounds as words."""
        return [str(Ground(ground).label) for ground in self.grounds]


class PromiseOutcome(models.Model):
    """What became of one promised date of a conclusion: kept (B → A) with evidence, or missed,
    with the next promised date or the reopening."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.ForeignKey("matters.Closure", models.PROTECT, related_name="promise_outcomes")
    promised_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    evidence = models.TextField(blank=True)
    note = models.TextField(blank=True)
    next_on = models.DateField(null=True)
    reopening = models.OneToOneField(
        "matters.Reopening", models.PROTECT, null=True, related_name="promise_outcome"
    )
    settled_by_name = models.CharField(max_length=60)
    settled_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("closure", "promised_on"), name="lookbacks_promise_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome="missed") | ~Q(evidence=""),
                name="lookbacks_kept_needs_evidence",
            ),
        )
        indexes = (models.Index(fields=("settled_at",), name="lookbacks_promise_time"),)

    def __str__(self) -> str:
        return f"{self.closure_id} {self.promised_on}"
