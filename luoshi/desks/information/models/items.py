"""An item of ordinary information (信息、社情民意), its versions, and what it resembles.

Verbs: `domain.items`, `domain.fate`, `domain.issues`; nothing else moves it. The dates
`issued_on`, `adopted_on`, `instructed_on`, `handled_on` are those of the first time, so that a
number and its rows are one condition (features row 55, B10).
"""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q, QuerySet

from luoshi.desks.information.enums import Channel, ItemKind, ItemState
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role

EDITING_ROLES = (Role.INFORMATION_OFFICER, Role.SECRETARY_GENERAL)
BOOK_ROLES = (*EDITING_ROLES, Role.DUTY_OFFICER, Role.LEADER, Role.SUPERVISION_OFFICER)
SENDING_ROLES = (
    *EDITING_ROLES,
    *HANDLING_ROLES,
    Role.DUTY_OFFICER,
    Role.SUPERVISION_OFFICER,
    Role.DOCUMENT_CLERK,
    Role.SECRETARIAT,
    Role.CPPCC_MEMBER,
)
BOOK, SENT = "b", "s"  # marks of sight: an office's book, a unit's own items


class ItemQuerySet(QuerySet[Any]):
    """Items, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "ItemQuerySet":
        """Who keeps an office's book sees it and what the office sent; other posts see what their
        unit sent or was handed; a member or an engaged officer sees own items alone (S3-99)."""
        if actor.kind == "system":
            return self
        unit = actor.unit_id.hex if actor.unit_id else ""
        if unit and actor.role in BOOK_ROLES:
            return self.filter(viewers__overlap=[BOOK + unit, SENT + unit])
        own = Q(author_id=actor.person_id) if actor.person_id else Q(pk__in=[])
        if unit and actor.role in SENDING_ROLES and actor.role != Role.CPPCC_MEMBER:
            own |= Q(viewers__contains=[SENT + unit])
        return self.filter(own)

    def in_book(self, office_id: uuid.UUID | None) -> "ItemQuerySet":
        """The items of one office's book."""
        return self.filter(office_id=office_id)


class Item(models.Model):
    """One item. `text` is the situation, `analysis` and `suggestion` what a social-opinion item
    adds (R-INF-5); the author's own words stay as version 1. `copied`: the level between, of a
    direct-report point (S3-98). `bands`: what near-duplicates share (features row 60). `criteria`:
    {criterion: {"mark": …, "words": …}}."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    topic = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    analysis = models.TextField(blank=True)
    suggestion = models.TextField(blank=True)
    research = models.BooleanField(default=False)
    about = models.ManyToManyField("organizations.Unit", related_name="+")
    request = models.ForeignKey("information.TopicRequest", models.PROTECT, null=True)

    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    unit_code = models.CharField(max_length=24, blank=True)
    unit_name = models.CharField(max_length=100)
    officer = models.ForeignKey("information.EngagedOfficer", models.PROTECT, null=True)
    author = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=60)
    copied = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    viewers = ArrayField(models.CharField(max_length=33), default=list)

    state = models.CharField(max_length=12, choices=ItemState.choices, default=ItemState.SUBMITTED)
    version = models.PositiveSmallIntegerField(default=1)
    bands = ArrayField(models.IntegerField(), default=list)
    criteria = models.JSONField(default=dict)
    reason = models.CharField(max_length=500, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    reviewed_by_name = models.CharField(max_length=60, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField()
    submitted_on = models.DateField()
    issued_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)
    instructed_on = models.DateField(null=True)
    handled_on = models.DateField(null=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "number"), name="information_item_number"),
            models.CheckConstraint(
                condition=Q(state=ItemState.MERGED, merged_into__isnull=False)
                | (~Q(state=ItemState.MERGED) & Q(merged_into=None)),
                name="information_item_merged",
            ),
        )
        indexes = (
            models.Index(fields=("-submitted_at", "id"), name="information_items_new"),
            models.Index(fields=("office", "-submitted_at", "id"), name="information_items_office"),
            models.Index(fields=("author",), name="information_items_author"),
            models.Index(
                fields=("office",),
                condition=Q(state=ItemState.SUBMITTED),
                name="information_items_waiting",
            ),
            GinIndex(fields=("viewers",), name="information_items_viewers", fastupdate=False),
            GinIndex(fields=("bands",), name="information_items_bands", fastupdate=False),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def whole(self) -> str:
        """Everything it says."""
        return "\n".join(filter(None, (self.text, self.analysis, self.suggestion)))

    @property
    def source(self) -> str:
        """Who it comes from, as a bulletin names it."""
        if self.channel in {Channel.OFFICER, Channel.MEMBER}:
            return f"{self.author_name}（{self.unit_name}）"
        return self.unit_name


class ItemSeries(models.Model):
    """The last serial given to an item by an office in a year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "year"), name="information_item_series"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}: {self.last}"


class ItemVersion(models.Model):
    """The words of an item as they stood: 1 is the author's own; `why` an editor changed them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField()
    analysis = models.TextField(blank=True)
    suggestion = models.TextField(blank=True)
    why = models.CharField(max_length=300, blank=True)
    by_author = models.BooleanField()
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "number"), name="information_version_once"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} v{self.number}"


class KnownLikeness(models.Model):
    """An item is issued although it resembles another: why, and who said so (features row 60)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Item, models.CASCADE, related_name="+")
    percent = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    known_by_name = models.CharField(max_length=60)
    known_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("item", "other"), name="information_likeness_once"),
        )

    def __str__(self) -> str:
        return f"{self.item_id} ~ {self.other_id}: {self.percent} %"
