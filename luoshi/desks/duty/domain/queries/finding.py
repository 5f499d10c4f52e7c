"""Rows in the reader's sight; what is not there or elsewhere is not found."""

from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.duty.models import (
    DutyPerson,
    Handover,
    Leave,
    LogNote,
    Roster,
    SensitivePeriod,
    Shift,
    Swap,
)
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.requests import OfficeRequest


def found(rows: "QuerySet[Any]", pk: UUID) -> Any:
    """The row, or not visible."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return row


def own(model: type[Model], request: OfficeRequest) -> "QuerySet[Any]":
    """Rows of the reader's office; none without one."""
    rows: QuerySet[Any] = model._default_manager.all()
    office = request.actor.unit_id
    return rows.filter(office_id=office) if office else rows.none()


def a_roster(request: OfficeRequest, pk: UUID) -> Roster:
    """A roster of the office."""
    row: Roster = found(own(Roster, request), pk)
    return row


def a_shift(request: OfficeRequest, pk: UUID) -> Shift:
    """A shift of the office, with its roster and person."""
    rows = own(Shift, request).select_related("roster", "person", "office")
    row: Shift = found(rows, pk)
    return row


def a_person(request: OfficeRequest, pk: UUID) -> DutyPerson:
    """Somebody on the office's list."""
    row: DutyPerson = found(own(DutyPerson, request).select_related("account"), pk)
    return row


def a_leave(request: OfficeRequest, pk: UUID) -> Leave:
    """Leave of somebody on the office's list."""
    people = own(DutyPerson, request)
    row: Leave = found(Leave.objects.filter(person__in=people).select_related("person"), pk)
    return row


def a_swap(request: OfficeRequest, pk: UUID) -> Swap:
    """A swap of the office's roster."""
    rows = Swap.objects.select_related("shift__roster", "shift__office", "other", "asker", "taker")
    row: Swap = found(rows.filter(Q(shift__in=own(Shift, request))), pk)
    return row


def a_period(request: OfficeRequest, pk: UUID) -> SensitivePeriod:
    """A period in the office's book."""
    row: SensitivePeriod = found(own(SensitivePeriod, request).select_related("office"), pk)
    return row


def a_note(request: OfficeRequest, pk: UUID) -> LogNote:
    """A line of the office's log."""
    row: LogNote = found(own(LogNote, request), pk)
    return row


def a_handover(request: OfficeRequest, pk: UUID) -> Handover:
    """A hand-over of the office."""
    row: Handover = found(own(Handover, request).select_related("giver", "taker"), pk)
    return row
