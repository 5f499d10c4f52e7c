"""Pages of a share and its reports: signing, report form, report, review queue."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.keyset import page
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import instant_text, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import duty_light
from luoshi.supervision.matters.domain.report import reporting, reviewing
from luoshi.supervision.matters.domain.share import signing
from luoshi.supervision.matters.domain.share.advising import joints_of
from luoshi.supervision.matters.enums import DUTY_AWAITING_UNIT, Part, ReportState
from luoshi.supervision.matters.models import Assignment, Report, ReportFigure, owned_by
from luoshi.supervision.matters.web.forms import ids_of, words_of
from luoshi.supervision.rulebook.enums import Content

NO_CHANGE = _("States no change of state.")
PHRASES = (
    _("Please give the figures by county and district."),
    _("Please attach the papers that prove it."),
    _("Please say what changed since the last report."),
    _("Please give finishing dates and responsible persons."),
)
TEXTS = ("progress", "state_change", "problems", "next_steps", "summary", "late_reason")


@require_POST
def receipt(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Sign for the slip."""
    share = visible(Assignment.objects.select_related("matter"), request.actor, pk)
    signing.sign_for(assignment=share, actor=request.actor, at=request.now)
    return redirect("matters:matter", share.matter_id)


@require_http_methods(["GET", "POST"])
def report(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The report form: save a draft, add a file, or send."""
    share = visible(Assignment.objects.select_related("matter", "unit"), request.actor, pk)
    ensure(rules.may_report(request.actor, share))
    refusal = None
    if request.method == "POST":
        try:
            return save_or_send(request, share)
        except Invalid as found:
            refusal = found
    return render(
        request,
        "matters/report_form.html",
        report_context(request, share, refusal),
        status=422 if refusal else 200,
    )


def save_or_send(request: OfficeRequest, share: Assignment) -> HttpResponse:
    """One POST of the form; files are attached to the draft, whatever the button."""
    words = words_of(request.POST)
    draft = share.reports.filter(state=ReportState.DRAFT).first()
    files = request.FILES.getlist("file")
    if files or request.POST.get("act") != "send":
        revision = revision_of(request.POST.get("revision", ""))
        draft = reporting.save_draft(
            assignment=share,
            words=words,
            revision=revision if draft else 0,
            actor=request.actor,
            at=request.now,
        )
    for upload in files:
        store(
            upload.file,  # type: ignore[arg-type]
            name=upload.name or "",
            actor=request.actor,
            at=request.now,
            owner_kind="report",
            owner_id=draft.pk if draft else None,
        )
    if request.headers.get("X-Autosave") and draft:
        text = instant_text(draft.saved_at, get_language() or "zh-hans")
        return JsonResponse({"revision": draft.revision, "saved": text})
    if request.POST.get("act") != "send":
        return redirect("matters:report", share.pk)
    duties = ids_of(request.POST.getlist("duties"))

    def act() -> str:
        sent = reporting.submit(
            assignment=share, duty_ids=duties, words=words, actor=request.actor, at=request.now
        )
        return reverse("matters:sent", args=[sent.pk])

    return act_once(request, "matters:report", act)


def report_context(
    request: OfficeRequest, share: Assignment, refusal: Invalid | None
) -> dict[str, Any]:
    """The form with what the office knows already."""
    draft = share.reports.filter(state=ReportState.DRAFT).prefetch_related("figures").first()
    last = share.reports.exclude(state=ReportState.DRAFT).order_by("-submitted_at").first()
    returned = share.reports.filter(state=ReportState.RETURNED).order_by("-submitted_at").first()
    open_duties = list(share.duties.filter(state__in=DUTY_AWAITING_UNIT).order_by("due_at"))
    ticked = request.POST.getlist("duties") if refusal else []
    values = request.POST if refusal else draft
    if values is None and returned is not None:
        values = returned
    return {
        "share": share,
        "refusal": refusal,
        "draft": draft,
        "values": values,
        "last": last,
        "returned": returned if returned and hasattr(returned, "review") else None,
        "duties": [
            {
                "duty": duty,
                "light": duty_light(duty, request.now),
                "asks": [str(Content(part).label) for part in duty.content],
                "ticked": str(duty.pk) in ticked or (not ticked and index == 0),
            }
            for index, duty in enumerate(open_duties)
        ],
        "late": any(d.due_at and (d.redo_due_at or d.due_at) <= request.now for d in open_duties),
        "figures": figures(request, refusal, draft or returned, previous_rows(share)),
        "files": attached(draft.pk) if draft else [],
        "joints": joints_of(share) if share.part == Part.LEAD else [],
    }


def figures(
    request: OfficeRequest,
    refusal: Invalid | None,
    draft: Report | None,
    earlier: dict[str, ReportFigure],
) -> list[dict[str, Any]]:
    """The figure rows to show, at least one; those sent before come with their last value."""
    if refusal:
        names = request.POST.getlist("figure_name")
        values, units = request.POST.getlist("figure_value"), request.POST.getlist("figure_measure")
        rows = zip(names, values, units, strict=False)
        return [{"name": n, "value": v, "measure": m} for n, v, m in rows]
    known = draft.figures.all() if draft else []
    found = [
        {"name": f.name, "value": f"{f.value.normalize():f}", "measure": f.measure} for f in known
    ]
    named = {row["name"] for row in found}
    for name, last in earlier.items():
        if name not in named:
            found.append({"name": name, "value": "", "measure": last.measure})
    for row in found:
        before = earlier.get(row["name"])
        row["last"] = f"{before.value.normalize():f}" if before else ""
    return found or [{"name": "", "value": "", "measure": "", "last": ""}]


def previous_rows(share: Assignment) -> dict[str, ReportFigure]:
    """The last row sent for each named figure of this share."""
    rows = ReportFigure.objects.filter(report__assignment=share).exclude(
        report__state=ReportState.DRAFT
    )
    return {row.name: row for row in rows.order_by("report__submitted_at")}


def attached(report_id: UUID) -> Any:
    """The files of a report."""
    rows = Attachment.objects.filter(owner_kind="report", owner_id=report_id)
    return rows.select_related("file").order_by("created_at")


def full_reports() -> Any:
    """Reports with what their page shows."""
    rows = Report.objects.select_related(
        "assignment__matter__office", "assignment__unit", "review", "follows__review"
    )
    return rows.prefetch_related("figures", "duties")


@require_safe
def sent(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A report as sent, with its review and the form to decide."""
    found = visible(full_reports(), request.actor, pk)
    return render(request, "matters/report.html", report_parts(request, found))


def report_parts(request: OfficeRequest, found: Report) -> dict[str, Any]:
    """What the page of a sent report and the review queue both show."""
    decision = rules.may_review(request.actor, found)
    refusal = getattr(decision, "reason", None)
    own = getattr(refusal, "code", "") == "own-report"
    files = list(attached(found.pk))
    return {
        "report": found,
        "matter": found.assignment.matter,
        "files": files,
        "may_review": bool(decision),
        "why_not": refusal if own else None,
        "previous": previous_of(found),
        "redo_at": reviewing.redo_limit(found.assignment, request.now) if decision else None,
        "checks": checks(found, files),
        "phrases": PHRASES,
    }


def checks(found: Report, files: list[Any]) -> list[tuple[bool, Any]]:
    """What a reviewer looks at first, as plain sentences."""
    figures = bool(found.figures.all())
    return [
        (bool(found.state_change), _("States a change.") if found.state_change else NO_CHANGE),
        (figures, _("Gives figures.") if figures else _("Gives no figures.")),
        (bool(files), _("Carries files.") if files else _("Carries no files.")),
    ]


def previous_of(report: Report) -> Report | None:
    """The submission before this one."""
    rows = Report.objects.filter(assignment=report.assignment, submitted_at__isnull=False)
    if report.submitted_at is None:
        return None
    return rows.filter(submitted_at__lt=report.submitted_at).order_by("-submitted_at").first()


@require_safe
def queue(request: OfficeRequest) -> HttpResponse:
    """Reports that wait for review in one's own office, the longest first."""
    ensure(may_see_business(request.actor))
    own = owned_by(request.actor.unit_id, "assignment__matter__")
    rows = Report.objects.visible_to(request.actor).filter(own, state=ReportState.SUBMITTED)
    rows = rows.select_related("assignment__matter", "assignment__unit")
    found = page(rows, order=("submitted_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "matters/reviews.html", queue_parts(request, found.rows, found))


def queue_parts(request: OfficeRequest, rows: list[Any], found: Any) -> dict[str, Any]:
    """The list, the open report (the first one unless the URL names another), and the next."""
    calendar, today = current_calendar(), office_date(request.now)
    for row in rows:
        row.waits = calendar.workdays_between(office_date(row.submitted_at), today)
    asked = request.GET.get("open", "")
    ids = [str(row.pk) for row in rows]
    place = ids.index(asked) if asked in ids else 0
    context: dict[str, Any] = {"page": found, "longest": max((r.waits for r in rows), default=0)}
    if rows:
        opened = visible(full_reports(), request.actor, rows[place].pk)
        context |= report_parts(request, opened)
        context |= {
            "opened": opened.pk,
            "after": ids[place + 1] if place + 1 < len(ids) else "",
            "before": ids[place - 1] if place else "",
        }
    return context


@require_POST
def review(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Decide on a report."""
    rows = Report.objects.select_related("assignment__matter", "review")
    found = visible(rows, request.actor, pk)
    words = request.POST.get("reason", "")
    if request.POST.get("verdict") == "supplement":
        reviewing.ask_to_supplement(report=found, reason=words, actor=request.actor, at=request.now)
    elif request.POST.get("verdict") == "returned":
        reviewing.return_for_redo(report=found, reason=words, actor=request.actor, at=request.now)
    else:
        reviewing.accept(report=found, remark=words, actor=request.actor, at=request.now)
    if "after" in request.POST:
        after = request.POST["after"]
        target = reverse("matters:reviews")
        return redirect(f"{target}?open={UUID(after)}" if is_id(after) else target)
    return redirect("matters:sent", found.pk)


def is_id(text: str) -> bool:
    """Whether the text names a row."""
    return bool(text) and bool(ids_of([text]))
