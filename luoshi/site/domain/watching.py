"""How the site is, each figure with its limit and its light (security.md 10, "Watching")."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from axes.models import AccessAttempt
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from procrastinate.contrib.django.models import ProcrastinateJob

from luoshi.desks.lessons.domain.model.resting import health, local_model
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.fitting import STOP_FREE, WARN_FREE, free_share
from luoshi.foundation.core.refusals import Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.site.domain.backing_up import backups_folder
from luoshi.site.domain.between_levels import alarms, anchor_age, oldest_waiting
from luoshi.supervision.matters.models import UnitSummary

LATE, VERY_LATE = timedelta(minutes=10), timedelta(hours=2)
DAY, DRILL_SOON, DRILL_LATE = timedelta(days=1), timedelta(days=31), timedelta(days=62)
NOTICE_EXPECTED = (11, 15)  # the General Office publishes next year's notice by mid-November


@dataclass(frozen=True)
class Gauge:
    """One figure: its name for machines and for people, its value, its words, its light."""

    key: str
    name: Text
    value: float
    words: Text
    light: str


def gauges(at: datetime) -> list[Gauge]:
    """Everything that is watched, at an instant."""
    return [
        disk(),
        backup(at),
        drill(at),
        last_sweep(at),
        jobs(at),
        calendar(at),
        locked(at),
        adviser(at),
        mail(at),
        alarmed(at),
        anchored(at),
    ]


def lit(value: float, soon: float, bad: float) -> str:
    """Green below `soon`, yellow below `bad`, else red."""
    return "green" if value < soon else "yellow" if value < bad else "red"


def disk() -> Gauge:
    """The free share of the disk that is fullest; uploads and imports stop at 5 %."""
    share = min(free_share(Path(settings.CONFIG.var)), free_share(Path(settings.FILES)))
    light = "red" if share < STOP_FREE else "yellow" if share < WARN_FREE else "green"
    return Gauge("disk_free_share", _("Disk free"), share, f"{share:.0%}", light)


def backup_age(at: datetime) -> timedelta | None:
    """How old the newest backup is by its own name; None = there is none."""
    found = sorted(path.name for path in backups_folder().glob("[0-9]*-[0-9]*"))
    if not found:
        return None
    made = datetime.strptime(found[-1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    return max(at - made, timedelta(0))


def aged(key: str, name: Text, age: timedelta | None, soon: timedelta, bad: timedelta) -> Gauge:
    """An age in days; never counts as too old."""
    if age is None:
        return Gauge(key, name, float("inf"), _("never"), "red")
    days = ngettext_lazy("%(n)d day ago", "%(n)d days ago", age.days) % {"n": age.days}
    words = days if age.days else _("less than a day ago")
    return Gauge(key, name, age.total_seconds(), words, lit(age / DAY, soon / DAY, bad / DAY))


def backup(at: datetime) -> Gauge:
    """The last backup: yellow after a day, red after two (RPO 24 h)."""
    return aged("backup_age_seconds", _("Last backup"), backup_age(at), DAY, 2 * DAY)


def drill(at: datetime) -> Gauge:
    """The last restore drill: a backup that was never restored counts as none (monthly)."""
    rows = Entry.objects.filter(action="site.drilled").order_by("-seq")
    last = rows.values_list("at", flat=True).first()
    age = None if last is None else max(at - last, timedelta(0))
    return aged("drill_age_seconds", _("Last restore drill"), age, DRILL_SOON, DRILL_LATE)


def last_sweep(at: datetime) -> Gauge:
    """Whether time's work is done: units whose lights a clock has passed and nobody recounted."""
    key, name = "sweep_behind_seconds", _("Last sweep")
    oldest = UnitSummary.objects.filter(valid_until__lte=at).order_by("valid_until").first()
    if oldest is None or oldest.valid_until is None or at - oldest.valid_until < LATE:
        return Gauge(key, name, 0, _("up to date"), "green")
    behind = at - oldest.valid_until
    light = "red" if behind >= VERY_LATE else "yellow"
    words = _("%(n)d minutes behind") % {"n": int(behind.total_seconds() // 60)}
    return Gauge(key, name, behind.total_seconds(), words, light)


def jobs(at: datetime) -> Gauge:
    """Background jobs that wait although their time has come."""
    waiting = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=at)
    count = waiting.count()
    words = _("%(n)d waiting") % {"n": count}
    return Gauge("jobs_waiting", _("Background jobs"), count, words, lit(count, 20, 200))


def calendar(at: datetime) -> Gauge:
    """From 15 November next year's notice is expected; from 1 January it is badly missed."""
    today = office_date(at)
    editions = current_calendar().editions
    key, name = "calendar_missing", _("Working-day calendar")
    if today.year not in editions:
        words: Text = _("No notice for %(year)d: its dates are provisional") % {"year": today.year}
        return Gauge(key, name, 2, words, "red")
    if today >= date(today.year, *NOTICE_EXPECTED) and today.year + 1 not in editions:
        words = _("The notice for %(year)d is missing") % {"year": today.year + 1}
        return Gauge(key, name, 1, words, "yellow")
    return Gauge(key, name, 0, _("complete"), "green")


def locked(at: datetime) -> Gauge:
    """Accounts that are locked after wrong tries (security row 3)."""
    rows = AccessAttempt.objects.filter(
        failures_since_start__gte=settings.AXES_FAILURE_LIMIT,
        attempt_time__gte=at - settings.AXES_COOLOFF_TIME,
    )
    count = rows.values("username").distinct().count()
    words = _("%(n)d locked") % {"n": count}
    return Gauge("accounts_locked", _("Locked accounts"), count, words, lit(count, 1, 10))


def mail(at: datetime) -> Gauge:
    """What waits for other nodes: yellow after an hour, red after a day."""
    age, count = oldest_waiting(at)
    words = _("%(n)d waiting") % {"n": count}
    hour = timedelta(hours=1).total_seconds()
    light = lit(age, hour, DAY.total_seconds())
    return Gauge("exchange_waiting_seconds", _("Mail to other nodes"), age, words, light)


def alarmed(at: datetime) -> Gauge:
    """Envelopes that must not have come, in the last day."""
    count = alarms(at)
    words = _("%(n)d in a day") % {"n": count}
    return Gauge("exchange_alarms", _("Alarms of the exchange"), count, words, lit(count, 1, 20))


def anchored(at: datetime) -> Gauge:
    """The last checkpoint accepted between levels: red after a day, on both nodes."""
    age = anchor_age(at)
    if age is None:
        name = _("Heads kept elsewhere")
        return Gauge("anchor_age_seconds", name, 0, _("no neighbour"), "green")
    since, soon = timedelta(seconds=age), timedelta(hours=12)
    return aged("anchor_age_seconds", _("Heads kept elsewhere"), since, soon, DAY)


def adviser(at: datetime) -> Gauge:
    """The local model: off, in order, or left in peace after failures, which costs the work nothing
    but its advice: drafts stay as the grammar made them."""
    key, name, model = "local_model_failures", _("Local model"), local_model()
    if model is None:
        return Gauge(key, name, 0, _("off"), "green")
    found = health()
    if not found.failures:
        return Gauge(key, name, 0, _("in order"), "green")
    words = _("%(n)d failures in a row, last: %(how)s; drafts stay as the grammar made them") % {
        "n": found.failures,
        "how": found.get_failure_display(),
    }
    return Gauge(key, name, found.failures, words, "yellow")


@lru_cache(maxsize=1)
def shipped_migrations() -> frozenset[tuple[str, str]]:
    """Every migration of this version."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)


def pending_migrations() -> set[tuple[str, str]]:
    """Migrations of this version that the database has not seen."""
    return set(shipped_migrations()) - set(MigrationRecorder(connection).applied_migrations())
