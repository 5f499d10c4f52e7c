"""Editions of the working-day calendar as rows; a year may have several, the newest counts."""

import uuid

from django.db import models


class CalendarEdition(models.Model):
    """One notice about one year. Verb: `domain.editions.add_edition`; never edited."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    notice = models.CharField(max_length=60)
    published_on = models.DateField()
    rest_days = models.JSONField(default=list)
    work_days = models.JSONField(default=list)

    class Meta:
        ordering = ("year", "number")
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="deadlines_edition_once"),
        )

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"
