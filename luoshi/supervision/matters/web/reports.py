"""Pages of a share and its reports: signing, report form, report, review queue."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.fitting import revision_of
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import end_of_day, instant_text, last_day, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.report import composing, reporting, reviewing
from luoshi.supervision.matters.domain.report.evidence import (
    drawn_for_visit,
    least_needed,
    proposed_for,
)
from luoshi.supervision.matters.domain.report.sending import between_periods
from luoshi.supervision.matters.domain.report.signing_off import waits_for_principal
from luoshi.supervision.matters.domain.share import signing
from luoshi.supervision.matters.domain.share.advising import joints_of
from luoshi.supervision.matters.enums import (
    DUTY_AWAITING_UNIT,
    REPORT_UNSENT,
    DutyState,
    EvidenceGrade,
    Part,
    ReportState,
    SigningState,
)
from luoshi.supervision.matters.models import Assignment, Report, Signing, owned_by
from luoshi.supervision.matters.web.figuring import (
    duty_rows,
    figure_rows,
    known_elsewhere,
    planned_words,
    previous_rows,
)
from luoshi.supervision.matters.web.forms import a_date, ids_of, readable_words, words_of
from luoshi.supervision.rulebook.domain.queries.settings import settings_of

NO_CHANGE = _("States no change of state.")
PHRASES = (
    _("Please give the figures by county and district."),
    _("Please attach the papers that prove it."),
    _("Please say what changed since the last report."),
    _("Please give finishing dates and responsible persons."),
)


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
    waiting = share.reports.filter(state=ReportState.SIGNING).first()
    if waiting is not None:
        return redirect("matters:signing", waiting.pk)
    refusal = None
    if request.method == "POST":
        try:
            return save_or_send(request, share)
        except Invalid as found:
            refusal = found
            keep(request, share, found)
    if refusal is not None and request.headers.get("X-Autosave"):
        told = " ".join(str(text) for texts in refusal.errors.values() for text in texts)
        return JsonResponse({"refused": told}, status=422)
    return render(
        request,
        "matters/report_form.html",
        report_context(request, share, refusal),
        status=422 if refusal else 200,
    )


def keep(request: OfficeRequest, share: Assignment, why: Invalid) -> None:
    """What was refused stays as the draft: the page opened again shows the words just typed and
    not older ones. A draft somebody else saved meanwhile stays theirs."""
    if why.code == "edited-meanwhile":
        return
    drafted = share.reports.filter(state=ReportState.DRAFT).exists()
    with suppress(Invalid):
        reporting.save_draft(
            assignment=share,
            words=readable_words(request.POST),
            revision=revision_of(request.POST.get("revision", "")) or 0 if drafted else 0,
            actor=request.actor,
            at=request.now,
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
            assignment=share,
            duty_ids=duties,
            words=words,
            revision=revision_of(request.POST.get("revision", "")),
            actor=request.actor,
            at=request.now,
        )
        page = "signing" if sent.state == ReportState.SIGNING else "sent"
        return reverse(f"matters:{page}", args=[sent.pk])

    return act_once(request, "matters:report", act)


def report_context(
    request: OfficeRequest, share: Assignment, refusal: Invalid | None
) -> dict[str, Any]:
    """The form with what the office knows already."""
    draft = share.reports.filter(state=ReportState.DRAFT).prefetch_related("figures").first()
    last = share.reports.exclude(state__in=REPORT_UNSENT).order_by("-submitted_at").first()
    again = share.reports.filter(state=ReportState.RETURNED, duties__state=DutyState.RETURNED)
    returned = again.order_by("-submitted_at").first()
    open_duties = list(share.duties.filter(state__in=DUTY_AWAITING_UNIT).order_by("due_at"))
    asked = list(share.matter.asked_figures.all())
    start = draft or returned
    between = between_periods(share)
    sums, changed = composing.provenance(draft) if draft else ([], [])
    return {
        "share": share,
        "refusal": refusal,
        "draft": draft,
        "values": request.POST if refusal else start,
        "last": last,
        "returned": returned if returned and hasattr(returned, "review") else None,
        "duties": duty_rows(
            open_duties,
            start,
            [figure.name for figure in asked],
            request.POST.getlist("duties") if refusal else [],
            request.now,
            between=between,
        ),
        "between": between,
        "late": any(d.due_at and (d.redo_due_at or d.due_at) <= request.now for d in open_duties),
        "figures": figure_rows(
            request.POST if refusal else None,
            start,
            asked,
            previous_rows(share),
            known_elsewhere(share, asked),
        ),
        "files": attached(draft.pk) if draft else [],
        "planned": planned_words(share),
        "signs": request.actor.role == Role.PRINCIPAL,
        "waits": waits_for_principal(share, request.actor, request.now),
        "least": least_needed(share.matter),
        "below": len(composing.candidates(share, request.actor)),
        "sums": sums,
        "outdated": changed,
        "joints": joints_of(share) if share.part == Part.LEAD else [],
    }


def attached(report_id: UUID) -> Any:
    """The files of a report."""
    rows = Attachment.objects.filter(owner_kind="report", owner_id=report_id)
    return rows.select_related("file").order_by("created_at")


def full_reports() -> Any:
    """Reports with what their page shows."""
    rows = Report.objects.select_related(
        "assignment__matter__office", "assignment__unit", "review", "follows__review", "corrects"
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
    matter = found.assignment.matter
    settings = settings_of(matter.office_id)
    least = EvidenceGrade(matter.least_evidence or settings.least_evidence)
    redo = reviewing.workdays_later(settings.redo_workdays, request.now) if decision else None
    sums, changed = composing.provenance(found)
    return {
        "report": found,
        "matter": matter,
        "files": files,
        "may_review": bool(decision),
        "why_not": refusal if own else None,
        "previous": previous_of(found),
        "redo_at": redo,
        "redo_on": last_day(redo).isoformat() if redo else "",
        "checks": checks(found, files, least),
        "phrases": settings.return_phrases or PHRASES,
        "may_correct": bool(rules.may_correct(request.actor, found)),
        "grades": [(grade.value, f"{grade.value} {grade.label}") for grade in EvidenceGrade],
        "proposed": proposed_for(found),
        "drawn": bool(decision) and drawn_for_visit(found, settings.spot_percent),
        "sums": sums,
        "outdated": changed,
        "readable": readable_sources(request, sums),
        "signature": signature_of(found),
    }


def signature_of(found: Report) -> Signing | None:
    """When the principal signed in the system; a name written by the unit has no such row."""
    if not found.signed_by_principal:
        return None
    return found.signings.filter(state=SigningState.SIGNED).first()


def readable_sources(request: OfficeRequest, sums: list[composing.Sum]) -> set[UUID]:
    """Which of the reports a figure was put together from this reader may open."""
    used = {row.source_id for one in sums for row in one.rows}
    rows = Report.objects.visible_to(request.actor).filter(pk__in=used) if used else ()
    return {row.pk for row in rows}


def checks(found: Report, files: list[Any], least: int) -> list[tuple[bool, Any]]:
    """What a reviewer looks at first, as plain sentences."""
    figures = bool(found.figures.all())
    return [
        (bool(found.state_change), _("States a change.") if found.state_change else NO_CHANGE),
        (figures, _("Gives figures.") if figures else _("Gives no figures.")),
        (bool(files), _("Carries files.") if files else _("Carries no files.")),
        (
            proposed_for(found) >= least,
            _("Evidence grade %(grade)d, needed for conclusion %(least)d.")
            % {"grade": proposed_for(found), "least": least},
        ),
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
        redo_on = a_date(request.POST.get("redo_on", ""), "redo_on")
        reviewing.return_for_redo(
            report=found,
            reason=words,
            redo_at=end_of_day(redo_on) if redo_on else None,
            actor=request.actor,
            at=request.now,
        )
    else:
        reviewing.accept(
            report=found,
            remark=words,
            graded=graded(request.POST),
            despite_outdated="despite_outdated" in request.POST,
            actor=request.actor,
            at=request.now,
        )
    if "after" in request.POST:
        after = request.POST["after"]
        target = reverse("matters:reviews")
        return redirect(f"{target}?open={UUID(after)}" if is_id(after) else target)
    return redirect("matters:sent", found.pk)


def graded(post: QueryDict) -> reviewing.Graded:
    """The grade the reviewer chose, and why it is another than the proposed one."""
    text = post.get("evidence", "")
    chosen = int(text) if len(text) == 1 and text.isascii() and text.isdigit() else None
    return reviewing.Graded(chosen, post.get("evidence_note", ""))


def is_id(text: str) -> bool:
    """Whether the text names a row."""
    return bool(text) and bool(ids_of([text]))
