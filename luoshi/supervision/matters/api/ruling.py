"""Rules and changed limits by API: the catalogue, drafting a change, its preview, the acts that
moved limits. Deciding on a rule is a person's decision and refuses tokens."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status
from pydantic import Field

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.keyset import cut, page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Given, Key, Line
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.queries import moving
from luoshi.supervision.matters.domain.queries.shifting import shift_of
from luoshi.supervision.matters.models import RedatedDuty
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.adopting import refuse, version_of
from luoshi.supervision.rulebook.domain.correcting import corrections, propose_correction
from luoshi.supervision.rulebook.domain.proposing import Change, propose_change, withdraw_change
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.queries.versions import (
    Row,
    catalogue,
    rule_named,
    version_before,
)
from luoshi.supervision.rulebook.domain.vague import words_of
from luoshi.supervision.rulebook.models import RuleProposal

router = Router(tags=["rules"])
ROWS = ("duty__assignment__matter", "duty__assignment__unit")


class RuleOut(Schema):
    """A rule as the office has it. `limit` is printed in Chinese as the catalogue prints it."""

    code: str
    title: str
    version: int
    own: bool
    applies: bool
    limit: str
    deadline: dict[str, Any] | None
    grace_workdays: int
    silence_days: int | None
    content: list[str]
    reports_to: str
    legal_basis: str
    source: str
    regimes: list[str]
    valid_from: date


class Rules(Schema):
    """The catalogue."""

    items: list[RuleOut]


class ChangeIn(Given):
    """A change of a rule, as the page's form takes it."""

    reason: Line
    valid_from: date
    retire: bool = False
    limit: Line = ""
    roll: bool = True
    grace_workdays: int = 0
    silence_days: int | None = None
    skip_first_days: int = 0
    warning_workdays: int = 3
    content: list[Line] = Field(default_factory=list, max_length=10)
    reports_to: Line = ""
    legal_basis: Line = ""
    regimes: list[Line] = Field(default_factory=list, max_length=10)


class CorrectionOut(Schema):
    """What the product corrected in a rule since the office took it over: column → value."""

    rule: str
    version: int
    now: dict[str, Any]
    corrected: dict[str, Any]
    proposal_id: UUID | None


class Corrections(Schema):
    """Corrections the office has not decided on."""

    items: list[CorrectionOut]


class MoveOut(Schema):
    """A limit before and after."""

    duty_id: UUID
    matter_id: UUID
    number: str
    title: str
    unit: str
    change: str
    before: datetime | None
    after: datetime | None
    overdue: bool


class Moves(Schema):
    """Limits before and after; `digest` names the whole list."""

    items: list[MoveOut]
    next: str | None
    counts: dict[str, int] = {}
    digest: str = ""


class LoadOut(Schema):
    """Reports and tables a year a changed rule asks of one share, and of the open shares under it;
    `over` are units that would go over the office's cap."""

    before: int
    after: int
    tables_before: int
    tables_after: int
    shares: int
    units: int
    reports: int
    cap: int
    over: list[dict[str, str | int]]


class RuleDecisionIn(Given):
    """Adopted for what comes, applied to the open duties shown under `digest` as well, or
    refused."""

    verdict: Literal["adopted", "applied", "refused"] = "adopted"
    digest: Line = ""
    reason: Line = ""


class ProposalOut(Schema):
    """A drafted change."""

    id: UUID
    rule: str
    state: str
    reason: str


def shaped(row: Row) -> dict[str, Any]:
    """A rule."""
    version = row.version
    return {
        "code": row.rule.code,
        "title": row.rule.title_zh,
        "version": version.version,
        "own": version.office_id is not None,
        "applies": version.applies,
        "limit": phrase(from_json(version.deadline), "zh") if version.deadline else "",
        "deadline": version.deadline,
        "grace_workdays": version.grace_workdays,
        "silence_days": version.silence_days,
        "content": version.content,
        "reports_to": version.reports_to,
        "legal_basis": version.legal_basis,
        "source": version.source,
        "regimes": row.regimes,
        "valid_from": version.valid_from.isoformat(),
    }


def shaped_line(row: moving.Line) -> dict[str, Any]:
    """A move."""
    return {
        "duty_id": str(row.duty_id),
        "matter_id": str(row.matter_id),
        "number": row.number,
        "title": row.title_zh,
        "unit": row.unit,
        "change": row.change.value,
        "before": instant(row.before),
        "after": instant(row.after),
        "overdue": row.overdue,
    }


class WordOut(Schema):
    """A word of the sources without a number: the working days it means here (null = no date), the
    shipped number with its row, and whether the office typed its own."""

    cue: str
    written: str
    workdays: int | None
    shipped: int | None
    source: str
    own: bool


class Words(Schema):
    """All of them."""

    items: list[WordOut]


@router.get("/rules", response={200: Rules} | READ)
def list_rules(request: OfficeRequest) -> Any:
    """The catalogue as the token's office has it today."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read_rules(actor))
    rows = catalogue(actor.unit_id, office_date(request.now))  # type: ignore[arg-type]
    return {"items": [shaped(row) for row in rows]}


@router.get("/rules/words", response={200: Words} | READ)
def list_words(request: OfficeRequest) -> Any:
    """The words without a number and the working days the token's office gives them (A9)."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read_rules(actor))
    found = words_of(settings_of(actor.unit_id))  # type: ignore[arg-type]
    return {"items": [asdict(one) for one in found]}


@router.post("/rules/proposals/{path:code}", response={201: ProposalOut} | WRITE)
def draft_change(request: OfficeRequest, code: str, body: ChangeIn, key: Key = KEY) -> Any:
    """Draft a change of a rule; the secretary-general decides on it in person."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_draft_rule(actor))
    rule = rule_named(code)
    if rule is None:
        raise unseen()
    given = body.dict()
    numbers = ("grace_workdays", "silence_days", "skip_first_days", "warning_workdays")
    given |= {name: "" if given[name] is None else str(given[name]) for name in numbers}

    def act() -> tuple[int, Any]:
        made = propose_change(rule=rule, change=Change(**given), actor=actor, at=request.now)
        return 201, shaped_proposal(made)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.get("/rules/corrections", response={200: Corrections} | READ)
def list_corrections(request: OfficeRequest) -> Any:
    """What the product corrected in its catalogue and the office has not decided on."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read_rules(actor))
    found = corrections(actor.unit_id, office_date(request.now))  # type: ignore[arg-type]
    items = [
        {
            "rule": one.present.rule.code,
            "version": one.present.version,
            "now": {name: getattr(one.present, name) for name in one.values},
            "corrected": one.values,
            "proposal_id": str(one.proposal.pk) if one.proposal else None,
        }
        for one in found
    ]
    return {"items": items}


@router.post("/rules/corrections/{path:code}", response={201: ProposalOut} | WRITE)
def draft_correction(request: OfficeRequest, code: str, key: Key = KEY) -> Any:
    """Draft the adoption of a correction; the secretary-general decides on it in person."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_draft_rule(actor))
    rule = rule_named(code)
    if rule is None:
        raise unseen()

    def act() -> tuple[int, Any]:
        return 201, shaped_proposal(propose_correction(rule=rule, actor=actor, at=request.now))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


def shaped_proposal(row: RuleProposal) -> dict[str, str]:
    """A drafted change."""
    return {"id": str(row.pk), "rule": row.rule.code, "state": row.state, "reason": row.reason}


def own(request: OfficeRequest, pk: UUID, scope: str) -> RuleProposal:
    """A drafted change of the token's office."""
    actor = scoped(request, scope)
    ensure(rules.may_read_rules(actor))
    rows = RuleProposal.objects.select_related("rule").filter(office_id=actor.unit_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise unseen()
    return found


def unseen() -> NotVisible:
    """No such rule or draft in sight."""
    return NotVisible(_("Not found, or outside your scope."), code="not-visible")


@router.get("/rule-proposals/{uuid:pk}/moves", response={200: Moves} | READ)
def preview_change(
    request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Every open duty the drafted change would move; nothing is written."""
    moved = preview_rule(own(request, pk, "matters:read"), request.now)
    lines = moving.lines_of(moved)
    found = cut(lines, key=lambda row: row.key, cursor=cursor, size=limit)
    counts = moving.totals_of(moved)
    return {
        "items": [shaped_line(row) for row in found.rows],
        "next": found.next_cursor or None,
        "counts": counts,
        "digest": digest_of(moved),
    }


@router.get("/rule-proposals/{uuid:pk}/load", response={200: LoadOut} | READ)
def load_of_change(request: OfficeRequest, pk: UUID) -> Any:
    """What the drafted change adds to the load of units, or saves (B6); nothing is written."""
    found = own(request, pk, "matters:read")
    after = found.made or version_of(found, office_date(request.now))
    before = version_before(found, after)
    load = shift_of(before, after, found.office_id, request.now)
    return asdict(load) | {"reports": load.reports}


@router.post("/rule-proposals/{uuid:pk}/decision", response={403: Problem} | WRITE)
def decide_change(request: OfficeRequest, pk: UUID, body: RuleDecisionIn) -> Any:
    """Adopt or refuse a change: a person's decision, refused to tokens."""
    found = own(request, pk, "matters:write")
    given: dict[str, Any] = {"remark": body.reason, "actor": request.actor, "at": request.now}
    if body.verdict == "refused":
        refuse(proposal=found, **given)
    else:
        applied = body.verdict == "applied"
        rule_in_force(proposal=found, apply_to_open=applied, digest=body.digest, **given)


@router.post("/rule-proposals/{uuid:pk}/withdrawal", response={200: ProposalOut} | WRITE)
def withdraw_drafted_change(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """Take a drafted change back before it is decided."""
    found = own(request, pk, "matters:write")

    def act() -> tuple[int, Any]:
        done = withdraw_change(proposal=found, actor=request.actor, at=request.now)
        return 200, shaped_proposal(done)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=request.actor, at=request.now, act=act
    )
    return Status(*answer)


@router.get("/redatings/{uuid:pk}/moves", response={200: Moves} | READ)
def list_redated(
    request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """The limits in sight that one act moved, with both dates."""
    actor = scoped(request, "matters:read")
    rows = RedatedDuty.objects.visible_to(actor).filter(~Q(change="same"), act_id=pk)
    found = page(rows.select_related(*ROWS), order=("before_at", "id"), cursor=cursor, size=limit)
    items = [shaped_line(moving.line_of(row)) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}
