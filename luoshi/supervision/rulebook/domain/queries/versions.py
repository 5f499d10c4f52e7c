"""Which version of which rule governs a source of work on a date, and what it said before."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from luoshi.foundation.core.time import office_date
from luoshi.supervision.rulebook.models import (
    ReportingRule,
    ReportingRuleVersion,
    RuleBinding,
    RuleProposal,
)


@dataclass
class Row:
    """A rule as an office has it: the version in force, the sources it governs, what waits."""

    rule: ReportingRule
    version: ReportingRuleVersion
    regimes: list[str] = field(default_factory=list)
    proposal: RuleProposal | None = None
    later: ReportingRuleVersion | None = None


def in_force(office_id: UUID, on: date) -> "QuerySet[Any]":
    """Every version in force on `on`, an office's own and the newest last."""
    return (
        ReportingRuleVersion.objects.filter(
            Q(office=None) | Q(office_id=office_id),
            Q(valid_to=None) | Q(valid_to__gte=on),
            valid_from__lte=on,
        )
        .select_related("rule")
        .order_by("rule__code", F("office_id").asc(nulls_first=True), "version")
    )


def versions_for(
    *, regime: str, urgent: bool, office_id: UUID, on: date
) -> list[ReportingRuleVersion]:
    """The versions in force on `on`, one per rule that governs the source, in order of code; an
    office's own version goes before the shipped one, and may name other sources or end the rule
    (features row 14)."""
    newest = {row.rule_id: row for row in in_force(office_id, on)}
    bound = {row.rule_id: row for row in RuleBinding.objects.filter(regime=regime)}
    return [
        row
        for row in newest.values()
        if row.applies and governs(row, regime, bound.get(row.rule_id), urgent=urgent)
    ]


def governs(
    version: ReportingRuleVersion, regime: str, binding: RuleBinding | None, *, urgent: bool
) -> bool:
    """Whether a version governs a source: its own list, else the binding for everybody; what is
    bound to urgent matters only, or to others only, stays so."""
    if binding is not None and (binding.unless_urgent if urgent else binding.urgent_only):
        return False
    return binding is not None if version.regimes is None else regime in version.regimes


def catalogue(office_id: UUID, on: date) -> list[Row]:
    """Every rule as the office has it on a date, in order of code."""
    bindings: dict[Any, list[str]] = {}
    for binding in RuleBinding.objects.order_by("regime"):
        bindings.setdefault(binding.rule_id, []).append(binding.regime)
    waiting = {
        row.rule_id: row
        for row in RuleProposal.objects.filter(office_id=office_id, state="drafted")
    }
    coming = ReportingRuleVersion.objects.filter(office_id=office_id, valid_from__gt=on)
    later = {row.rule_id: row for row in coming.order_by("-valid_from")}
    newest = {row.rule_id: row for row in in_force(office_id, on)}
    return [
        Row(
            rule=version.rule,
            version=version,
            regimes=bindings.get(rule_id, []) if version.regimes is None else version.regimes,
            proposal=waiting.get(rule_id),
            later=later.get(rule_id),
        )
        for rule_id, version in newest.items()
    ]


def current_version(rule: ReportingRule, office_id: UUID, on: date) -> ReportingRuleVersion:
    """The version of one rule in force for an office on a date."""
    found: ReportingRuleVersion = in_force(office_id, on).filter(rule=rule).reverse()[0]
    return found


def versions_of(rule: ReportingRule, office_id: UUID) -> list[ReportingRuleVersion]:
    """What the rule said and says for an office: its own versions and the shipped ones, newest
    first."""
    rows = rule.versions.filter(Q(office=None) | Q(office_id=office_id))
    rows = rows.select_related("rule", "office")
    return list(rows.order_by(F("office_id").desc(nulls_last=True), "-version"))


def newest_first(versions: Iterable[ReportingRuleVersion]) -> list[ReportingRuleVersion]:
    """An office's own versions before the shipped ones, the newest first."""
    return sorted(versions, key=lambda row: (row.office_id is None, -row.version))


def rule_named(code: str) -> ReportingRule | None:
    """The rule with this number; text no column can hold names none."""
    return None if "\x00" in code else ReportingRule.objects.filter(code=code[:12]).first()


def version_before(proposal: RuleProposal, after: ReportingRuleVersion) -> ReportingRuleVersion:
    """What the rule said for the office before the change that makes `after`."""
    day = office_date(proposal.decided_at or proposal.drafted_at)
    before = current_version(proposal.rule, proposal.office_id, day)
    if before.pk == after.pk:
        older = proposal.rule.versions.filter(version__lt=after.version).order_by("-version")
        before = older.filter(Q(office=None) | Q(office_id=proposal.office_id)).first() or before
    return before
