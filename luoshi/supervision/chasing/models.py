"""Nudges as rows: automatic ones each once per duty and level, those by hand, what the governor
held, the exceptions granted, the slips, the ladder an office decided and the leaders it named in
charge (rules.md 2.11, B7).

Verbs: `domain.sweeping` (Reminder, Watch), `domain.urging` (Urge, ColourSlip), `domain.excepting`
(NudgeException), `domain.laddering` (LadderVersion), `domain.naming` (LeaderInCharge). No nudge is
ever removed.
"""

import uuid

from django.db import models
from django.db.models import Q

from luoshi.foundation.core.rows.keys import in_turn
from luoshi.supervision.chasing.enums import (
    Colour,
    ExceptionState,
    Held,
    Level,
    Tone,
    UrgeState,
)
from luoshi.supervision.matters.models import Assignment, ReportDuty

MOST_A_WEEK = 5


class Reminder(models.Model):
    """One level of the ladder reached by one duty, with the day it stood for. Without `sent_at` the
    governor held it: `held_reason` says why, `possible_at` when it may go out
    (None: no more, a higher level was reached or the duty has ended)."""

    id = models.UUIDField(primary_key=True, default=in_turn, editable=False)
    duty = models.ForeignKey(
        ReportDuty, models.PROTECT, related_name="reminders", db_index=False
    )  # the constraint's index begins with it
    level = models.CharField(max_length=2, choices=Level.choices)
    limit_at = models.DateTimeField()
    stands_for = models.DateTimeField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    courteous = models.BooleanField(default=False)
    held_reason = models.CharField(max_length=200, blank=True, choices=Held.choices)
    possible_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("duty", "level", "limit_at"), name="chasing_level_once"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False) | ~Q(held_reason=""),
                name="chasing_unsent_says_why",
            ),
        )
        indexes = (
            models.Index(fields=("made_at", "id"), name="chasing_by_time"),
            models.Index(
                fields=("possible_at", "id"),
                condition=Q(sent_at=None),
                name="chasing_held",
            ),
        )

    def __str__(self) -> str:
        return f"{self.duty_id} {self.level}"


class Watch(models.Model):
    """When the sweep has to look at a duty again: what it reached under `limit_at` is recorded, its
    next level comes at `next_at` (None: it has no more). Computed with the calendar and the ladders
    that `basis` names. Derived: where a row is missing or does not fit, the sweep looks."""

    duty = models.OneToOneField(ReportDuty, models.CASCADE, primary_key=True, related_name="watch")
    limit_at = models.DateTimeField()
    courteous = models.BooleanField()
    basis = models.CharField(max_length=16)
    next_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.duty_id} {self.next_at}"


class WeekBudget(models.Model):
    """How many nudges a unit has had in a week (from Monday), L3, L4 and exceptions left out. The
    constraint is the last word: no interleaving goes beyond five."""

    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    week_on = models.DateField()
    used = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("unit", "week_on"), name="chasing_week_once"),
            models.CheckConstraint(condition=Q(used__lte=MOST_A_WEEK), name="chasing_five_a_week"),
        )

    def __str__(self) -> str:
        return f"{self.unit_id} {self.week_on}: {self.used}"


class Urge(models.Model):
    """A nudge by hand to one unit about its share, sent or held, in the words it went out with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="urges")
    duty = models.ForeignKey(ReportDuty, models.PROTECT, null=True, related_name="urges")
    state = models.CharField(max_length=8, choices=UrgeState.choices)
    tone = models.CharField(max_length=8, choices=Tone.choices)
    colour = models.CharField(max_length=8, choices=Colour.choices, blank=True)
    text = models.TextField()
    batch = models.UUIDField(null=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    week_on = models.DateField()
    held_reason = models.CharField(max_length=12, choices=Held.choices, blank=True)
    held_after = models.DateTimeField(null=True)
    possible_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    deliver_at = models.DateTimeField(null=True)
    reached = models.PositiveSmallIntegerField(default=0)
    by_exception = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "week_on"),
                condition=Q(state="sent", by_exception=False),
                name="chasing_one_by_hand",
            ),
            models.UniqueConstraint(
                fields=("assignment", "week_on"),
                condition=~Q(held_reason=""),
                name="chasing_one_held",
            ),
            models.UniqueConstraint(fields=("batch", "assignment"), name="chasing_once_in_an_act"),
            models.CheckConstraint(
                condition=Q(state="held", sent_at=None) | Q(state="sent", sent_at__isnull=False),
                name="chasing_sent_when",
            ),
        )
        indexes = (models.Index(fields=("state", "made_at", "id"), name="chasing_urge_time"),)

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.tone}"


class NudgeException(models.Model):
    """One request, with its reason, to send a held nudge all the same; a second person decides
    (S3-68). Both stand on the matter for ever."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    urge = models.OneToOneField(Urge, models.PROTECT, related_name="exception")
    state = models.CharField(
        max_length=8, choices=ExceptionState.choices, default=ExceptionState.ASKED
    )
    reason = models.TextField()
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    asked_by_name = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    remark = models.TextField(blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
                name="chasing_second_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.urge_id} {self.state}"


class SlipSeries(models.Model):
    """The last number given to a slip by an office in a year; none is given twice."""

    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "year"), name="chasing_series_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.year}: {self.last}"


class ColourSlip(models.Model):
    """A numbered blue, yellow or red slip (三色督办单) that went out with a nudge (R-SUP-5).
    `behind` says of which planned progress the unit was behind then, where it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    urge = models.OneToOneField(Urge, models.PROTECT, related_name="slip")
    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="slips")
    colour = models.CharField(max_length=8, choices=Colour.choices)
    former = models.ForeignKey("self", models.PROTECT, null=True, related_name="followers")
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(max_length=40)
    limit_at = models.DateTimeField()
    behind = models.CharField(max_length=120, blank=True)
    issued_by_name = models.CharField(max_length=60)
    issued_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("duty", "colour", "limit_at"), name="chasing_colour_once"
            ),
            models.UniqueConstraint(
                fields=("office", "year", "serial"), name="chasing_slip_number"
            ),
        )

    def __str__(self) -> str:
        return self.number


class LadderVersion(models.Model):
    """What an office's ladder says from a date on; older versions stay (rules.md 2.11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="ladders")
    version = models.PositiveIntegerField()
    steps = models.JSONField()
    reason = models.CharField(max_length=200)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-version",)
        constraints = (
            models.UniqueConstraint(fields=("office", "version"), name="chasing_ladder_once"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} {self.version}"


class LeaderInCharge(models.Model):
    """Which leader (分管领导) an office says is in charge of a unit, or of one matter where that
    differs, from a day on; `leader` is None where from that day on nobody is. Rows are only added:
    the one of the latest day, and of one day the latest, is in force, as long as the leader holds
    the post (`domain.queries.charges`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey("matters.Matter", models.PROTECT, null=True, related_name="+")
    leader = models.ForeignKey(
        "organizations.Appointment", models.PROTECT, null=True, related_name="+"
    )
    leader_name = models.CharField(max_length=60, blank=True)
    leader_title = models.CharField(max_length=60, blank=True)
    from_on = models.DateField()
    basis = models.CharField(max_length=200)
    named_by_name = models.CharField(max_length=60)
    named_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(unit=None, matter__isnull=False) | Q(unit__isnull=False, matter=None),
                name="chasing_charge_of_one",
            ),
        )
        indexes = (models.Index(fields=("office", "-named_at", "id"), name="chasing_charges"),)

    def __str__(self) -> str:
        return f"{self.unit_id or self.matter_id} {self.leader_name} {self.from_on}"
