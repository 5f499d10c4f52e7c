"""What an office publishes, issue by issue, what it collected for it, and what the press printed.

Verbs: `domain.founding`, `domain.issue` (planning, producing), `domain.item` (collecting,
ordering), `domain.noting` (press). A number is given once for ever; an issue that is out is frozen
by its hash.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from luoshi.desks.publications.enums import (
    BY_YEAR,
    UNIT_ZH,
    ItemState,
    Kind,
    Layout,
    Measure,
    OutletLevel,
    Periodicity,
    Production,
)
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import OFFICER_CLASS, Role
from luoshi.supervision.matters.models.clocks import Clocked

WRITING_ROLES = (Role.DOCUMENT_CLERK, Role.INFORMATION_OFFICER, Role.SECRETARY_GENERAL)
READING_ROLES = tuple(role for role in Role if role not in OFFICER_CLASS)


class OfficeQuerySet(QuerySet[Any]):
    """Rows of an office."""

    def visible_to(self, actor: Actor) -> "OfficeQuerySet":
        """An office sees its own publications; what is out goes to readers on paper."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None or actor.role not in READING_ROLES:
            return self.none()
        return self.filter(office_id=actor.unit_id)


class Publication(models.Model):
    """A journal, a series of historical materials, a book."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    periodicity = models.CharField(max_length=12, choices=Periodicity.choices)
    layout = models.CharField(max_length=8, choices=Layout.choices, default=Layout.SINGLE)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "title"), name="publications_title_once"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def by_year(self) -> bool:
        """Whether numbers begin anew each year."""
        return self.kind in BY_YEAR


class IssueSeries(models.Model):
    """The last number given; `year` is 0 where numbers run through all years."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("publication", "year"), name="publications_series_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.publication_id} {self.year}: {self.last}"


class Issue(Clocked):
    """One issue. `year`: of the day it was planned for first, or of planning where no day was set;
    a journal is numbered by it for ever. `planned_on`: the day it is to be out, with its light;
    `sha256`: of the frozen paper once it is out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="issues")
    year = models.PositiveSmallIntegerField()
    series_year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    theme = models.CharField(max_length=120, blank=True)
    state = models.CharField(
        max_length=12, choices=Production.choices, default=Production.COLLECTED
    )
    planned_on = models.DateField(null=True)
    out_on = models.DateField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    paper = models.ForeignKey("attachments.Attachment", models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("publication", "series_year", "number"), name="publications_number_once"
            ),
            models.CheckConstraint(
                condition=Q(state=Production.OUT, out_on__isnull=False, paper__isnull=False)
                | (~Q(state=Production.OUT) & Q(out_on=None, paper=None, sha256="")),
                name="publications_frozen_when_out",
            ),
        )
        indexes = (
            models.Index(fields=("office", "-year", "-number", "id"), name="publications_issues"),
        )

    def __str__(self) -> str:
        return f"《{self.publication.title}》{self.words}"

    @property
    def words(self) -> str:
        """2026年第3期, 第4辑: as it is cited."""
        unit = UNIT_ZH[Kind(self.publication.kind)]
        head = f"{self.year}年" if self.publication.by_year else ""
        return f"{head}第{self.number}{unit}"


class IssueStep(models.Model):
    """A step of an issue, forward or back: when, by whom, and why back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="steps")
    before = models.CharField(max_length=12, choices=Production.choices)
    after = models.CharField(max_length=12, choices=Production.choices)
    reason = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Item(models.Model):
    """A piece of writing, for an issue or in the stock of its publication (`issue` None). `place`:
    its order within the issue; `characters` by `measure`, with its source where it was typed;
    `revision`: how often it was written, so that nobody writes over what somebody else saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="items")
    issue = models.ForeignKey(Issue, models.PROTECT, null=True, related_name="items")
    place = models.PositiveIntegerField(default=0)
    title = models.CharField(max_length=160)
    author = models.CharField(max_length=120)
    author_unit = models.CharField(max_length=120, blank=True)
    text = models.TextField(blank=True)
    characters = models.PositiveIntegerField(default=0)
    measure = models.CharField(max_length=8, choices=Measure.choices)
    measure_source = models.CharField(max_length=120, blank=True)
    first_page = models.PositiveIntegerField(null=True)
    last_page = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.COLLECTED)
    collected_on = models.DateField()
    collected_by_name = models.CharField(max_length=60)
    collected_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(first_page=None, last_page=None)
                | Q(first_page__isnull=False, last_page__gte=models.F("first_page")),
                name="publications_pages_in_order",
            ),
        )
        indexes = (
            models.Index(fields=("office", "-collected_on", "id"), name="publications_items"),
            models.Index(fields=("issue", "place", "id"), name="publications_in_order"),
        )

    def __str__(self) -> str:
        return self.title


class PressItem(models.Model):
    """What a paper, a station or a site carried about the office's work (S2-51)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    title = models.CharField(max_length=160)
    outlet = models.CharField(max_length=80)
    level = models.CharField(max_length=12, choices=OutletLevel.choices)
    published_on = models.DateField()
    link = models.CharField(max_length=300, blank=True)
    authors = models.CharField(max_length=120, blank=True)
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "outlet", "published_on", "title"),
                name="publications_press_once",
            ),
        )
        indexes = (
            models.Index(fields=("office", "-published_on", "id"), name="publications_press"),
        )

    def __str__(self) -> str:
        return self.title
