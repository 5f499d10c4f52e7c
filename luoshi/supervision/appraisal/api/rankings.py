"""Published rankings by API, to read: list, and one with its rows."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.api.schemas import RankingOut, Rankings
from luoshi.supervision.appraisal.domain.queries.showing import (
    lines_visible,
    publications_for,
    scores_of,
)
from luoshi.supervision.appraisal.models import Publication, PublishedScore

router = Router(tags=["appraisal"])


@router.get("/rankings", response={200: Rankings} | READ)
def list_rankings(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Published rankings: the office's own, or those a unit stands in; the latest first."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read(actor))
    rows = publications_for(actor)
    found = page(rows, order=("-published_at", "id"), cursor=cursor, size=limit)
    return {"items": [head(row) for row in found.rows], "next": found.next_cursor or None}


@router.get("/rankings/{uuid:pk}", response={200: RankingOut} | READ)
def read_ranking(request: OfficeRequest, pk: UUID) -> Any:
    """One ranking with every unit; the rows behind points only where the actor may open them."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read(actor))
    publication = publications_for(actor).filter(pk=pk).first()
    if publication is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    own = PublishedScore.objects.filter(lines_visible(actor, publication), publication=publication)
    lines = dict(own.values_list("pk", "lines"))
    scores = [score(row, lines.get(row.pk)) for row in scores_of(publication)]
    return head(publication) | {"scores": scores}


def head(row: Publication) -> dict[str, Any]:
    """A ranking in a list."""
    corrected = getattr(row, "corrected_by", None)
    return {
        "id": str(row.pk),
        "office": {"code": row.office.code, "name": str(row.office)},
        "period": row.period,
        "edition": row.edition,
        "version": row.version.number,
        "as_of": row.as_of.isoformat(),
        "published_at": row.published_at.isoformat(),
        "fingerprint": row.fingerprint,
        "reason": row.reason,
        "corrected_by": str(corrected.pk) if corrected else None,
    }


def score(row: PublishedScore, lines: Any) -> dict[str, Any]:
    """A unit's line."""
    return {
        "unit": {"code": row.unit.code, "name": row.unit_name},
        "group": row.group,
        "rank": row.rank,
        "base": str(row.base),
        "deductions": str(row.deductions),
        "additions": str(row.additions),
        "score": str(row.score),
        "no_award": row.no_award,
        "lines": lines,
    }
