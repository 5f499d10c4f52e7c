"""The burden ledger by API: an office reads what it asks, a handling unit what it is asked, as on
the pages; an office asks units to a meeting or calls it off."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status

from luoshi.desks.instructions.domain.filing import carried
from luoshi.desks.instructions.models import Instruction
from luoshi.desks.instructions.rules import may_file
from luoshi.desks.ledgers.domain.loading import load_of
from luoshi.desks.ledgers.models import Ledger
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.queries.names import listed
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.insight.burden import rules
from luoshi.insight.burden.domain.ledger import Load, by_basis, by_unit, chosen
from luoshi.insight.burden.domain.meeting import Invitation, ask_to_meeting, call_off
from luoshi.insight.burden.domain.meetings import asked_meetings
from luoshi.insight.burden.models import AskedMeeting
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Decision, Key, UnitOut
from luoshi.supervision.matters.api.shaping import instant, unit
from luoshi.supervision.matters.domain.matter.instructing import instruction_adds
from luoshi.supervision.matters.domain.queries.burden import (
    Burden,
    Span,
    anew,
    asked_now,
    burden_of,
)
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter
from luoshi.supervision.matters.rules import may_draft
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

router = Router(tags=["burden"])
YEAR = Query(None, ge=2000, le=2090)


class UnitLoad(Schema):
    """What one unit was asked and sent in the year."""

    id: UUID
    name: str
    asked: int
    answered: int
    submissions: int
    saved: int
    tables: int
    characters: int
    meetings: int
    hours_stated: str
    reports_with_hours: int
    over: bool


class UnitLoads(Schema):
    """The ledger by unit, with the office's cap and mode."""

    year: int
    cap: int
    reduction_mode: bool
    items: list[UnitLoad]


class BasisLoad(Schema):
    """Who asked, under which rule, on which basis."""

    office: str
    rule: str
    basis: str
    asked: int
    answered: int


class BasisLoads(Schema):
    """The ledger by basis."""

    year: int
    items: list[BasisLoad]


class CountedDuty(Schema):
    """A duty a number counts."""

    id: UUID
    matter_id: UUID
    matter: str
    unit: UnitOut
    title: str
    rule: str
    basis: str
    due_at: datetime | None
    submitted_at: datetime | None


class CountedDuties(Schema):
    """The rows behind a number."""

    year: int
    items: list[CountedDuty]
    next: str | None


class AskedLine(Schema):
    """One rule a matter's shares would be under; `basis` empty = none stated."""

    code: str
    title: str
    basis: str
    reports: int
    tables: int


class Adds(Schema):
    """What assigning a matter would add in a year; `saved` need not be written separately when sent
    together with the quarterly report."""

    units: int
    each: int
    reports: int
    tables: int
    saved: int
    lines: list[AskedLine]


class LedgerAdds(Schema):
    """What assigning the matters of an imported ledger would add in a year; `over` names the units
    that would go above the office's cap."""

    matters: int
    units: int
    reports: int
    tables: int
    over: list[str]


class MeetingIn(Schema):
    """A meeting units are asked to; `units` by name, short name or alias."""

    title: str
    on: date
    minutes: int
    attends: str
    basis: str
    units: list[str]


class MeetingOut(Schema):
    """A meeting asked; `called_off` empty = it stands."""

    id: UUID
    office: UnitOut
    title: str
    on: date
    minutes: int
    attends: str
    basis: str
    units: int
    asked_by: str
    called_off: str


class Meetings(Schema):
    """The meetings of a year."""

    year: int
    items: list[MeetingOut]
    next: str | None


def reader(request: OfficeRequest) -> Actor:
    """Who reads the ledger."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_burden(actor))
    return actor


def shaped(load: Load) -> dict[str, Any]:
    """A unit's line."""
    key, name = load.key
    return {
        "id": str(key),
        "name": name,
        "asked": load.asked,
        "answered": load.sent,
        "submissions": load.reports,
        "saved": load.saved,
        "tables": load.tables,
        "characters": load.characters,
        "meetings": load.meetings,
        "hours_stated": f"{load.hours.normalize():f}",
        "reports_with_hours": load.told,
        "over": load.over,
    }


@router.get("/burden/units", response={200: UnitLoads} | READ)
def units(request: OfficeRequest, year: int | None = YEAR) -> Any:
    """Reports, tables, characters and meetings asked and sent, by unit."""
    actor = reader(request)
    settings = settings_of(actor.unit_id)  # type: ignore[arg-type]
    when = year or office_date(request.now).year
    found = by_unit(actor, Span(when), settings.report_cap)
    return {
        "year": when,
        "cap": settings.report_cap,
        "reduction_mode": settings.reduction_mode,
        "items": [shaped(load) for load in found],
    }


@router.get("/burden/bases", response={200: BasisLoads} | READ)
def bases(request: OfficeRequest, year: int | None = YEAR, unit: UUID | None = None) -> Any:
    """Who asks, under which rule and on which basis."""
    actor = reader(request)
    when = year or office_date(request.now).year
    names = ("office", "rule", "basis")
    items = [
        dict(zip(names, load.key, strict=True)) | {"asked": load.asked, "answered": load.sent}
        for load in by_basis(actor, Span(when), unit)
    ]
    return {"year": when, "items": items}


@router.get("/burden/duties", response={200: CountedDuties} | READ)
def duties(
    request: OfficeRequest,
    year: int | None = YEAR,
    unit: UUID | None = None,
    rule: str = Query("", max_length=12),
    sent: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """Exactly the duties a number counts."""
    actor = reader(request)
    when = year or office_date(request.now).year
    rows = chosen(actor, Span(when), unit_id=unit, rule=rule, sent=sent)
    found = page(rows, order=("counted_at", "id"), cursor=cursor, size=limit)
    items = [counted(row) for row in found.rows]
    return {"year": when, "items": items, "next": found.next_cursor or None}


def counted(row: Any) -> dict[str, Any]:
    """A duty."""
    share = row.assignment
    return {
        "id": str(row.pk),
        "matter_id": str(share.matter_id),
        "matter": share.matter.number,
        "unit": unit(share.unit),
        "title": row.title_zh,
        "rule": row.rule_code,
        "basis": row.legal_basis,
        "due_at": instant(row.due_at),
        "submitted_at": instant(row.submitted_at),
    }


@router.get("/burden/meetings", response={200: Meetings} | READ)
def meetings(
    request: OfficeRequest,
    year: int | None = YEAR,
    unit: UUID | None = None,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """The meetings units were asked to, the latest first."""
    actor = reader(request)
    when = year or office_date(request.now).year
    rows = asked_meetings(actor, Span(when), unit)
    found = page(rows, order=("-on", "id"), cursor=cursor, size=limit)
    items = [meeting_out(row, row.asked) for row in found.rows]
    return {"year": when, "items": items, "next": found.next_cursor or None}


@router.post("/burden/meetings", response={201: MeetingOut} | WRITE)
def ask(request: OfficeRequest, body: MeetingIn, key: Key = KEY) -> Any:
    """Ask units to a meeting."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_ask_to_meetings(actor))

    def act() -> tuple[int, Any]:
        named = listed("、".join(body.units), field="units", what=_("Units not asked."))
        words = body.dict() | {"units": named}
        row = ask_to_meeting(invitation=Invitation(**words), actor=actor, at=request.now)
        return 201, meeting_out(row, len(named))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.post("/burden/meetings/{uuid:pk}/calling-off", response={200: MeetingOut} | WRITE)
def call_meeting_off(request: OfficeRequest, pk: UUID, body: Decision, key: Key = KEY) -> Any:
    """Call a meeting off, with the reason; it counts no longer."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_see_burden(actor))
    found = AskedMeeting.objects.filter(office_id=actor.unit_id, pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")

    def act() -> tuple[int, Any]:
        row = call_off(meeting=found, reason=body.reason, actor=actor, at=request.now)
        return 200, meeting_out(row, row.attendances.count())

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


def meeting_out(row: Any, units: int) -> dict[str, Any]:
    """A meeting of so many units."""
    return {
        "id": str(row.pk),
        "office": unit(row.office),
        "title": row.title,
        "on": row.on.isoformat(),
        "minutes": row.minutes,
        "attends": row.attends,
        "basis": row.basis,
        "units": units,
        "asked_by": row.noted_by_name,
        "called_off": row.called_off_reason,
    }


@router.get("/matters/{uuid:pk}/load", response={200: Adds} | READ)
def adds(
    request: OfficeRequest,
    pk: UUID,
    units: int = Query(1, ge=1, le=3000),
    reopening: bool = False,
) -> Any:
    """What assigning the matter to so many units would add in a year, or taking it up again with
    the units that handled it; nothing is assigned."""
    actor = scoped(request, "matters:read")
    ensure(may_draft(actor))
    matter, today = visible(Matter.objects, actor, pk), office_date(request.now)
    if reopening:
        return added_load(anew(matter, today)["burden"])
    return added_load(burden_of(asked_now(matter, today), units))


def added_load(found: Burden) -> dict[str, Any]:
    """A load in plain words."""
    return {
        "units": found.units,
        "each": found.each,
        "reports": found.reports,
        "tables": found.tables,
        "saved": found.saved,
        "lines": [asdict(line) | {"title": line.title_zh} for line in found.lines],
    }


@router.get("/instructions/{uuid:pk}/load", response={200: Adds} | READ)
def instruction_load(request: OfficeRequest, pk: UUID, matter: UUID) -> Any:
    """What adding the instruction to this matter of the same office would ask of its units, once;
    nothing is added."""
    actor = scoped(request, "matters:read")
    row = visible(Instruction.objects.all(), actor, pk)
    ensure(may_file(actor, row))
    found = visible(Matter.objects.filter(office_id=row.office_id), actor, matter)
    load = instruction_adds(found, carried(row), office_date(request.now))
    return added_load(load["burden"] if load else burden_of([], 0))


@router.get("/ledger-imports/{uuid:pk}/load", response={200: LedgerAdds} | READ)
def ledger_load(request: OfficeRequest, pk: UUID) -> Any:
    """What assigning the import's matters that wait for their units would add in a year."""
    actor = scoped(request, "matters:read")
    ensure(may_draft(actor))
    row = visible(Ledger.objects.all(), actor, pk)
    found = load_of(row, office_date(request.now))
    if found is None:
        return {"matters": 0, "units": 0, "reports": 0, "tables": 0, "over": []}
    return {
        "matters": found.matters,
        "units": found.units,
        "reports": found.reports,
        "tables": found.tables,
        "over": [one.unit for one in found.over],
    }
