"""Figures a matter asks for, and where a composed report's figures come from (B17).

Verbs: `domain.matter.measuring`, `domain.report.composing`.
"""

import uuid

from django.db import models

from luoshi.supervision.matters.models.matter import Matter
from luoshi.supervision.matters.models.report import Report


class MatterFigure(models.Model):
    """A figure every dated report of the matter gives, with the target it is measured by."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="asked_figures")
    place = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    measure = models.CharField(max_length=20, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta:
        ordering = ("place",)
        constraints = (
            models.UniqueConstraint(fields=("matter", "name"), name="matters_asked_figure_once"),
        )

    def __str__(self) -> str:
        return self.name


class RollUpRow(models.Model):
    """One figure taken from one accepted report of a unit below, approved by who composed the
    report; the sum of the rows of a name is the composed figure. Where the report below was made on
    another node, `source` is empty and `source_receipt` is the number it has there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(Report, models.CASCADE, related_name="rows")
    source = models.ForeignKey(Report, models.PROTECT, null=True, related_name="used_in")
    source_receipt = models.CharField(max_length=24, blank=True)
    unit_name = models.CharField(max_length=60)
    name = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=18, decimal_places=4)
    measure = models.CharField(max_length=20, blank=True)
    approved_by_name = models.CharField(max_length=60)
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "unit_name")
        constraints = (
            models.UniqueConstraint(fields=("report", "source", "name"), name="matters_row_once"),
        )

    def __str__(self) -> str:
        return f"{self.unit_name} {self.name} {self.value}"

    @property
    def receipt(self) -> str:
        """The number of the report it was taken from, wherever that was made."""
        return self.source.receipt_number if self.source else self.source_receipt


class OutdatedRow(models.Model):
    """A row whose source was corrected after it was used: the composed report is out of date.
    `value` is empty where the newer report no longer gives the figure."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    row = models.ForeignKey(RollUpRow, models.CASCADE, related_name="outdated")
    newer = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    newer_receipt = models.CharField(max_length=24, blank=True)
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ("noticed_at",)
        constraints = (
            models.UniqueConstraint(fields=("row", "newer"), name="matters_outdated_once"),
        )

    def __str__(self) -> str:
        return f"{self.row_id} {self.value}"
