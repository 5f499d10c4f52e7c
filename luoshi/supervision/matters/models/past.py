"""What the rows of the heart said, span by span: written by database triggers whenever a column
that a light, a ledger or a matter's page is read from changes (B19).

A span begins at the instant of the verb that wrote the row (`audit…acting` tells the database) and
ends with the next. No verb writes here, and the application's role may only read: a verb cannot
forget it, and nobody rewrites the past. The columns carry the names of the live ones, so that the
live pages' conditions read these rows too.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from luoshi.supervision.matters.enums import (
    AssignmentState,
    DutyState,
    LateUnit,
    MatterState,
    Part,
    Turn,
)
from luoshi.supervision.matters.models.assignment import Assignment
from luoshi.supervision.matters.models.clocks import Staged
from luoshi.supervision.matters.models.duty import ReportDuty
from luoshi.supervision.matters.models.matter import Matter
from luoshi.supervision.rulebook.enums import Regime


class PastQuerySet(QuerySet[Any]):
    """Spans, narrowed to what was known at an instant."""

    def known(self, at: datetime) -> "PastQuerySet":
        """The one span of each row that holds at `at`."""
        return self.filter(Q(known_until=None) | Q(known_until__gt=at), known_from__lte=at)


class Past(models.Model):
    """A span of knowledge, `known_from` included, `known_until` not."""

    id = models.BigAutoField(primary_key=True)
    known_from = models.DateTimeField()
    known_until = models.DateTimeField(null=True)

    objects = PastQuerySet.as_manager()

    class Meta:
        abstract = True


class PastMatter(Past, Staged):
    """A matter as the ledger knew it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="past")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200)
    regime = models.CharField(max_length=16, choices=Regime.choices)
    state = models.CharField(max_length=12, choices=MatterState.choices)
    turn = models.CharField(max_length=10, choices=Turn.choices)
    lead_unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    next_title_zh = models.CharField(max_length=80, blank=True)
    next_title_en = models.CharField(max_length=120, blank=True)
    latest_progress = models.CharField(max_length=160, blank=True)
    last_heard_at = models.DateTimeField(null=True)
    late_marks = models.PositiveIntegerField(default=0)
    shares = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("matter", "known_from"), name="matters_past_matter"),
            models.Index(fields=("office", "known_from"), name="matters_past_office"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class PastAssignment(Past, Staged):
    """A share as the board and the matter's page knew it."""

    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="past")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices)
    state = models.CharField(max_length=12, choices=AssignmentState.choices)
    turn = models.CharField(max_length=10, choices=Turn.choices)
    signed_at = models.DateTimeField(null=True)
    signed_by_name = models.CharField(max_length=60, blank=True)
    next_title_zh = models.CharField(max_length=80, blank=True)
    next_title_en = models.CharField(max_length=120, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    late_marks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = (
            models.Index(fields=("assignment", "known_from"), name="matters_past_share"),
            models.Index(fields=("unit", "known_from"), name="matters_past_unit"),
        )

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.state}"


class PastDuty(Past):
    """A duty as the matter's page knew it."""

    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="past")
    state = models.CharField(max_length=10, choices=DutyState.choices)
    due_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    redo_due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    late_amount = models.PositiveIntegerField(null=True)
    late_unit = models.CharField(max_length=8, choices=LateUnit.choices, blank=True)

    class Meta:
        indexes = (models.Index(fields=("duty", "known_from"), name="matters_past_duty"),)

    def __str__(self) -> str:
        return f"{self.duty_id} {self.state}"
