"""Objections to scores and what is taken back by API: the list with the ids the acts need, answers,
a fact withdrawn or set aside, an unused version changed. Every act is a person's: the routes exist
and refuse tokens with that reason (R-SUP-8)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Schema

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.web.problems import READ
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.api.laboratory import PERSON, ScoringRulesIn, router, typed
from luoshi.supervision.appraisal.domain.objecting import answer
from luoshi.supervision.appraisal.domain.queries.showing import publications_for
from luoshi.supervision.appraisal.domain.recording import set_aside, withdraw_fact
from luoshi.supervision.appraisal.domain.versioning import change_version
from luoshi.supervision.appraisal.models import Objection, RecordedFact, ScoringVersion
from luoshi.supervision.matters.api.schemas import Decision, Given, Line, LongText, UnitOut
from luoshi.supervision.matters.api.shaping import instant, unit


class ScoreAnswerIn(Given):
    """Upheld or dismissed, with the reasons the unit reads."""

    upheld: bool
    reason: LongText


class AsideIn(Given):
    """A fact that is not to be counted: its kind and row as a ranking's lines name them, the unit
    by code, and why."""

    kind: Line
    row_id: UUID
    unit: Line
    reason: Line


class ScoreObjectionOut(Schema):
    """A unit's objection to its score, with its answer; `upheld` is null while it waits."""

    id: UUID
    unit: UnitOut
    text: str
    made_by: str
    made_at: datetime
    upheld: bool | None
    answer: str
    answered_by: str
    answered_at: datetime | None


class ScoreObjections(Schema):
    """The objections to one ranking, the latest first."""

    items: list[ScoreObjectionOut]


def unseen() -> NotVisible:
    """Nothing of that kind in the token's sight."""
    return NotVisible(_("Not found, or outside your scope."), code="not-visible")


@router.get("/rankings/{uuid:pk}/objections", response={200: ScoreObjections} | READ)
def list_score_objections(request: OfficeRequest, pk: UUID) -> Any:
    """What units said against a published ranking: the office reads all, a unit its own."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read(actor))
    if not publications_for(actor).filter(pk=pk).exists():
        raise unseen()
    rows = Objection.objects.filter(score__publication=pk).select_related("score__unit")
    if actor.role in HANDLING_ROLES:
        rows = rows.filter(score__unit=actor.unit_id)
    return {
        "items": [
            {
                "id": str(row.pk),
                "unit": unit(row.score.unit),
                "text": row.text,
                "made_by": row.made_by_name,
                "made_at": instant(row.made_at),
                "upheld": row.upheld,
                "answer": row.answer,
                "answered_by": row.answered_by_name,
                "answered_at": instant(row.answered_at),
            }
            for row in rows.order_by("-made_at", "pk")
        ]
    }


@router.post("/ranking-objections/{uuid:pk}/answer", response=PERSON)
def answer_score_objection(request: OfficeRequest, pk: UUID, body: ScoreAnswerIn) -> Any:
    """Uphold or dismiss: a person who did not publish the ranking, refused to tokens."""
    actor = scoped(request, "matters:write")
    rows = Objection.objects.select_related("score__publication")
    row = rows.filter(pk=pk, score__publication__in=publications_for(actor)).first()
    if row is None:
        raise unseen()
    answer(objection=row, upheld=body.upheld, words=body.reason, actor=actor, at=request.now)


@router.post("/appraisal-facts/{uuid:pk}/withdrawal", response=PERSON)
def withdraw_appraisal_fact(request: OfficeRequest, pk: UUID, body: Decision) -> Any:
    """Take a recorded fact back, with the reason: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_prepare(actor))
    row = RecordedFact.objects.filter(pk=pk, office_id=actor.unit_id).first()
    if row is None:
        raise unseen()
    withdraw_fact(row=row, reason=body.reason, actor=actor, at=request.now)


@router.post("/appraisal-facts/set-aside", response=PERSON)
def set_fact_aside(request: OfficeRequest, body: AsideIn) -> Any:
    """Do not count a fact from now on: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_work(actor))
    found = Unit.objects.filter(code=body.unit).first()
    if found is None:
        raise unseen()
    set_aside(
        kind=body.kind,
        row_id=body.row_id,
        unit=found,
        reason=body.reason,
        actor=actor,
        at=request.now,
    )


@router.put("/scoring-rules/{int:number}", response=PERSON)
def change_scoring_rules(request: OfficeRequest, number: int, body: ScoringRulesIn) -> Any:
    """Change a version no ranking was published by: a person's decision, refused to tokens."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_prepare(actor))
    version = ScoringVersion.objects.filter(office_id=actor.unit_id, number=number).first()
    if version is None:
        raise unseen()
    change_version(
        version=version,
        title=body.title,
        basis=body.basis,
        weights=typed(body),
        objection_workdays=body.objection_workdays,
        actor=actor,
        at=request.now,
    )
