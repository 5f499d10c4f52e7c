"""Meetings asked of units: the list, the form that says first what a meeting adds, calling off."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date, text, typed, whole
from luoshi.foundation.organizations.domain.queries.names import listed
from luoshi.foundation.organizations.enums import HANDLING_ROLES
from luoshi.insight.burden import rules
from luoshi.insight.burden.domain.meeting import Invitation, ask_to_meeting, call_off, check
from luoshi.insight.burden.domain.meetings import asked_meetings, load_of
from luoshi.insight.burden.domain.narrowing import span_of, unit_of
from luoshi.insight.burden.enums import Attends
from luoshi.insight.burden.models import AskedMeeting

FIELDS = ("title", "on", "minutes", "attends", "basis", "units")
ORDER = ("-on", "id")


@require_http_methods(["GET", "POST"])
def meetings(request: OfficeRequest) -> HttpResponse:
    """The meetings of a year or quarter; POST shows what one more adds, then asks for it."""
    actor = request.actor
    ensure(rules.may_see_burden(actor))
    refusal, adds = None, None
    if request.method == "POST":
        ensure(rules.may_ask_to_meetings(actor))
        try:
            invitation = invitation_of(request.POST)
            check(invitation, actor, request.now)
            if request.POST.get("seen"):
                return asking(request, invitation)
            assert invitation.on is not None  # noqa: S101 - checked above
            adds = load_of(actor, invitation.units, invitation.on.year)
        except Invalid as found:
            refusal = found
    span = span_of(request)
    rows = asked_meetings(actor, span, unit_of(request))
    context = {
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "span": span,
        "own": actor.role in HANDLING_ROLES,
        "may_ask": bool(rules.may_ask_to_meetings(actor)),
        "refusal": refusal,
        "adds": adds,
        "kinds": Attends.choices,
        "values": typed(request.POST, FIELDS) if refusal or adds else {"attends": Attends.STAFF},
    }
    return render(request, "burden/meetings.html", context, status=422 if refusal else 200)


def invitation_of(post: QueryDict) -> Invitation:
    """The form of a meeting."""
    long = text(post, "minutes").strip()
    return Invitation(
        title=text(post, "title"),
        on=a_date(text(post, "on"), "on"),
        minutes=whole(long, "minutes") if long else None,
        attends=text(post, "attends"),
        basis=text(post, "basis"),
        units=listed(text(post, "units"), field="units", what=_("Units not asked.")),
    )


def asking(request: OfficeRequest, invitation: Invitation) -> HttpResponse:
    """Ask once, whatever is clicked twice."""

    def act() -> str:
        ask_to_meeting(invitation=invitation, actor=request.actor, at=request.now)
        return reverse("burden:meetings")

    return act_once(request, "burden:meetings", act)


@require_POST
def calling_off(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A meeting does not take place."""
    ensure(rules.may_see_burden(request.actor))
    rows: Any = AskedMeeting.objects.filter(office_id=request.actor.unit_id, pk=pk)
    found = rows.first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    reason = text(request.POST, "reason")
    call_off(meeting=found, reason=reason, actor=request.actor, at=request.now)
    return redirect("burden:meetings")
