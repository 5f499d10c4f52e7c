"""The list of a year, its points, what was agreed, dropped and summarised.

Verbs: `domain.drafting`, `copying`, `agreeing`, `issuing`, `summing_up`, `closing`, and for lists
of other nodes `mirroring`; nothing else moves these rows.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import own_branch, units_in_sight
from luoshi.foundation.organizations.enums import HANDLING_ROLES, SUPERVISING_ROLES
from luoshi.supervision.lists.enums import ListState, SummaryPeriod, SummaryState
from luoshi.supervision.matters.enums import LateUnit, Light
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.mirrors.models import BetweenNodes


class ListQuerySet(QuerySet[Any]):
    """Lists, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "ListQuerySet":
        """The two offices see their list always; offices that supervise the issuer, and units that
        stand on it, once it is issued (S3-55, decision 8)."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None:
            return self.none()
        issued = ~Q(state=ListState.DRAFTED)
        if actor.role in SUPERVISING_ROLES:
            own = Q(office_id=actor.unit_id) | Q(joint_office_id=actor.unit_id)
            return self.filter(own | (issued & Q(office__in=units_in_sight(actor))))
        if actor.role in HANDLING_ROLES:
            branch = own_branch(actor)
            mine = ListPoint.objects.filter(points_list=OuterRef("pk"))
            mine = mine.filter(Q(lead_unit__in=branch) | Q(joint_units__in=branch))
            return self.filter(issued & Exists(mine))
        return self.none()


class SupervisionPointsList(models.Model):
    """督查要点 of one year: `office` is the recorded lead of the two issuing offices (S3-55).
    `home`: the code of the node that leads it; "" = this one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="points_lists")
    joint_office = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="joint_points_lists"
    )
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=80, blank=True)
    method = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ListState.choices, default=ListState.DRAFTED)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies")
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()
    issued_on = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    issued_by_name = models.CharField(max_length=60, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_name = models.CharField(max_length=60, blank=True)
    closing_remark = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    home = models.CharField(max_length=24, blank=True)

    objects = ListQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "year"), condition=Q(home=""), name="lists_once_a_year"
            ),
            models.CheckConstraint(
                condition=Q(joint_office=None) | ~Q(joint_office=models.F("office")),
                name="lists_two_offices",
            ),
        )
        indexes = (models.Index(fields=("-year", "id"), name="lists_by_year"),)

    def __str__(self) -> str:
        return f"{self.reference} {self.title}".strip()


class ListPoint(models.Model):
    """One numbered point, and the matter it becomes when the list is issued. `awaits`: the matter
    of a list led elsewhere that has not come here yet."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    points_list = models.ForeignKey(SupervisionPointsList, models.PROTECT, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=600)
    lead_unit = models.ForeignKey(
        "organizations.Unit", models.PROTECT, null=True, related_name="list_points_led"
    )
    joint_units = models.ManyToManyField(
        "organizations.Unit", related_name="list_points_joined", blank=True
    )
    limit_words = models.CharField(max_length=80, blank=True)
    task_rules = models.JSONField(default=list)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    matter = models.OneToOneField(Matter, models.PROTECT, null=True, related_name="list_point")
    awaits = models.UUIDField(null=True, db_index=True)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(
                fields=("points_list", "number"),
                name="lists_point_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class DroppedPoint(models.Model):
    """A point of last year's list that was not taken over, with the reason (S2-93, S2-95)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    points_list = models.ForeignKey(SupervisionPointsList, models.PROTECT, related_name="dropped")
    point = models.ForeignKey(ListPoint, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    dropped_by_name = models.CharField(max_length=60)
    dropped_at = models.DateTimeField()

    class Meta:
        ordering = ("point__number",)

    def __str__(self) -> str:
        return str(self.point_id)


class JointAgreement(models.Model):
    """The second office agrees to issue the list in both names (S3-55)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    points_list = models.OneToOneField(
        SupervisionPointsList, models.PROTECT, related_name="agreement"
    )
    agreed_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    agreed_by_name = models.CharField(max_length=60)
    agreed_at = models.DateTimeField()
    revision = models.PositiveIntegerField()

    def __str__(self) -> str:
        return str(self.points_list_id)


class ListSummary(models.Model):
    """The mid-year or year-end summary the issuing office owes its superior (TR-05). The late mark
    is written when it is sent and kept for ever; `figures` are the counts as sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    points_list = models.ForeignKey(SupervisionPointsList, models.PROTECT, related_name="summaries")
    period = models.CharField(max_length=10, choices=SummaryPeriod.choices)
    rule_code = models.CharField(max_length=12)
    legal_basis = models.CharField(max_length=200)
    reports_to = models.CharField(max_length=60)
    due_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    trace = models.JSONField()
    state = models.CharField(max_length=6, choices=SummaryState.choices, default=SummaryState.OPEN)
    text = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    next_steps = models.TextField(blank=True)
    figures = models.JSONField(default=dict)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    sent_by_name = models.CharField(max_length=60, blank=True)
    late_amount = models.PositiveIntegerField(null=True)
    late_unit = models.CharField(max_length=8, choices=LateUnit.choices, blank=True)
    late_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("due_at",)
        constraints = (
            models.UniqueConstraint(fields=("points_list", "period"), name="lists_summary_once"),
        )

    def __str__(self) -> str:
        return f"{self.points_list_id} {self.period}"

    def light(self, at: datetime) -> Light:
        """The light of the summary at an instant: grey once sent."""
        if self.state == SummaryState.SENT:
            return Light.GREY
        if self.due_at <= at:
            return Light.RED
        return Light.YELLOW if self.warn_at <= at else Light.GREEN


class ListMirror(BetweenNodes):
    """A list that another node knows of: one where some of its units live, or the superior's, which
    is sent its summaries; or, at those nodes, the one that leads it."""

    points_list = models.ForeignKey(SupervisionPointsList, models.PROTECT, related_name="mirrors")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("points_list", "node"), name="lists_mirrored_once"),
        )

    def __str__(self) -> str:
        return f"{self.points_list_id} {self.node_id}"
