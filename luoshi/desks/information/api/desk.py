"""The information desk by API: engaged officers, quotas, topics (约稿), the figures of a year.
Engaging somebody opens the system to an account: a person does it, a token is refused."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from ninja import Router

from luoshi.desks.information import rules
from luoshi.desks.information.api.acting import (
    LIMIT,
    YEAR,
    book_reader,
    of_office,
    once,
    units_of,
)
from luoshi.desks.information.api.desk_schemas import (
    ClosingIn,
    EngagedList,
    EngagedOut,
    EngagementIn,
    InformationFigures,
    QuotaIn,
    QuotaOut,
    Quotas,
    TopicIn,
    TopicOut,
    Topics,
)
from luoshi.desks.information.domain.queries.channels import officers_of, quotas_of, topics_for
from luoshi.desks.information.domain.queries.sums import NAMES, Line, sums_of
from luoshi.desks.information.domain.running.engaging import (
    Engagement,
    end_engagement,
    engage,
    set_quota,
)
from luoshi.desks.information.domain.running.requesting import Topic, ask_for, close_topic
from luoshi.desks.information.models import EngagedOfficer, TopicRequest
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.problems import READ, Cursor
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.api.tokens import scoped
from luoshi.supervision.matters.api.schemas import KEY, WRITE, Key
from luoshi.supervision.matters.api.shaping import instant

router = Router(tags=["information"])
OFFICERS, QUOTAS = "/engaged-officers", "/information-quotas"
TOPICS = "/information-topics"


def keeper(request: OfficeRequest) -> Actor:
    """Who opens the desk's own lists."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_open_desk(actor))
    return actor


def officer(row: Any, at: datetime) -> dict[str, Any]:
    """A row of `officers_of`."""
    return {
        "id": str(row.pk),
        "name": row.name,
        "unit": str(row.unit or ""),
        "work": row.work,
        "account": row.person.username if row.person else "",
        "since": row.since.isoformat(),
        "until": row.until.isoformat() if row.until else None,
        "quota": row.quota,
        "submitted": row.sent,
        "running": row.holds(office_date(at)),
    }


@router.get(OFFICERS, response={200: EngagedList} | READ)
def list_officers(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """Whom the office has engaged, also those whose engagement has ended."""
    rows = officers_of(keeper(request), office_date(request.now).year)
    found = page(rows, order=("name", "id"), cursor=cursor, size=limit)
    items = [officer(row, request.now) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.post(OFFICERS, response={201: EngagedOut} | WRITE)
def engage_officer(request: OfficeRequest, body: EngagementIn, key: Key = KEY) -> Any:
    """Engage somebody (S3-99): an editor in person; a token is refused."""
    actor, at = scoped(request, "matters:write"), request.now

    def act() -> tuple[int, Any]:
        ensure(rules.may_engage(actor))
        given = body.dict(exclude={"unit", "account"}) | {"username": body.account}
        units = units_of([body.unit], "unit", _("Not engaged: something is missing."))
        unit = units[0] if body.unit else None
        made = engage(Engagement(**given, unit=unit), actor=actor, at=at)
        return 201, officer(officers_of(actor, office_date(at).year).get(pk=made.pk), at)

    return once(request, key, act)


@router.post(f"{OFFICERS}/{{uuid:pk}}/ending", response={200: EngagedOut} | WRITE)
def end_officer(request: OfficeRequest, pk: UUID, key: Key = KEY) -> Any:
    """Today is the last day: an editor in person; a token is refused."""
    actor, at = scoped(request, "matters:write"), request.now

    def act() -> tuple[int, Any]:
        ensure(rules.may_engage(actor))
        held = of_office(EngagedOfficer.objects, actor, pk)
        end_engagement(officer=held, actor=actor, at=at)
        return 200, officer(officers_of(actor, office_date(at).year).get(pk=pk), at)

    return once(request, key, act)


def quota(row: Any) -> dict[str, Any]:
    """A row of `quotas_of`."""
    said = {"unit": row.unit.code, "name": str(row.unit), "year": row.year}
    return said | {"asked": row.count, "submitted": row.sent}


@router.get(QUOTAS, response={200: Quotas} | READ)
def list_quotas(request: OfficeRequest, year: int | None = YEAR) -> Any:
    """What is asked of units in a year (this one), each with how many it sent."""
    when = year or office_date(request.now).year
    rows = quotas_of(keeper(request), when).order_by("unit__sort_key", "pk")
    return {"year": when, "items": [quota(row) for row in rows]}


@router.put(QUOTAS, response={200: QuotaOut} | WRITE)
def put_quota(request: OfficeRequest, body: QuotaIn) -> Any:
    """How many items are asked of a unit in a year."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_set_quota(actor))
    (unit,) = units_of([body.unit], "unit", _("Not changed."))
    row = set_quota(unit=unit, year=body.year, count=body.count, actor=actor, at=request.now)
    return quota(quotas_of(actor, body.year).get(pk=row.pk))


def topic(row: Any, actor: Actor, at: datetime) -> dict[str, Any]:
    """A row of `topics_for`."""
    names = ("topic", "words", "officers", "trace", "closed_words")
    return {name: getattr(row, name) for name in names} | {
        "id": str(row.pk),
        "office": str(row.office),
        "units": row.asked_names,
        "due_at": instant(row.due_at),
        "light": row.light(at).value,
        "asked_at": instant(row.made_at),
        "answers": row.answers if row.office_id == actor.unit_id else None,
        "closed_at": instant(row.closed_at),
    }


@router.get(TOPICS, response={200: Topics} | READ)
def list_topics(request: OfficeRequest, cursor: Cursor = "", limit: int = LIMIT) -> Any:
    """What the office asks for, and what it is asked to write about, the newest first."""
    actor = scoped(request, "matters:read")
    ensure(rules.may_see_items(actor))
    found = page(topics_for(actor), order=("-made_at", "id"), cursor=cursor, size=limit)
    items = [topic(row, actor, request.now) for row in found.rows]
    return {"items": items, "next": found.next_cursor or None}


@router.post(TOPICS, response={201: TopicOut} | WRITE)
def ask_topic(request: OfficeRequest, body: TopicIn, key: Key = KEY) -> Any:
    """Ask units, and the engaged officers, for items on a topic; they are told."""
    actor = scoped(request, "matters:write")

    def act() -> tuple[int, Any]:
        ensure(rules.may_ask_topic(actor))
        units = units_of(body.units, "units", _("Not sent."))
        asked = Topic(**(body.dict() | {"units": units}))
        made = ask_for(asked, actor=actor, at=request.now)
        return 201, topic(topics_for(actor).get(pk=made.pk), actor, request.now)

    return once(request, key, act)


@router.post(f"{TOPICS}/{{uuid:pk}}/closing", response={200: TopicOut} | WRITE)
def end_topic(request: OfficeRequest, pk: UUID, body: ClosingIn, key: Key = KEY) -> Any:
    """No more items are taken on it; what came stays."""
    actor = scoped(request, "matters:write")
    ensure(rules.may_ask_topic(actor))
    row = of_office(TopicRequest.objects, actor, pk)

    def act() -> tuple[int, Any]:
        close_topic(request=row, words=body.words, actor=actor, at=request.now)
        return 200, topic(topics_for(actor).get(pk=pk), actor, request.now)

    return once(request, key, act)


def counts(line: Line) -> dict[str, Any]:
    """The six numbers of a line and its adoption rate in percent."""
    sent = line["submitted"]
    rate = round(line["adopted"] / sent * 100, 1) if sent else None
    return {name: line[name] for name in NAMES} | {"rate": rate}


def sender(line: Line) -> dict[str, Any]:
    """A unit's or an officer's line."""
    one = line["officer_id"]
    who = {"code": None if one else line["code"], "officer_id": str(one) if one else None}
    return counts(line) | who | {"name": line["name"], "quota": line["quota"]}


@router.get("/information-figures", response={200: InformationFigures} | READ)
def read_information_figures(request: OfficeRequest, year: int | None = YEAR) -> Any:
    """A year (this one) by unit, engaged officer and month, with the union that counts once."""
    actor = book_reader(request)
    when = year or office_date(request.now).year
    found = sums_of(actor, when)
    return {
        "year": when,
        "total": counts(found.total),
        "units": [sender(line) for line in found.units],
        "officers": [sender(line) for line in found.officers],
        "months": [counts(line) | {"month": line["month"]} for line in found.months],
    }
