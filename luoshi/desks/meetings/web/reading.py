"""The page of a document that is being read: how far, or why not."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from luoshi.desks.meetings.domain.reading import read_again
from luoshi.desks.meetings.enums import ReadingState
from luoshi.desks.meetings.tasks import wake
from luoshi.desks.meetings.web.fetching import own
from luoshi.foundation.core.web.requests import OfficeRequest


@require_http_methods(["GET", "POST"])
def reading(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """GET: how far the reading is, for the page that asks every two seconds; POST: try again."""
    found = own(request, pk)
    page = reverse("meetings:document", args=[pk])
    if request.method == "POST":
        read_again(document=found, actor=request.actor, at=request.now)
        wake.defer()
        return redirect(page)
    if found.reading != ReadingState.WAITING and request.headers.get("HX-Request"):
        answer = HttpResponse()
        answer["HX-Redirect"] = page
        return answer
    if not request.headers.get("HX-Request"):
        return redirect(page)
    return render(request, "meetings/reading/progress.html", {"document": found})
