"""People and their posts: the system administrator creates accounts, the security administrator
activates, appoints, unlocks and suspends (security.md 4)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.domain import enrolling, opening, passwords, revealing, unlocking
from luoshi.foundation.accounts.models import User
from luoshi.foundation.accounts.rules import may_create
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations import rules
from luoshi.foundation.organizations.domain import appointing, suspending
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.domain.queries.names import unit_by_name
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment, Unit

ORDER = ("sort_key", "username")


@require_safe
def people(request: OfficeRequest) -> HttpResponse:
    """Everybody with an account, by pinyin; narrowed by name or user name."""
    ensure(rules.may_see_people(request.actor))
    text = request.GET.get("text", "")[:60].replace("\x00", "")
    rows = User.objects.all()
    if text:
        rows = rows.filter(full_name__contains=text) | rows.filter(username__startswith=text)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    locked = unlocking.locked_names([row.username for row in found.rows])
    posts = posts_of([row.pk for row in found.rows])
    lines = [
        {"person": row, "locked": row.username in locked, "posts": posts.get(row.pk, [])}
        for row in found.rows
    ]
    creates = bool(may_create(request.actor))
    context = {"page": found, "lines": lines, "text": text, "may_create": creates}
    return render(request, "organizations/people.html", context)


def posts_of(ids: list[UUID]) -> dict[UUID, list[Appointment]]:
    """Appointments of these people, the latest first; one query."""
    found: dict[UUID, list[Appointment]] = {}
    rows = Appointment.objects.filter(person_id__in=ids)
    rows = rows.select_related("post__unit", "delegated_from__person")
    for row in rows.order_by("-starts_on", "pk"):
        found.setdefault(row.person_id, []).append(row)
    return found


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Create an account; it stays inactive until the security administrator activates it."""
    ensure(may_create(request.actor))
    refusal = None
    if request.method == "POST":
        try:

            def act() -> str:
                made = opening.create_account(
                    username=request.POST.get("username", ""),
                    full_name=request.POST.get("full_name", ""),
                    phone=request.POST.get("phone", ""),
                    actor=request.actor,
                    at=request.now,
                )
                return reverse("organizations:person", args=[made.pk])

            return act_once(request, "organizations:new", act)
        except Invalid as found:
            refusal = found
    context = {"refusal": refusal, "values": request.POST}
    status = 422 if refusal else 200
    return render(request, "organizations/new_person.html", context, status=status)


@require_safe
def person(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One person: state, posts, and what the reader may do."""
    ensure(rules.may_see_people(request.actor))
    return shown(request, get_object_or_404(User, pk=pk))


def shown(
    request: OfficeRequest,
    user: User,
    *,
    refusal: Invalid | None = None,
    password: str = "",
    number: str = "",
) -> HttpResponse:
    """The page of a person; a handed-out password and a number in full are shown this once."""
    held = posts_of([user.pk]).get(user.pk, [])
    context = {
        "person": user,
        "posts": held,
        "today": office_date(request.now),
        "locked": user.username in unlocking.locked_names([user.username]),
        "may_grant": bool(rules.may_grant(request.actor, user)),
        "roles": Role.choices,
        "refusal": refusal,
        "values": request.POST if refusal else {},
        "password": password,
        "phone": number or revealing.masked(user.phone),
        "masked": not number,
    }
    return render(request, "organizations/person.html", context, status=422 if refusal else 200)


@require_POST
def access(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Activate, hand out a new password, unlock, reset the second factor or suspend."""
    user, actor, at = get_object_or_404(User, pk=pk), request.actor, request.now
    act = request.POST.get("act", "")
    if act == "unlock":
        unlocking.unlock(user=user, actor=actor, at=at)
    elif act in {"suspend", "factor"}:
        reason = request.POST.get("reason", "")[:500].replace("\x00", "")
        verb = suspending.suspend_person if act == "suspend" else enrolling.reset_factor
        try:
            verb(user=user, reason=reason, actor=actor, at=at)
        except Invalid as refusal:
            return shown(request, user, refusal=refusal)
    elif act in {"activate", "password"}:
        if act == "activate":
            user = opening.activate(user=user, actor=actor, at=at)
        word = passwords.generated()
        passwords.hand_out(user=user, password=word, actor=actor, at=at)
        return shown(request, user, password=word)
    else:
        raise Invalid(_("Not done."), {"": [_("Choose one of the listed acts.")]})
    return redirect("organizations:person", user.pk)


@require_POST
def phone(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Show the telephone number in full; that it was shown is in the trail (row 23)."""
    user = get_object_or_404(User, pk=pk)
    number = revealing.reveal_phone(user=user, actor=request.actor, at=request.now)
    return shown(request, user, number=number)


@require_POST
def appointments(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Appoint the person to a post."""
    user = get_object_or_404(User, pk=pk)
    try:
        span = {name: day_of(request, name) for name in ("starts_on", "ends_on")}
        unit = unit_by_name(request.POST.get("unit", "").strip().replace("\x00", ""))
        given = acting_for(request, unit)
        errors: dict[str, list[Any]] = {}
        if unit is None:
            errors["unit"] = [_("No unit has this name.")]
        if not request.POST.get("title", "").strip():
            errors["title"] = [_("Give the title of the post.")]
        if unit is None or errors:
            raise Invalid(_("Not appointed."), errors)
        appointing.appoint(
            person=user,
            unit=unit,
            role=request.POST.get("role", ""),
            title=request.POST.get("title", ""),
            starts_on=span["starts_on"] or office_date(request.now),
            ends_on=span["ends_on"],
            delegated_from=given,
            actor=request.actor,
            at=request.now,
        )
    except Invalid as refusal:
        return shown(request, user, refusal=refusal)
    return redirect("organizations:person", user.pk)


def acting_for(request: OfficeRequest, unit: Unit | None) -> Appointment | None:
    """The post of the person acted for, by user name; None when nobody is named."""
    name = request.POST.get("acting_for", "").strip()[:40].replace("\x00", "")
    if not name:
        return None
    held = current(office_date(request.now)).filter(person__username=name, post__unit=unit)
    found = held.filter(post__role=request.POST.get("role", "")).select_related("post").first()
    if found is None:
        text = _("This person does not hold that post in this unit.")
        raise Invalid(_("Not appointed."), {"acting_for": [text]})
    return found


def day_of(request: OfficeRequest, name: str) -> date | None:
    """A typed date; empty = None."""
    text = request.POST.get(name, "").strip().replace("/", "-")
    if not text:
        return None
    try:
        year, month, day = (int(part) for part in text.split("-"))
        found = date(year, month, day)
    except ValueError as error:
        raise Invalid(_("Not appointed."), {name: [_("Write the date as 2026-3-6.")]}) from error
    if not 2000 <= found.year <= 2090:
        raise Invalid(_("Not appointed."), {name: [_("Give dates between 2000 and 2090.")]})
    return found


@require_POST
def ending(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """End an appointment today."""
    row = get_object_or_404(Appointment.objects.select_related("person"), pk=pk)
    appointing.end_appointment(
        appointment=row, ends_on=office_date(request.now), actor=request.actor, at=request.now
    )
    return redirect("organizations:person", row.person_id)
