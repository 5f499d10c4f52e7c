"""Nudges of one matter: what was sent and held, and the form for each unit whose turn it is."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.governing import budget_left, forecast
from luoshi.supervision.chasing.domain.queries.charges import tell_whom
from luoshi.supervision.chasing.domain.standing import Standing, standings
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.domain.wording import soften
from luoshi.supervision.chasing.enums import Held
from luoshi.supervision.chasing.models import MOST_A_WEEK, Reminder, Urge
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import light_word
from luoshi.supervision.matters.domain.share.stages import behind_words
from luoshi.supervision.matters.models import Assignment, Matter


def address(matter_id: UUID) -> str:
    """The page of a matter's nudges."""
    return reverse("chasing:matter", args=[matter_id])


@require_http_methods(["GET", "POST"])
def of_matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """GET: history and forms. POST nudges one unit."""
    matter = visible(Matter.objects.select_related("office"), request.actor, pk)
    refusal, typed = None, {}
    if request.method == "POST":
        share = chosen(request, matter)
        wording = Wording(
            tone=request.POST.get("tone", ""),
            text=request.POST.get("text", "").replace("\x00", ""),
            colour=request.POST.get("colour", ""),
        )
        try:

            def act() -> str:
                urge(share=share, wording=wording, actor=request.actor, at=request.now)
                return address(matter.pk)

            return act_once(request, "chasing:matter", act)
        except Invalid as found:
            refusal = found
            text = soften(wording.text, courteous=share.courteous) if wording.text else ""
            typed = {share.pk: text}
    context = page_of(request, matter, typed) | {"refusal": refusal}
    return render(request, "chasing/matter.html", context, status=422 if refusal else 200)


def chosen(request: OfficeRequest, matter: Matter) -> Assignment:
    """The share the form is about, in the reader's sight."""
    try:
        key = UUID(request.POST.get("share", ""))
    except ValueError as error:
        raise Invalid(pgettext("nudge", "Not sent."), {"share": [_("Choose a unit.")]}) from error
    rows = Assignment.objects.filter(matter=matter).select_related("matter__office", "unit")
    share: Assignment = visible(rows, request.actor, key)
    return share


def page_of(request: OfficeRequest, matter: Matter, typed: dict[UUID, str]) -> dict[str, Any]:
    """History of the shares in sight, and the forms of those that may be nudged."""
    rows = Assignment.objects.visible_to(request.actor).filter(matter=matter)
    shares = list(rows.select_related("matter__office", "unit").order_by("assigned_at", "pk"))
    urges = Urge.objects.filter(assignment__in=shares)
    urges = urges.select_related("assignment__unit", "exception", "slip")
    reminders = Reminder.objects.filter(duty__assignment__in=shares)
    reminders = reminders.select_related("duty__assignment__unit", "duty__assignment__matter")
    issued = list(reminders.order_by("-made_at", "-level")[:60])
    tell_whom(issued, matter.office_id)
    return {
        "matter": matter,
        "urges": urges.order_by("-made_at")[:60],
        "reminders": issued,
        "may_name": rules.decides(request.actor, matter.office_id),
        "forms": forms_of(request, shares, typed),
        "may_ask": request.actor.unit_id == matter.office_id,
        "may_decide": rules.decides(request.actor, matter.office_id),
    }


def forms_of(
    request: OfficeRequest, shares: list[Assignment], typed: dict[UUID, str]
) -> list[dict[str, Any]]:
    """One form per unit whose turn it is, the one whose limit comes first on top, each saying what
    the governor would do."""
    open_shares = [share for share in shares if rules.may_urge(request.actor, share)]
    if not open_shares:
        return []
    seen = forecast(open_shares, request.now)
    left = budget_left([share.unit_id for share in open_shares], request.now)
    return [
        form_of(one, request, seen[one.share.pk], left[one.share.unit_id], typed)
        for one in sorted(standings(open_shares), key=first_limit)
    ]


def first_limit(one: Standing) -> tuple[bool, Any]:
    """Shares with a limit before those without, the earliest first."""
    return one.limit_at is None, one.limit_at or one.share.assigned_at


def form_of(
    one: Standing,
    request: OfficeRequest,
    verdict: tuple[str, Any],
    left: int,
    typed: dict[UUID, str],
) -> dict[str, Any]:
    """What a unit's form shows."""
    at = request.now
    tones = one.tones(at)
    colour = one.colour(at)
    why, after = verdict
    return {
        "share": one.share,
        "duty": one.duty,
        "limit_at": one.limit_at,
        "light": one.share.light(at),
        "word": light_word(one.share, at),
        "behind": behind_words(one.share, get_language() or "zh-hans") if one.behind(at) else "",
        "tone": tones[-1],
        "tones": [(tone.value, tone.label) for tone in tones],
        "text": typed.get(one.share.pk) or one.text(tones[-1], at),
        "colour": colour,
        "held": Held(why).label if why else "",
        "after": after,
        "left": left,
        "most": MOST_A_WEEK,
        "last": one.urges[-1] if one.urges else None,
    }
