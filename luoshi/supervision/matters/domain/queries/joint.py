"""The two general offices (两办): which office may issue together with another (S3-55)."""

from uuid import UUID

from luoshi.foundation.organizations.enums import System
from luoshi.foundation.organizations.models import Unit

GENERAL_OFFICE = "办公[室厅]$"
SYSTEMS = (System.PARTY, System.GOVERNMENT)


def joint_offices(office_id: UUID | None) -> list[Unit]:
    """The general offices of the other system of the same territory; empty for other units."""
    office = Unit.objects.filter(pk=office_id, system__in=SYSTEMS).first()
    if office is None:
        return []
    rows = Unit.objects.filter(seat_path=office.seat_path, system__in=SYSTEMS, is_active=True)
    rows = rows.filter(level=office.level, name__regex=GENERAL_OFFICE)
    return list(rows.exclude(system=office.system))
