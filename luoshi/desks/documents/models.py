"""Urge: one unit asked once a week to sign for a document, sent or held by the governor. What came
and was passed on to the next level, by hand or by standing order.

Verbs: `domain.urging`, `domain.passing_on`, `domain.ordering`. Dispatches, addressees and arrivals
are the exchange's.
"""

import uuid

from django.db import models

from luoshi.foundation.exchange.models import Addressee, Arrival, Dispatch


class DocumentUrge(models.Model):
    """`held`: the unit had all its nudges of the week (S3-68); it may be urged again next week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    addressee = models.ForeignKey(Addressee, models.PROTECT, related_name="urges")
    week_on = models.DateField()
    held = models.BooleanField()
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("addressee", "week_on"), name="documents_urge_once_a_week"
            ),
        )

    def __str__(self) -> str:
        return f"{self.addressee_id} {self.week_on}"


class StandingOrder(models.Model):
    """What comes to a unit from a node is passed on to these units at once, in the name of the post
    that ordered it, while that post is held (S3-112); one in force per unit and node."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    node = models.ForeignKey("exchange.Node", models.PROTECT, related_name="+")
    to = models.ManyToManyField("organizations.Unit", related_name="+")
    words = models.TextField(blank=True)
    held = models.ForeignKey("organizations.Appointment", models.PROTECT, related_name="+")
    set_by_name = models.CharField(max_length=60)
    set_at = models.DateTimeField()
    ended_by_name = models.CharField(max_length=60, blank=True)
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("unit", "node"),
                condition=models.Q(ended_at=None),
                name="documents_one_order_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.node_id}"


class PassedOn(models.Model):
    """A document that came, sent on by its unit with a covering note of its own; `order`: by
    standing order, once."""

    id = models.BigAutoField(primary_key=True)
    arrival = models.ForeignKey(Arrival, models.PROTECT, related_name="passed_on")
    dispatch = models.OneToOneField(Dispatch, models.PROTECT, related_name="origin")
    order = models.ForeignKey(StandingOrder, models.PROTECT, null=True, related_name="passed_on")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("arrival", "order"), name="documents_order_once"),
        )

    def __str__(self) -> str:
        return f"{self.arrival_id} {self.dispatch_id}"
