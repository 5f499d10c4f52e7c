"""Nodes: this installation, its superior and its subordinates, with their keys.

Verbs: `domain.node.initialising`, `entering`, `accepting`, `suspending`, `rotating`, `planning`,
`incarnating`. Private keys are not here: they lie sealed in files 0600 (`keyring`).
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.foundation.accounts.sealing import SealedField
from luoshi.foundation.exchange.enums import NodeState, Purpose, Relation


class Node(models.Model):
    """An installation that serves one or more units. `card`: what it said of itself at enrolment;
    `fingerprint`: SM3 of that card, compared by voice; `code`: the one-time code until it is used;
    `last_sequence`: of what was sent to it in this incarnation; `remembers`: after its last
    restore, how far it knows what it sent, per life, as it announced in `restored_life` at
    `restored_at` by its clock. Its milestones (features row 54): entered, `matched_at` its card
    received, accepted, `connected_at` the first of our envelopes it acknowledged, `heard_at` last
    heard."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=100)
    relation = models.CharField(max_length=12, choices=Relation.choices)
    state = models.CharField(max_length=10, choices=NodeState.choices)
    address = models.CharField(max_length=120, blank=True)
    link = models.CharField(max_length=60, blank=True)
    authority = models.TextField(blank=True)
    card = models.TextField(blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    one_time_code = SealedField(blank=True)
    code_expires_at = models.DateTimeField(null=True)
    entered_by = models.UUIDField(null=True)
    entered_by_name = models.CharField(max_length=60, blank=True)
    entered_at = models.DateTimeField()
    matched_by_name = models.CharField(max_length=60, blank=True)
    matched_at = models.DateTimeField(null=True)
    accepted_by_name = models.CharField(max_length=60, blank=True)
    accepted_at = models.DateTimeField(null=True)
    connected_at = models.DateTimeField(null=True)
    suspended_reason = models.CharField(max_length=200, blank=True)
    sequence_incarnation = models.CharField(max_length=32, blank=True)
    last_sequence = models.BigIntegerField(default=0)
    heard_at = models.DateTimeField(null=True)
    remembers = models.JSONField(default=dict)
    restored_life = models.CharField(max_length=32, blank=True)
    restored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.UniqueConstraint(
                fields=("relation",),
                condition=Q(relation__in=(Relation.OWN, Relation.SUPERIOR)),
                name="exchange_one_own_one_superior",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def forgot(self, incarnation: str, sequence: int) -> bool:
        """Whether this node, since its last restore, does not know that it sent this number."""
        before = bool(self.restored_life) and incarnation != self.restored_life
        return before and sequence > self.remembers.get(incarnation, 0)


class ServedUnit(models.Model):
    """A unit that lives on another node; every unit not listed lives here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    node = models.ForeignKey(Node, models.CASCADE, related_name="served")
    unit = models.OneToOneField("organizations.Unit", models.CASCADE, related_name="served_by")

    def __str__(self) -> str:
        return f"{self.unit_id} @ {self.node_id}"


class NodeKey(models.Model):
    """A node's public key. A neighbour's is good only once the security administrator accepted it;
    `until` ends it for new envelopes, `revoked_at` for all."""

    id = models.CharField(primary_key=True, max_length=64)
    node = models.ForeignKey(Node, models.CASCADE, related_name="keys")
    suite = models.CharField(max_length=20)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    public = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by_name = models.CharField(max_length=60, blank=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("since", "suite")

    def __str__(self) -> str:
        return f"{self.suite} {self.id[:8]}"


class Incarnation(models.Model):
    """A life of this installation's database: a fresh random number at installation and at every
    restore (security.md 5.3). The newest is in force; rows are only added."""

    id = models.BigAutoField(primary_key=True)
    value = models.CharField(max_length=32, unique=True)
    began_at = models.DateTimeField()
    restored = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.value


class ConnectionPlan(models.Model):
    """By when a unit's node is to be connected, and who answers for it there (S3-103, S3-106…109).
    Rows are only added; the newest of a unit is in force, one without a date takes it back. `node`:
    its node while no unit is said to live there yet."""

    id = models.BigAutoField(primary_key=True)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="connection_plans")
    planned_on = models.DateField(null=True)
    in_charge = models.CharField(max_length=60, blank=True)
    node = models.ForeignKey(Node, models.PROTECT, null=True, related_name="plans")
    set_by_name = models.CharField(max_length=60, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("unit", "-id"), name="exchange_plan_of_unit"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.planned_on}"
