"""Pages: the office's commitments, one commitment with its year, one occurrence."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.changing import holding
from luoshi.supervision.commitments.domain.keeping import OWNER
from luoshi.supervision.commitments.domain.queries import record
from luoshi.supervision.commitments.kinds import KINDS
from luoshi.supervision.commitments.models import Commitment, Occurrence
from luoshi.supervision.commitments.web import showing
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import days_word, history_of
from luoshi.supervision.matters.enums import Light

LIGHTS = (Light.RED, Light.YELLOW, Light.GREEN)
LATEST = 20


def left(due_at: datetime | None, hourly: bool, at: datetime) -> str:
    """How much time is left or over, in days; an hour limit says its hour and needs no more."""
    return "" if due_at is None or hourly else days_word(due_at, at, current_calendar())


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Every commitment of the office: what is due next, whose turn it is, its year."""
    ensure(rules.may_see(request.actor))
    at, year = request.now, office_date(request.now).year
    rows = record.commitments(request.actor, at)
    show = request.GET.get("show", "")
    narrowed = rows.filter(record.shown(show, at)) if show in Light.values else rows
    found = page(narrowed, order=record.ORDER, cursor=request.GET.get("cursor", ""))
    for row in found.rows:
        row.version, row.year = record.held(row), record.year_of(row)
        row.rule = showing.rule_words(row.version)
        row.shown = record.light_of(row, at)
        row.word = pgettext("commitment", "Ended") if row.is_over(office_date(at)) else ""
        row.left = left(row.next_due_at, row.next_hourly, at)
    context = {
        "page": found,
        "counts": record.counts(rows, at),
        "lights": [light.value for light in LIGHTS],
        "show": show if show in Light.values else "",
        "year": year,
        "may_undertake": bool(rules.may_undertake(request.actor)),
    }
    return render(request, "commitments/commitments.html", context)


def a_commitment(request: OfficeRequest, pk: UUID) -> Commitment:
    """The commitment in the reader's sight."""
    ensure(rules.may_see(request.actor))
    row: Commitment = visible(Commitment.objects.select_related("office"), request.actor, pk)
    return row


def an_occurrence(request: OfficeRequest, pk: UUID) -> Occurrence:
    """The occurrence in the reader's sight."""
    ensure(rules.may_see(request.actor))
    rows = Occurrence.objects.select_related("commitment__office", "version", "office")
    row: Occurrence = visible(rows, request.actor, pk)
    return row


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One commitment."""
    return shown(request, a_commitment(request, pk))


def shown(
    request: OfficeRequest, row: Commitment, refusal: Any = None, status: int = 200
) -> HttpResponse:
    """The commitment's page, with what was refused in its form."""
    actor, at = request.actor, request.now
    year = office_date(at).year
    versions: list[Any] = list(row.versions.order_by("number"))
    version = holding(versions, office_date(at))
    latest = row.occurrences.select_related("version", "commitment").order_by("-due_at")
    rows = list(latest[: LATEST + 1])
    showing.dress(rows, at)
    waiting = [one for one in rows if one.on_clock and (not one.missed_at or one.missed_at > at)]
    current = min(waiting, key=lambda one: one.due_at, default=None)
    months = record.by_month(actor, year, at, row)
    versions = [one for one in versions if one.ever_holds or one == version]
    for one in versions:
        one.words = showing.rule_words(one)
    context = {
        "row": row,
        "version": version,
        "rule": showing.rule_words(version),
        "kind": KINDS.get(row.kind, row.kind),
        "current": current,
        "left": left(current.due_at, current.hourly, at) if current else "",
        "rows": rows[:LATEST],
        "more": len(rows) > LATEST,
        "versions": versions,
        "months": months,
        "total": record.totals(months),
        "year": year,
        "history": history_of("commitments.commitment", row.pk),
        "may_change": bool(rules.may_change(actor, row, at)),
        "may_end": bool(rules.may_end(actor, row, at)),
        "is_over": row.is_over(office_date(at)),
        "refusal": refusal,
        "values": request.POST if refusal else {},
    }
    return render(request, "commitments/commitment.html", context, status=status)


@require_safe
def occurrence(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One occurrence: its limit explained, what became of it."""
    return occurrence_shown(request, an_occurrence(request, pk))


def occurrence_shown(
    request: OfficeRequest, row: Occurrence, refusal: Any = None, form: str = ""
) -> HttpResponse:
    """The occurrence's page, with what was refused in one of its forms."""
    actor, at = request.actor, request.now
    showing.dress([row], at)
    files = Attachment.objects.filter(owner_kind=OWNER, owner_id=row.pk).order_by("created_at")
    context = {
        "row": row,
        "trace": showing.explanation(row),
        "left": left(row.due_at, row.hourly, at) if row.on_clock else "",
        "files": files,
        "history": history_of("commitments.occurrence", row.pk),
        "may_keep": bool(rules.may_keep(actor, row)),
        "may_excuse": bool(rules.may_excuse(actor, row)),
        "now": showing.now_typed(at),
        "refusal": refusal,
        "form": form,
        "values": request.POST if refusal else {},
    }
    status = refusal.status if refusal else 200
    return render(request, "commitments/occurrence.html", context, status=status)
