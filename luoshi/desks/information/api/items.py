"""Items by API: list, read, submit, send again, edit, merge, what resembles them. Reviewing is a
person's: a token is refused.

An engaged officer has no token: a token acts for a post, and an officer has none (S3-99). What an
officer writes elsewhere the desk's token hands in for the officer (`officer_id`)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from ninja import Query, Router

from luoshi.desks.information import rules
from luoshi.desks.information.api import item_shaping as shaping
from luoshi.desks.information.api.acting import LIMIT, YEAR, an_item, once, units_of
from luoshi.desks.information.api.item_schemas import (
    EditIn,
    ItemIn,
    ItemKindWord,
    ItemMergerIn,
    ItemOut,
    Items,
    ItemVersions,
    JudgementIn,
    Likes,
    TabWord,
    WordingIn,
)
from luoshi.desks.information.domain.items.editing import edit
from luoshi.desks.information.domain.items.joining import join
from luoshi.desks.information.domain.items.reviewing import Judgement, review
from luoshi.desks.information.domain.items.submitting import Sent, resend, submit
from luoshi.desks.information.domain.items.wording import Words
from luoshi.desks.information.domain.queries.items import ORDER, Filters, items
from luoshi.desks.information.domain.queries.likeness import like
from luoshi.desks.information.models import EngagedOfficer, Item, TopicRequest
from luoshi.desks.information.rules.ordinary import not_desk
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key, Line

router = Router(tags=["information"])
ITEMS, ITEM = "/information-items", "/information-items/{uuid:pk}"


@router.get(ITEMS, response={200: Items} | READ)
def list_items(
    request: OfficeRequest,
    show: TabWord | None = None,
    kind: ItemKindWord | None = None,
    unit: Line = "",
    officer: UUID | None = None,
    topic: UUID | None = None,
    year: int | None = YEAR,
    month: int | None = Query(None, ge=1, le=12),
    book: bool = False,
    text: Line = "",
    cursor: Cursor = "",
    limit: int = LIMIT,
) -> Any:
    """Items in the token's sight, the newest first, narrowed as the list of the page: `book` the
    office's own alone, `unit` a unit's code, `topic` the request they answer."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_items(actor))
    filters = Filters(
        show=show or "",
        text=text[:60].strip(),
        kind=kind or "",
        unit=unit[:24],
        by=officer,
        request=topic,
        year=year,
        month=month,
        book=book,
    )
    cut = page(items(actor, filters), order=ORDER, cursor=cursor, size=limit)
    return {"items": [shaping.line(row) for row in cut.rows], "next": cut.next_cursor or None}


@router.get(ITEM, response={200: ItemOut} | READ)
def read_item(request: OfficeRequest, pk: UUID) -> Any:
    """One item with its words and what became of it."""
    actor = scoped(request, "matters:read")
    return shaping.shaped(an_item(actor, pk), actor, request.now)


def told(row: Item, actor: Actor, at: datetime) -> dict[str, Any]:
    """The item as it is after an act; who acted still sees it."""
    return shaping.shaped(an_item(actor, row.pk), actor, at)


@router.post(ITEMS, response={201: ItemOut} | WRITE)
def submit_item(request: OfficeRequest, body: ItemIn, key: Key = KEY) -> Any:
    """Submit an item to the office that takes information from the token's unit."""
    actor = scoped(request, "matters:write")

    def act() -> tuple[int, Any]:
        made = submit(words_in(body), sent_of(body, actor), actor=actor, at=request.now)
        return 201, told(made, actor, request.now)

    return once(request, key, act)


def words_in(body: WordingIn) -> Words:
    """The words of a body."""
    return Words(body.title, body.text, body.analysis, body.suggestion)


def sent_of(body: ItemIn, actor: Actor) -> Sent:
    """How it is sent. Refused by its field: a topic out of sight, an officer of another office."""
    what, unlisted = _("Not submitted."), [_("Choose one of the list.")]
    topic = officer = None
    if body.topic_id is not None:
        topic = TopicRequest.objects.visible_to(actor).filter(pk=body.topic_id).first()
        if topic is None:
            raise Invalid(what, {"topic_id": unlisted})
    if body.officer_id is not None:
        rows = EngagedOfficer.objects.filter(office_id=actor.unit_id)
        officer = rows.filter(pk=body.officer_id).first()
        if officer is None:
            raise Invalid(what, {"officer_id": unlisted})
    return Sent(
        kind=body.kind,
        to=body.to,
        topic=body.topic,
        about=units_of(body.about, "about", what),
        request=topic,
        officer=officer,
        research=body.research,
    )


@router.post(f"{ITEM}/resending", response={200: ItemOut} | WRITE)
def resend_item(request: OfficeRequest, pk: UUID, body: WordingIn, key: Key = KEY) -> Any:
    """Send again what came back, in the words it should have: the unit that sent it."""
    actor = scoped(request, "matters:write")
    row = an_item(actor, pk)

    def act() -> tuple[int, Any]:
        made = resend(item=row, words=words_in(body), actor=actor, at=request.now)
        return 200, told(made, actor, request.now)

    return once(request, key, act)


@router.put(f"{ITEM}/text", response={200: ItemOut} | WRITE)
def edit_item(request: OfficeRequest, pk: UUID, body: EditIn) -> Any:
    """Edit the words as the desk; the former version stays and its author is told. A version
    somebody has replaced meanwhile is refused."""
    actor = scoped(request, "matters:write")
    given: dict[str, Any] = {"why": body.why, "version": body.version}
    row = edit(item=an_item(actor, pk), words=words_in(body), **given, actor=actor, at=request.now)
    return told(row, actor, request.now)


@router.get(f"{ITEM}/versions", response={200: ItemVersions} | READ)
def list_versions(request: OfficeRequest, pk: UUID) -> Any:
    """Every version of its words, the newest first."""
    row = an_item(scoped(request, "matters:read"), pk)
    return {"items": [shaping.version(one) for one in row.versions.order_by("-number")]}


@router.get(f"{ITEM}/similar", response={200: Likes} | READ)
def list_similar(request: OfficeRequest, pk: UUID) -> Any:
    """Items of the book of the last three years that are at least 30 % alike: for the desk that
    keeps it (features row 60)."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_open_desk(actor))
    row = an_item(actor, pk)
    if row.office_id != actor.unit_id:
        ensure(not_desk(_("Not shown.")))
    return shaping.likes(like(row, request.now))


@router.post(f"{ITEM}/review", response={200: ItemOut} | WRITE)
def review_item(request: OfficeRequest, pk: UUID, body: JudgementIn, key: Key = KEY) -> Any:
    """Judge it by the four criteria: an editor in person; a token is refused (S3-93)."""
    actor = scoped(request, "matters:write")
    row = an_item(actor, pk)

    def act() -> tuple[int, Any]:
        judged = Judgement(**body.dict())
        made = review(item=row, judgement=judged, actor=actor, at=request.now)
        return 200, told(made, actor, request.now)

    return once(request, key, act)


@router.post(f"{ITEM}/merger", response={200: ItemOut} | WRITE)
def merge_item(request: OfficeRequest, pk: UUID, body: ItemMergerIn, key: Key = KEY) -> Any:
    """Let it go on in another item of the book, which is answered."""
    actor = scoped(request, "matters:write")
    row = an_item(actor, pk)

    def act() -> tuple[int, Any]:
        ensure(rules.may_merge_items(actor, row))
        into = Item.objects.visible_to(actor).filter(office_id=row.office_id, pk=body.into).first()
        if into is None:
            why = _("Choose another item of this office that goes on.")
            raise Invalid(pgettext_lazy("information", "Not merged."), {"into": [why]})
        kept = join(item=row, into=into, actor=actor, at=request.now)
        return 200, told(kept, actor, request.now)

    return once(request, key, act)
