"""The trail: entries that are only ever added, linked by hashes (security.md 6).

Verb: `domain.acting` with `domain.recording`. Triggers refuse UPDATE, DELETE and TRUNCATE. Names
and texts live in `Detail`, bound to the entry by a salted commitment, so that erasing them leaves
the chain whole.
"""

import json
from typing import Any

from django.db import models

from luoshi.foundation.core.rows.keys import in_turn


class Chain(models.Model):
    """A chain of entries; a restore starts a new one whose first entry names the old head."""

    number = models.AutoField(primary_key=True)
    started_at = models.DateTimeField()
    algorithm = models.CharField(max_length=8)
    reason = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"chain {self.number}"


class Head(models.Model):
    """The last sequence number and hash of a chain; its row lock orders all writers."""

    chain = models.OneToOneField(Chain, models.PROTECT, primary_key=True, related_name="head")
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.seq}"


class Entry(models.Model):
    """One act. `body` is the hashed canonical text; the columns beside it only help to find it."""

    id = models.BigAutoField(primary_key=True)
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="entries", db_index=False)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    actor_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    object_kind = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=60, blank=True)
    body = models.TextField()
    prev = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("chain", "seq"), name="audit_entry_once"),)
        indexes = (
            models.Index(fields=("object_kind", "object_id", "seq"), name="audit_of_object"),
            models.Index(fields=("action", "seq"), name="audit_of_action"),
            models.Index(fields=("actor_id", "seq"), name="audit_of_actor"),
        )

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.seq} {self.action}"

    def detail_of(self) -> dict[str, Any]:
        """Names, before and after; empty when erased. Select `detail` beforehand."""
        found = getattr(self, "detail", None)
        return json.loads(found.text) if found else {}


class Detail(models.Model):
    """Names, labels, before and after of an entry; erasable, the commitment stays in the entry."""

    id = models.UUIDField(primary_key=True, default=in_turn, editable=False)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="detail")
    salt = models.CharField(max_length=64)
    text = models.TextField()

    def __str__(self) -> str:
        return str(self.entry_id)


class Checkpoint(models.Model):
    """A head written down and signed. Verb: `domain.checkpointing.take_checkpoint`; only added."""

    id = models.BigAutoField(primary_key=True)
    chain = models.ForeignKey(Chain, models.PROTECT, related_name="checkpoints")
    seq = models.BigIntegerField()
    head = models.CharField(max_length=64)
    at = models.DateTimeField()
    text = models.TextField()
    signature = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("chain", "seq"), name="audit_checkpoint_once"),
        )

    def __str__(self) -> str:
        return f"{self.chain_id}:{self.seq}"


class Verification(models.Model):
    """One run of the verifier: running while `finished_at` is empty. Verb: `domain.checking`."""

    id = models.BigAutoField(primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    by_name = models.CharField(max_length=60)
    total = models.BigIntegerField()
    done = models.BigIntegerField(default=0)
    code = models.SmallIntegerField(null=True)
    chain = models.IntegerField(default=0)
    seq = models.BigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)
    why = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.pk}: {self.code}"
