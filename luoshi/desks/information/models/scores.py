"""Points for items by versioned weights; a month's sheet, frozen with what it counted (R-INF-6,
B22). Verb: `domain.running.scoring`."""

import uuid

from django.db import models


class WeightVersion(models.Model):
    """An office's weights from now on (`enums.WEIGHTS` until it has set its own)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    weights = models.JSONField()
    basis = models.CharField(max_length=300)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "version"), name="information_weights_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.office_id} v{self.version}"


class ScoreSheet(models.Model):
    """A month as it was published. `facts`: what was counted; `lines`: points and ranks; `digest`:
    SHA-256 of facts, weights and lines. `version` 0 = the weights as shipped."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    month = models.DateField()
    version = models.PositiveIntegerField()
    weights = models.JSONField()
    facts = models.JSONField()
    lines = models.JSONField()
    digest = models.CharField(max_length=64)
    published_by_name = models.CharField(max_length=60)
    published_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "month"), name="information_sheet_once"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
