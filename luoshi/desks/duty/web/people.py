"""The list of duty, leave, and the way the office is on duty."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.posting.listing import (
    NOT_SAVED,
    Days,
    Entry,
    add_person,
    change_person,
    checked,
    note_leave,
    remove_leave,
)
from luoshi.desks.duty.domain.posting.setting import Wish, set_scheme
from luoshi.desks.duty.domain.posting.setting import checked as checked_wish
from luoshi.desks.duty.domain.queries.finding import a_leave, a_person, own
from luoshi.desks.duty.domain.queries.scheme import Way, scheme_of
from luoshi.desks.duty.enums import LeaderDays, LeaveKind, Post
from luoshi.desks.duty.models import DutyPerson, Scheme
from luoshi.desks.duty.web import differing
from luoshi.desks.duty.web.differing import NUMBERS
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date, weekday_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import SPAN, Fields, a_date, a_key, a_span, text, whole
from luoshi.foundation.organizations.domain.queries.holders import current

VERSIONS, WEEKDAYS = 10, frozenset("1234567")


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """Who can be put on duty; one more."""
    ensure(rules.may_see(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            add_person(
                entry_of(request.POST, office_date(request.now)),
                actor=request.actor,
                at=request.now,
            )
            return redirect("duty:people")
        except Invalid as found:
            refusal = found
    today = office_date(request.now)
    rows = own(DutyPerson, request).prefetch_related("leaves")
    listed = set(rows.filter(ends_on=None).values_list("account_id", flat=True))
    may_keep = bool(rules.may_keep(request.actor))
    context = {
        "rows": dressed(rows, today),
        "accounts": accounts(request, listed) if may_keep else [],
        "may_keep": may_keep,
        "may_set": bool(rules.may_set(request.actor)),
        **form_values(request.POST if refusal else None, refusal),
    }
    return render(request, "duty/people/people.html", context, status=422 if refusal else 200)


def dressed(rows: Any, today: Any) -> list[DutyPerson]:
    """Each with the posts in words and the leave to come."""
    found = list(rows)
    for one in found:
        one.words = [Post(post).label for post in one.posts if post in Post.values]
        one.off = " ".join(name for number, name in weekdays() if int(number) in one.weekdays_off)
        one.coming = [leave for leave in one.leaves.all() if leave.ends_on >= today]
        one.there = one.there_on(today)
    return found


def weekdays() -> list[tuple[str, str]]:
    """Monday (1) to Sunday (7) in the reader's language."""
    language = get_language() or "zh-hans"
    return [(str(number), weekday_text(number, language)) for number in range(1, 8)]


def accounts(request: OfficeRequest, listed: set[Any]) -> list[tuple[str, str]]:
    """People of the unit who are not on the list."""
    rows = current(office_date(request.now)).filter(post__unit_id=request.actor.unit_id)
    people = {row.person_id: row.person.full_name for row in rows.order_by("person__sort_key")}
    return [
        ("", "—"),
        *((str(key), name) for key, name in people.items() if key not in listed),
    ]


def form_values(post: QueryDict | None, refusal: Any) -> dict[str, Any]:
    """What the form of a person shows."""
    return {
        "refusal": refusal,
        "values": post or {"nights": "1"},
        "posts": Post.choices,
        "chosen": post.getlist("posts") if post else [Post.OFFICER.value],
        "off": post.getlist("weekdays_off") if post else [],
        "weekdays": weekdays(),
    }


def entry_of(post: QueryDict, first: date) -> Entry:
    """A person as typed. `first`: the first day on the list, where none is said."""
    most, fields = text(post, "most").strip(), Fields()
    entry = Entry(
        name=text(post, "name"),
        posts=tuple(post.getlist("posts")),
        account_id=a_key(post.get("account", "")),
        title=text(post, "title"),
        phone=text(post, "phone"),
        nights=bool(post.get("nights")),
        weekdays_off=tuple(int(day) for day in post.getlist("weekdays_off") if day in WEEKDAYS),
        most=(fields.read(whole, most, "most") or 0) if most else 0,
        starts_on=fields.read(a_date, text(post, "starts_on"), "starts_on"),
        ends_on=fields.read(a_date, text(post, "ends_on"), "ends_on"),
    )
    # the name of who has an account is the account's
    told = replace(entry, name=entry.name.strip() or ("-" if entry.account_id else ""))
    fields.refuse(NOT_SAVED, lambda: checked(told, told.starts_on or first), but=SPAN)
    return entry


@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One person: bounds, leave, calendar address. A refused form stays at the revision it was
    opened with; only where somebody saved meanwhile, and that is shown beside, does it go on from
    the saved one."""
    ensure(rules.may_see(request.actor))
    row, refusal = a_person(request, pk), None
    if request.method == "POST":
        try:
            seen = revision_of(request.POST.get("revision", ""))
            by: dict[str, Any] = {"revision": seen, "actor": request.actor, "at": request.now}
            change_person(row, entry_of(request.POST, row.starts_on), **by)
            return redirect("duty:person", row.pk)
        except Invalid as found:
            refusal = found
    return one(request, a_person(request, pk), refusal)


def one(
    request: OfficeRequest, row: DutyPerson, refusal: Any = None, form: str = ""
) -> HttpResponse:
    """The page of a person, with what was refused in one of its forms."""
    main = refusal if form == "" else None
    context = form_values(request.POST if main else None, main)
    kept = differing.kept_person(row)
    if main is None:
        context |= {"values": kept, "chosen": kept["posts"], "off": kept["weekdays_off"]}
    context |= differing.against(main, row.revision, request.POST.get("revision", ""))
    if context["meanwhile"]:
        context["apart"] = differing.of_person(kept, request.POST, weekdays())
    may_end = bool(rules.may_end_feed(request.actor, row))
    context |= {
        "row": row,
        "kinds": LeaveKind.choices,
        "leaves": row.leaves.order_by("-starts_on"),
        "leave_refusal": refusal if form == "leave" else None,
        "leave_values": request.POST if form == "leave" else {},
        "may_keep": bool(rules.may_keep_person(request.actor, row)),
        "mine": rules.holds(request.actor, row),
        "has_feed": may_end and row.feeds.filter(ended_at=None).exists(),
    }
    return render(
        request, "duty/people/person.html", context, status=refusal.status if refusal else 200
    )


@require_POST
def leaves(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Note leave."""
    row = a_person(request, pk)
    try:
        days = Days(*a_span(request.POST, NOT_SAVED), request.POST.get("kind", ""))
        note_leave(row, days, actor=request.actor, at=request.now)
    except (Invalid, Refused) as refusal:
        return one(request, row, refusal, "leave")
    return redirect("duty:person", row.pk)


@require_POST
def removal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Leave that is not taken."""
    row = a_leave(request, pk)
    remove_leave(row, actor=request.actor, at=request.now)
    return redirect("duty:person", row.person_id)


@require_http_methods(["GET", "POST"])
def scheme(request: OfficeRequest) -> HttpResponse:
    """The way the office is on duty, in versions; a refused form stays at the version it was opened
    with, as that of a person does."""
    ensure(rules.may_see(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            wish = Wish(way_of(request.POST), text(request.POST, "reason"))
            seen = revision_of(request.POST.get("version", ""))
            set_scheme(wish, version=seen, actor=request.actor, at=request.now)
            return redirect("duty:scheme")
        except Invalid as found:
            refusal = found
    now = scheme_of(request.actor.unit_id)
    kept = differing.kept_way(now)
    context = {
        **differing.against(refusal, now.version, request.POST.get("version", "")),
        "way": now,
        "values": request.POST if refusal else kept,
        "refusal": refusal,
        "leader_days": LeaderDays.choices,
        "versions": own(Scheme, request).order_by("-version")[:VERSIONS],
        "may_set": bool(rules.may_set(request.actor)),
    }
    if context["meanwhile"]:
        context["apart"] = differing.of_way(kept, request.POST)
    return render(request, "duty/people/scheme.html", context, status=422 if refusal else 200)


def way_of(post: QueryDict) -> Way:
    """A scheme as typed."""
    fields = Fields()
    numbers: dict[str, Any] = {
        name: fields.read(whole, text(post, name).strip(), name) or 0 for name in NUMBERS
    }
    starts: dict[str, Any] = {
        name: fields.read(hours, text(post, name), name) or ()
        for name in ("officer_starts", "leader_starts")
    }
    way = Way(leader_days=post.get("leader_days", ""), **numbers, **starts)
    fields.refuse(NOT_SAVED, lambda: checked_wish(Wish(way, text(post, "reason"))))
    return way


def hours(words: str, name: str) -> tuple[int, ...]:
    """Hours of the day with blanks or commas between."""
    parts = words.replace("，", " ").replace("、", " ").replace(",", " ").split()
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
        why = _("Give one to four hours of the day in order, as 8 or 8 20.")
        raise Invalid(_("Not saved."), {name: [why]})
    return tuple(int(part) for part in parts)
