"""Bulletins 督查通报: the month's figures, frozen with the rows they counted.

Verb: `domain.freezing`.
"""

import uuid

from django.db import models


class Bulletin(models.Model):
    """One issue of an office. `figures` maps a key to its value and the ids of its rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="bulletins")
    year = models.PositiveSmallIntegerField()
    issue = models.PositiveSmallIntegerField()
    month = models.DateField()
    as_of = models.DateTimeField()
    figures = models.JSONField()
    units = models.JSONField(default=list)
    head_seq = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=90, blank=True)
    frozen_by_name = models.CharField(max_length=60)
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "year", "issue"), name="bulletins_issue_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.issue}"
