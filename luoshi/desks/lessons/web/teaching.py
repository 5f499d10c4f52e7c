"""Teach: a name, an expression; and the export with its preview."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.domain import linking, teaching
from luoshi.desks.lessons.domain.exporting import FORMATS, export, preview
from luoshi.desks.lessons.domain.queries import listing
from luoshi.desks.lessons.models import LearnedName
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.organizations.domain.queries.names import unit_by_name


def own(rows: Any, request: OfficeRequest, pk: UUID) -> Any:
    """A row of the reader's own office."""
    ensure(rules.may_see(request.actor))
    found = rows.filter(office_id=request.actor.unit_id, pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_POST
def name(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Link a name, say it is no unit, or take that back."""
    row = own(LearnedName.objects.all(), request, pk)
    act = request.POST.get("act", "")
    who: dict[str, Any] = {"actor": request.actor, "at": request.now}
    if act == "decline":
        linking.decline(name=row, **who)
    elif act == "offer":
        linking.offer_again(name=row, **who)
    else:
        given = request.POST.get("alike") or request.POST.get("unit", "")
        unit = unit_by_name(given.strip().replace("\x00", ""))
        linking.link(name=row, unit=unit, **who)
    return redirect(f"{reverse('lessons:names')}?state=offered")


@require_http_methods(["GET", "POST"])
def expression(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One expression with its places: teach it, set it aside, take that back."""
    row = own(listing.expressions(request.actor.unit_id), request, pk)
    refusal = None
    if request.method == "POST":
        try:
            taught(request, row)
            return redirect(f"{reverse('lessons:expressions')}?state=open")
        except Invalid as found:
            refusal = found
    cut = page(row.sightings.all(), order=("-seen_at", "id"), cursor=request.GET.get("cursor", ""))
    words = request.POST.get("words", row.words)
    context = {"row": row, "page": cut, "refusal": refusal, "words": words}
    return render(request, "lessons/expression.html", context, status=422 if refusal else 200)


def taught(request: OfficeRequest, row: Any) -> None:
    """One act of the form."""
    act = request.POST.get("act", "")
    who: dict[str, Any] = {"actor": request.actor, "at": request.now}
    if act == "aside":
        teaching.set_aside(expression=row, **who)
    elif act == "reopen":
        teaching.reopen(expression=row, **who)
    else:
        words = request.POST.get("words", "").replace("\x00", "")
        teaching.teach(expression=row, words=words, **who)


@require_http_methods(["GET", "POST"])
def export_page(request: OfficeRequest) -> HttpResponse:
    """Exactly what the file would hold; posted, the file itself."""
    ensure(rules.may_see(request.actor))
    office, refusal = request.actor.unit_id, None
    if request.method == "POST":
        form = request.POST.get("format", "")
        try:
            raw = export(
                office_id=office,
                keys=keys_of(request.POST.getlist("row")),
                form=form,
                actor=request.actor,
                at=request.now,
            )
            answer = HttpResponse(raw, content_type=FORMATS[form])
            answer["Content-Disposition"] = f'attachment; filename="expressions.{form}"'
            return answer
        except Invalid as found:
            refusal = found
    context = {"lines": preview(office), "refusal": refusal}
    return render(request, "lessons/export.html", context, status=422 if refusal else 200)


def keys_of(raw: list[str]) -> set[UUID]:
    """The ticked rows; what is no key is none."""
    found = set()
    for one in raw:
        try:
            found.add(UUID(one))
        except ValueError:
            continue
    return found
