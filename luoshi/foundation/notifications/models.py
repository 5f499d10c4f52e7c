"""The inbox: notices as rows, each once per deduplication key.

Verbs: `domain.sending` adds, `domain.marking` marks read. Title and body are stored as the words
the rule gave, in both languages, so that a notice stays what it was.
"""

import uuid

from django.db import models


class Notice(models.Model):
    """One notice to one person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    unit = models.ForeignKey("organizations.Unit", models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    level = models.CharField(max_length=4, blank=True)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=240)
    url = models.CharField(max_length=200, blank=True)
    dedup_key = models.CharField(max_length=160, unique=True)
    created_at = models.DateTimeField()
    deliver_at = models.DateTimeField()
    held_reason_zh = models.CharField(max_length=120, blank=True)
    held_reason_en = models.CharField(max_length=160, blank=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("recipient", "-deliver_at", "id"), name="notices_inbox"),)

    def __str__(self) -> str:
        return self.title_zh
