"""Copy a list into the next year: choose, look at the differences, then create (S2-95)."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.supervision.lists import rules
from luoshi.supervision.lists.domain.copying import copy_list, counted, differences
from luoshi.supervision.lists.domain.pasting import read_points
from luoshi.supervision.lists.enums import Change
from luoshi.supervision.lists.models import SupervisionPointsList
from luoshi.supervision.lists.web.forms import choices_of, head_of, kept, typed
from luoshi.supervision.lists.web.lists import a_list, address


@require_http_methods(["GET", "POST"])
def copy(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """GET: last year's points, all kept. POST compares; with act=create it creates."""
    last = a_list(request, pk)
    ensure(rules.may_start(request.actor))
    points = list(last.points.select_related("lead_unit").order_by("number"))
    choices = choices_of(request.POST, points)
    refusal, found = None, None
    if request.method == "POST":
        try:
            new = request.POST.get("points", "")
            added = read_points(new) if new.strip() else []
            found = differences(last, choices, added)
            head = head_of(request.POST)
            if request.POST.get("act") == "create":

                def act() -> str:
                    made = copy_list(
                        last=last,
                        head=head,
                        choices=choices,
                        added=added,
                        actor=request.actor,
                        at=request.now,
                    )
                    return address(made)

                return act_once(request, "lists:copy", act)
        except Invalid as wrong:
            refusal = wrong
    context = {
        "list": last,
        "rows": [{"point": point, "choice": choices[point.pk]} for point in points],
        "values": typed(request.POST) if request.method == "POST" else proposed(last),
        "pasted": request.POST.get("points", ""),
        "refusal": refusal,
        "differences": found,
        "counted": counted_words(counted(found)) if found is not None else [],
    }
    return render(request, "lists/copy.html", context, status=422 if refusal else 200)


def counted_words(counts: dict[str, int]) -> list[tuple[str, Any, int]]:
    """(key, word, number) of every kind of difference."""
    return [(key, word, counts[key]) for key, word in Change.choices]


def proposed(last: SupervisionPointsList) -> dict[str, Any]:
    """The head of the next year, from last year's."""
    year = last.year + 1
    title = last.title.replace(str(last.year), str(year))
    reference = last.reference.replace(str(last.year), str(year))
    return kept(last) | {"year": year, "title": title, "reference": reference}
