"""Dispatches with one row per addressee, and what arrived for one unit with what it did about it.

Verbs: `domain.dispatch`: dispatching, recalling (sender); handling (receiver); heeding (receipts).
"""

import uuid

from django.db import models
from django.db.models import Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.enums import Handling, Progress
from luoshi.foundation.exchange.models.mail import Incoming, Outgoing


class DispatchQuerySet(QuerySet["Dispatch"]):
    """Dispatches, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "DispatchQuerySet":
        """Those of the actor's own unit."""
        return self if actor.kind == "system" else self.filter(sender_unit_id=actor.unit_id)


class Dispatch(models.Model):
    """One sending to one unit or many: one consignment per node, one `Addressee` per unit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=41)
    title = models.CharField(max_length=200)
    number = models.CharField(max_length=80, blank=True)
    urgency = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    sender_unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="dispatches")
    sent_by = models.UUIDField(null=True)
    sent_by_name = models.CharField(max_length=60)
    sent_at = models.DateTimeField()
    units = models.PositiveIntegerField()
    recalled_at = models.DateTimeField(null=True)
    recalled_by_name = models.CharField(max_length=60, blank=True)
    recall_reason = models.CharField(max_length=200, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("sender_unit", "-sent_at", "id"), name="exchange_dispatches"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Addressee(models.Model):
    """One unit of a dispatch and how far it came there; each instant is set once, by a receipt."""

    id = models.BigAutoField(primary_key=True)
    dispatch = models.ForeignKey(Dispatch, models.PROTECT, related_name="addressees")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    sort_key = models.CharField(max_length=200)
    outgoing = models.ForeignKey(Outgoing, models.PROTECT, related_name="addressees")
    state = models.CharField(max_length=10, choices=Progress.choices, default=Progress.ON_THE_WAY)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    person = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("dispatch", "unit"), name="exchange_addressee_once"),
        )
        indexes = (
            models.Index(fields=("dispatch", "state", "sort_key", "id"), name="exchange_board"),
            models.Index(fields=("dispatch", "sort_key", "id"), name="exchange_board_all"),
        )

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.unit_id}"


class ArrivalQuerySet(QuerySet["Arrival"]):
    """Arrivals, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "ArrivalQuerySet":
        """Those of the actor's own unit."""
        return self if actor.kind == "system" else self.filter(unit_id=actor.unit_id)


class Arrival(models.Model):
    """What lies before one unit. Its content is in the envelope kept in `incoming`; title, number
    and issuer are repeated here for the list. `person` acted last, `reason` says why it was
    refused or recalled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    incoming = models.ForeignKey(Incoming, models.PROTECT, related_name="arrivals")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="arrivals")
    title = models.CharField(max_length=500)
    number = models.CharField(max_length=100, blank=True)
    issuer = models.CharField(max_length=200, blank=True)
    urgency = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=Handling.choices, default=Handling.DELIVERED)
    arrived_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opened_by_name = models.CharField(max_length=60, blank=True)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    person = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("incoming", "unit"), name="exchange_arrival_once"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="exchange_refusal_says_why"
            ),
        )
        indexes = (
            models.Index(fields=("unit", "-arrived_at", "id"), name="exchange_arrivals"),
            models.Index(fields=("unit", "state"), name="exchange_arrivals_state"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
