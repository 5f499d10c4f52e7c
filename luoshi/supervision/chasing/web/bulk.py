"""Nudge several matters at once: what would be sent, held or left; then the act, row by row."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from luoshi.foundation.core.permissions import Denied, ensure
from luoshi.foundation.core.refusals import Invalid, Refusal
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.domain.governing import forecast, next_chance
from luoshi.supervision.chasing.domain.standing import standings
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.enums import Held
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.matters.rules import may_draft

MOST = 100


@require_http_methods(["GET", "POST"])
def several(request: OfficeRequest) -> HttpResponse:
    """GET `m=…` (matters): the preview. POST: send the ticked rows in their words."""
    ensure(may_draft(request.actor))
    if request.method == "POST":
        return redirect(send_all(request))
    rows = rows_of(request, shares_of(request, request.GET))
    context = {
        "rows": rows,
        "sent": sum(1 for row in rows if row["state"] == "sent"),
        "held": sum(1 for row in rows if row["state"] == "held"),
        "refused": sum(1 for row in rows if row["state"] == "refused"),
        "next": next_chance(request.now),
        "refusal": None,
    }
    return render(request, "chasing/several.html", context)


def shares_of(request: OfficeRequest, given: QueryDict) -> list[Assignment]:
    """The open shares of the chosen matters, in the reader's sight."""
    try:
        keys = [UUID(raw) for raw in given.getlist("m")[:MOST]]
    except ValueError as error:
        raise Invalid(
            pgettext_lazy("nudge", "Not sent."), {"m": [_("Open the page again.")]}
        ) from error
    rows = Assignment.objects.visible_to(request.actor).filter(
        matter__in=keys, state__in=ASSIGNMENT_OPEN
    )
    rows = rows.select_related("matter__office", "unit")
    return list(rows.order_by("matter__overdue_at", "assigned_at", "pk")[: 3 * MOST])


def rows_of(request: OfficeRequest, shares: list[Assignment]) -> list[dict[str, Any]]:
    """What would become of each share, with the proposed words."""
    at = request.now
    decisions = {share.pk: rules.may_urge(request.actor, share) for share in shares}
    able = [share for share in shares if decisions[share.pk]]
    seen = forecast(able, at)
    found: list[dict[str, Any]] = []
    for one in standings(shares):
        tone = one.tones(at)[-1]
        decision = decisions[one.share.pk]
        row = {"share": one.share, "light": one.share.light(at), "tone": tone}
        if isinstance(decision, Denied):
            found.append(row | {"state": "refused", "why": decision.reason.why})
            continue
        why, after = seen[one.share.pk]
        state = "held" if why else "sent"
        text = one.text(tone, at)
        label = Held(why).label if why else ""
        found.append(row | {"state": state, "why": label, "after": after, "text": text})
    return found


def send_all(request: OfficeRequest) -> str:
    """Nudge each ticked share in a transaction of its own; a refused one stops no other. The form's
    key names the act, so that the same form sent twice nudges nobody twice."""
    try:
        batch = UUID(request.POST.get("submission_key", ""))
    except ValueError as error:
        raise Invalid(
            pgettext_lazy("nudge", "Not sent."), {"": [_("Open the page again and resend.")]}
        ) from error
    ticked = set(request.POST.getlist("share"))
    sent = held = 0
    for share in shares_of(request, request.POST):
        if str(share.pk) not in ticked:
            continue
        text = request.POST.get(f"text-{share.pk}", "").replace("\x00", "")
        try:
            row = urge(
                share=share,
                wording=Wording(text=text),
                actor=request.actor,
                at=request.now,
                batch=batch,
            )
        except Refusal:
            continue
        sent += row.state == "sent"
        held += row.state == "held"
    show = "sent" if sent or not held else "held"
    return f"{reverse('chasing:nudges')}?show={show}&batch={batch}"
