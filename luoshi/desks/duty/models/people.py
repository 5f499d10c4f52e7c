"""Who can be put on duty, when not, and how an office keeps its posts."""

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q

from luoshi.desks.duty.enums import LeaderDays, LeaveKind
from luoshi.foundation.accounts.sealing import SealedField


class Scheme(models.Model):
    """How an office is on duty, in versions. `officer_starts`, `leader_starts`: the hours at which
    shifts begin, each lasting until the next; `rest_hours`: between two shifts of one person;
    `weights`: what a shift weighs by the class of its day, `night_extra` and `sensitive_extra` on
    top; `answer_seconds`: within which a check has to be answered; `report_hour`: by when the daily
    report of a sensitive period is due; `check_days`: how often every unit below is checked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    officer_starts = models.JSONField(default=list)
    leader_starts = models.JSONField(default=list)
    leader_days = models.CharField(
        max_length=8, choices=LeaderDays.choices, default=LeaderDays.ALWAYS
    )
    rest_hours = models.PositiveSmallIntegerField(default=24)
    weights = models.JSONField(default=dict)
    night_extra = models.PositiveSmallIntegerField(default=1)
    sensitive_extra = models.PositiveSmallIntegerField(default=2)
    answer_seconds = models.PositiveSmallIntegerField(default=60)
    report_hour = models.PositiveSmallIntegerField(default=17)
    check_days = models.PositiveSmallIntegerField(default=30)
    reason = models.CharField(max_length=300)
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("office", "version"), name="duty_scheme_version"),
        )

    def __str__(self) -> str:
        return f"{self.office_id} v{self.version}"


class DutyPerson(models.Model):
    """Somebody an office can put on duty. `account` is empty for who does not use the system;
    `posts`: leader, officer or both; `weekdays_off`: 1–7; `most`: shifts in a month, 0 = any;
    `revision`: how often the entry was written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey("organizations.Unit", models.PROTECT, related_name="+")
    account = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=60)
    title = models.CharField(max_length=60, blank=True)
    phone = SealedField(max_length=40, blank=True)
    posts = models.JSONField(default=list)
    nights = models.BooleanField(default=True)
    weekdays_off = models.JSONField(default=list)
    most = models.PositiveSmallIntegerField(default=0)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    revision = models.PositiveIntegerField(default=1)
    sort_key = models.CharField(max_length=200)

    class Meta:
        ordering = ("sort_key", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("office", "account"),
                condition=Q(ends_on=None, account__isnull=False),
                name="duty_person_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="duty_person_span"
            ),
        )

    def __str__(self) -> str:
        return self.name

    def there_on(self, on: date) -> bool:
        """Whether on the list of that day."""
        return self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class Leave(models.Model):
    """Days on which somebody cannot be put on duty, both included."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(DutyPerson, models.CASCADE, related_name="leaves")
    kind = models.CharField(max_length=10, choices=LeaveKind.choices, default=LeaveKind.LEAVE)
    starts_on = models.DateField()
    ends_on = models.DateField()
    made_by_name = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_on", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="duty_leave_span"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}–{self.ends_on}"
