"""Rosters by API: list, read, begin, let one be worked out and follow that task, its proof,
publish, take back. Each is the verb of the page. Approving, and taking back what is approved or
published, are the secretary-general's in person: a token is refused. A token stops the solver and
publishes what a person has approved."""

from typing import Any
from uuid import UUID

from ninja import Router

from luoshi.desks.duty.api import roster_shaping, shaping
from luoshi.desks.duty.api.acting import LIMIT, once, reader
from luoshi.desks.duty.api.roster_schemas import ProofOut, RosterSpanIn, RosterTask
from luoshi.desks.duty.api.schemas import RosterLine, RosterOut, Rosters
from luoshi.desks.duty.domain.queries.finding import a_roster, own
from luoshi.desks.duty.domain.queries.judging import judge
from luoshi.desks.duty.domain.roster.approving import approve, publish, take_back
from luoshi.desks.duty.domain.roster.drafting import begin, renew
from luoshi.desks.duty.domain.roster.working_out import ask
from luoshi.desks.duty.models import Roster
from luoshi.desks.duty.tasks import wake
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key

router = Router(tags=["duty"])


@router.get("/duty/rosters", response={200: Rosters} | READ)
def list_rosters(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """The office's rosters, the latest first."""
    reader(request, "matters:read")
    found = page(own(Roster, request), order=("-starts_on", "id"), cursor=cursor, size=limit)
    items = [shaping.roster(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/duty/rosters/{uuid:pk}", response={200: RosterOut} | READ)
def read_roster(request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """One roster with its state and its shifts in order; `cursor` pages the shifts."""
    reader(request, "matters:read")
    row = a_roster(request, pk)
    rows = row.shifts.select_related("person")
    found = page(rows, order=("starts_at", "post", "id"), cursor=cursor, size=limit)
    return shaping.roster(row) | {
        "hours": row.proof.get("hours", {}),
        "stuck": row.proof.get("stuck", []),
        "shifts": [shaping.shift(one) for one in found.rows],
        "next": found.next_cursor or None,
    }


@router.post("/duty/rosters", response={201: RosterTask} | WRITE)
def begin_roster(request: OfficeRequest, body: RosterSpanIn, key: Key = KEY) -> Any:
    """Begin a roster of these days and give it to the solver; its task is followed under
    `/duty/rosters/{id}/solution` (R-DUT-4)."""
    actor = reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        row = begin(body.starts_on, body.ends_on, actor=actor, at=request.now)
        if body.work_out:
            row = ask(row, actor=actor, at=request.now)
            wake.defer()
        return 201, roster_shaping.task(row)

    return once(request, key, act)


@router.post("/duty/rosters/{uuid:pk}/solution", response={202: RosterTask} | WRITE)
def work_roster_out(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """Let a draft be worked out anew; what was set by hand stays."""
    actor = reader(request, "matters:write")
    row = a_roster(request, pk)

    def act() -> tuple[int, Any]:
        asked = ask(row, actor=actor, at=request.now)
        wake.defer()
        return 202, roster_shaping.task(asked)

    return once(request, key, act)


@router.get("/duty/rosters/{uuid:pk}/solution", response={200: RosterTask} | READ)
def follow_solution(request: OfficeRequest, pk: UUID) -> Any:
    """How far the solver is, or what it said and which shifts nobody can hold."""
    reader(request, "matters:read")
    return roster_shaping.task(a_roster(request, pk))


@router.get("/duty/rosters/{uuid:pk}/proof", response={200: ProofOut} | READ)
def read_proof(request: OfficeRequest, pk: UUID) -> Any:
    """Every minute looked through, who bears what, and the spread (R-DUT-1, R-DUT-8)."""
    reader(request, "matters:read")
    return roster_shaping.proof(judge(a_roster(request, pk)))


@router.post("/duty/rosters/{uuid:pk}/needs", response={200: RosterLine} | WRITE)
def renew_needs(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """A draft takes up new hours and new sensitive periods."""
    actor = reader(request, "matters:write")
    row = a_roster(request, pk)
    return once(
        request, key, lambda: (200, shaping.roster(renew(row, actor=actor, at=request.now)))
    )


@router.post("/duty/rosters/{uuid:pk}/approval", response={200: RosterLine} | WRITE)
def approve_roster(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """Approve: the secretary-general in person; a token is refused."""
    actor = reader(request, "matters:write")
    row = a_roster(request, pk)
    return once(
        request, key, lambda: (200, shaping.roster(approve(row, actor=actor, at=request.now)))
    )


@router.post("/duty/rosters/{uuid:pk}/publication", response={200: RosterLine} | WRITE)
def publish_roster(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """Publish what is approved; everybody on it is told, the level above gets it (R-DUT-4)."""
    actor = reader(request, "matters:write")
    row = a_roster(request, pk)
    return once(
        request, key, lambda: (200, shaping.roster(publish(row, actor=actor, at=request.now)))
    )


@router.post("/duty/rosters/{uuid:pk}/draft", response={200: RosterLine} | WRITE)
def take_roster_back(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """A draft again. Stopping the solver is the keeper's; what is approved or published is taken
    back by the secretary-general in person, open swaps lapse."""
    actor = reader(request, "matters:write")
    row = a_roster(request, pk)
    return once(
        request, key, lambda: (200, shaping.roster(take_back(row, actor=actor, at=request.now)))
    )
