"""Scores by API: the ranking of a year and the items behind its numbers, a month as it stands or as
it was published, the weights, their replay (R-INF-6, B22). Publishing a sheet and setting weights
are the secretary-general's in person: a token is refused."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Router

from luoshi.desks.information import rules
from luoshi.desks.information.api.acting import LIMIT, YEAR, book_reader, of_office, once
from luoshi.desks.information.api.score_schemas import (
    CountedItems,
    ItemWeightsIn,
    MonthScores,
    MonthWord,
    Ranked,
    ReplayIn,
    ReplayOut,
    ScoreSheets,
    SheetIn,
    Standings,
    Weights,
    YearRanking,
)
from luoshi.desks.information.domain.queries import year as years
from luoshi.desks.information.domain.queries.scores import (
    Fact,
    a_month,
    facts_seen,
    month_of,
    place,
    sheet_for,
    sheets_of,
    standings,
    weights_of,
)
from luoshi.desks.information.domain.running.points import COUNTS, moved, points, sheet
from luoshi.desks.information.domain.running.scoring import (
    digest_of,
    publish_sheet,
    set_weights,
)
from luoshi.desks.information.models import ScoreSheet, WeightVersion
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import cut
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key
from luoshi.supervision.matters.api.shaping import instant

router = Router(tags=["information"])
SCORES = "/information-scores"
NEWEST, VERSIONS = 24, 10


def lines_of(found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Ranked lines, their points as numbers."""
    names = ("who", "name", "officer", "rank", *COUNTS)
    return [{name: one[name] for name in names} | {"points": one["points"] / 100} for one in found]


def year_for(request: OfficeRequest, actor: Actor, year: int | None) -> years.Year:
    """A year of the token's office up to today."""
    today = office_date(request.now)
    return years.year_of(actor.unit_id, year or today.year, today)


@router.get(f"{SCORES}/year", response={200: YearRanking} | READ)
def rank_year(request: OfficeRequest, year: int | None = YEAR) -> Any:
    """Units and engaged officers of a year (this one) by their points."""
    found = year_for(request, book_reader(request), year)
    return {
        "year": found.year,
        "version": found.version,
        "months": [str(one) for one in found.sheets],
        "units": lines_of(found.ranking(officers=False)),
        "officers": lines_of(found.ranking(officers=True)),
    }


@router.get(f"{SCORES}/year/items", response={200: CountedItems} | READ)
def list_counted(
    request: OfficeRequest,
    who: Ranked,
    kind: Literal["", "submitted", "issued", "adopted", "instructed"] = "",
    year: int | None = YEAR,
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """The items behind a number of somebody in a year: those that count in a column, or without
    `kind` those that gave points."""
    rows = years.counted(year_for(request, book_reader(request), year), who, kind)
    found = cut(rows, key=years.place, cursor=cursor, size=limit)
    items = [
        {
            "item_id": one["item"],
            "number": one["number"],
            "title": one["title"],
            "on": one["on"],
            "points": one["points"] / 100,
            "what": [fact["what"] for fact in one["facts"]],
        }
        for one in found.rows
    ]
    return {"total": len(rows), "items": items, "next": found.next_cursor or None}


@router.get(SCORES, response={200: ScoreSheets} | READ)
def list_sheets(request: OfficeRequest) -> Any:
    """The office's published sheets, the newest first."""
    rows = sheets_of(book_reader(request).unit_id, ())
    return {
        "items": [
            {
                "id": str(row.pk),
                "month": str(row),
                "published_at": instant(row.published_at),
                "published_by": row.published_by_name,
            }
            for row in rows
        ]
    }


@router.get(f"{SCORES}/own", response={200: Standings} | READ)
def list_standings(request: OfficeRequest) -> Any:
    """Where the token's unit stands on the newest published sheets (S2-58)."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_items(actor))
    return {
        "items": [
            {
                "sheet_id": str(one["sheet"].pk),
                "month": str(one["sheet"]),
                "office": str(one["sheet"].office),
                "rank": one["line"]["rank"],
                "among": one["among"],
                "points": one["line"]["points"] / 100,
            }
            for one in standings(actor, NEWEST)
        ]
    }


@router.get(f"{SCORES}/month", response={200: MonthScores} | READ)
def read_month(
    request: OfficeRequest, month: MonthWord | None = None, cursor: Cursor = "", limit: int = LIMIT
) -> Any:
    """A month (this one) as it stands now, or as it was published; `cursor` pages the facts."""
    actor = book_reader(request)
    chosen = a_month(month or "", office_date(request.now).replace(day=1))
    facts, sheets = month_of(actor.unit_id, chosen)
    if kept := next((one for one in sheets if one.month == chosen), None):
        return published(actor, kept.pk, cursor, limit)
    version, weights = weights_of(actor.unit_id)
    given = {"month": f"{chosen:%Y-%m}", "sheet_id": None, "version": version}
    said = given | {"lines": lines_of(sheet(facts, weights)), "sha256": "", "intact": None}
    return said | counted(facts, weights, cursor, limit)


def published(actor: Actor, pk: UUID, cursor: str, size: int) -> dict[str, Any]:
    """A sheet; who submits reads the ranking and what was counted of the own items."""
    row, names = sheet_for(actor, pk)
    facts = row.facts if names is None else facts_seen(row, actor, names)
    again = sheet(row.facts, row.weights)
    return {
        "month": str(row),
        "sheet_id": str(row.pk),
        "version": row.version,
        "lines": lines_of(row.lines),
        "sha256": row.digest,
        "intact": again == row.lines and digest_of(row) == row.digest,
        **counted(facts, row.weights, cursor, size),
    }


def counted(
    facts: Iterable[Fact], weights: Mapping[str, int], cursor: str, size: int
) -> dict[str, Any]:
    """The weights, and one page of the facts that gave points."""
    gave = [one for one in facts if one["what"] != "submitted"]
    found = cut(gave, key=place, cursor=cursor, size=size)
    names = ("who", "name", "number", "title", "what", "on", "research", "merged")
    rows = [
        {name: one[name] for name in names}
        | {"item_id": one["item"], "points": points(one, weights) / 100}
        for one in found.rows
    ]
    return {"weights": dict(weights), "facts": rows, "next": found.next_cursor or None}


@router.post(SCORES, response={201: MonthScores} | WRITE)
def publish_month(request: OfficeRequest, body: SheetIn, key: Key = KEY) -> Any:
    """Freeze a month: the secretary-general in person; a token is refused."""
    actor = book_reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        month = date.fromisoformat(f"{body.month}-01")
        made = publish_sheet(month=month, actor=actor, at=request.now)
        return 201, published(actor, made.pk, "", 50)

    return once(request, key, act)


@router.get(f"{SCORES}/weights", response={200: Weights} | READ)
def read_weights(request: OfficeRequest) -> Any:
    """The weights in force, and their versions."""
    return weights_said(book_reader(request))


def weights_said(actor: Actor) -> dict[str, Any]:
    """The weights of the office; two queries."""
    version, weights = weights_of(actor.unit_id)
    rows = WeightVersion.objects.filter(office_id=actor.unit_id).order_by("-version")
    kept = [
        {
            "version": row.version,
            "weights": row.weights,
            "basis": row.basis,
            "by": row.made_by_name,
            "at": instant(row.made_at),
        }
        for row in rows[:VERSIONS]
    ]
    return {"version": version, "weights": dict(weights), "versions": kept}


@router.post(f"{SCORES}/weights", response={201: Weights} | WRITE)
def set_new_weights(request: OfficeRequest, body: ItemWeightsIn, key: Key = KEY) -> Any:
    """The next version: the secretary-general in person; a token is refused."""
    actor = book_reader(request, "matters:write")

    def act() -> tuple[int, Any]:
        weights = {**weights_of(actor.unit_id)[1], **body.weights}
        set_weights(weights=weights, basis=body.basis, actor=actor, at=request.now)
        return 201, weights_said(actor)

    return once(request, key, act)


@router.get(f"{SCORES}/{{uuid:pk}}", response={200: MonthScores} | READ)
def read_sheet(request: OfficeRequest, pk: UUID, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """A published sheet; who submits reads the ranking and what was counted of the own items."""
    return published(scoped(request, "matters:read"), pk, cursor, limit)


@router.post(f"{SCORES}/{{uuid:pk}}/replay", response={200: ReplayOut} | READ)
def replay_sheet(request: OfficeRequest, pk: UUID, body: ReplayIn) -> Any:
    """The same facts by other weights: who moves, and why (B22). Nothing is saved."""
    row = of_office(ScoreSheet.objects, book_reader(request), pk)
    found = moved(row.facts, row.weights, row.weights | dict(body.weights))
    return {
        "month": str(row),
        "lines": [
            shaped
            | {"old_points": one["old_points"] / 100, "old_rank": one["old_rank"]}
            | {"moved": one["moved"], "why": {name: n / 100 for name, n in one["why"]}}
            for one, shaped in zip(found, lines_of(found), strict=True)
        ],
    }
