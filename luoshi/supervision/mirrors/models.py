"""BetweenNodes: what is shared with another node, and how far the two have heard each other;
Mirror: one matter that is; Settlement: acts that crossed, and the rule that settled them.

Verbs: `domain.telling` (sends), `domain.adopting` and `domain.hearing` (receive),
`domain.settling`.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from luoshi.foundation.exchange.models import Node, Outgoing
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.mirrors.enums import Fact, Outcome, Side


class BetweenNodes(models.Model):
    """Something this node shares with another one, and how far the two have heard each other.
    `said`: digest of what was sent last, in life `said_life`, as consignment `sent`; `heard_*`: the
    newest envelope taken into account, so that one it overtook changes nothing."""

    id = models.BigAutoField(primary_key=True)
    node = models.ForeignKey(Node, models.PROTECT, related_name="+")
    said = models.CharField(max_length=64, blank=True)
    said_life = models.CharField(max_length=32, blank=True)
    said_at = models.DateTimeField(null=True)
    sent = models.ForeignKey(Outgoing, models.PROTECT, null=True, related_name="+")
    heard_life = models.CharField(max_length=32, blank=True)
    heard_sequence = models.BigIntegerField(default=0)
    heard_sent_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Mirror(BetweenNodes):
    """One matter; `known`: the acts of our units the other side has confirmed."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="mirrors")
    side = models.CharField(max_length=8, choices=Side.choices)
    known = ArrayField(models.CharField(max_length=60), default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("matter", "node"), name="mirrors_once"),)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.node_id}"


class Settlement(models.Model):
    """A unit's act that crossed what the office had done; `words` keeps what it said where nothing
    else does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="settlements")
    rule = models.CharField(max_length=4)
    fact = models.CharField(max_length=12, choices=Fact.choices)
    fact_id = models.CharField(max_length=60)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    why = models.CharField(max_length=500, blank=True)
    words = models.TextField(blank=True)
    acted_by_name = models.CharField(max_length=60)
    acted_at = models.DateTimeField()
    settled_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "fact", "fact_id"), name="mirrors_settled_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.fact} {self.fact_id}"
