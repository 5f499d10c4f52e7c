"""An event in an office's book, how word of it travelled, and what was written about it.

Verbs: `domain.urgent`; nothing else moves it. Every level keeps its own row of one event, joined by
`chain`; units are named by code and name, for a level elsewhere is not in this database.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from luoshi.desks.information.enums import EventState, Fault, Grade, Kind, Leg, Nature, Step, Way
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.domain.queries.offices import DESK_ROLES
from luoshi.foundation.organizations.enums import HANDLING_ROLES, Role
from luoshi.supervision.matters.enums import Light
from luoshi.supervision.matters.models import Matter

TAKING_ROLES = (*DESK_ROLES, Role.SECRETARY_GENERAL, *HANDLING_ROLES)
READING_ROLES = (*TAKING_ROLES, Role.LEADER, Role.SUPERVISION_OFFICER)
SHORT, QUARTER = timedelta(minutes=30), 4
DAILY_HOUR = 17  # of the daily report, where the office has set none
DAY = 24 * 60  # minutes; the light of a daily report


def nearing(due_at: datetime, minutes: int, at: datetime) -> Light:
    """The light of a limit of so many minutes that is not met (ui.md 3, hour rules)."""
    lead = min(SHORT, timedelta(minutes=minutes) / QUARTER)
    if due_at <= at:
        return Light.RED
    return Light.YELLOW if due_at - at <= lead else Light.GREEN


class EventQuerySet(QuerySet[Any]):
    """Events, narrowed by sight and by what their clock shows."""

    def visible_to(self, actor: Actor) -> "EventQuerySet":
        """An office sees its own book; each level has one."""
        if actor.kind == "system":
            return self
        if actor.unit_id is None or actor.role not in READING_ROLES:
            return self.none()
        return self.filter(office_id=actor.unit_id)

    def running(self) -> "EventQuerySet":
        """Not ended and not merged."""
        return self.filter(state=EventState.OPEN)

    def over(self, at: datetime) -> "EventQuerySet":
        """Running, with a limit that has passed and is not met."""
        return self.running().filter(next_due_at__lte=at)


class Event(models.Model):
    """One event. `limits` are the minutes that hold for it, by leg, `daily_hour` the hour by which
    its daily reports are owed (the office's version at the time); `told`: the facts as the unit it
    came from said them last; `revision`: how often its facts were written; `daily_since`: the day
    it became a long one; `next_leg` and `next_due_at` the earliest that is not met yet,
    `late_minutes` the worst of the ladder that was met late, for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.UUIDField(default=uuid.uuid4)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="events")
    number = models.CharField(max_length=40)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.URGENT)
    grade = models.CharField(max_length=12, choices=Grade.choices, blank=True)
    nature = models.CharField(max_length=12, choices=Nature.choices, default=Nature.OTHER)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=120)
    happened_at = models.DateTimeField()
    aware_at = models.DateTimeField()
    first_code = models.CharField(max_length=24)
    first_name = models.CharField(max_length=100)

    casualties = models.CharField(max_length=300, blank=True)
    losses = models.CharField(max_length=300, blank=True)
    trend = models.CharField(max_length=300, blank=True)
    measures = models.TextField(blank=True)
    leaders = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=120)
    contact = models.CharField(max_length=120, blank=True)
    revision = models.PositiveIntegerField(default=1)

    from_code = models.CharField(max_length=24, blank=True)
    from_name = models.CharField(max_length=100, blank=True)
    above_code = models.CharField(max_length=24, blank=True)
    above_name = models.CharField(max_length=100, blank=True)
    direct = models.BooleanField(default=False)
    told = models.JSONField(default=dict)

    limits = models.JSONField(default=dict)
    daily_hour = models.PositiveSmallIntegerField(default=DAILY_HOUR)
    next_leg = models.CharField(max_length=12, choices=Leg.choices, blank=True)
    next_due_at = models.DateTimeField(null=True)
    late_minutes = models.PositiveIntegerField(default=0)
    late_reason = models.CharField(max_length=300, blank=True)
    daily = models.BooleanField(default=False)
    daily_since = models.DateField(null=True)

    state = models.CharField(max_length=8, choices=EventState.choices, default=EventState.OPEN)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    ended_at = models.DateTimeField(null=True)
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "chain"), name="information_event_once"),
            models.UniqueConstraint(fields=("office", "number"), name="information_number_once"),
            models.CheckConstraint(
                condition=Q(state=EventState.MERGED, merged_into__isnull=False)
                | (~Q(state=EventState.MERGED) & Q(merged_into=None)),
                name="information_merged_into",
            ),
        )
        indexes = (
            models.Index(fields=("office", "-happened_at", "id"), name="information_of_office"),
            models.Index(
                fields=("office", "next_due_at"),
                condition=Q(state=EventState.OPEN),
                name="information_next_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def light(self, at: datetime) -> Light:
        """Red from the next second after a limit that is not met; yellow for the smaller of 30
        minutes and a quarter of it before; grey once it has ended (ui.md 3)."""
        if self.state != EventState.OPEN:
            return Light.GREY
        if self.next_due_at is None:
            return Light.GREEN
        return nearing(self.next_due_at, self.limits.get(self.next_leg, DAY), at)


class EventSeries(models.Model):
    """The last serial given by an office in a year."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "year"), name="information_series_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}: {self.last}"


class Passage(models.Model):
    """One telling: from a unit to the next, by telephone or in writing, when it got there."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="passages")
    way = models.CharField(max_length=8, choices=Way.choices)
    at = models.DateTimeField()
    sender_code = models.CharField(max_length=24)
    sender_name = models.CharField(max_length=100)
    receiver_code = models.CharField(max_length=24)
    receiver_name = models.CharField(max_length=100)
    by_name = models.CharField(max_length=60, blank=True)
    to_name = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("event", "way", "sender_code", "receiver_code", "at"),
                name="information_passage_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sender_name} → {self.receiver_name} {self.way}"


class EventReport(models.Model):
    """A written report of the chain, by whom and to whom; kept as it was sent. `consignment`: the
    envelope that carries it to another node, "" where the receiver is here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="reports")
    key = models.UUIDField(default=uuid.uuid4)
    step = models.CharField(max_length=8, choices=Step.choices)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    unit_code = models.CharField(max_length=24)
    unit_name = models.CharField(max_length=100)
    receiver_name = models.CharField(max_length=100, blank=True)
    signer = models.CharField(max_length=60)
    contact = models.CharField(max_length=120, blank=True)
    by_name = models.CharField(max_length=60)
    at = models.DateTimeField()
    consignment = models.UUIDField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("event", "key"), name="information_report_once"),
            models.UniqueConstraint(
                fields=("event", "unit_code", "step", "number"), name="information_step_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.number}"


class Finding(models.Model):
    """Late, missing, false or concealed: of which unit, on what evidence (R-INF-3). `minutes`: how
    late; `automatic`: the clock found it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.CASCADE, related_name="findings")
    fault = models.CharField(max_length=12, choices=Fault.choices)
    unit_code = models.CharField(max_length=24)
    unit_name = models.CharField(max_length=100)
    leg = models.CharField(max_length=12, choices=Leg.choices, blank=True)
    minutes = models.PositiveIntegerField(default=0)
    words = models.CharField(max_length=500, blank=True)
    automatic = models.BooleanField(default=False)
    found_by_name = models.CharField(max_length=60)
    found_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("event", "fault", "unit_code", "leg"), name="information_finding_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_name} {self.get_fault_display()}"


class EventInstruction(models.Model):
    """What a leader wrote on an event, whom it is for, and the matter it became once somebody who
    registers matters has registered it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="instructions")
    leader_name = models.CharField(max_length=60)
    leader_title = models.CharField(max_length=60, blank=True)
    leader = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    text = models.TextField()
    units = models.JSONField(default=list)
    hours = models.PositiveSmallIntegerField()
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.leader_name} {self.text[:40]}"


class LimitVersion(models.Model):
    """An office's limits, by level and grade, in versions: `limits` is {level: {grade: {leg:
    minutes}}}, grade "" for those without one of their own; `daily_hour`: by which hour
    the daily report of a long event is owed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    limits = models.JSONField()
    daily_hour = models.PositiveSmallIntegerField(default=DAILY_HOUR)
    reason = models.CharField(max_length=300)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "version"), name="information_limits_version"
            ),
        )

    def __str__(self) -> str:
        return f"{self.office_id} v{self.version}"


class ReportLine(models.Model):
    """To whom an office reports, where it is not the office of the seat above; `direct`: past a
    level, for information only, with the level between copied (S3-98, features row 3)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    to = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    direct = models.BooleanField(default=False)
    trial = models.BooleanField(default=False)
    basis = models.CharField(max_length=200)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("office", "direct"),
                condition=Q(ended_at=None),
                name="information_line_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.office_id} → {self.to_id}"
