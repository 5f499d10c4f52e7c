"""Numbered bulletins (期、条): a series of an office, its issues, the items of each (S2-52…54).

Verbs: `domain.issues.putting_together`, `issuing`. An issue gets its number when it goes out;
its content is frozen then, with its digest.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.desks.information.enums import IssueState
from luoshi.desks.information.models.items import Item


class BulletinSeries(models.Model):
    """A bulletin an office issues, such as 《社情民意》."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=40)
    mark = models.CharField(max_length=40)
    copies = models.CharField(max_length=300, blank=True)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "title"), name="information_bulletin_once"),
        )

    def __str__(self) -> str:
        return self.title


class Issue(models.Model):
    """One issue. `content`: what went out, word for word; `digest`: SHA-256 of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    series = models.ForeignKey(BulletinSeries, models.PROTECT, related_name="issues")
    state = models.CharField(max_length=8, choices=IssueState.choices, default=IssueState.DRAFT)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    signer = models.CharField(max_length=60, blank=True)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    begun_by_name = models.CharField(max_length=60)
    begun_at = models.DateTimeField()
    issued_by_name = models.CharField(max_length=60, blank=True)
    issued_at = models.DateTimeField(null=True)
    issued_on = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("series", "year", "number"), name="information_issue_once"
            ),
            models.CheckConstraint(
                condition=Q(state=IssueState.DRAFT, number=None)
                | Q(state=IssueState.ISSUED, number__isnull=False),
                name="information_issue_numbered",
            ),
        )
        indexes = (models.Index(fields=("series", "-begun_at", "id"), name="information_issues"),)

    def __str__(self) -> str:
        told = f"{self.year}年第{self.number}期" if self.number else ""
        return f"《{self.series.title}》{told}"


class IssueItem(models.Model):
    """An item in an issue, in its place; once per series."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="entries")
    series = models.ForeignKey(BulletinSeries, models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, models.PROTECT, related_name="entries")
    place = models.PositiveSmallIntegerField()
    placed_by_name = models.CharField(max_length=60)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("series", "item"), name="information_item_in_series"),
        )

    def __str__(self) -> str:
        return f"{self.issue_id} {self.place}"
