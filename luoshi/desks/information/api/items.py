"""Ordinary information by API: list, read, submit. Reviewing and issuing are a person's."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema, Status

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.submitting import Sent, submit
from luoshi.desks.information.domain.items.wording import Words
from luoshi.desks.information.domain.queries.items import ORDER, Filters, items
from luoshi.desks.information.models import Item
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.foundation.organizations.domain.repeating import once_by_key
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Given, Key, Line, LongText
from luoshi.supervision.matters.api.shaping import instant
from luoshi.supervision.matters.domain.queries.fetching import visible

router = Router(tags=["information"])
Kind = Literal["information", "opinion"]


class ItemLine(Schema):
    """An item as a list shows it; dates are those of the first time."""

    id: UUID
    number: str
    kind: Kind
    channel: str
    title: str
    topic: str
    unit: str
    author: str
    state: str
    submitted_at: datetime
    issued_on: date | None
    adopted_on: date | None
    instructed_on: date | None
    handled_on: date | None


class AdoptionOut(Schema):
    """Who printed it, where, when."""

    tier: str
    adopter: str
    publication: str
    issue: str
    merged: bool
    on: date


class ItemOut(ItemLine):
    """An item with its words and what became of it."""

    text: str
    analysis: str
    suggestion: str
    version: int
    reason: str
    about: list[str]
    issues: list[str]
    adoptions: list[AdoptionOut]


class Items(Schema):
    """One page of items."""

    items: list[ItemLine]
    next: str | None


class ItemIn(Given):
    """An item to submit; `about` holds unit codes. A social-opinion item needs analysis and
    suggestion and at most 1,500 characters (R-INF-5)."""

    kind: Kind = "information"
    title: Line
    text: LongText
    analysis: LongText = ""
    suggestion: LongText = ""
    topic: Line = ""
    about: list[Line] = []
    to: UUID | None = None
    research: bool = False


def line(row: Item) -> dict[str, Any]:
    """An item as a JSON object of the list."""
    days = ("issued_on", "adopted_on", "instructed_on", "handled_on")
    return {
        "id": str(row.pk),
        "number": row.number,
        "kind": row.kind,
        "channel": row.channel,
        "title": row.title,
        "topic": row.topic,
        "unit": row.unit_name,
        "author": row.author_name,
        "state": row.state,
        "submitted_at": instant(row.submitted_at),
        **{name: day.isoformat() if (day := getattr(row, name)) else None for name in days},
    }


def shaped(row: Item) -> dict[str, Any]:
    """An item as a JSON object of its own."""
    out = row.entries.filter(issue__number__isnull=False).select_related("issue__series")
    adoptions = row.adoptions.order_by("on", "noted_at")
    return line(row) | {
        "text": row.text,
        "analysis": row.analysis,
        "suggestion": row.suggestion,
        "version": row.version,
        "reason": row.reason,
        "about": list(row.about.order_by("code").values_list("code", flat=True)),
        "issues": [str(one.issue) for one in out.order_by("issue__issued_at")],
        "adoptions": [
            {
                "tier": one.tier,
                "adopter": one.adopter_name,
                "publication": one.publication,
                "issue": one.issue,
                "merged": one.merged,
                "on": one.on.isoformat(),
            }
            for one in adoptions
        ],
    }


def units_of(codes: list[str]) -> list[Unit]:
    """The units of these codes. Refused: codes nobody has."""
    found = Unit.objects.in_bulk(codes, field_name="code")
    if missing := [code for code in codes if code not in found]:
        why = _("No unit is called “%(name)s”.") % {"name": missing[0][:40]}
        raise Invalid(_("Not submitted."), {"about": [why]})
    return [found[code] for code in codes]


@router.get("/information-items", response={200: Items} | READ)
def list_items(
    request: OfficeRequest, cursor: Cursor = "", limit: int = Query(50, ge=1, le=100)
) -> Any:
    """Items in the token's sight, the newest first."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_items(actor))
    cut = page(items(actor, Filters()), order=ORDER, cursor=cursor, size=limit)
    return {"items": [line(row) for row in cut.rows], "next": cut.next_cursor or None}


@router.get("/information-items/{uuid:pk}", response={200: ItemOut} | READ)
def read_item(request: OfficeRequest, pk: UUID) -> Any:
    """One item."""
    return shaped(visible(Item.objects, scoped(request, "matters:read"), pk))


@router.post("/information-items", response={201: ItemOut} | WRITE)
def submit_item(request: OfficeRequest, body: ItemIn, key: Key = KEY) -> Any:
    """Submit an item to the office that takes information from the token's unit."""
    actor = scoped(request, "matters:write")

    def act() -> tuple[int, Any]:
        words = Words(body.title, body.text, body.analysis, body.suggestion)
        sent = Sent(
            kind=body.kind,
            to=body.to,
            topic=body.topic,
            about=units_of(body.about),
            research=body.research,
        )
        return 201, shaped(submit(words, sent, actor=actor, at=request.now))

    answer = once_by_key(
        key=key, route=request.path, body=request.body, actor=actor, at=request.now, act=act
    )
    return Status(*answer)
