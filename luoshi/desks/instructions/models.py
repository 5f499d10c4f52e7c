"""Instruction 批示: a leader's written words, when received, on what, and the matter they caused.

Verbs: `domain.noting`, `domain.filing`; nothing else moves it. The desk holds the key to the
matter; the matter keeps a snapshot of its origin only.
"""

import uuid
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.desks.instructions.enums import FOLLOWED, InstructionState, WrittenOn
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.matters.enums import Light
from luoshi.supervision.matters.models import Matter, Report, showing

OFFICE_ROLES = (Role.SUPERVISION_OFFICER, Role.SECRETARY_GENERAL, Role.DOCUMENT_CLERK)


class InstructionQuerySet(QuerySet[Any]):
    """Instructions, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "InstructionQuerySet":
        """A leader sees the leader's own at every level (decision 8); the office that keeps them
        sees all of its leaders'; who sees a matter reads the words that stand on it."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None:
            return self.none()
        matter = Matter.objects.visible_to(actor).filter(pk=OuterRef("matter_id"))
        on_matter = Q(Exists(matter), state__in=FOLLOWED)
        if actor.role == Role.LEADER:
            return self.filter(Q(leader_id=actor.person_id) | on_matter)
        if actor.role in OFFICE_ROLES:
            return self.filter(Q(office_id=actor.unit_id) | on_matter)
        return self.filter(on_matter) if actor.role in HANDLING_ROLES else self.none()

    def showing(self, light: Light, at: datetime) -> "InstructionQuerySet":
        """Instructions that show a light: their matter's, or the office's own before it filed
        them (see `Instruction.light`)."""
        waiting = Q(state=InstructionState.NOTED)
        past = Q(reference_due_at__lte=at)
        followed = Q(state__in=FOLLOWED) & showing(light, at, "matter__")
        own = {
            Light.RED: waiting & past,
            Light.YELLOW: waiting & (Q(reference_due_at=None) | Q(reference_due_at__gt=at)),
            Light.GREY: Q(state=InstructionState.KEPT),
            Light.GREEN: Q(pk__in=[]),
        }
        return self.filter(followed | own[light])


class Instruction(models.Model):
    """One written instruction of one leader. `reference_due_at` is the first limit if it is
    counted from the day the leader wrote (A4); the limit that binds counts from the handler's
    signing for receipt and stands on the matter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="instructions")
    leader = models.ForeignKey("accounts.User", models.PROTECT, related_name="instructions")
    leader_name = models.CharField(max_length=60)
    leader_title = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    instructed_on = models.DateField()
    received_at = models.DateTimeField()
    file_number = models.CharField(max_length=60, blank=True)
    urgent_amount = models.PositiveSmallIntegerField(null=True)
    urgent_unit = models.CharField(max_length=8, blank=True)
    urgent_basis = models.CharField(max_length=200, blank=True)
    reference_due_at = models.DateTimeField(null=True)
    reference_trace = models.JSONField(null=True)

    written_on = models.CharField(max_length=8, choices=WrittenOn.choices, default=WrittenOn.PAPER)
    paper_title = models.CharField(max_length=200, blank=True)
    paper_reference = models.CharField(max_length=80, blank=True)
    on_matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    on_report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")

    noted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()
    on_behalf = models.BooleanField(default=False)

    state = models.CharField(
        max_length=12, choices=InstructionState.choices, default=InstructionState.NOTED
    )
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="instructions")
    reason = models.CharField(max_length=300, blank=True)
    filed_by_name = models.CharField(max_length=60, blank=True)
    filed_at = models.DateTimeField(null=True)

    objects = InstructionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=FOLLOWED, matter__isnull=False)
                | (~Q(state__in=FOLLOWED) & Q(matter=None)),
                name="instructions_followed_has_matter",
            ),
            models.CheckConstraint(
                condition=~Q(state=InstructionState.KEPT) | ~Q(reason=""),
                name="instructions_kept_has_reason",
            ),
        )
        indexes = (
            models.Index(fields=("office", "-instructed_on", "id"), name="instructions_of_office"),
            models.Index(fields=("leader", "-instructed_on", "id"), name="instructions_of_leader"),
        )

    def __str__(self) -> str:
        return f"{self.leader_name} {self.instructed_on.isoformat()} {self.text[:40]}"

    def light(self, at: datetime) -> Light:
        """The matter's light once there is one. Before: yellow, the office owes a word on what
        becomes of it; red once the limit counted from the leader's day has passed (A4). Grey for
        what was kept for information (R-SUP-2)."""
        if self.matter is not None:
            return self.matter.light(at)
        if self.state == InstructionState.KEPT:
            return Light.GREY
        past = self.reference_due_at is not None and self.reference_due_at <= at
        return Light.RED if past else Light.YELLOW
