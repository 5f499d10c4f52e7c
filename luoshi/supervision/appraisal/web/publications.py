"""A published ranking: table, export, paper; a unit's page with every row, objection and answer."""

from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import instant_text
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.supervision.appraisal import rules
from luoshi.supervision.appraisal.domain.computing import shown_lines
from luoshi.supervision.appraisal.domain.exporting import paper_of, workbook
from luoshi.supervision.appraisal.domain.objecting import answer, object_to, objections_until
from luoshi.supervision.appraisal.domain.periods import period_of
from luoshi.supervision.appraisal.domain.queries.showing import (
    is_unchanged,
    lines_visible,
    publications_for,
    scores_of,
)
from luoshi.supervision.appraisal.models import Objection, Publication, PublishedScore
from luoshi.supervision.appraisal.web.rankings import grouped, worded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def found_publication(request: OfficeRequest, pk: UUID) -> Publication:
    """A ranking the reader may open."""
    ensure(rules.may_read(request.actor))
    found: Publication | None = publications_for(request.actor).filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The ranking by groups; only units stand in it."""
    publication = found_publication(request, pk)
    rows = list(scores_of(publication))
    mine = request.actor.unit_id
    office = publication.office_id == mine and bool(rules.may_prepare(request.actor))
    for row in rows:
        opens = office or row.unit_id == mine
        row.opens = opens and reverse("appraisal:score", args=[publication.pk, row.unit_id])
    waiting = Objection.objects.filter(score__publication=publication).select_related("score")
    context = {
        "publication": publication,
        "words": period_of(publication.period).label(get_language() or "zh-hans"),
        "groups": grouped(rows),
        "superseded": getattr(publication, "corrected_by", None),
        "unchanged": is_unchanged(publication),
        "office": office,
        "objections": waiting.order_by("made_at") if office else [],
        "until": objections_until(publication),
    }
    return render(request, "appraisal/publication.html", context)


@require_safe
def xlsx(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The ranking with points per kind, for the office."""
    publication = found_publication(request, pk)
    ensure(rules.may_prepare(request.actor))
    about = {
        _now("Period"): publication.period,
        _now("As of"): instant_text(publication.as_of, get_language() or "zh-hans"),
        _now("Scoring rules"): f"{publication.version} {publication.version.title}",
        _now("Fingerprint"): publication.fingerprint,
        _now("Made by"): f"{request.actor.person_name} · {request.actor.unit_name}",
    }
    rows = scores_of(publication).defer(None)
    response = HttpResponse(workbook(publication, list(rows), about=about), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="ranking-{publication.period}.xlsx"'
    return response


@require_safe
def pdf(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The ranking as an official paper."""
    publication = found_publication(request, pk)
    paper = paper_of(publication, list(scores_of(publication)), get_language() or "zh")
    body = typeset(paper, site_fonts=settings.FONTS)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="ranking-{publication.period}.pdf"'
    return response


@require_http_methods(["GET", "POST"])
def unit(request: OfficeRequest, pk: UUID, unit: UUID) -> HttpResponse:
    """Why this score: every point with its rows; POST objects."""
    publication = found_publication(request, pk)
    rows = PublishedScore.objects.filter(publication=publication, unit_id=unit)
    score = rows.filter(lines_visible(request.actor, publication)).select_related("unit").first()
    if score is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    refusal = None
    if request.method == "POST":
        try:

            def act() -> str:
                text = request.POST.get("text", "")
                object_to(score=score, text=text, actor=request.actor, at=request.now)
                return reverse("appraisal:score", args=[publication.pk, unit])

            return act_once(request, "appraisal:score", act)
        except Invalid as found:
            refusal = found
    until = objections_until(publication)
    score.publication = publication
    told = list(score.objections.order_by("made_at"))
    for objection in told:
        objection.score = score
    open_now = request.now < until and not hasattr(publication, "corrected_by")
    context = {
        "publication": publication,
        "score": score,
        "lines": worded(shown_lines(score.lines)),
        "facts": sum(one["count"] for one in score.lines),
        "words": period_of(publication.period).label(get_language() or "zh-hans"),
        "objections": [(one, bool(rules.may_answer(request.actor, one))) for one in told],
        "until": until,
        "refusal": refusal,
        "may_object": open_now and bool(rules.may_object(request.actor, score)),
        "may_work": bool(rules.may_work(request.actor)),
        "unit_id": score.unit_id,
    }
    return render(request, "appraisal/score.html", context, status=422 if refusal else 200)


@require_POST
def answering(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Answer an objection."""
    rows = Objection.objects.select_related("score__publication")
    publications = publications_for(request.actor)
    objection = rows.filter(pk=pk, score__publication__in=publications).first()
    if objection is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    answer(
        objection=objection,
        upheld=request.POST.get("upheld") == "1",
        words=request.POST.get("answer", ""),
        actor=request.actor,
        at=request.now,
    )
    return redirect("appraisal:score", objection.score.publication_id, objection.score.unit_id)
