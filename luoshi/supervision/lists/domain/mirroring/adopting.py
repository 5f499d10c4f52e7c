"""Write down what another node says of its list: from the superior the list with the points of our
units, from a subordinate its summaries. It is only read here.

Declined: a list or point that belongs to somebody else, an office that does not live there, a list
that is not issued, two points of one number or matter, values no column takes.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.lists.domain.mirroring.telling import mirror_of
from luoshi.supervision.lists.domain.mirroring.words import HEAD, POINT, SUMMARY
from luoshi.supervision.lists.enums import ListState, SummaryPeriod, SummaryState
from luoshi.supervision.lists.models import (
    DroppedPoint,
    ListPoint,
    ListSummary,
    SupervisionPointsList,
)
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.mirrors.domain.adopting import newer, unit_at
from luoshi.supervision.mirrors.domain.plain import key, put, rows, texts

ACTOR = Actor.system("lists")


def take_list(arrived: Arrived) -> None:
    """The list of a superior with its points."""
    found = taken_head(arrived)
    if found is not None:
        take_points(found, arrived)


def take_summaries(arrived: Arrived) -> None:
    """The summaries of a subordinate's list."""
    found = taken_head(arrived)
    if found is not None:
        for one in rows(arrived.payload, "summaries"):
            take_summary(found, one)


def taken_head(arrived: Arrived) -> SupervisionPointsList | None:
    """The list with its head as the other node says; None when a later word has overtaken this."""
    said, sender = arrived.payload.get("list"), arrived.sender
    if not isinstance(said, dict):
        raise Declined("list")
    known = SupervisionPointsList.objects.filter(pk=key(said.get("id"))).first()
    if known is not None:
        if known.home != sender.code:
            raise Declined("list")
        known = locked(SupervisionPointsList.objects, known.pk)
    found = known or SupervisionPointsList(pk=key(said.get("id")), home=sender.code)
    if known is not None and not newer(mirror_of(known, sender), arrived):
        return None
    found.office = unit_at(str(said.get("office")), sender)
    found.joint_office = Unit.objects.filter(code=str(said.get("joint"))).first()
    if found.joint_office == found.office:
        raise Declined("joint")
    put(found, said, HEAD)
    if found.state not in (ListState.ISSUED, ListState.CLOSED) or not found.year:
        raise Declined("state")
    if known is None:
        found.created_at = arrived.at
    found.save(force_insert=known is None)
    mirror = mirror_of(found, sender)
    newer(mirror, arrived)
    mirror.save()
    after = {"kind": arrived.row.kind, "sender": sender.code}
    record("lists.adopted", actor=ACTOR, at=arrived.at, obj=found, after=after)
    return found


def take_points(found: SupervisionPointsList, arrived: Arrived) -> None:
    """The points as they are named now; one that is named no more goes, if nothing here was made
    of it."""
    said = rows(arrived.payload, "points")
    numbers = [one.get("number") for one in said]
    named = [key(one.get("id")) for one in said]
    if len(set(map(str, numbers))) < len(said) or len(set(named)) < len(said):
        raise Declined("points")
    gone = found.points.exclude(pk__in=named)
    gone.exclude(pk__in=used(found)).delete()
    if gone.filter(number__in=[n for n in numbers if type(n) is int]).exists():
        raise Declined("points")
    for pk, one in zip(named, said, strict=True):
        take_point(found, pk, one, arrived.sender.code)


def used(found: SupervisionPointsList) -> list[UUID]:
    """Points another list of this house was copied from."""
    copied = ListPoint.objects.filter(carried_from__points_list=found)
    dropped = DroppedPoint.objects.filter(point__points_list=found)
    kept = [one.carried_from_id for one in copied if one.carried_from_id is not None]
    return [*kept, *(one.point_id for one in dropped)]


def take_point(found: SupervisionPointsList, pk: UUID, said: Mapping[str, Any], home: str) -> None:
    """One point with its units, as far as the tree here knows them, and its matter, once it has
    come."""
    point = ListPoint.objects.filter(pk=pk).first() or ListPoint(pk=pk, points_list=found)
    if point.points_list_id != found.pk:
        raise Declined("point")
    put(point, said, POINT)
    if not point.number:
        raise Declined("number")
    point.lead_unit = Unit.objects.filter(code=str(said.get("lead"))).first()
    matter = key(said.get("matter"))
    others = ListPoint.objects.filter(Q(matter=matter) | Q(awaits=matter))
    if others.exclude(pk=pk).exists():
        raise Declined("matter")
    come = Matter.objects.filter(pk=matter, home=home).exists()
    point.matter_id, point.awaits = (matter, None) if come else (None, matter)
    point.save()
    point.joint_units.set(Unit.objects.filter(code__in=texts(said, "joint")))


def take_summary(found: SupervisionPointsList, said: Mapping[str, Any]) -> None:
    """A summary that was sent, once for each period; figures and late mark as sent."""
    period = said.get("period")
    if period not in SummaryPeriod.values:
        raise Declined("period")
    known = found.summaries.filter(period=period).first()
    row = known or ListSummary(points_list=found)
    put(row, said, SUMMARY)
    if row.state != SummaryState.SENT or row.sent_at is None or row.due_at is None:
        raise Declined("state")
    if not isinstance(row.figures, dict):
        raise Declined("figures")
    row.save()
