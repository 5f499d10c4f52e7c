"""The look-back by API, to read: rounds with their numbers, and the items of one."""

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
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.api.schemas import LookBackItems, LookBackRounds
from luoshi.supervision.lookbacks.domain.queries.showing import SHOWN, items_of, rounds_of
from luoshi.supervision.lookbacks.models import LookBackItem, LookBackRound

router = Router(tags=["look-back"])


@router.get("/lookbacks", response={200: LookBackRounds} | READ)
def list_lookbacks(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """The rounds of the token's office, the latest first, each with its numbers."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read(actor))
    found = page(rounds_of(actor), order=("-year", "id"), cursor=cursor, size=limit)
    return {"items": [round_out(row) for row in found.rows], "next": found.next_cursor or None}


@router.get("/lookbacks/{uuid:pk}/items", response={200: LookBackItems} | READ)
def list_lookback_items(
    request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """The sample of a round in its order."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_read(actor))
    round = rounds_of(actor).filter(pk=pk).first()
    if round is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    rows = items_of(round, "", None)
    found = page(rows, order=("place", "id"), cursor=cursor, size=limit)
    return {"items": [item_out(row) for row in found.rows], "next": found.next_cursor or None}


def round_out(row: LookBackRound) -> dict[str, Any]:
    """A round with the number behind every key."""
    return {
        "id": str(row.pk),
        "year": row.year,
        "state": row.state,
        "seed": row.seed,
        "percent": row.percent,
        "due_on": row.due_on.isoformat(),
        "fixed_at": row.fixed_at.isoformat() if row.fixed_at else None,
        "late_days": row.late_days,
        "concluded": row.concluded,
        "numbers": {key: getattr(row, f"n_{key}") for key in ("items", *SHOWN)},
    }


def item_out(row: LookBackItem) -> dict[str, Any]:
    """One matter of the sample."""
    return {
        "id": str(row.pk),
        "matter_id": str(row.matter_id),
        "matter_number": row.matter.number,
        "place": row.place,
        "grounds": row.grounds,
        "digest": row.digest,
        "state": row.state,
        "checker": row.checker_name,
        "finding": row.finding,
        "method": row.method,
        "evidence": row.evidence,
        "note": row.note,
        "checked_at": row.checked_at.isoformat() if row.checked_at else None,
        "reopened": row.reopening_id is not None,
    }
