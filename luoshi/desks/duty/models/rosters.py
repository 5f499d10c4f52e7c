"""Rosters (值班表), their shifts, swaps, and what is known of other levels' rosters."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, QuerySet, Value

from luoshi.desks.duty.enums import OPEN_SWAPS, DayClass, Post, RosterState, SwapState
from luoshi.desks.duty.models.people import DutyPerson
from luoshi.foundation.accounts.sealing import SealedField
from luoshi.foundation.core.actors import Actor

SPAN = Func(
    F("starts_at"),
    F("ends_at"),
    Value("[)"),
    function="TSTZRANGE",
    output_field=DateTimeRangeField(),
)


class Roster(models.Model):
    """A roster of an office for a span of days. `progress`: of the solver, 0–100; `outcome`: what
    it said last, as a word; `proof`: what was proved when it was approved; `spread`: who bears
    most and least, by post; `stood_until`: when it was last taken back after being published, what
    began before stood and stays as it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="rosters")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=RosterState.choices, default=RosterState.DRAFT)
    progress = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True)
    asked_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0)
    proof = models.JSONField(default=dict)
    spread = models.JSONField(default=list)
    drafted_by_id = models.UUIDField(null=True)
    drafted_by_name = models.CharField(max_length=60)
    drafted_at = models.DateTimeField()
    approved_by_name = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    stood_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-starts_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="duty_roster_span"
            ),
            models.UniqueConstraint(fields=("office", "starts_on"), name="duty_roster_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.starts_on}–{self.ends_on}"


class ShiftQuerySet(QuerySet[Any]):
    """Shifts, narrowed by sight and by the clock."""

    def visible_to(self, actor: Actor) -> "ShiftQuerySet":
        """The own office's."""
        if actor.kind == "system":
            return self
        return self.filter(office_id=actor.unit_id) if actor.unit_id else self.none()

    def in_force(self) -> "ShiftQuerySet":
        """Published, with somebody on it; of a roster that was taken back, what had begun."""
        stood = Q(starts_at__lte=F("roster__stood_until"))
        return self.filter(Q(roster__state=RosterState.PUBLISHED) | stood, person__isnull=False)

    def begun(self, at: datetime) -> "ShiftQuerySet":
        """What stays as it was: it began with somebody on it, was handed over, or stood."""
        held = Q(person__isnull=False) | Q(handover__isnull=False)
        return self.filter(held | Q(starts_at__lte=F("roster__stood_until")), starts_at__lte=at)


class Shift(models.Model):
    """Who holds a post from when to when; nobody yet = no person. The database refuses two people
    on one post and one person on two shifts at once. `fixed`: set by hand, the solver keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="shifts")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    post = models.CharField(max_length=8, choices=Post.choices)
    day = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    day_class = models.CharField(max_length=8, choices=DayClass.choices)
    sensitive = models.BooleanField(default=False)
    night = models.BooleanField(default=False)
    weight = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey(DutyPerson, models.PROTECT, null=True, related_name="shifts")
    fixed = models.BooleanField(default=False)
    changed_reason = models.CharField(max_length=300, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "post", "id")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="duty_shift_span"),
            ExclusionConstraint(
                name="duty_one_person_a_post",
                expressions=(
                    ("office", RangeOperators.EQUAL),
                    ("post", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ),
            ),
            ExclusionConstraint(
                name="duty_one_post_a_person",
                expressions=(
                    ("person", RangeOperators.EQUAL),
                    (SPAN, RangeOperators.OVERLAPS),
                ),
                condition=Q(person__isnull=False),
                deferrable=models.Deferrable.DEFERRED,
            ),
        )
        indexes = (
            models.Index(fields=("office", "starts_at"), name="duty_shift_of_office"),
            models.Index(fields=("person", "starts_at"), name="duty_shift_of_person"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.post}"

    @property
    def stands(self) -> bool:
        """Whether it is in force, with or without somebody on it."""
        stood = self.roster.stood_until
        begun: bool = stood is not None and self.starts_at <= stood
        return begun or self.roster.state == RosterState.PUBLISHED


class Swap(models.Model):
    """One asks another to take a shift over, or to swap two (`other` set)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="swaps")
    other = models.ForeignKey(Shift, models.CASCADE, null=True, related_name="+")
    asker = models.ForeignKey(DutyPerson, models.PROTECT, related_name="+")
    taker = models.ForeignKey(DutyPerson, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SwapState.choices, default=SwapState.ASKED)
    reason = models.CharField(max_length=300)
    answer = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("shift",), condition=Q(state__in=OPEN_SWAPS), name="duty_swap_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.shift_id} {self.state}"


class KnownShift(models.Model):
    """A shift of a unit at another node, as its published roster said."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("organizations.Unit", models.CASCADE, related_name="+")
    post = models.CharField(max_length=8, choices=Post.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=60, blank=True)
    phone = SealedField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "post", "starts_at"), name="duty_known_shift_once"
            ),
        )
        indexes = (models.Index(fields=("unit", "ends_at"), name="duty_known_shift"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.post} {self.starts_at}"
