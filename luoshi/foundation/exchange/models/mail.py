"""Outbox, inbox, receipts. An envelope up to 256 KiB lies in its row, a larger one once on disk by
its digest.

Verbs: `domain.mail.sending`, `handing_over`, `receiving`, `answering`, `parking`, `carrying`,
`returning`.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.foundation.exchange.enums import OPEN, Handling, InState, OutState


class Carried(models.Model):
    """What an outbox row and an inbox row have in common; `id` is the consignment's."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=41)
    control = models.BooleanField(default=False)
    incarnation = models.CharField(max_length=32)
    sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    body = models.BinaryField(null=True)
    file = models.ForeignKey("attachments.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class Outgoing(Carried):
    """A consignment to one node. `next_at`: when it is handed to the transport (again); `parts`:
    how many parts of this attempt the transport has taken; `held`: why it cannot go on for now;
    `answers`: the inbox row this returns. The instants of its way:
    `created_at` written, `sent_at` first taken by the transport, `taken_at` taken in by the
    receiver, by its own clock as its verdict says, `settled_at` the verdict here; `tried_at`: the
    last attempt."""

    receiver = models.ForeignKey("exchange.Node", models.PROTECT, related_name="outgoing")
    sender_unit = models.CharField(max_length=24)
    units = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=OutState.choices, default=OutState.WAITING, db_index=True
    )
    reason = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    held = models.CharField(max_length=120, blank=True)
    answers = models.ForeignKey(
        "exchange.Incoming", models.PROTECT, null=True, related_name="returns"
    )
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("receiver", "incarnation", "sequence"), name="exchange_out_sequence"
            ),
        )
        indexes = (
            models.Index(
                fields=("next_at", "id"), condition=Q(next_at__isnull=False), name="exchange_due"
            ),
            models.Index(
                fields=("created_at", "id"), condition=Q(state__in=OPEN), name="exchange_open"
            ),
            models.Index(
                fields=("settled_at", "id"),
                condition=Q(settled_at__isnull=False),
                name="exchange_answered",
            ),
        )

    def __str__(self) -> str:
        return self.id.hex


class Incoming(Carried):
    """An envelope whose signature was good. Its key is the protection against a second effect.
    `verdict`: the consignment our word on it stands in, with that on others which came with it."""

    sender = models.ForeignKey("exchange.Node", models.PROTECT, related_name="incoming")
    kind_version = models.PositiveIntegerField()
    units = models.JSONField(default=list)
    object = models.CharField(max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=InState.choices, db_index=True)
    reason = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    verdict = models.ForeignKey(Outgoing, models.PROTECT, null=True, related_name="answered")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("sender", "incarnation", "sequence"), name="exchange_in_sequence"
            ),
        )
        indexes = (
            models.Index(fields=("sender", "object", "revision"), name="exchange_of_object"),
            models.Index(fields=("received_at", "id"), name="exchange_received"),
        )

    def __str__(self) -> str:
        return self.id.hex


class Receipt(models.Model):
    """What the receiver said of a consignment, once per word and unit; `evidence` is the inbox row
    of the signed envelope that said it (security row 20)."""

    id = models.BigAutoField(primary_key=True)
    outgoing = models.ForeignKey(Outgoing, models.PROTECT, related_name="receipts")
    word = models.CharField(max_length=10, choices=Handling.choices)
    unit = models.CharField(max_length=24, blank=True)
    person = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    evidence = models.ForeignKey(Incoming, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("outgoing", "word", "unit"), name="exchange_receipt_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.outgoing_id} {self.word} {self.unit}"


class Alarm(models.Model):
    """Something came that must not: kept with its bytes (up to 256 KiB) for whoever looks into it.
    One row per sender, reason and digest; `times` counts repetitions."""

    id = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=24)
    reason = models.CharField(max_length=20)
    detail = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64)
    body = models.BinaryField(null=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("sender", "reason", "digest"), name="exchange_alarm_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sender} {self.reason}"


class Returned(models.Model):
    """An envelope this node sent in a life it lost, returned by a neighbour that has it; somebody
    confirms whether its content is entered again (security.md 5.7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    node = models.ForeignKey("exchange.Node", models.PROTECT, related_name="returned")
    consignment = models.UUIDField(unique=True)
    kind = models.CharField(max_length=41)
    title = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()
    returned_at = models.DateTimeField()
    evidence = models.ForeignKey(Incoming, models.PROTECT, related_name="+")
    decided = models.CharField(max_length=10, blank=True)
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.consignment.hex
