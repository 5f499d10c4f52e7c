"""What follows a conclusion: its report, the strike-off of a list item, the archive.

Verbs: `domain.matter.closing` writes the first two, `domain.matter.archiving` the third.
"""

import uuid

from django.db import models
from django.db.models import F, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.enums import EvidenceGrade, Retention
from luoshi.supervision.matters.models.closure import Closure
from luoshi.supervision.matters.models.matter import Matter
from luoshi.supervision.matters.models.report import Report


class ConclusionQuerySet(QuerySet["ConclusionReport"]):
    """Conclusion reports."""

    def in_force(self, matter: Matter) -> "ConclusionReport | None":
        """The matter's conclusion that was not lifted by a reopening, with what its paper says."""
        rows = self.filter(closure__matter=matter, closure__reopening=None)
        rows = rows.select_related("closure__matter__office", "closure__strike_off", "final_report")
        return rows.order_by("-closure__concluded_at").first()


class ConclusionReport(models.Model):
    """What stood when the matter was concluded: the final report, the evidence, what was not
    reached."""

    closure = models.OneToOneField(
        Closure, models.PROTECT, primary_key=True, related_name="conclusion"
    )
    final_report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    evidence = models.PositiveSmallIntegerField(choices=EvidenceGrade.choices)
    unmet = models.TextField(blank=True)

    objects = ConclusionQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.closure_id)


class StrikeOff(models.Model):
    """The number under which an item of a list is struck off 销号; never given twice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closure = models.OneToOneField(Closure, models.PROTECT, related_name="strike_off")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    struck_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "year", "serial"), name="matters_strike_off_once"
            ),
        )

    def __str__(self) -> str:
        return self.number


class ArchivingQuerySet(QuerySet["Archiving"]):
    """Archive entries."""

    def in_force(self) -> "ArchivingQuerySet":
        """Those of matters still ended; a matter taken up again left the archive."""
        return self.filter(archived_at__gte=F("matter__ended_at"))

    def visible_to(self, actor: Actor) -> "ArchivingQuerySet":
        """Those of matters this actor may open."""
        return self.filter(matter__in=Matter.objects.visible_to(actor))


class Archiving(models.Model):
    """A closed file put away 归档: by whom, when, for how long it is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="archivings")
    retention = models.CharField(max_length=10, choices=Retention.choices)
    remark = models.CharField(max_length=200, blank=True)
    archived_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    archived_by_name = models.CharField(max_length=60)
    archived_at = models.DateTimeField()

    objects = ArchivingQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("archived_at", "id"), name="matters_archived"),)

    def __str__(self) -> str:
        return f"{self.matter_id} {self.retention}"
