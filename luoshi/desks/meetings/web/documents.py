"""The office's sources, and taking one in."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.uploading import About
from luoshi.desks.meetings.domain.uploading import upload as take_in
from luoshi.desks.meetings.enums import ReadingState
from luoshi.desks.meetings.models import SourceDocument
from luoshi.desks.meetings.tasks import advise, wake
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date
from luoshi.supervision.rulebook.enums import Regime


@require_safe
def documents(request: OfficeRequest) -> HttpResponse:
    """The office's sources, newest first."""
    ensure(rules.may_upload(request.actor))
    rows = SourceDocument.objects.filter(office_id=request.actor.unit_id)
    found = page(rows, order=("-uploaded_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "meetings/documents.html", {"page": found})


@require_http_methods(["GET", "POST"])
def upload(request: OfficeRequest) -> HttpResponse:
    """Take a document in."""
    ensure(rules.may_upload(request.actor))
    refusal = None
    if request.method == "POST":
        try:
            return receive(request)
        except Invalid as found:
            refusal = found
    context = {"refusal": refusal, "values": request.POST, "regimes": Regime.choices}
    return render(request, "meetings/upload.html", context, status=422 if refusal else 200)


def receive(request: OfficeRequest) -> HttpResponse:
    """One upload form."""
    given = request.FILES.get("file")
    if given is None:
        raise Invalid(_("Not uploaded."), {"file": [_("Choose a file first.")]})
    about = About(
        title=request.POST.get("title", ""),
        reference=request.POST.get("reference", ""),
        regime=request.POST.get("regime", ""),
        issued_on=a_date(request.POST.get("issued_on", ""), "issued_on"),
        meeting_on=a_date(request.POST.get("meeting_on", ""), "meeting_on"),
    )

    def act() -> str:
        made = take_in(
            given.file,  # type: ignore[arg-type]
            name=given.name or "",
            about=about,
            actor=request.actor,
            at=request.now,
        )
        if made.reading == ReadingState.WAITING:
            wake.defer()
        elif settings.CONFIG.model_url:
            advise.defer()
        return reverse("meetings:document", args=[made.pk])

    return act_once(request, "meetings:upload", act)
