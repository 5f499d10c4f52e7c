"""An inspection: what, whom, how, when, by which group; exceptions and calling off as rows.

Verbs: `domain.preparing`, `frequency`, `starting`, `concluding`, `receiving`, `ending`.
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.sight import own_branch
from luoshi.foundation.organizations.enums import (
    HANDLING_ROLES,
    OFFICER_CLASS,
    SUPERVISING_ROLES,
)
from luoshi.supervision.inspections.enums import (
    SENT_OUT,
    InspectionKind,
    InspectionState,
    Method,
    Part,
    Standing,
)
from luoshi.supervision.inspections.models.plan import InspectionPlan


class InspectionQuerySet(QuerySet[Any]):
    """Inspections, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "InspectionQuerySet":
        """Supervising posts see their office's inspections; its other people those of whose group
        they are; a unit sees those of which it is the object once they are announced, an
        undercover one only when its conclusion is sent."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None:
            return self.none()
        if actor.role in SUPERVISING_ROLES:
            return self.filter(office_id=actor.unit_id)
        if actor.role in HANDLING_ROLES:
            mine = InspectionObject.objects.filter(
                inspection=OuterRef("pk"), unit__in=own_branch(actor)
            )
            announced = Q(state=InspectionState.UNDER_WAY) & ~Q(
                methods__contains=[Method.UNDERCOVER]
            )
            return self.filter(Q(state__in=SENT_OUT) | announced).filter(Exists(mine))
        if actor.person_id is None or actor.role in OFFICER_CLASS:
            return self.none()
        member = GroupMember.objects.filter(inspection=OuterRef("pk"), person_id=actor.person_id)
        return self.filter(Exists(member), office_id=actor.unit_id)


class Inspection(models.Model):
    """实地督查. `department` is who carries it out: the yearly limit counts by it (R-CUT-6);
    `in_plan` says that it stood in the plan when the plan was approved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(InspectionPlan, models.PROTECT, related_name="inspections")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="inspections")
    department = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=14, choices=InspectionKind.choices)
    content = models.TextField()
    scope = models.TextField()
    basis = models.CharField(max_length=300, blank=True)
    methods = ArrayField(models.CharField(max_length=12, choices=Method.choices), default=list)
    starts_on = models.DateField()
    ends_on = models.DateField()
    in_plan = models.BooleanField(default=True)
    state = models.CharField(
        max_length=12, choices=InspectionState.choices, default=InspectionState.PLANNED
    )
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    concluded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    closing_remark = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="inspections_number_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="inspections_span"
            ),
        )
        indexes = (
            models.Index(fields=("office", "-starts_on", "id"), name="inspections_by_day"),
            models.Index(fields=("department", "kind", "starts_on"), name="inspections_yearly"),
        )

    def __str__(self) -> str:
        return self.title


class InspectionObject(models.Model):
    """A unit that is inspected, and its receipt for the conclusion."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="objects_inspected")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="inspected_in")
    received_at = models.DateTimeField(null=True)
    received_by_name = models.CharField(max_length=60, blank=True)
    review_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ("unit__sort_key",)
        constraints = (
            models.UniqueConstraint(fields=("inspection", "unit"), name="inspections_object_once"),
        )

    def __str__(self) -> str:
        return str(self.unit_id)


class GroupMember(models.Model):
    """A member of the group; invited deputies, CPPCC members and experts need no account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="group")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=100, blank=True)
    part = models.CharField(max_length=8, choices=Part.choices)
    standing = models.CharField(max_length=8, choices=Standing.choices)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order",)
        constraints = (
            models.UniqueConstraint(
                fields=("inspection",),
                condition=Q(part=Part.LEADER),
                name="inspections_one_leader",
            ),
        )

    def __str__(self) -> str:
        return self.name


class FrequencyException(models.Model):
    """A second person lets an inspection pass the frequency rules, with the reason (R-CUT-6)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.OneToOneField(Inspection, models.CASCADE, related_name="exception")
    codes = models.JSONField()
    reason = models.CharField(max_length=300)
    granted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    granted_by_name = models.CharField(max_length=60)
    granted_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.inspection_id)


class CallingOff(models.Model):
    """An inspection that does not take place, with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inspection = models.OneToOneField(Inspection, models.CASCADE, related_name="calling_off")
    reason = models.CharField(max_length=300)
    called_off_by_name = models.CharField(max_length=60)
    called_off_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.inspection_id)
