"""Before pages are served or jobs run: is what is acknowledged really kept, is the clock right?

Refused: a server that loses acknowledged work at a power cut (security.md 8, "power loss"), a
clock that stands more than five minutes before the last entry of the trail ("clock back") until
somebody confirms it. Changes (confirm only): one entry, after which the clock is trusted again.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import DatabaseNature
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.site.domain.watching import pending_migrations

ACTOR = Actor.system("clock", via="cli")
DURABLE = ("fsync", "synchronous_commit", "full_page_writes", "data_checksums")
LOST = {"off", "local"}
BEHIND = timedelta(minutes=5)


def undurable() -> list[str]:
    """Names of the server's settings that would let acknowledged work be lost or rot unseen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [[*DURABLE]])
        found = dict(cursor.fetchall())
    return [name for name in DURABLE if found.get(name) in LOST]


def clock_behind(at: datetime) -> timedelta:
    """How far `at` lies before the last entry of the trail (0 = not at all). A demo database is
    moved to other days on purpose and is never behind."""
    nature = DatabaseNature.objects.first()
    last = Entry.objects.order_by("-chain_id", "-seq").values_list("at", flat=True).first()
    if last is None or (nature is not None and nature.demo):
        return timedelta(0)
    return max(last - at, timedelta(0))


def refuse_unready(*, at: datetime) -> None:
    """Refuse to start on an unsafe server, an old schema or a clock that runs behind."""
    unsafe = undurable()
    if unsafe and not settings.CONFIG.allow_loss:
        raise Refused(
            _("Not started: the database server may lose what was acknowledged."),
            ", ".join(f"{name} = off" for name in unsafe),
            next_steps=(
                _("Switch them on in postgresql.conf (checksums: pg_checksums --enable)."),
                _("For experiments only: LUOSHI_ALLOW_LOSS=1"),
            ),
            code="not-durable",
        )
    if pending_migrations():
        raise Refused(
            _("Not started: the database is not of this version."),
            next_steps=(_("Run with the owner's DATABASE_URL: luoshi migrate"),),
            code="migrations",
        )
    refuse_clock(at=at)


def refuse_clock(*, at: datetime) -> None:
    """Refuse a clock more than five minutes before the last entry."""
    behind = clock_behind(at)
    if behind > BEHIND:
        raise Refused(
            _("Not started: the clock is %(n)d minutes behind the last entry of the trail.")
            % {"n": behind.total_seconds() // 60},
            next_steps=(
                _("Set the clock. If it is right and was wrong before: luoshi clock confirm"),
            ),
            code="clock-behind",
        )


def confirm_clock(*, at: datetime) -> timedelta:
    """Trust the clock as it is now; returns how far it was behind. The trail's order is its
    sequence, so nothing else moves."""
    behind = clock_behind(at)
    with acting(actor=ACTOR, at=at):
        record(
            "site.clock_confirmed",
            actor=ACTOR,
            at=at,
            object_kind="site",
            object_id="clock",
            after={"behind_seconds": int(behind.total_seconds())},
        )
    return behind
