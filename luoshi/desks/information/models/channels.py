"""Who may send ordinary information in, how much is asked of whom, and what is asked for
(S3-97…99, features row 58). Verbs: `domain.running.engaging`, `requesting`."""

import uuid
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.enums import Light


class EngagedOfficer(models.Model):
    """特约信息员: a person outside the posts with the right to submit, and nothing else. `person`:
    the account that submits, empty for one who hands papers in; `until` the last day; `quota`:
    items asked of the officer a year, 0 = none."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    work = models.CharField(max_length=120, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    quota = models.PositiveSmallIntegerField(default=0)
    engaged_by_name = models.CharField(max_length=60)
    engaged_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "person", "since"), name="information_engaged_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="information_engaged_span"
            ),
        )
        indexes = (models.Index(fields=("person",), name="information_engaged_person"),)

    def __str__(self) -> str:
        return self.name

    def holds(self, on: date) -> bool:
        """Whether the engagement is in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


class SubmissionQuota(models.Model):
    """How many items an office asks of a unit in a year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    set_by_name = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "unit", "year"), name="information_quota_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.year}: {self.count}"


class TopicQuerySet(QuerySet[Any]):
    """Topic requests, narrowed by sight."""

    def visible_to(self, actor: Actor) -> "TopicQuerySet":
        """The office that asks, the units it asks, and the officers it had engaged while the topic
        was open: who left before sees nothing of it, who came after it was closed neither."""
        if actor.unit_id is None:
            engaged = EngagedOfficer.objects.filter(
                Q(until=None) | Q(until__gte=OuterRef("made_at__date")),
                person_id=actor.person_id,
                office_id=OuterRef("office_id"),
            )
            since = engaged.filter(since__lte=OuterRef("closed_at__date"))
            return self.filter(Q(closed_at=None) & Exists(engaged) | Exists(since), officers=True)
        return self.filter(Q(office_id=actor.unit_id) | Q(asked__contains=[actor.unit_id]))


class TopicRequest(models.Model):
    """约稿: what an office wants to read about, from whom, until when; items answer it. `trace`
    explains the limit."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    topic = models.CharField(max_length=120)
    words = models.TextField()
    asked = ArrayField(models.UUIDField(), default=list)
    asked_names = models.TextField(blank=True)
    officers = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    trace = models.JSONField()
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_words = models.CharField(max_length=300, blank=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("office", "-made_at"), name="information_topics"),)

    def __str__(self) -> str:
        return self.topic

    def light(self, at: datetime) -> Light:
        """Grey once it is closed; yellow in the last three days."""
        if self.closed_at is not None:
            return Light.GREY
        if self.due_at <= at:
            return Light.RED
        days = (self.due_at - at).total_seconds() / 86400
        return Light.YELLOW if days <= 3 else Light.GREEN
