"""Pages of changed limits: a drafted rule with the open duties it would move, the decision, the
acts that moved limits and their rows."""

from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.rows.keyset import cut, page
from luoshi.foundation.core.time import date_text, instant_text, office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.sheets import xlsx_answer
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import from_json
from luoshi.foundation.organizations.rules import may_see_business
from luoshi.supervision.matters.domain.duty.recomputing import totals
from luoshi.supervision.matters.domain.duty.redating import digest_of
from luoshi.supervision.matters.domain.duty.ruling import preview_rule, rule_in_force
from luoshi.supervision.matters.domain.queries.exporting import redatings as exported
from luoshi.supervision.matters.domain.queries.moving import (
    line_of,
    lines_of,
    sheet,
    tabs,
)
from luoshi.supervision.matters.domain.queries.shifting import shift_of
from luoshi.supervision.matters.enums import Change
from luoshi.supervision.matters.models import RedatedDuty, Redating
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.adopting import refuse, version_of
from luoshi.supervision.rulebook.domain.proposing import withdraw_change
from luoshi.supervision.rulebook.domain.queries.versions import version_before
from luoshi.supervision.rulebook.enums import Content, ProposalState
from luoshi.supervision.rulebook.models import ReportingRuleVersion, RuleProposal

ROWS = ("duty__assignment__matter", "duty__assignment__unit")
ONLY = {*Change.values, "overdue"}


def own_proposal(request: OfficeRequest, pk: UUID) -> RuleProposal:
    """A drafted change of the reader's own office."""
    ensure(rules.may_read_rules(request.actor))
    rows = RuleProposal.objects.select_related("rule", "made__redating")
    found = rows.filter(pk=pk, office_id=request.actor.unit_id).first()
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return found


def only_of(request: OfficeRequest) -> str:
    """The tab that is open."""
    only = request.GET.get("only", "")
    return only if only in ONLY else ""


@require_http_methods(["GET", "POST"])
def proposal(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """A drafted change with everything it would move; POST decides."""
    found = own_proposal(request, pk)
    refusal = None
    if request.method == "POST":
        try:
            return act_once(request, "matters:proposal", lambda: decide(request, found))
        except Invalid as refused:
            refusal = refused
    drafted = found.state == ProposalState.DRAFTED
    moved = preview_rule(found, request.now) if drafted else []
    counted, only = totals(moved), only_of(request)
    lines = lines_of(moved, only)
    today, language = office_date(request.now), get_language() or "zh-hans"
    after = found.made or version_of(found, today)
    before = version_before(found, after)
    context = {
        "proposal": found,
        "drafted": drafted,
        "versions": sides(before, after, language),
        "load": shift_of(before, after, found.office_id, request.now) if drafted else None,
        "after": after,
        "totals": counted,
        "tabs": tabs(counted.__dict__),
        "only": only,
        "page": cut(lines, key=lambda row: row.key, cursor=request.GET.get("cursor", "")),
        "digest": digest_of(moved),
        "export": reverse("matters:proposal-export", args=[found.pk]),
        "may_decide": bool(rules.may_decide_rule(request.actor, found)),
        "may_withdraw": bool(rules.may_withdraw_rule(request.actor, found)),
        "refusal": refusal,
    }
    return render(request, "matters/limits/proposal.html", context, status=422 if refusal else 200)


def sides(
    before: ReportingRuleVersion, after: ReportingRuleVersion, language: str
) -> list[tuple[Any, Any, Any, bool]]:
    """What the rule says now and would say: label, before, after, whether it differs."""
    rows = [
        (label, words(before, name, language), words(after, name, language))
        for name, label in (
            ("limit", _("Limit")),
            ("grace_workdays", _("Grace, working days")),
            ("roll", _("Rest day: next working day")),
            ("silence_days", _("Silence, days")),
            ("skip_first_days", _("First period skipped if younger than days")),
            ("content", _("Contents")),
            ("reports_to", _("Reports to")),
            ("legal_basis", _("Basis")),
            ("valid_from", _("Valid from")),
        )
    ]
    return [(label, old, new, old != new) for label, old, new in rows]


def words(version: ReportingRuleVersion, name: str, language: str) -> str:
    """One column of a version in words."""
    if name == "limit":
        if not version.applies:
            return _("retired")
        return phrase(from_json(version.deadline), language) if version.deadline else "—"
    if name == "valid_from" and version.office_id is None:
        return _("as shipped")
    value = getattr(version, name)
    if name == "valid_from":
        return date_text(value, language)
    if name == "content":
        return _(", ").join(str(Content(part).label) for part in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "—" if value in (None, "") else str(value)


def decide(request: OfficeRequest, found: RuleProposal) -> str:
    """One decision of the form; returns where it leads."""
    verdict, remark = request.POST.get("verdict", ""), request.POST.get("remark", "")
    here = reverse("matters:proposal", args=[found.pk])
    if verdict == "withdrawn":
        withdraw_change(proposal=found, actor=request.actor, at=request.now)
    elif verdict == "refused":
        refuse(proposal=found, remark=remark, actor=request.actor, at=request.now)
    else:
        _version, act = rule_in_force(
            proposal=found,
            apply_to_open=verdict == "applied",
            digest=request.POST.get("digest", ""),
            remark=remark,
            actor=request.actor,
            at=request.now,
        )
        return reverse("matters:redating", args=[act.pk]) if act else here
    return here


@require_safe
def proposal_export(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The preview as XLSX."""
    found = own_proposal(request, pk)
    rows = lines_of(preview_rule(found, request.now), only_of(request))
    return as_file(request, rows, f"{found.rule.code} {found.rule.title_zh}")


def as_file(request: OfficeRequest, rows: Any, title: str) -> HttpResponse:
    """Lines as an XLSX answer."""
    about = {
        _("Limits before and after"): title,
        _("As of"): instant_text(request.now, get_language() or "zh-hans"),
        _("Made by"): f"{request.actor.person_name} · {request.actor.unit_name}",
    }
    return xlsx_answer(sheet(rows, about=about), "limits.xlsx")


@require_safe
def redatings(request: OfficeRequest) -> HttpResponse:
    """The acts that moved limits, newest first."""
    rows = exported(request)
    found = page(rows, order=("-decided_at", "id"), cursor=request.GET.get("cursor", ""))
    return render(request, "matters/limits/redatings.html", {"page": found})


def visible_rows(request: OfficeRequest, pk: UUID) -> tuple[Redating, "QuerySet[Any]"]:
    """An act, and those of its rows the reader may see."""
    ensure(may_see_business(request.actor))
    act = Redating.objects.filter(pk=pk).first()
    rows = RedatedDuty.objects.visible_to(request.actor).filter(act_id=pk)
    own = act is not None and act.office_id == request.actor.unit_id
    if act is None or not (own or rows.exists()):
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    return act, rows.exclude(change="same").select_related(*ROWS)


def narrowed(rows: "QuerySet[Any]", only: str) -> "QuerySet[Any]":
    """The rows of one tab."""
    if not only:
        return rows
    return rows.filter(overdue=True) if only == "overdue" else rows.filter(change=only)


@require_safe
def redating(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """What one act moved, row by row."""
    act, rows = visible_rows(request, pk)
    only = only_of(request)
    counted = dict(rows.order_by().values_list("change").annotate(n=Count("pk")))
    counted["moved"] = sum(counted.values())
    counted["overdue"] = rows.filter(overdue=True).count()
    found = page(
        narrowed(rows, only), order=("before_at", "id"), cursor=request.GET.get("cursor", "")
    )
    found.rows[:] = [line_of(row) for row in found.rows]
    context = {
        "act": act,
        "totals": counted,
        "tabs": tabs(counted),
        "only": only,
        "page": found,
        "export": reverse("matters:redating-export", args=[act.pk]),
    }
    return render(request, "matters/limits/redating.html", context)


@require_safe
def redating_export(request: OfficeRequest, pk: UUID) -> HttpResponse:
    """The same rows as XLSX."""
    act, rows = visible_rows(request, pk)
    kept = narrowed(rows, only_of(request)).order_by("before_at", "pk")
    return as_file(request, map(line_of, kept.iterator(chunk_size=1000)), act.title)
