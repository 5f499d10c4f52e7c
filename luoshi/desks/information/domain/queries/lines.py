"""To whom an office reports: the line that was set, else its seat's office or the one above."""

from luoshi.desks.information.models import ReportLine
from luoshi.foundation.organizations.domain.queries.offices import office_at, office_over
from luoshi.foundation.organizations.models import Unit


def above(office: Unit) -> tuple[Unit | None, bool]:
    """(the unit an office reports to, whether that goes past a level). None at the top."""
    lines = ReportLine.objects.filter(office=office, ended_at=None).select_related("to")
    for line in lines.order_by("-direct"):
        return line.to, line.direct
    home = office_at(office.seat_path)
    if home is not None and home.pk != office.pk and office.path != office.seat_path:
        return home, False
    return office_over(office.seat_path), False
