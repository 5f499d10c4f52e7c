"""Acts on an event: a call, a report, merging, a finding, a leader's words."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from luoshi.desks.information import rules
from luoshi.desks.information.domain.urgent.finding import find
from luoshi.desks.information.domain.urgent.instructing import (
    HOURS,
    Words,
    checked,
    instruct,
    register,
)
from luoshi.desks.information.domain.urgent.merging import merge
from luoshi.desks.information.domain.urgent.phoning import phone
from luoshi.desks.information.domain.urgent.reporting import report
from luoshi.desks.information.models import Event, EventInstruction
from luoshi.desks.information.web.events import an_event, shown
from luoshi.desks.information.web.forms import a_unit, writing_of
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible, Refused
from luoshi.foundation.core.web.moments import instant
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import Fields, a_key, text, whole
from luoshi.foundation.organizations.domain.queries.names import listed


def once(request: OfficeRequest, row: Event, form: str, act: Callable[[], object]) -> HttpResponse:
    """Run a form's act once; what it refuses is shown where it was typed."""

    def acted() -> str:
        act()
        return reverse("information:event", args=[row.pk])

    try:
        return act_once(request, f"information:{form}", acted)
    except (Invalid, Refused) as refused:
        return shown(request, row, refused, form)


@require_POST
def calls(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Told the next level by telephone."""
    row, at = an_event(request, pk), request.now

    def act() -> object:
        return phone(
            event=row,
            to_name=text(request.POST, "to_name"),
            note=text(request.POST, "note"),
            called_at=instant(text(request.POST, "called_at"), "called_at", at),
            actor=request.actor,
            at=at,
        )

    return once(request, row, "calls", act)


@require_POST
def reports(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Report in writing."""
    row = an_event(request, pk)
    writing = writing_of(request.POST)
    return once(
        request,
        row,
        "reports",
        lambda: report(event=row, writing=writing, actor=request.actor, at=request.now),
    )


@require_POST
def merger(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Let this event go on in another one of the book."""
    row = an_event(request, pk)
    ensure(rules.may_merge(request.actor, row))
    key = a_key(request.POST.get("into", ""))
    into = Event.objects.visible_to(request.actor).filter(pk=key).first() if key else None
    if into is None:
        why = _("Choose another event of this office that is not merged.")
        return shown(
            request,
            row,
            Invalid(pgettext_lazy("information", "Not merged."), {"into": [why]}),
            "merger",
        )
    try:
        merge(event=row, into=into, actor=request.actor, at=request.now)
    except (Invalid, Refused) as refused:
        return shown(request, row, refused, "merger")
    return redirect("information:event", into.pk)


@require_POST
def findings(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Missing, false or concealed."""
    row = an_event(request, pk)

    def act() -> object:
        named = text(request.POST, "unit").strip()
        return find(
            event=row,
            fault=request.POST.get("fault", ""),
            unit=a_unit(named, "unit") if named else None,
            words=text(request.POST, "words"),
            actor=request.actor,
            at=request.now,
        )

    return once(request, row, "findings", act)


@require_POST
def instructions(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A leader's words become a matter."""
    row = an_event(request, pk)

    def act() -> object:
        hours, what, fields = text(request.POST, "hours").strip(), _("Not noted."), Fields()
        named = text(request.POST, "units")
        words = Words(
            text=text(request.POST, "text"),
            units=fields.read(listed, named, field="units", what=what) or (),
            hours=(fields.read(whole, hours, "hours") or HOURS) if hours else HOURS,
            leader_id=a_key(request.POST.get("leader", "")),
        )
        fields.refuse(what, lambda: checked(words))
        return instruct(event=row, words=words, actor=request.actor, at=request.now)

    return once(request, row, "instructions", act)


@require_POST
def registration(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Words that were noted become a matter."""
    events = Event.objects.visible_to(request.actor)
    rows = EventInstruction.objects.select_related("event__office", "matter")
    found = rows.filter(pk=pk, event__in=events).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    register(instruction=found, actor=request.actor, at=request.now)
    return redirect("information:event", found.event_id)
