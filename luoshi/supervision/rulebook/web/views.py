"""The office's catalogue of rules: list, one rule with its versions, drafting a change, words
without a number."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luoshi.foundation.accounts.web.once import act_once
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, NotVisible
from luoshi.foundation.core.time import office_date
from luoshi.foundation.core.web.requests import OfficeRequest
from luoshi.foundation.core.web.typed import a_date
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.correcting import corrections, propose_correction
from luoshi.supervision.rulebook.domain.exporting import limit_words
from luoshi.supervision.rulebook.domain.proposing import Change, propose_change
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.queries.versions import (
    catalogue,
    current_version,
    rule_named,
    versions_of,
)
from luoshi.supervision.rulebook.domain.settling import may_settle
from luoshi.supervision.rulebook.domain.vague import Word, settle_vague, words_of
from luoshi.supervision.rulebook.enums import Content, Regime
from luoshi.supervision.rulebook.models import ReportingRule, ReportingRuleVersion, RuleProposal

COLUMNS = (
    ("deadline", _("Limit")),
    ("anchor", _("Counts from")),
    ("grace_workdays", _("Grace, working days")),
    ("silence_days", _("Silence, days")),
    ("skip_first_days", _("First period skipped if younger than days")),
    ("kind", _("Kind")),
    ("content", _("Contents")),
    ("reports_to", _("Reports to")),
    ("legal_basis", _("Legal basis")),
    ("source", _("Source")),
)
EXAMPLES = (
    "签收后15个自然日内",
    "签收后10个工作日内",
    "会议后1个月内",
    "印发后60个自然日内",
    "阶段结束后10个工作日内",
    "每季度",
    "每月",
    "7月15日、1月15日",
)


def labels(choices: Any, values: Any) -> list[str]:
    """Values as words."""
    return [str(choices(value).label) for value in values]


@require_safe
def index(request: OfficeRequest) -> HttpResponse:
    """Every rule as the reader's office has it today."""
    ensure(rules.may_read_rules(request.actor))
    language = get_language() or "zh-hans"
    rows = [
        {
            "row": row,
            "limit": limit_words(row.version, language),
            "for": labels(Regime, row.regimes),
        }
        for row in catalogue(request.actor.unit_id, office_date(request.now))  # type: ignore[arg-type]
    ]
    proposals = RuleProposal.objects.filter(office_id=request.actor.unit_id)
    context = {
        "rows": rows,
        "proposals": proposals.select_related("rule").order_by("-drafted_at")[:10],
        "corrections": corrected(request, language),
        "may_draft": bool(rules.may_draft_rule(request.actor)),
    }
    return render(request, "rulebook/catalogue.html", context)


def corrected(request: OfficeRequest, language: str) -> list[dict[str, Any]]:
    """What the product corrected and the office has not decided on: before and after in words."""
    found = corrections(request.actor.unit_id, office_date(request.now))  # type: ignore[arg-type]
    return [
        {
            "rule": one.present.rule,
            "proposal": one.proposal,
            "columns": [
                (label, said(one.present, name, language), said(one.corrected, name, language))
                for name, label in COLUMNS
                if name in one.values
            ],
        }
        for one in found
    ]


def said(version: ReportingRuleVersion, name: str, language: str) -> str:
    """A column of a version in words."""
    value = getattr(version, name)
    if name == "deadline":
        return limit_words(version, language) or "—"
    if name == "content":
        return str(_(", ")).join(labels(Content, value))
    return "—" if value in (None, "") else str(value)


@require_POST
def correction(request: OfficeRequest, code: str) -> HttpResponse:
    """Draft the adoption of the product's correction; leads to what it would move."""
    ensure(rules.may_read_rules(request.actor))
    found = rule_named(code)
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")

    def act() -> str:
        made = propose_correction(rule=found, actor=request.actor, at=request.now)
        return reverse("matters:proposal", args=[made.pk])

    return act_once(request, "rulebook:correction", act)


@require_http_methods(["GET", "POST"])
def rule(request: OfficeRequest, code: str) -> HttpResponse:
    """One rule, its versions, and the form for a change; POST drafts it."""
    ensure(rules.may_read_rules(request.actor))
    found = rule_named(code)
    if found is None:
        raise NotVisible(_("Not found, or outside your scope."), code="not-visible")
    refusal = None
    if request.method == "POST":
        ensure(rules.may_draft_rule(request.actor))
        try:
            change = change_of(request.POST)

            def act() -> str:
                made = propose_change(
                    rule=found, change=change, actor=request.actor, at=request.now
                )
                return reverse("matters:proposal", args=[made.pk])

            return act_once(request, "rulebook:rule", act)
        except Invalid as refused:
            refusal = refused
    context = shown(request, found, refusal)
    return render(request, "rulebook/rule.html", context, status=422 if refusal else 200)


def shown(request: OfficeRequest, found: ReportingRule, refusal: Invalid | None) -> dict[str, Any]:
    """The rule's page."""
    today, language = office_date(request.now), get_language() or "zh-hans"
    office = request.actor.unit_id
    present = current_version(found, office, today)  # type: ignore[arg-type]
    versions = [
        {"row": row, "limit": limit_words(row, language), "content": labels(Content, row.content)}
        for row in versions_of(found, office)  # type: ignore[arg-type]
    ]
    waiting = found.proposals.filter(office_id=office, state="drafted").first()
    return {
        "rule": found,
        "present": present,
        "limit": limit_words(present, language),
        "content": labels(Content, present.content),
        "versions": versions,
        "waiting": waiting,
        "may_draft": bool(rules.may_draft_rule(request.actor)) and waiting is None,
        "values": request.POST if refusal else typed(present, today.isoformat()),
        "ticked": request.POST.getlist("content") if refusal else present.content,
        "governs": request.POST.getlist("regimes") if refusal else governed(found, present),
        "contents": Content.choices,
        "regimes": Regime.choices,
        "examples": EXAMPLES,
        "refusal": refusal,
    }


def governed(found: ReportingRule, present: ReportingRuleVersion) -> list[str]:
    """The sources a rule governs now."""
    if present.regimes is not None:
        return list(present.regimes)
    return list(found.bindings.values_list("regime", flat=True))


def typed(version: ReportingRuleVersion, today: str) -> dict[str, Any]:
    """A version as the form shows it."""
    numbers = ("grace_workdays", "silence_days", "skip_first_days", "warning_workdays")
    return {
        "limit": limit_words(version, "zh"),
        "roll": version.roll,
        "reports_to": version.reports_to,
        "legal_basis": version.legal_basis,
        "valid_from": today,
        **{
            name: "" if getattr(version, name) is None else getattr(version, name)
            for name in numbers
        },
    }


def change_of(post: QueryDict) -> Change:
    """The form as typed."""
    return Change(
        reason=post.get("reason", ""),
        valid_from=a_date(post.get("valid_from", ""), "valid_from"),
        retire=post.get("act") == "retire",
        limit=post.get("limit", ""),
        roll=bool(post.get("roll")),
        grace_workdays=post.get("grace_workdays", ""),
        silence_days=post.get("silence_days", ""),
        skip_first_days=post.get("skip_first_days", ""),
        warning_workdays=post.get("warning_workdays", ""),
        content=post.getlist("content"),
        reports_to=post.get("reports_to", ""),
        legal_basis=post.get("legal_basis", ""),
        regimes=post.getlist("regimes"),
    )


@require_http_methods(["GET", "POST"])
def vague(request: OfficeRequest) -> HttpResponse:
    """Words without a number, and the office's default for each (A9)."""
    ensure(rules.may_read_rules(request.actor))
    refusal = None
    office = request.actor.unit_id
    if request.method == "POST":
        try:
            settle_vague(office_id=office, typed=request.POST, actor=request.actor, at=request.now)
            return redirect(f"{reverse('rulebook:vague')}?saved=1")
        except Invalid as refused:
            refusal = refused
    words = words_of(settings_of(office))  # type: ignore[arg-type]
    context = {
        "words": [(word, own_days(word, request.POST if refusal else None)) for word in words],
        "may_settle": bool(may_settle(request.actor)),
        "saved": request.GET.get("saved") == "1",
        "refusal": refusal,
    }
    return render(request, "rulebook/vague.html", context, status=422 if refusal else 200)


def own_days(word: Word, typed: QueryDict | None) -> str:
    """What a word's field shows: the typed text after a refusal, else the office's own days."""
    if typed is not None:
        return typed.get(word.cue, "")
    if not word.own:
        return ""
    return "-" if word.workdays is None else str(word.workdays)
