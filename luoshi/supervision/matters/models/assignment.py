"""Assignment 承办: one unit's share of a matter, with its own state and clock.

Verbs: `domain.share` (assigning, signing), `domain.report`, `domain.matter` (closing, revoking).
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, AssignmentState, Part, Turn
from luoshi.supervision.matters.models.clocks import Staged, Stoppable
from luoshi.supervision.matters.models.matter import Matter
from luoshi.supervision.matters.models.scopes import AssignmentQuerySet


class Assignment(Staged, Stoppable):
    """What one unit owes for one matter; `courteous` fixes 商请 wording when there is no command
    relation between the two units (decision 9); `objected_at` is set while an objection waits. No
    further period of its recurring duties begins before `extends_on`; unknown after every act.
    `stages` is the unit's own plan, in the form of `Matter.stages`; empty = the matter's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="assignments")
    part = models.CharField(max_length=10, choices=Part.choices)
    task = models.CharField(max_length=300, blank=True)
    state = models.CharField(
        max_length=12, choices=AssignmentState.choices, default=AssignmentState.UNSIGNED
    )
    turn = models.CharField(max_length=10, choices=Turn.choices, default=Turn.UNIT)
    courteous = models.BooleanField(default=False)
    assigned_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)
    signed_by_name = models.CharField(max_length=60, blank=True)
    last_heard_at = models.DateTimeField(null=True)
    next_title_zh = models.CharField(max_length=80, blank=True)
    next_title_en = models.CharField(max_length=120, blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    late_marks = models.PositiveSmallIntegerField(default=0)
    objected_at = models.DateTimeField(null=True)
    extends_on = models.DateField(null=True)
    stages = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True)
    reopening = models.ForeignKey(
        "matters.Reopening", models.PROTECT, null=True, related_name="assignments"
    )

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("matter", "unit"),
                condition=Q(state__in=[state.value for state in ASSIGNMENT_OPEN]),
                name="matters_assignment_once",
            ),
        )
        indexes = (
            models.Index(fields=("unit", "state", "overdue_at"), name="matters_unit_limit"),
            models.Index(fields=("overdue_at", "id"), name="matters_assignment_limit"),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.unit_id}"


class UnitSummary(models.Model):
    """One row per handling unit, exact at `as_of` and true until `valid_until` (a clock passes
    then); kept by `domain.share.summarising` inside the verb's transaction. `late_marks` counts
    marks, `late_shares` the open shares that carry one, `behind` those behind their plan."""

    unit = models.OneToOneField(
        "organizations.Unit", models.PROTECT, primary_key=True, related_name="supervision_summary"
    )
    red = models.PositiveIntegerField(default=0)
    yellow = models.PositiveIntegerField(default=0)
    green = models.PositiveIntegerField(default=0)
    grey = models.PositiveIntegerField(default=0)
    in_review = models.PositiveIntegerField(default=0)
    late_marks = models.PositiveIntegerField(default=0)
    late_shares = models.PositiveIntegerField(default=0)
    behind = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.unit_id)
