"""The facts of an event: correct and complete them, also where somebody else does at once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from luoshi.desks.information import rules
from luoshi.desks.information.domain.urgent.taking_in import Facts, correct
from luoshi.desks.information.models import Event
from luoshi.desks.information.web.events import an_event, choices
from luoshi.desks.information.web.forms import FACTS, facts_of
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_zone
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import typed

TIMES = ("happened_at", "aware_at")
SHOWN = (*FACTS, *TIMES, "daily")
LABELS: dict[str, Text] = {
    "happened_at": _("Happened at"),
    "place": _("Where"),
    "title": _("What happened"),
    "source": _("Who told you"),
    "kind": _("Kind"),
    "grade": _("Grade"),
    "nature": _("Nature"),
    "aware_at": _("First known at"),
    "casualties": _("Casualties"),
    "losses": _("Losses"),
    "measures": _("Measures taken"),
    "trend": _("Trend"),
    "leaders": _("Leaders on site"),
    "contact": _("Contact"),
    "daily": _("A long event: a report every day"),
}
YES, NO = pgettext_lazy("event", "Yes"), pgettext_lazy("event", "No")


@require_http_methods(["GET", "POST"])
def facts(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Correct or complete the facts. A refused form stays at the revision it was opened with; only
    where somebody saved meanwhile, and that is shown beside, does it go on from the saved one."""
    row = an_event(request, pk)
    ensure(rules.may_correct(request.actor, row))
    refusal = None
    if request.method == "POST":
        try:
            correct(
                event=row,
                facts=as_kept(facts_of(request.POST, request.now), row, request.POST),
                revision=revision_of(request.POST.get("revision", "")),
                actor=request.actor,
                at=request.now,
            )
            return redirect("information:event", row.pk)
        except Invalid as found:
            refusal = found
    saved = refusal is not None and refusal.code == "edited-meanwhile"
    row = an_event(request, pk) if saved else row
    values = typed(request.POST, (*SHOWN, "revision")) if refusal else kept(row)
    if saved:
        values["revision"] = row.revision
    context = choices() | {
        "row": row,
        "refusal": refusal,
        "values": values,
        "apart": apart(row, values) if saved else [],
    }
    return render(request, "information/urgent/facts.html", context, status=422 if refusal else 200)


def kept(row: Event) -> dict[str, Any]:
    """The facts as the form shows them."""
    values = {name: getattr(row, name) for name in (*SHOWN, "revision")}
    for name in TIMES:
        values[name] = f"{getattr(row, name).astimezone(office_zone()):%Y-%m-%d %H:%M}"
    return values


def as_kept(said: Facts, row: Event, post: QueryDict) -> Facts:
    """The form knows minutes: a time nobody touched keeps its seconds."""
    shown = kept(row)
    same = {name: getattr(row, name) for name in TIMES if post.get(name, "") == shown[name]}
    return replace(said, **same)


def apart(row: Event, values: dict[str, Any]) -> list[dict[str, Any]]:
    """Where the saved facts and the typed ones differ, in the order of the form."""
    saved = kept(row)
    lists = {name: {str(key): word for key, word in of} for name, of in listed().items()}
    found = []
    for name, label in LABELS.items():
        both = [worded(name, one[name], lists) for one in (saved, values)]
        if both[0] != both[1]:
            found.append({"name": name, "label": label, "saved": both[0], "typed": both[1]})
    return found


def listed() -> dict[str, Any]:
    """The choices by the name of their field."""
    lists = choices()
    return {"kind": lists["kinds"], "grade": lists["grades"], "nature": lists["natures"]}


def worded(name: str, value: Any, lists: dict[str, dict[str, Any]]) -> Any:
    """A fact as it is read: the word of a choice, yes or no."""
    if name == "daily":
        return YES if value else NO
    text = str(value).replace("\r\n", "\n").strip()
    return lists[name].get(text, text) if name in lists else text
