"""The scoring laboratory by API: rules as versions, the draft ranking, other weights on the same
facts (B22), recorded facts. Writing rules, recording, publishing, objecting and answering are a
person's: the routes exist and refuse tokens with that reason."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor, Problem
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.api.rankings import router
from luoshi.supervision.appraisal.domain.computing import played, weights_of
from luoshi.supervision.appraisal.domain.objecting import object_to
from luoshi.supervision.appraisal.domain.periods import Period, period_of
from luoshi.supervision.appraisal.domain.publishing import publish
from luoshi.supervision.appraisal.domain.queries.showing import publications_for
from luoshi.supervision.appraisal.domain.recording import record_fact
from luoshi.supervision.appraisal.domain.scoring import EXAMPLE, Standing, Weight, Weights
from luoshi.supervision.appraisal.domain.simulating import Move, compare
from luoshi.supervision.appraisal.domain.versioning import draft_version, usable
from luoshi.supervision.appraisal.enums import FactKind
from luoshi.supervision.appraisal.models import PublishedScore, RecordedFact, ScoringVersion
from luoshi.supervision.matters.api.schemas import WRITE, Decision, Given, Line

PERSON = {403: Problem} | WRITE
PeriodKey = Annotated[str, StringConstraints(max_length=7)]
Points = Annotated[Decimal, Field(ge=-999, le=999, max_digits=5, decimal_places=1)]


class WeightOut(Schema):
    """Points of one fact and the most a kind may bring or cost."""

    kind: str
    points: str
    cap: str | None


class ScoringRulesOut(Schema):
    """One version; `used` = a ranking was published by it, so it stays as it is (R-SUP-8)."""

    number: int
    title: str
    basis: str
    base: str
    floor: str
    objection_workdays: int
    used: bool
    weights: list[WeightOut]


class ScoringRules(Schema):
    """The versions of the token's office, the latest first."""

    items: list[ScoringRulesOut]


class WeightIn(Given):
    """Points of one kind of fact; a kind not named counts nothing."""

    kind: Line
    points: Points
    cap: Annotated[Decimal, Field(ge=0, le=999, max_digits=5, decimal_places=1)] | None = None


class WeightsIn(Given):
    """Weights to try on a period."""

    period: PeriodKey
    base: Annotated[Decimal, Field(gt=0, le=1000, max_digits=5, decimal_places=1)]
    floor: Annotated[Decimal, Field(ge=0, le=1000, max_digits=5, decimal_places=1)] = Decimal(0)
    weights: list[WeightIn] = Field(max_length=30)


class ScoringRulesIn(WeightsIn):
    """A new version of the scoring rules; `period` is not kept."""

    title: Line
    basis: Line
    objection_workdays: int = Field(5, ge=1, le=60)


class RankShiftOut(Schema):
    """A unit before and after; `why` = kinds whose points changed, by how much."""

    unit: str
    group: str
    rank_before: int
    rank_after: int
    score_before: str
    score_after: str
    places: int
    why: dict[str, str]


class ShiftsOut(Schema):
    """Who moves and why; `frozen` = the rows of the published ranking were used."""

    period: str
    frozen: bool
    moved: int
    items: list[RankShiftOut]


class FactIn(Given):
    """A fact no other room knows; the unit by code."""

    kind: Line
    unit: Line
    happened_on: date
    reason: Line
    reference: Line


class FactOut(Schema):
    """A recorded fact."""

    id: UUID
    kind: str
    unit: str
    happened_on: date
    reason: str
    reference: str
    recorded_by: str
    withdrawn: bool


class Facts(Schema):
    """One page of facts."""

    items: list[FactOut]
    next: str | None


class PublishingIn(Given):
    """The period and the version to publish by, and why a published one is corrected."""

    period: PeriodKey
    version: int = Field(ge=1, le=9999)
    reason: Line = ""


def shaped(row: ScoringVersion) -> dict[str, Any]:
    """A version as a JSON object."""
    found = weights_of(row)
    return {
        "number": row.number,
        "title": row.title,
        "basis": row.basis,
        "base": str(row.base),
        "floor": str(row.floor),
        "objection_workdays": row.objection_workdays,
        "used": row.used_at is not None,
        "weights": [
            {
                "kind": kind,
                "points": str(one.points),
                "cap": None if one.cap is None else str(one.cap),
            }
            for kind, one in sorted(found.items.items())
        ],
    }


def typed(body: WeightsIn) -> Weights:
    """The weights of a body; an unknown kind is refused."""
    items = {one.kind: Weight(one.points, one.cap) for one in body.weights}
    wrong = [kind for kind, one in items.items() if kind not in FactKind.values or not usable(one)]
    if wrong:
        text = _("Choose one of the listed kinds.")
        raise Invalid(_("Not usable."), {"weights": [text]})
    return Weights(body.base, body.floor, items)


def in_force(unit_id: UUID | None) -> Weights:
    """The office's latest weights, else the shipped example."""
    last = ScoringVersion.objects.filter(office_id=unit_id).order_by("-number").first()
    return weights_of(last) if last else EXAMPLE


def shift(move: Move) -> dict[str, Any]:
    """A move as a JSON object."""
    before: Standing = move.before
    return {
        "unit": move.after.name,
        "group": str(move.after.group),
        "rank_before": before.rank,
        "rank_after": move.after.rank,
        "score_before": str(before.score),
        "score_after": str(move.after.score),
        "places": move.places,
        "why": {line.kind: str(points) for line, points in move.why},
    }


@router.get("/scoring-rules", response={200: ScoringRules} | READ)
def list_scoring_rules(request: OfficeRequest) -> Any:
    """The versions of the scoring rules with their weights (R-SUP-8)."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_prepare(actor))
    rows = ScoringVersion.objects.filter(office_id=actor.unit_id).prefetch_related("items")
    return {"items": [shaped(row) for row in rows.order_by("-number")[:50]]}


@router.post("/scoring-rules", response=PERSON)
def draft_scoring_rules(request: OfficeRequest, body: ScoringRulesIn) -> Any:
    """Write the next version: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    draft_version(
        title=body.title,
        basis=body.basis,
        weights=typed(body),
        objection_workdays=body.objection_workdays,
        actor=actor,
        at=request.now,
    )


@router.post("/rankings/simulation", response={200: ShiftsOut} | READ)
def simulate_ranking(request: OfficeRequest, body: WeightsIn) -> Any:
    """Other weights on a period: who moves and why; nothing is saved (B22)."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_prepare(actor))
    period: Period = period_of(body.period)
    office = Unit.objects.get(pk=actor.unit_id)
    rows = publications_for(actor).filter(period=period.key, office=office)
    frozen = rows.order_by("-edition").first()
    before, after = (
        played(weights, frozen, office, period, request.now)
        for weights in (in_force(actor.unit_id), typed(body))
    )
    moves = compare(before, after)
    return {
        "period": period.key,
        "frozen": frozen is not None,
        "moved": sum(1 for one in moves if one.places),
        "items": [shift(one) for one in moves],
    }


@router.post("/rankings", response=PERSON)
def publish_ranking(request: OfficeRequest, body: PublishingIn) -> Any:
    """Publish: the secretary-general in person, refused to tokens."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_publish(actor))
    rows = ScoringVersion.objects.filter(office_id=actor.unit_id, number=body.version)
    version = rows.first()
    if version is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    publish(
        period=period_of(body.period),
        version=version,
        reason=body.reason,
        actor=actor,
        at=request.now,
    )


@router.post("/rankings/{uuid:pk}/objection", response=PERSON)
def object_to_score(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Object to one's own score: a person of the unit, refused to tokens."""
    actor = scoped(request, "reports:write")
    ensure(rules.may_read(actor))
    rows = PublishedScore.objects.select_related("publication")
    row = rows.filter(publication__in=publications_for(actor), publication=pk, unit=actor.unit_id)
    score = row.first()
    if score is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    object_to(score=score, text=body.reason, actor=actor, at=request.now)


@router.get("/appraisal-facts", response={200: Facts} | READ)
def list_appraisal_facts(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Facts the office recorded, the latest first, withdrawn ones among them."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_prepare(actor))
    rows = RecordedFact.objects.filter(office_id=actor.unit_id).select_related("unit")
    found = page(rows, order=("-happened_on", "id"), cursor=cursor, size=limit)
    items = [
        {
            "id": str(row.pk),
            "kind": row.kind,
            "unit": str(row.unit),
            "happened_on": row.happened_on.isoformat(),
            "reason": row.reason,
            "reference": row.reference,
            "recorded_by": row.recorded_by_name,
            "withdrawn": row.withdrawn_at is not None,
        }
        for row in found.rows
    ]
    return {"items": items, "next": found.next_cursor or None}


@router.post("/appraisal-facts", response=PERSON)
def record_appraisal_fact(request: OfficeRequest, body: FactIn) -> Any:
    """Record a fact with its source: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_work(actor))
    unit = Unit.objects.filter(code=body.unit).first()
    given = body.dict(exclude={"unit"})
    record_fact(**given, unit=unit, actor=actor, at=request.now)
