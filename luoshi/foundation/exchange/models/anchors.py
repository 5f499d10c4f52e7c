"""Heads of trails kept by somebody else (security.md 6): this node's at its superior, and those of
subordinates here. Rows are only added or, once, answered.

Verbs: `domain.anchoring`.
"""

from django.db import models

from luoshi.foundation.exchange.models.mail import Incoming
from luoshi.foundation.exchange.models.nodes import Node


class Anchored(models.Model):
    """A checkpoint of this node's trail sent to the superior; `countersigned_at` once it said that
    it extends what it has seen, `refused` if it says it does not. `evidence` is its envelope."""

    id = models.BigAutoField(primary_key=True)
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    chain = models.IntegerField()
    seq = models.BigIntegerField()
    head = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    countersigned_at = models.DateTimeField(null=True)
    refused = models.BooleanField(default=False)
    evidence = models.ForeignKey(Incoming, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("node", "chain", "seq"), name="exchange_anchored_once"),
        )

    def __str__(self) -> str:
        return f"{self.chain}:{self.seq}"


class ForeignHead(models.Model):
    """A head of a subordinate's trail, with the envelope that said it."""

    id = models.BigAutoField(primary_key=True)
    node = models.ForeignKey(Node, models.PROTECT, related_name="heads")
    chain = models.IntegerField()
    seq = models.BigIntegerField()
    head = models.CharField(max_length=64)
    at = models.DateTimeField()
    received_at = models.DateTimeField()
    evidence = models.ForeignKey(Incoming, models.PROTECT, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("node", "chain", "seq"), name="exchange_head_once"),
        )

    def __str__(self) -> str:
        return f"{self.node_id} {self.chain}:{self.seq}"
