"""One matter of a sample, one promised date, and the look-back tab of a matter's page."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.attachments.domain.storing import store
from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.domain.checking import Check, record_check
from luoshi.supervision.lookbacks.domain.marking import lift_key, mark_key
from luoshi.supervision.lookbacks.domain.naming import checkers_for, name_checker
from luoshi.supervision.lookbacks.domain.promising import settle
from luoshi.supervision.lookbacks.domain.queries.promises import promises_of, running_promise
from luoshi.supervision.lookbacks.enums import Finding, Method, Outcome
from luoshi.supervision.lookbacks.models import LookBackItem, PromiseOutcome
from luoshi.supervision.matters.domain.matter.effects import typed_effect
from luoshi.supervision.matters.domain.queries.burden import anew
from luoshi.supervision.matters.domain.queries.fetching import visible
from luoshi.supervision.matters.models import Closure, Matter

WITH = ("round", "closure", "matter__lead_unit", "reopening")


def own_item(request: OfficeRequest, pk: UUID) -> LookBackItem:
    """An item of the reader's own office."""
    ensure(rules.may_read(request.actor))
    rows = LookBackItem.objects.select_related(*WITH).filter(round__office_id=request.actor.unit_id)
    found: LookBackItem | None = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def check_of(post: QueryDict) -> Check:
    """The checker's form."""
    return Check(
        finding=post.get("finding", ""),
        method=post.get("method", ""),
        evidence=post.get("evidence", ""),
        note=post.get("note", ""),
        effect=typed_effect(post),
        due_on=a_date(post.get("due_on", ""), "due_on"),
        next_on=a_date(post.get("next_on", ""), "next_on"),
    )


@require_http_methods(["GET", "POST"])
def show(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One item; POST writes down what was found."""
    item = own_item(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            check = check_of(request.POST)

            def act() -> str:
                record_check(item=item, check=check, actor=request.actor, at=request.now)
                return reverse("lookbacks:item", args=[item.pk])

            return act_once(request, "lookbacks:item", act)
        except Invalid as found:
            refusal = found
    may_name = bool(rules.may_name(request.actor, item))
    may_check = bool(rules.may_check(request.actor, item))
    promise = running_promise(item.closure)
    context = {
        "item": item,
        "refusal": refusal,
        "values": request.POST if refusal else {},
        "effect": effect_values(request, item, refusal),
        "promise": promise,
        "findings": findings(promise is not None),
        "methods": Method.choices,
        "checkers": checkers_for(item, request.now) if may_name else [],
        "may_check": may_check,
        "anew": anew(item.matter, office_date(request.now)) if may_check else None,
        "may_name": may_name,
        "files": Attachment.objects.filter(owner_kind="lookback", owner_id=item.pk),
    }
    return render(request, "lookbacks/item.html", context, status=422 if refusal else 200)


def effect_values(request: OfficeRequest, item: LookBackItem, refusal: Invalid | None) -> Any:
    """What was typed, else the measure of the conclusion, to be measured again."""
    if refusal:
        return request.POST
    closure = item.closure
    return {"effect_name": closure.effect_name, "effect_measure": closure.effect_measure}


def findings(promised: bool) -> list[tuple[str, Any]]:
    """The findings that fit: those about a promise only while one runs."""
    about = {Finding.KEPT, Finding.MISSED, Finding.NOT_DUE}
    return [(f.value, f.label) for f in Finding if promised or f not in about]


@require_POST
def checker(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Name the checker."""
    item = own_item(request, pk)
    ensure(rules.may_name(request.actor, item))
    try:
        person_id = UUID(request.POST.get("checker", ""))
    except ValueError as error:
        raise Invalid(_("Not named."), {"checker": [_("Choose an officer.")]}) from error
    name_checker(item=item, person_id=person_id, actor=request.actor, at=request.now)
    return redirect("lookbacks:item", item.pk)


@require_POST
def evidence(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Add files as evidence, before the finding is written down."""
    item = own_item(request, pk)
    ensure(rules.may_check(request.actor, item))
    for upload in request.FILES.getlist("file"):
        store(
            upload.file,  # type: ignore[arg-type]
            name=upload.name or "",
            actor=request.actor,
            at=request.now,
            owner_kind="lookback",
            owner_id=item.pk,
        )
    return redirect("lookbacks:item", item.pk)


@require_http_methods(["GET", "POST"])
def promise(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """One promised date; POST says what became of it."""
    ensure(rules.may_read(request.actor))
    closure = promises_of(request.actor.unit_id).filter(pk=pk).first()
    if closure is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    refusal = None
    if request.method == "POST":
        try:
            settle(
                closure=closure,
                outcome=request.POST.get("outcome", ""),
                evidence=request.POST.get("evidence", ""),
                note=request.POST.get("note", ""),
                next_on=a_date(request.POST.get("next_on", ""), "next_on"),
                due_on=a_date(request.POST.get("due_on", ""), "due_on"),
                actor=request.actor,
                at=request.now,
            )
            return redirect("lookbacks:promise", pk)
        except Invalid as found:
            refusal = found
    context = {
        "closure": closure,
        "matter": closure.matter,
        "refusal": refusal,
        "values": request.POST if refusal else {},
        "runs_on": running_promise(closure),
        "outcomes": Outcome.choices,
        "told": closure.promise_outcomes.order_by("promised_on"),
        "may_settle": bool(rules.may_settle(request.actor, closure)),
    }
    return render(request, "lookbacks/promise.html", context, status=422 if refusal else 200)


@require_safe
def of_matter(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The tab of a matter: its conclusions, what was found since, promises, the key mark."""
    rows = Matter.objects.select_related("office", "lead_unit")
    matter = visible(rows, request.actor, pk)
    closures = Closure.objects.filter(matter=matter).select_related("reopening").order_by("round")
    told = PromiseOutcome.objects.filter(closure__matter=matter).order_by("promised_on")
    marks = list(matter.key_marks.order_by("marked_at"))
    context = {
        "matter": matter,
        "closures": closures,
        "items": matter.lookbacks.select_related("round", "closure").order_by("round__year"),
        "told": told,
        "marks": marks,
        "marked": any(mark.lifted_at is None for mark in marks),
        "may_mark": bool(rules.may_mark(request.actor, matter)),
        "may_read": bool(rules.may_read(request.actor))
        and request.actor.unit_id == matter.office_id,
    }
    return render(request, "lookbacks/matter.html", context)


@require_POST
def key_mark(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """Mark as key, or lift the mark."""
    matter = visible(Matter.objects, request.actor, pk)
    verb = lift_key if request.POST.get("act") == "lift" else mark_key
    reason = request.POST.get("reason", "")
    verb(matter=matter, reason=reason, actor=request.actor, at=request.now)
    return redirect("lookbacks:matter", matter.pk)
