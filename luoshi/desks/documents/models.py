"""Urge: one unit asked once a week to sign for a document, sent or held by the governor.

Verb: `domain.urging`. Dispatches, addressees and arrivals are the exchange's.
"""

import uuid

from django.db import models

from luoshi.foundation.exchange.models import Addressee


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
