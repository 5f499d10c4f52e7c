"""Bulletins: list, freeze, preview with every figure's rows, PDF; slips as PDF."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.typesetting.rendering import render as typeset
from luoshi.foundation.typesetting.rendering import render_pages
from luoshi.foundation.typesetting.word_processing import render_docx
from luoshi.insight.bulletins import rules
from luoshi.insight.bulletins.domain.composing import paper_of
from luoshi.insight.bulletins.domain.conclusions import conclusion_paper
from luoshi.insight.bulletins.domain.freezing import changed_since, freeze
from luoshi.insight.bulletins.domain.limits import limit_slip_of
from luoshi.insight.bulletins.domain.slips import slip_of
from luoshi.insight.bulletins.models import Bulletin
from luoshi.supervision.matters.domain.queries.counting import METRICS
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import (
    Assignment,
    ConclusionReport,
    Matter,
    ReportDuty,
    Review,
)


def own(request: OfficeRequest, pk: UUID) -> Bulletin:
    """A bulletin of the reader's own office."""
    ensure(rules.may_read(request.actor))
    rows = Bulletin.objects.select_related("office").filter(office_id=request.actor.unit_id)
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def a_month(text: str) -> date:
    """ "2026-02" as its first day."""
    try:
        year, month = (int(part) for part in text.split("-")[:2])
        return date(year, month, 1)
    except ValueError as error:
        raise Invalid(_("Not frozen."), {"month": [_("Write the month as 2026-02.")]}) from error


@require_http_methods(["GET", "POST"])
def index(request: OfficeRequest) -> HttpResponse:
    """The issues of one's office; POST freezes the next one."""
    ensure(rules.may_read(request.actor))
    if request.method == "POST":
        month = a_month(request.POST.get("month", ""))

        def act() -> str:
            made = freeze(month=month, actor=request.actor, at=request.now)
            return reverse("bulletins:bulletin", args=[made.pk])

        return act_once(request, "bulletins:list", act)
    rows = Bulletin.objects.filter(office_id=request.actor.unit_id).order_by("-year", "-issue")
    context = {
        "rows": rows[:50],
        "month": f"{office_date(request.now):%Y-%m}",
        "may_freeze": bool(rules.may_freeze(request.actor)),
    }
    return render(request, "bulletins/list.html", context)


@require_safe
def bulletin(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The typeset pages left, the numbers right."""
    found = own(request, pk)
    changed = changed_since(found)
    figures = [
        {"key": key, "label": metric.label, "kept": found.figures[key], "now": changed.get(key)}
        for key, metric in METRICS.items()
        if key in found.figures
    ]
    pages = render_pages(paper_of(found, get_language() or "zh"), site_fonts=settings.FONTS)
    context = {
        "bulletin": found,
        "figures": figures,
        "changed": len(changed),
        "rate": rate_of(found),
        "pages": range(1, len(pages) + 1),
    }
    return render(request, "bulletins/bulletin.html", context)


def rate_of(found: Bulletin) -> str:
    """The rate of reports on time with its fraction: “85.7% (6/7)”; empty where none was due."""
    due, on_time = (found.figures[key]["value"] for key in ("due", "on_time"))
    return f"{on_time / due * 100:.1f}% ({on_time}/{due})" if due else ""


@require_safe
def page_image(request: OfficeRequest, pk: UUID, number: int) -> HttpResponse:
    """One typeset page as PNG."""
    found = own(request, pk)
    pages = render_pages(paper_of(found, get_language() or "zh"), site_fonts=settings.FONTS)
    if not 1 <= number <= len(pages):
        raise NotVisible(_("There is no such page."), code="not-visible")
    return HttpResponse(pages[number - 1], content_type="image/png")


@require_safe
def pdf(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The bulletin as PDF."""
    found = own(request, pk)
    body = typeset(paper_of(found, get_language() or "zh"), site_fonts=settings.FONTS)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="bulletin-{found}.pdf"'
    return response


@require_safe
def rows(request: OfficeRequest, pk: UUID, key: str) -> HttpResponse:
    """Exactly the rows a figure counted."""
    found = own(request, pk)
    if key not in found.figures:
        raise NotVisible(_("There is no such figure."), code="not-visible")
    ids = found.figures[key]["rows"]
    metric = METRICS[key]
    shown = {"matter": matter_rows, "duty": duty_rows, "review": review_rows}[metric.kind](ids)
    context = {"bulletin": found, "metric": metric, "rows": shown, "value": len(ids)}
    return render(request, "bulletins/rows.html", context)


def matter_rows(ids: list[str]) -> list[tuple[Matter, str, object]]:
    """(matter, words, when) of counted matters."""
    return [(m, str(m.lead_unit or ""), m.registered_at) for m in Matter.objects.filter(pk__in=ids)]


def duty_rows(ids: list[str]) -> list[tuple[Matter, str, object]]:
    """(matter, words, when) of counted duties."""
    found = ReportDuty.objects.filter(pk__in=ids).select_related(
        "assignment__matter", "assignment__unit"
    )
    return [(d.assignment.matter, f"{d.assignment.unit} · {d.title_zh}", d.due_at) for d in found]


def review_rows(ids: list[str]) -> list[tuple[Matter, str, object]]:
    """(matter, words, when) of counted reviews."""
    found = Review.objects.filter(pk__in=ids).select_related(
        "report__assignment__matter", "report__assignment__unit"
    )
    return [
        (r.report.assignment.matter, f"{r.report.assignment.unit} · {r.reason}", r.reviewed_at)
        for r in found
    ]


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def share_in_sight(request: OfficeRequest, pk: UUID) -> Assignment:
    """A share whose slip the reader may have."""
    rows = Assignment.objects.select_related("matter__office", "matter__joint_office", "unit")
    row: Assignment = visible(rows, request.actor, pk)
    return row


@require_safe
def slip_docx(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A share's slip as DOCX, for an office that stamps and files its own copy."""
    share = share_in_sight(request, pk)
    response = HttpResponse(render_docx(slip_of(share)), content_type=DOCX)
    response["Content-Disposition"] = 'attachment; filename="slip.docx"'
    return response


@require_safe
def slip(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A share's slip as PDF."""
    share = share_in_sight(request, pk)
    response = HttpResponse(
        typeset(slip_of(share), site_fonts=settings.FONTS), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="slip.pdf"'
    return response


@require_safe
def limit_slip(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The slip that explains a duty's limit, as PDF."""
    rows = ReportDuty.objects.select_related("assignment__matter__office", "assignment__unit")
    duty = rows.filter(pk=pk).first()
    if duty is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    visible(Assignment.objects, request.actor, duty.assignment_id)
    paper = limit_slip_of(duty)
    if paper is None:
        raise NotVisible(_("This duty has no date yet."), code="not-visible")
    response = HttpResponse(
        typeset(paper, site_fonts=settings.FONTS), content_type="application/pdf"
    )
    response["Content-Disposition"] = 'attachment; filename="limit.pdf"'
    return response


@require_safe
def conclusion(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The conclusion report of a concluded matter, as PDF."""
    matter = visible(Matter.objects, request.actor, pk)
    found = ConclusionReport.objects.in_force(matter)
    if found is None:
        raise NotVisible(_("This matter is not concluded yet."), code="not-visible")
    response = HttpResponse(
        typeset(conclusion_paper(found), site_fonts=settings.FONTS),
        content_type="application/pdf",
    )
    response["Content-Disposition"] = 'attachment; filename="conclusion.pdf"'
    return response
