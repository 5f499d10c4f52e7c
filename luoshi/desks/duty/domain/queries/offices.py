"""Which offices stand below and above an office, here and at other nodes."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.desks.duty.models import DutyPerson
from luoshi.foundation.exchange.domain.queries.neighbours import find_own
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.models import ServedUnit
from luoshi.foundation.organizations.domain.queries.offices import (
    office_at,
    office_over,
    offices_at,
)
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit

DUTY_ROLES = (Role.DUTY_OFFICER, Role.SECRETARY_GENERAL)


def stands_for_seat(office: Unit) -> bool:
    """Whether the office speaks for its level: it alone stands above the next one. A bureau of the
    same seat does not."""
    return office_at(office.seat_path) == office


def offices_below(office: Unit) -> list[Unit]:
    """Offices of this site at the levels below that keep duty: with a duty post or a list of
    people. Units of the same seat are not below; nobody is below a bureau."""
    if not stands_for_seat(office):
        return []
    rows = Unit.objects.filter(
        seat_path__startswith=office.seat_path, is_active=True, served_by=None
    ).exclude(seat_path=office.seat_path)
    return list(with_duty(rows).order_by("sort_key", "code"))


def next_below(office: Unit) -> list[Unit]:
    """The office of every seat right below, here or elsewhere, in the order of the tree; none for a
    bureau; two queries."""
    found = offices_at([office.seat_path, *seats_below(office)])
    if found.pop(office.seat_path, None) != office:
        return []
    return sorted(found.values(), key=lambda unit: (unit.sort_key, unit.code))


def seats_below(office: Unit) -> list[str]:
    """The seats one level down."""
    depth = office.seat_path.count("/")
    rows = Unit.objects.filter(seat_path__startswith=office.seat_path, is_active=True)
    seats = rows.order_by("seat_path").values_list("seat_path", flat=True).distinct()
    return [seat for seat in seats if seat.count("/") == depth + 1]


def with_duty(rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
    """Units that keep duty."""
    listed = DutyPerson.objects.filter(office=OuterRef("pk"), ends_on=None)
    desk = Q(posts__role__in=DUTY_ROLES, posts__appointments__isnull=False)
    return rows.filter(desk | Q(Exists(listed))).distinct()


def nodes_below(office: Unit) -> list[Unit]:
    """The office of every connected subordinate node whose units lie below this one: of the seat of
    its topmost unit, where the node serves it, else that unit."""
    if find_own() is None or not stands_for_seat(office):
        return []
    rows = ServedUnit.objects.filter(
        node__relation=Relation.SUBORDINATE,
        node__state=NodeState.ACTIVE,
        unit__path__startswith=office.seat_path,
    ).select_related("unit", "node")
    heads: dict[str, Unit] = {}
    served = {row.unit_id: row.node.code for row in rows}
    for row in sorted(rows, key=lambda one: (one.unit.path.count("/"), one.unit.sort_key)):
        heads.setdefault(row.node.code, row.unit)
    offices = offices_at(head.seat_path for head in heads.values())
    found = []
    for code, head in heads.items():
        office_there = offices.get(head.seat_path)
        known = office_there is not None and served.get(office_there.pk) == code
        found.append(office_there if known and office_there is not None else head)
    return found


def may_call(office: Unit, unit: Unit) -> bool:
    """Whether an office checks a unit's duty: itself and what belongs to it; the office of a seat
    its whole level and those below."""
    if unit.path.startswith(office.path):
        return True
    return unit.seat_path.startswith(office.seat_path) and stands_for_seat(office)


def office_above(office: Unit) -> Unit | None:
    """Whom an office answers to: its seat's office, else the office of the seat above."""
    home = office_at(office.seat_path)
    if home is not None and home.pk != office.pk and office.path != office.seat_path:
        return home
    return office_over(office.seat_path)
