"""Pages: the list, all leaders, one instruction, a new one, the tab of a matter."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.desks.instructions import rules
from luoshi.desks.instructions.domain.noting import OWNER, note
from luoshi.desks.instructions.domain.queries.listing import (
    ORDER,
    SHOWN,
    Filters,
    by_leader,
    counts,
    dressed,
    instructions,
)
from luoshi.desks.instructions.models import Instruction
from luoshi.desks.instructions.web.forms import NOTED, leader_of, words_of
from luoshi.desks.instructions.web.showing import dress
from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.rows.keyset import page
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import typed
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.deadlines.engine.trace import Trace
from luoshi.foundation.deadlines.engine.wording import lines
from luoshi.foundation.organizations.domain.queries.holders import leaders_over
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.domain.queries.showing import days_word, history_of
from luoshi.supervision.matters.models import Matter, Report

YEARS = 3


def address(row: Instruction) -> str:
    """The instruction's page."""
    return reverse("instructions:instruction", args=[row.pk])


def an_instruction(request: OfficeRequest, pk: UUID) -> Instruction:
    """The instruction in the reader's sight."""
    rows = Instruction.objects.select_related(
        "office", "matter__lead_unit", "on_matter", "on_report__assignment__unit"
    )
    found: Instruction = visible(rows, request.actor, pk)
    return found


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """A leader's own instructions, or those of every leader the office writes for."""
    ensure(may_see_business(request.actor))
    filters, at = Filters.of(request.GET), request.now
    rows = instructions(request.actor, filters, at)
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    dress(found.rows, at)
    today = office_date(at)
    context = {
        "page": found,
        "filters": filters,
        "counts": counts(request.actor, filters, at),
        "tabs": SHOWN,
        "own": request.actor.role == Role.LEADER,
        "years": range(today.year, today.year - YEARS, -1),
        "may_note": bool(rules.may_note(request.actor)),
        "may_see_leaders": bool(rules.may_see_leaders(request.actor)),
    }
    return render(request, "instructions/instructions.html", context)


@require_safe
def leaders(request: OfficeRequest) -> HttpResponse:
    """The secretary-general's view of all leaders."""
    ensure(rules.may_see_leaders(request.actor))
    lines_ = by_leader(request.actor, request.now)
    total = {
        key: sum(line[key] for line in lines_)
        for key in ("running", "red", "yellow", "green", "waiting", "concluded", "kept")
    }
    context = {"lines": lines_, "total": total}
    return render(request, "instructions/leaders.html", context)


@require_http_methods(["GET", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Note an instruction, on a matter or report in sight or on a paper."""
    ensure(rules.may_note(request.actor))
    matter, report = written_on(request)
    refusal = None
    if request.method == "POST":
        try:
            words = words_of(request.POST, request.now)
            files = [(one.name or "", one.file) for one in request.FILES.getlist("files")]

            def act() -> str:
                made = note(
                    words=words,
                    actor=request.actor,
                    at=request.now,
                    leader_id=leader_of(request.POST),
                    on_matter=matter,
                    on_report=report,
                    files=files,  # type: ignore[arg-type]
                )
                return address(made)

            return act_once(request, "instructions:new", act)
        except Invalid as found:
            refusal = found
    own = request.actor.role == Role.LEADER
    today = office_date(request.now)
    context = {
        "refusal": refusal,
        "values": typed(request.POST, NOTED),
        "matter": matter or (report.assignment.matter if report else None),
        "report": report,
        "own": own,
        "leaders": [] if own else choices(leaders_over(request.actor.unit_id, today)),
    }
    return render(request, "instructions/new.html", context, status=422 if refusal else 200)


def choices(posts: Any) -> list[tuple[UUID, str]]:
    """Leaders as choices of the form."""
    return [(row.person_id, f"{row.person.full_name} {row.post.title}") for row in posts]


def written_on(request: OfficeRequest) -> tuple[Matter | None, Report | None]:
    """The matter or report of the address, in the reader's sight."""
    given = request.GET
    if given.get("report"):
        rows = Report.objects.select_related("assignment__matter", "assignment__unit")
        return None, visible(rows, request.actor, key(given["report"]))
    if given.get("matter"):
        return visible(Matter.objects, request.actor, key(given["matter"])), None
    return None, None


def key(text: str) -> UUID:
    """An id of the address; one that is none is never found."""
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@require_safe
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One instruction: its words, both readings of its limit, what became of it."""
    row, at = an_instruction(request, pk), request.now
    dress([row], at)
    files = Attachment.objects.filter(owner_kind=OWNER, owner_id=row.pk).select_related("file")
    seen = row.matter_id and Matter.objects.visible_to(request.actor).filter(pk=row.matter_id)
    context = {
        "row": row,
        "files": files.order_by("created_at", "pk"),
        "reference": reference(row, at),
        "matter_seen": bool(seen and seen.exists()),
        "history": history_of("instructions.instruction", row.pk),
        "may_file": bool(rules.may_file(request.actor, row)),
        "may_decide": bool(rules.may_decide(request.actor, row)),
        "suggested": suggested(request, row),
    }
    return render(request, "instructions/instruction.html", context)


def reference(row: Instruction, at: datetime) -> dict[str, Any] | None:
    """The limit counted from the day of the instruction, explained (A4)."""
    if row.reference_due_at is None or row.reference_trace is None:
        return None
    trace = Trace.from_json(row.reference_trace)
    return {
        "due_at": row.reference_due_at,
        "lines": lines(trace, get_language() or "zh-hans"),
        "left": days_word(row.reference_due_at, at, current_calendar()),
    }


def suggested(request: OfficeRequest, row: Instruction) -> str:
    """The number of the matter it was written on, if that is the office's own."""
    matter = row.on_matter
    own = matter is not None and matter.office_id == request.actor.unit_id
    return matter.number if own and matter is not None else ""


@require_safe
def of_matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The tab of a matter: the instructions that stand on it, and those written on it."""
    matter = visible(Matter.objects, request.actor, pk)
    seen = Instruction.objects.visible_to(request.actor)
    rows = dressed(seen.filter(Q(matter=matter) | Q(on_matter=matter)))
    found = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    dress(found.rows, request.now)
    context = {
        "matter": matter,
        "page": found,
        "may_note": bool(rules.may_note(request.actor)),
    }
    return render(request, "instructions/matter.html", context)
