"""What an office does again and again, and every single time of it.

Verbs: `domain.undertaking`, `changing`, `keeping`, `excusing`, `ending`, `coming` (the clock) and
`fulfilling` (another room). An occurrence is a row from the beginning of its period, or as the next
one ahead; its limit and trace are the deadline engine's.
"""

import uuid
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.commitments.enums import OccurrenceState, Outcome, Told
from luoshi.supervision.matters.models.clocks import Clocked

OFFICE_ROLES = (
    Role.SECRETARY_GENERAL,
    Role.SUPERVISION_OFFICER,
    Role.LEADER,
    Role.DOCUMENT_CLERK,
    Role.INFORMATION_OFFICER,
    Role.DUTY_OFFICER,
)
READING_ROLES = (*OFFICE_ROLES, *HANDLING_ROLES)


class SightedQuerySet(QuerySet[Any]):
    """Rows of an office."""

    def visible_to(self, actor: Actor) -> "SightedQuerySet":
        """An office sees its own commitments; nobody else's discipline is anybody's business."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None or actor.role not in READING_ROLES:
            return self.none()
        return self.filter(office_id=actor.unit_id)


class Commitment(models.Model):
    """What the office undertook. `kind`: kept by another room ("" = by hand); `draw_on`: the day
    from which the next occurrence is to be made a row (None = none is to come)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=40, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    draw_on = models.DateField(null=True)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by_name = models.CharField(max_length=60, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = SightedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "kind"),
                condition=Q(ended_at=None) & ~Q(kind=""),
                name="commitments_kind_once",
            ),
        )
        indexes = (
            models.Index(fields=("office", "title", "id"), name="commitments_of_office"),
            models.Index(
                fields=("draw_on",), condition=Q(draw_on__isnull=False), name="commitments_drawn"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def is_over(self, on: date) -> bool:
        """Whether no day of it is left."""
        return self.ends_on is not None and self.ends_on < on


class VersionQuerySet(QuerySet[Any]):
    """Versions of commitments."""

    def effective(self) -> "VersionQuerySet":
        """Those that hold on some day; one replaced before it began never did."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=F("starts_on")))


class CommitmentVersion(models.Model):
    """What holds from a day on: the rule of the engine, whose turn it is, what counts as kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    rule = models.JSONField()
    basis = models.CharField(max_length=200)
    role = models.CharField(max_length=24, choices=Role.choices, blank=True)
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    person_name = models.CharField(max_length=60, blank=True)
    evidence = models.BooleanField(default=False)
    warning_workdays = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    drawn_to = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("commitment", "number"), name="commitments_version_once"
            ),
            models.CheckConstraint(
                condition=Q(role="", person__isnull=False) | (~Q(role="") & Q(person=None)),
                name="commitments_one_responsible",
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.number}"

    @property
    def ever_holds(self) -> bool:
        """Whether there is a day on which it holds."""
        return self.ends_on is None or self.ends_on >= self.starts_on

    @property
    def who(self) -> str:
        """Whose turn it is, in words."""
        return self.person_name or str(self.get_role_display())


class OccurrenceQuerySet(SightedQuerySet):
    """Occurrences, narrowed by what the clock says of them."""

    def waiting(self, at: datetime) -> "OccurrenceQuerySet":
        """Neither kept nor excused, and not missed yet."""
        rows = self.filter(state=OccurrenceState.OPEN)
        return rows.filter(Q(missed_at=None) | Q(missed_at__gt=at))

    def counted(self) -> "OccurrenceQuerySet":
        """Without those that fell away by a change."""
        return self.exclude(state=OccurrenceState.DROPPED)


class Occurrence(Clocked):
    """One time of it. `key` names the period; `raw_on` is the day before rolling; `missed_at` the
    limit of the next one, from which this one can be kept no more; `moved_from_at` the limit before
    the last change; `told` what the responsible post was told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="occurrences")
    version = models.ForeignKey(CommitmentVersion, models.PROTECT, related_name="+")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    key = models.CharField(max_length=20)
    opens_on = models.DateField()
    raw_on = models.DateField()
    due_on = models.DateField()
    due_at = models.DateTimeField()
    hourly = models.BooleanField(default=False)
    trace = models.JSONField()
    missed_at = models.DateTimeField(null=True)
    moved_from_at = models.DateTimeField(null=True)
    told = models.CharField(max_length=4, choices=Told.choices, blank=True)

    state = models.CharField(
        max_length=8, choices=OccurrenceState.choices, default=OccurrenceState.OPEN
    )
    kept_at = models.DateTimeField(null=True)
    noted_at = models.DateTimeField(null=True)
    noted_by_name = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=200, blank=True)
    late_amount = models.PositiveIntegerField(null=True)
    late_unit = models.CharField(max_length=8, blank=True)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("commitment", "key"), name="commitments_occurrence_once"
            ),
            models.CheckConstraint(
                condition=Q(state=OccurrenceState.KEPT, kept_at__isnull=False)
                | (~Q(state=OccurrenceState.KEPT) & Q(kept_at=None)),
                name="commitments_kept_when",
            ),
        )
        indexes = (
            models.Index(fields=("office", "-due_at", "id"), name="commitments_by_limit"),
            models.Index(
                fields=("attention_at",),
                condition=Q(on_clock=True),
                name="commitments_near",
            ),
        )

    def __str__(self) -> str:
        return f"{self.commitment.title} {self.due_on}"

    def outcome(self, at: datetime) -> str:
        """How the record counts it at an instant; "" for what fell away."""
        if self.state == OccurrenceState.KEPT:
            return Outcome.LATE if self.late_amount else Outcome.KEPT
        if self.state == OccurrenceState.EXCUSED:
            return Outcome.EXCUSED
        if self.state == OccurrenceState.DROPPED:
            return ""
        if self.missed_at is not None and self.missed_at <= at:
            return Outcome.MISSED
        return Outcome.OVERDUE if self.due_at <= at else Outcome.AHEAD
