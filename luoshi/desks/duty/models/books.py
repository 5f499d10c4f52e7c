"""The books of the desk: log, hand-overs, checks, daily reports, calendar feeds."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q, QuerySet

from luoshi.desks.duty.enums import CheckResult, NoteKind
from luoshi.desks.duty.models.people import DutyPerson
from luoshi.desks.duty.models.periods import SensitivePeriod
from luoshi.desks.duty.models.rosters import Shift
from luoshi.foundation.accounts.sealing import SealedField


class NoteQuerySet(QuerySet[Any]):
    """Lines of the log, by the clock."""

    def waiting(self) -> "NoteQuerySet":
        """With something still to do."""
        return self.filter(pending=True, settled_at=None)


class LogNote(models.Model):
    """A line of the duty log (值班日志): a call, an instruction, a visitor. `pending`: something is
    still to do about it; `settled_at`: it was done. A line is never changed, only settled."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    at = models.DateTimeField()
    who = models.CharField(max_length=120)
    phone = SealedField(max_length=40, blank=True)
    text = models.TextField()
    given_to = models.CharField(max_length=120, blank=True)
    pending = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    noted_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("office", "-at", "id"), name="duty_note_of_office"),
            models.Index(
                fields=("office",),
                condition=Q(pending=True, settled_at=None),
                name="duty_note_waiting",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.who}"


class Handover(models.Model):
    """Duty handed over (R-DUT-2): what is pending, in words and as rows, signed by both. `notes`:
    the ids of the log's open lines; `others`: what other desks have open, as {zh, en, url, count,
    names}; `revision`: how often it was written before the second signature, so that nobody writes
    over, or signs for, what somebody else saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    shift = models.OneToOneField(Shift, models.PROTECT, related_name="handover")
    giver = models.ForeignKey(DutyPerson, models.PROTECT, related_name="+")
    taker = models.ForeignKey(DutyPerson, models.PROTECT, related_name="+")
    words = models.TextField()
    notes = models.JSONField(default=list)
    others = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    given_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    taken_words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-given_at", "id")
        indexes = (models.Index(fields=("office", "-given_at", "id"), name="duty_handovers"),)

    def __str__(self) -> str:
        return f"{self.giver} → {self.taker}"


class DutyCheck(models.Model):
    """A surprise check (查岗): who was called, when, when they answered (R-DUT-6). `expected`: who
    had to be there; `seconds`: to the answer, None = none came."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    unit = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(null=True)
    allowed = models.PositiveSmallIntegerField()
    expected = models.CharField(max_length=60, blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    result = models.CharField(max_length=14, choices=CheckResult.choices)
    words = models.CharField(max_length=300, blank=True)
    checked_by_name = models.CharField(max_length=60)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("-called_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(result=CheckResult.ABSENT, seconds=None)
                | (~Q(result=CheckResult.ABSENT) & Q(seconds__isnull=False)),
                name="duty_check_answer",
            ),
        )
        indexes = (models.Index(fields=("office", "-called_at", "id"), name="duty_checks"),)

    def __str__(self) -> str:
        return f"{self.unit_id} {self.result}"


class DailyReport(models.Model):
    """The daily report of a sensitive period in a unit's name, kept by who sent and who got it
    (`office`). `nothing`: nothing happened (零报告)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    period = models.ForeignKey(SensitivePeriod, models.PROTECT, related_name="reports")
    unit_code = models.CharField(max_length=24)
    unit_name = models.CharField(max_length=100)
    day = models.DateField()
    nothing = models.BooleanField(default=True)
    text = models.TextField(blank=True)
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    by_name = models.CharField(max_length=60)

    class Meta:
        ordering = ("-day", "unit_code", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("office", "period", "unit_code", "day"), name="duty_daily_once"
            ),
            models.CheckConstraint(
                condition=Q(nothing=True) | ~Q(text=""), name="duty_daily_words"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit_name} {self.day}"

    @property
    def late(self) -> bool:
        """Sent after it was due."""
        return self.sent_at > self.due_at


class Feed(models.Model):
    """A calendar address of a person's own duties; only the hash of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(DutyPerson, models.CASCADE, related_name="feeds")
    hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("person",), condition=Q(ended_at=None), name="duty_feed_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("made_at")), name="duty_feed_span"
            ),
        )

    def __str__(self) -> str:
        return str(self.person_id)
