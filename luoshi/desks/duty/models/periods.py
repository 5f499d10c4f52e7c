"""Sensitive periods (敏感时期): declared by an office for itself and all below (S3-90, TR-17)."""

import uuid

from django.db import models
from django.db.models import F, Q


class SensitivePeriod(models.Model):
    """One period in one office's book, both days included. `chain` is shared by all who got it;
    `from_code` is empty in the book of who declared it. `daily`: a report every day, even if
    nothing happened (R-DUT-7)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.UUIDField(default=uuid.uuid4)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    basis = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    daily = models.BooleanField(default=True)
    from_code = models.CharField(max_length=24, blank=True)
    from_name = models.CharField(max_length=100, blank=True)
    declared_by_name = models.CharField(max_length=60)
    declared_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-starts_on", "id")
        constraints = (
            models.UniqueConstraint(fields=("office", "chain"), name="duty_period_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="duty_period_span"
            ),
        )
        indexes = (models.Index(fields=("office", "ends_on"), name="duty_period_of_office"),)

    def __str__(self) -> str:
        return self.title
