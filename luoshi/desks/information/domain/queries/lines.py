"""To whom an office reports: the line that was set, else its seat's office or the one above."""

from django.db.models import Q

from luoshi.desks.information.models import DESK_ROLES, ReportLine
from luoshi.foundation.organizations.enums import System
from luoshi.foundation.organizations.models import Unit

GENERAL_OFFICE = "委办公"  # 市委办公室, 省委办公厅: where a level elsewhere shows no posts


def above(office: Unit) -> tuple[Unit | None, bool]:
    """(the unit an office reports to, whether that goes past a level). None at the top."""
    lines = ReportLine.objects.filter(office=office, ended_at=None).select_related("to")
    for line in lines.order_by("-direct"):
        return line.to, line.direct
    home = office_at(office.seat_path)
    if home is not None and home.pk != office.pk and office.path != office.seat_path:
        return home, False
    return office_over(office.seat_path), False


def office_over(seat_path: str) -> Unit | None:
    """The office of the seat above; None for the top."""
    steps = seat_path.rstrip("/").split("/")
    return office_at("/".join(steps[:-1]) + "/") if len(steps) > 1 else None


def office_at(seat_path: str) -> Unit | None:
    """The office of a seat that takes events in: the one with a duty or information post, else the
    Party committee's general office, else the unit that stands for the seat."""
    rows = Unit.objects.filter(seat_path=seat_path, is_active=True).order_by("sort_key", "code")
    desk = Q(posts__role__in=DESK_ROLES, posts__appointments__isnull=False)
    party = Q(system=System.PARTY)
    choices = (
        rows.filter(desk, party),
        rows.filter(party, name__contains=GENERAL_OFFICE),
        rows.filter(desk),
        rows.filter(path=seat_path),
    )
    return next((found for found in (some.first() for some in choices) if found), None)
