"""ReportDuty 报告义务: one dated duty with the trace of how its date was computed; AskedTogether:
what the office asks within the quarterly report instead of separately; Milestone 节点: an event
that limits count from has happened.

Verbs: `domain.duty.scheduling` makes duties, `reporting` and `reviewing` move them;
`domain.duty.combining`, `domain.duty.happening`.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from luoshi.supervision.matters.enums import DutyState, LateUnit
from luoshi.supervision.matters.models.assignment import Assignment
from luoshi.supervision.matters.models.matter import Matter
from luoshi.supervision.matters.models.scopes import DutyQuerySet
from luoshi.supervision.rulebook.enums import NOTED_EVENTS, Anchor, DutyKind
from luoshi.supervision.rulebook.models import ReportingRuleVersion

REPEATS = Q(deadline__type__in=("recurring", "dates"))  # further periods of such a duty may follow


class ReportDuty(models.Model):
    """One report owed. `due_at` is empty while its trigger has not happened, and for irregular
    duties, which only want attention after silence (TR-08). The late mark is written at
    submission and kept for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="duties")
    rule_version = models.ForeignKey(
        ReportingRuleVersion, models.PROTECT, null=True, related_name="duties"
    )
    rule_code = models.CharField(max_length=12)
    period = models.CharField(max_length=16)
    kind = models.CharField(max_length=16, choices=DutyKind.choices)
    title_zh = models.CharField(max_length=80)
    title_en = models.CharField(max_length=120)
    content = models.JSONField(default=list)
    reports_to = models.CharField(max_length=60, blank=True)
    legal_basis = models.CharField(max_length=200)
    deadline = models.JSONField(null=True)
    anchor = models.CharField(max_length=12, blank=True)
    trigger_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    original_due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    hourly = models.BooleanField(default=False)
    provisional = models.BooleanField(default=False)
    trace = models.JSONField(null=True)
    state = models.CharField(max_length=10, choices=DutyState.choices, default=DutyState.OPEN)
    redo_due_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    late_amount = models.PositiveIntegerField(null=True)
    late_unit = models.CharField(max_length=8, choices=LateUnit.choices, blank=True)
    late_reason = models.CharField(max_length=300, blank=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "rule_code", "period"), name="matters_duty_once"
            ),
        )
        indexes = (
            models.Index(fields=("state", "due_at"), name="matters_duty_due"),
            models.Index(fields=("assignment", "due_at"), name="matters_duty_of"),
            models.Index(fields=("assignment",), condition=REPEATS, name="matters_duty_repeats"),
            # all the sweep needs to find what it has to look at, without a look at the rows
            models.Index(
                fields=("due_at",),
                include=("id", "redo_due_at", "hourly"),
                condition=Q(state__in=("open", "returned")),
                name="matters_duty_owed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule_code} {self.period}"

    def waits_for(self) -> str:
        """The event an undated duty waits for, in the reader's words; empty = none."""
        return str(Anchor(self.anchor).label) if self.anchor in NOTED_EVENTS else ""


class AskedTogether(models.Model):
    """Recurring requests of a matter that its units answer within the quarterly report (B6).
    `codes` are the rules no longer asked separately, `content` what they asked for: part → months
    of the limits it belongs to, none = every quarter. `version` is set where the matter had no
    quarterly report of its own; `basis` then says why it is asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="asked_together")
    codes = ArrayField(models.CharField(max_length=12))
    titles = models.CharField(max_length=300)
    content = models.JSONField(default=dict)
    into_code = models.CharField(max_length=12)
    version = models.ForeignKey(ReportingRuleVersion, models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=200, blank=True)
    saved = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    decided_by_name = models.CharField(max_length=60)
    decided_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.matter_id} {self.into_code}"


class Milestone(models.Model):
    """The day an event happened that limits of a matter count from, and how it is known: the end
    of a stage (TR-18), a rule in force (TR-20)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="milestones")
    anchor = models.CharField(max_length=12, choices=Anchor.choices)
    on = models.DateField()
    basis = models.CharField(max_length=300)
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("matter", "anchor", "on"), name="matters_milestone_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.anchor} {self.on}"
