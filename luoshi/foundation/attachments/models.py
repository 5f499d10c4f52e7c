"""Files stored once by digest, and their use under a name.

Verb: `domain.storing`. The stored name is the digest; the user's name is data, shown escaped.
"""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from luoshi.foundation.attachments.enums import Remark, TextState


class StoredFile(models.Model):
    """Bytes on disk under `<sha256[:2]>/<sha256>`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sha256 = models.CharField(max_length=64, unique=True)
    sm3 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Attachment(models.Model):
    """One use of a file: its name, whose it is, what it hangs on, and its text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=200)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    uploaded_by_name = models.CharField(max_length=60)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    owner_kind = models.CharField(max_length=20, blank=True)
    owner_id = models.UUIDField(null=True)
    text_state = models.CharField(max_length=12, choices=TextState.choices)
    text = models.TextField(blank=True)
    remarks = models.JSONField(default=list)
    created_at = models.DateTimeField()
    search = SearchVectorField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("owner_kind", "owner_id"), name="attachments_of_owner"),
            GinIndex(fields=("search",), name="attachments_search"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def warnings(self) -> list[object]:
        """What a reader should know before opening the file."""
        return [Remark(name).label for name in self.remarks]
