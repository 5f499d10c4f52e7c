"""The office of a seat: who takes events in, is on duty, answers to the level above."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from luoshi.foundation.organizations.enums import Role, System
from luoshi.foundation.organizations.models import Appointment, Unit

DESK_ROLES = (Role.INFORMATION_OFFICER, Role.DUTY_OFFICER)
GENERAL_OFFICE = "委办公"  # 市委办公室, 省委办公厅: where a level elsewhere shows no posts


def office_over(seat_path: str) -> Unit | None:
    """The office of the seat above; None for the top."""
    steps = seat_path.rstrip("/").split("/")
    return office_at("/".join(steps[:-1]) + "/") if len(steps) > 1 else None


def office_at(seat_path: str) -> Unit | None:
    """The office of a seat."""
    return offices_at([seat_path]).get(seat_path)


def offices_at(seats: Iterable[str]) -> dict[str, Unit]:
    """By seat the office that takes events in: the one with a duty or information post, else the
    Party committee's general office, else the unit that stands for the seat. One query."""
    held = Appointment.objects.filter(post__unit=OuterRef("pk"), post__role__in=DESK_ROLES)
    rows = Unit.objects.filter(seat_path__in=list(seats), is_active=True).annotate(
        desk=Exists(held)
    )
    general = Q(system=System.PARTY, name__contains=GENERAL_OFFICE)
    rows = rows.filter(Q(desk=True) | general | Q(path=F("seat_path")))
    found: dict[str, Unit] = {}
    for unit in sorted(rows, key=rank):
        found.setdefault(unit.seat_path, unit)
    return found


def rank(unit: Any) -> tuple[int, str, str]:
    """The order in which the units of a seat are asked."""
    party = unit.system == System.PARTY
    asked = (party and unit.desk, party and GENERAL_OFFICE in unit.name, unit.desk, True)
    return asked.index(True), unit.sort_key, unit.code
