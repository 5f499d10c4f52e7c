"""How an office wants a list written out. Verb: `domain.templating`."""

import uuid

from django.db import models


class ColumnTemplate(models.Model):
    """One office's columns of one list, in order: `columns` holds pairs of key and name ("" = the
    usual name)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    listing = models.CharField(max_length=40)
    columns = models.JSONField()
    set_by_name = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "listing"), name="sheets_template_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.listing}"
