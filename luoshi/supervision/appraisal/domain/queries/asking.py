"""Which period and which rules an address asks about."""

from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.appraisal.domain.periods import Period, last_quarter, period_of
from luoshi.supervision.appraisal.models import ScoringVersion


def asked_period(request: OfficeRequest) -> Period:
    """The period of the address; without one, the last quarter."""
    text = request.GET.get("period", "") or request.POST.get("period", "")
    return period_of(text) if text else last_quarter(office_date(request.now))


def version_of(request: OfficeRequest) -> ScoringVersion | None:
    """The version of the address, else the office's latest, or None."""
    rows = ScoringVersion.objects.filter(office_id=request.actor.unit_id)
    asked = request.GET.get("version", "") or request.POST.get("version", "")
    if asked.isascii() and asked.isdigit() and len(asked) < 5:
        return rows.filter(number=int(asked)).first()
    return rows.order_by("-number").first()
