"""Publications, issues, items, press items and the year's figures by API: list, read, collect or
correct an item, move an issue on, note or correct a press item. Files are added on the pages."""

from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Status

from luoshi.desks.publications import rules
from luoshi.desks.publications.api import shaping
from luoshi.desks.publications.api.schemas import (
    Figures,
    IssueOut,
    Issues,
    ItemWord,
    KindWord,
    LevelWord,
    PieceFix,
    PieceIn,
    PieceOut,
    Pieces,
    PieceWords,
    Press,
    PressFix,
    PressIn,
    PressOut,
    Publications,
    StateWord,
    StepIn,
)
from luoshi.desks.publications.domain.issue.producing import back, forward
from luoshi.desks.publications.domain.item.collecting import NOT_KEPT, Piece, collect, edit
from luoshi.desks.publications.domain.noting import Printed, correct, note
from luoshi.desks.publications.domain.queries import figures as numbers
from luoshi.desks.publications.domain.queries import listing
from luoshi.desks.publications.domain.queries.narrowing import Filters
from luoshi.desks.publications.models import Issue, Item, PressItem, Publication
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key, Line
from luoshi.supervision.matters.domain.queries.fetching import visible

router = Router(tags=["publications"])
LIMIT = Query(50, ge=1, le=100)
YEAR = Query(None, ge=2000, le=2098)


def reader(request: OfficeRequest, scope: str) -> Actor:
    """Who reads the pages of this desk."""
    actor = scoped(request, scope)
    ensure(rules.may_see(actor))
    return actor


@router.get("/publications", response={200: Publications} | READ)
def list_publications(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """The office's publications."""
    rows = listing.publications(reader(request, "matters:read"))
    found = page(rows, order=("title", "id"), cursor=cursor, size=limit)
    items = [shaping.publication(row) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.get("/publications/figures", response={200: Figures} | READ)
def read_figures(request: OfficeRequest, year: int | None = YEAR) -> Any:
    """The year for the review: by publication, by kind, press items by level."""
    actor = reader(request, "matters:read")
    when = year or office_date(request.now).year
    lines = numbers.by_publication(actor, when)
    levels = numbers.by_level(actor, when)
    return {
        "year": when,
        "publications": [
            {"id": str(line["row"].pk), "title": line["row"].title, "kind": line["row"].kind}
            | said(line)
            for line in lines
        ],
        "kinds": [{"kind": kind} | said(sums) for kind, sums in numbers.by_kind(lines)],
        "total": numbers.totals(lines),
        "press": [{"level": key, "items": count} for key, _label, count in levels],
        "press_total": sum(count for _key, _label, count in levels),
    }


def said(line: dict[str, Any]) -> dict[str, int]:
    """The numbers of a line."""
    return {name: line[name] for name in numbers.NUMBERS}


@router.get("/publications/issues", response={200: Issues} | READ)
def list_issues(
    request: OfficeRequest,
    publication: UUID | None = None,
    kind: KindWord | None = None,
    state: StateWord | None = None,
    year: int | None = YEAR,
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """Issues, the latest first; `year` of planning, with `state=out` of coming out."""
    actor = reader(request, "matters:read")
    filters = Filters(year=year, kind=kind or "", state=state or "", publication=publication)
    rows = listing.issues(actor, filters)
    found = page(rows, order=listing.ISSUE_ORDER, cursor=cursor, size=limit)
    items = [shaping.issue_line(row, request.now) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


def an_issue(actor: Actor, pk: UUID) -> Issue:
    """The issue in the token's sight."""
    rows = Issue.objects.select_related("publication", "office", "paper__file")
    row: Issue = visible(rows, actor, pk)
    return row


@router.get("/publications/issues/{uuid:pk}", response={200: IssueOut} | READ)
def read_issue(request: OfficeRequest, pk: UUID) -> Any:
    """One issue with its items in order and its steps."""
    return shaping.issue(an_issue(reader(request, "matters:read"), pk), request.now)


@router.post("/publications/issues/{uuid:pk}/steps", response={200: IssueOut} | WRITE)
def move_issue(request: OfficeRequest, pk: UUID, body: StepIn, key: Key = KEY) -> Any:
    """Move an issue on or back; once it is out its paper is frozen (S2-28)."""
    actor = reader(request, "matters:write")
    row = an_issue(actor, pk)
    by: dict[str, Any] = {"seen": body.seen, "actor": actor, "at": request.now}

    def act() -> tuple[int, Any]:
        if body.act == "forward":
            forward(issue=row, **by)
        else:
            back(issue=row, reason=body.reason, **by)
        return 200, shaping.issue(an_issue(actor, pk), request.now)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.get("/publications/items", response={200: Pieces} | READ)
def list_items(
    request: OfficeRequest,
    publication: UUID | None = None,
    issue: UUID | None = None,
    kind: KindWord | None = None,
    state: ItemWord | None = None,
    stock: bool = False,
    year: int | None = YEAR,
    printed: int | None = YEAR,
    text: Line = "",
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """Items, the latest first; `year` of collecting, `printed` in issues out in that year."""
    actor = reader(request, "matters:read")
    filters = Filters(
        year=year,
        kind=kind or "",
        state=state or "",
        publication=publication,
        issue=issue,
        stock=stock,
        printed=printed,
        text=text[:60].strip(),
    )
    rows = listing.items(actor, filters)
    found = page(rows, order=listing.ITEM_ORDER, cursor=cursor, size=limit)
    total = rows.order_by().aggregate(total=Sum("characters", default=0))["total"]
    items = [shaping.item_line(row) for row in found.rows]
    return {"characters": total, "items": items, "next": found.next_cursor or None}


@router.get("/publications/items/{uuid:pk}", response={200: PieceOut} | READ)
def read_item(request: OfficeRequest, pk: UUID) -> Any:
    """One item with its text."""
    rows = Item.objects.select_related("publication", "issue__publication")
    return shaping.item(visible(rows, reader(request, "matters:read"), pk))


@router.post("/publications/items", response={201: PieceOut} | WRITE)
def collect_item(request: OfficeRequest, body: PieceIn, key: Key = KEY) -> Any:
    """Collect an item for an issue or for the stock."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_keep(actor))

    def act() -> tuple[int, Any]:
        publication = chosen(Publication.objects, actor, body.publication, "publication")
        made = collect(
            publication=publication,
            piece=piece_of(body),
            issue=issue_of(body, actor),
            actor=actor,
            at=request.now,
        )
        return 201, shaping.item(made)

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.put("/publications/items/{uuid:pk}", response={200: PieceOut} | WRITE)
def correct_item(request: OfficeRequest, pk: UUID, body: PieceFix) -> Any:
    """Write an item anew, or move it. Refused: a stale revision, an issue printed or out."""
    actor = reader(request, "matters:write")
    made = edit(
        item=visible(Item.objects.select_related("issue"), actor, pk),
        piece=piece_of(body),
        issue=issue_of(body, actor),
        revision=body.revision,
        actor=actor,
        at=request.now,
    )
    return shaping.item(made)


def issue_of(body: PieceWords, actor: Actor) -> Issue | None:
    """The issue it goes into; none = the stock."""
    rows = Issue.objects.select_related("publication", "office")
    found: Issue | None = chosen(rows, actor, body.issue, "issue") if body.issue else None
    return found


def chosen(rows: Any, actor: Actor, pk: UUID, field: str) -> Any:
    """A row of the own office; refused by its field, as a choice that is not in the list."""
    found = rows.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Invalid(NOT_KEPT, {field: [_("Choose one of the list.")]})
    return found


def piece_of(body: PieceWords) -> Piece:
    """The body as a piece; numbers as the form types them."""
    given = body.dict(exclude={"publication", "issue", "revision"})
    for name in ("characters", "first_page", "last_page"):
        given[name] = "" if given[name] is None else str(given[name])
    return Piece(**given)


@router.get("/publications/press", response={200: Press} | READ)
def list_press(
    request: OfficeRequest,
    level: LevelWord | None = None,
    year: int | None = YEAR,
    text: Line = "",
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """Press items, the latest first; `year` of appearing."""
    actor = reader(request, "matters:read")
    rows = listing.press(actor, Filters(year=year, level=level or "", text=text[:60].strip()))
    found = page(rows, order=listing.PRESS_ORDER, cursor=cursor, size=limit)
    return {"items": [shaping.press(row) for row in found.rows], "next": found.next_cursor or None}


@router.get("/publications/press/{uuid:pk}", response={200: PressOut} | READ)
def read_press(request: OfficeRequest, pk: UUID) -> Any:
    """One press item."""
    return shaping.press(visible(PressItem.objects, reader(request, "matters:read"), pk))


@router.post("/publications/press", response={201: PressOut} | WRITE)
def note_press(request: OfficeRequest, body: PressIn, key: Key = KEY) -> Any:
    """Note what the press carried; the same item twice is refused (S2-51)."""
    actor = scoped(request, "matters:write")

    def act() -> tuple[int, Any]:
        return 201, shaping.press(note(Printed(**body.dict()), actor=actor, at=request.now))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)


@router.put("/publications/press/{uuid:pk}", response={200: PressOut} | WRITE)
def correct_press(request: OfficeRequest, pk: UUID, body: PressFix) -> Any:
    """Write a press item anew; a stale revision is refused."""
    actor = reader(request, "matters:write")
    made = correct(
        press=visible(PressItem.objects, actor, pk),
        printed=Printed(**body.dict(exclude={"revision"})),
        revision=body.revision,
        actor=actor,
        at=request.now,
    )
    return shaping.press(made)
