"""How the site is: age of the last backup, the last sweep; each with the light of its limit."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Text
from luoshi.site.domain.backing_up import backups_folder
from luoshi.supervision.matters.models import UnitSummary

LATE, VERY_LATE = timedelta(minutes=10), timedelta(hours=2)


@dataclass(frozen=True)
class Gauge:
    """A value in words and its light."""

    words: Text
    light: str


def backup_age() -> timedelta | None:
    """How old the newest backup is by its own name; None = there is none."""
    found = sorted(path.name for path in backups_folder().glob("[0-9]*-[0-9]*"))
    if not found:
        return None
    made = datetime.strptime(found[-1], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    return max(timezone.now() - made, timedelta(0))


def last_sweep(at: datetime) -> Gauge:
    """Whether time's work is done: units whose lights a clock has passed and nobody recounted."""
    oldest = UnitSummary.objects.filter(valid_until__lte=at).order_by("valid_until").first()
    if oldest is None or oldest.valid_until is None or at - oldest.valid_until < LATE:
        return Gauge(_("up to date"), "green")
    behind = int((at - oldest.valid_until).total_seconds() // 60)
    light = "red" if at - oldest.valid_until >= VERY_LATE else "yellow"
    return Gauge(_("%(n)d minutes behind") % {"n": behind}, light)
