"""Who is on duty between two days: the published rosters of an office, and, for those who read its
books, of the offices right below it, here or at other nodes, as the watch room shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time

from luoshi.desks.duty.domain.queries.now import There, as_known, as_there
from luoshi.desks.duty.domain.queries.offices import next_below
from luoshi.desks.duty.models import KnownShift, Shift
from luoshi.foundation.core.time import at_clock, end_of_day
from luoshi.foundation.organizations.models import Unit


@dataclass(frozen=True)
class Placed:
    """Somebody on duty in a unit; `key` is one row's alone and sorts as the list is read."""

    unit: Unit
    there: There
    key: str


def units_of(office: Unit, *, below: bool) -> list[Unit]:
    """The office, and with `below` the offices one level down in the order of the tree."""
    return [office, *(next_below(office) if below else ())]


def on_duty_between(units: Sequence[Unit], first: date, last: date) -> list[Placed]:
    """Every shift in force that touches the days, both included, by its beginning and then in the
    order of the units; two queries whatever their number."""
    place = {unit.pk: number for number, unit in enumerate(units)}
    span = {"starts_at__lt": end_of_day(last), "ends_at__gt": at_clock(first, time(0))}
    own = Shift.objects.in_force().filter(office__in=place, **span).select_related("person")
    known = KnownShift.objects.filter(unit__in=place, **span)
    rows: Iterable[There] = [*map(as_there, own), *map(as_known, known)]
    found = [
        Placed(
            units[place[one.unit_id]],
            one,
            f"{one.starts_at:%Y%m%d%H%M%S}-{place[one.unit_id]:05}-{one.post}-{one.name}",
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: one.key)
