"""As-of view and what-if by API: no duty is touched; a large question keeps its own answer."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible, Refused
from luoshi.foundation.core.rows.keyset import cut, page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import every_edition
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.insight.horizons.domain import past, running
from luoshi.insight.horizons.domain.asking import AT_ONCE, Question, answer, size
from luoshi.insight.horizons.domain.moments import Moment, moment_of
from luoshi.insight.horizons.models import Trial
from luoshi.supervision.matters.api.ruling import MoveOut, Moves, shaped_line
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Given, Key, Line, UnitOut
from luoshi.supervision.matters.api.shaping import instant, unit
from luoshi.supervision.matters.domain.queries import moving
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Matter, PastMatter
from luoshi.supervision.rulebook import rules

router = Router(tags=["horizons"])


class PastLine(Schema):
    """A matter as known; `light` as of the other axis."""

    id: UUID
    number: str
    title: str
    state: str
    light: str
    turn: str
    lead_unit: UnitOut | None
    due_at: datetime | None
    late_marks: int


class PastList(Schema):
    """The ledger as known."""

    known: datetime
    lit: datetime
    items: list[PastLine]
    next: str | None


class PastDutyLine(Schema):
    """A duty as known."""

    id: UUID
    title: str
    state: str
    light: str
    due_at: datetime | None


class PastMatterOut(PastLine):
    """A matter's page as known."""

    duties: list[PastDutyLine]


class BoardLine(Schema):
    """A unit's lights as known."""

    unit: UnitOut
    red: int
    yellow: int
    green: int
    grey: int
    late_marks: int


class Board(Schema):
    """The board as known."""

    known: datetime
    lit: datetime
    items: list[BoardLine]


def moment(request: OfficeRequest, on: date | None, lit: date | None) -> Moment:
    """The two axes."""
    given = {"on": on.isoformat() if on else "", "lit": lit.isoformat() if lit else ""}
    return moment_of(given, request.now)


def line(row: PastMatter, at: datetime) -> dict[str, Any]:
    """A matter as known."""
    return {
        "id": str(row.matter_id),
        "number": row.number,
        "title": row.title,
        "state": row.state,
        "light": row.light(at).value,
        "turn": row.turn,
        "lead_unit": unit(row.lead_unit) if row.lead_unit else None,
        "due_at": instant(row.overdue_at),
        "late_marks": row.late_marks,
    }


@router.get("/as-of/matters", response={200: PastList} | READ)
def past_matters(
    request: OfficeRequest,
    on: date | None = None,
    lit: date | None = None,
    ended: bool = False,
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """The ledger as it was known at the end of `on`, with the lights of the end of `lit`."""
    actor = scoped(request, "matters:read")
    when = moment(request, on, lit)
    rows = past.ledger(actor, when, ended=ended)
    found = page(rows, order=past.ORDER, cursor=cursor, size=limit)
    return {
        "known": instant(when.known),
        "lit": instant(when.lit),
        "items": [line(row, when.lit) for row in found.rows],
        "next": found.next_cursor or None,
    }


@router.get("/as-of/matters/{uuid:pk}", response={200: PastMatterOut} | READ)
def past_matter(
    request: OfficeRequest, pk: UUID, on: date | None = None, lit: date | None = None
) -> Any:
    """One matter as known."""
    actor = scoped(request, "matters:read")
    found = visible(Matter.objects, actor, pk)
    when = moment(request, on, lit)
    known = past.matter_page(actor, found, when)
    if known is None:
        raise NotVisible(_("Nothing was known of this matter on that day."), code="not-known")
    duties = [
        {
            "id": str(row["duty"].pk),
            "title": row["duty"].title_zh,
            "state": row["row"].state,
            "light": row["light"].value,
            "due_at": instant(row["row"].due_at),
        }
        for row in known.duties
    ]
    return line(known.matter, when.lit) | {"duties": duties}


@router.get("/as-of/board", response={200: Board} | READ)
def past_board(request: OfficeRequest, on: date | None = None, lit: date | None = None) -> Any:
    """The board as known."""
    actor = scoped(request, "matters:read")
    when = moment(request, on, lit)
    names = ("red", "yellow", "green", "grey", "late_marks")
    items = [
        {"unit": unit(row.unit)} | {name: getattr(row, name) for name in names}
        for row in past.board(actor, when)
    ]
    return {"known": instant(when.known), "lit": instant(when.lit), "items": items}


@router.get("/what-if", response={200: Moves} | WRITE)
def what_if(
    request: OfficeRequest,
    kind: str = "reading",
    calendar: str = "",
    rule: str = "",
    limit_words: str = "",
    cursor: Cursor = "",
    limit: int = Query(50, ge=1, le=100),
) -> Any:
    """The office's open limits under another reading, calendar or rule; nothing is saved."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read_rules(actor))
    if size(actor.unit_id, request.now) > AT_ONCE:  # type: ignore[arg-type]
        raise Refused(
            _("Not computed: too many open limits for one answer."),
            next_steps=(_("Ask by POST /what-if/runs; the answer is computed in the background."),),
            code="too-large",
        )
    given = {"kind": kind, "calendar": calendar, "rule": rule, "limit": limit_words, "roll": "1"}
    moved = list(answer(Question.of(given), actor.unit_id, request.now))  # type: ignore[arg-type]
    found = cut(moving.lines_of(moved), key=lambda row: row.key, cursor=cursor, size=limit)
    return {
        "items": [shaped_line(row) for row in found.rows],
        "next": found.next_cursor or None,
        "counts": moving.totals_of(moved),
    }


class RunIn(Given):
    """The question, as `/what-if` takes it."""

    kind: Line = "reading"
    calendar: Line = ""
    rule: Line = ""
    limit_words: Line = ""


class RunOut(Schema):
    """A what-if computed in the background: how far it is; its moves once it is finished."""

    id: UUID
    asked_at: datetime
    asked_by: str
    total: int
    done: int
    finished: bool
    counts: dict[str, int]
    items: list[MoveOut]
    next: str | None


def run_out(row: Trial, cursor: str = "", limit: int = 50) -> dict[str, Any]:
    """A run with a page of its moves."""
    found = page(row.moves.all(), order=("key", "id"), cursor=cursor, size=limit)
    shown = found.rows if row.finished_at else []
    return {
        "id": str(row.pk),
        "asked_at": instant(row.asked_at),
        "asked_by": row.asked_by_name,
        "total": row.total,
        "done": row.done,
        "finished": row.finished_at is not None,
        "counts": row.totals if row.finished_at else {},
        "items": [shaped_line(running.line_again(one)) for one in shown],
        "next": (found.next_cursor or None) if row.finished_at else None,
    }


@router.post("/what-if/runs", response={201: RunOut} | WRITE)
def ask_what_if(request: OfficeRequest, body: RunIn, key: Key = KEY) -> Any:
    """Ask over any number of limits; a job computes the answer, no duty is touched (B4). What was
    asked is kept for the office: a token that may only read is refused."""
    actor = scoped(request, "matters:write")
    given = {"kind": body.kind, "calendar": body.calendar, "rule": body.rule}
    given |= {"limit": body.limit_words, "roll": "1"}

    def act() -> tuple[int, Any]:
        made = running.ask(question=Question.of(given), actor=actor, at=request.now)
        return 201, run_out(made)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.get("/what-if/runs/{uuid:pk}", response={200: RunOut} | READ)
def follow_what_if(
    request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """How far a run of the token's office is, and its moves."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read_rules(actor))
    row = Trial.objects.filter(pk=pk, office_id=actor.unit_id).first()
    if row is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return run_out(row, cursor, limit)


class EditionOut(Schema):
    """A notice about a year's working days; of a year the edition with the greatest number counts,
    the earlier ones stay as evidence (B3)."""

    year: int
    number: int
    notice: str
    published_on: date
    rest_days: list[date]
    work_days: list[date]


class Editions(Schema):
    """Every edition the limits are computed from, the latest year first."""

    items: list[EditionOut]


@router.get("/calendar-editions", response={200: Editions} | READ)
def list_calendar_editions(request: OfficeRequest) -> Any:
    """The notices behind every computed date. A new one is entered by the system administrator on
    the page, after the preview of all open limits it moves; `/what-if` tries one without saving."""
    actor = scoped(request, "matters:read")
    ensure(may_see_business(actor))
    return {
        "items": [
            {
                "year": one.year,
                "number": one.number,
                "notice": one.notice,
                "published_on": one.published.isoformat(),
                "rest_days": [day.isoformat() for day in sorted(one.rest)],
                "work_days": [day.isoformat() for day in sorted(one.work)],
            }
            for one in sorted(every_edition(), key=lambda e: (-e.year, -e.number))
        ]
    }
