"""Decide on a drafted change: adopt it as the office's next version, or refuse it.

Changes: the proposal, and when adopted one new `ReportingRuleVersion`; no version is ever edited.
Refused: everybody but the office's secretary-general in person, deciding twice. A start that has
passed meanwhile becomes today: a version never reaches back. Open duties keep the version they
were issued under; moving them is the act of `matters.domain.duty.ruling`.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import office_date
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.cataloguing import VERSION_FIELDS
from luoshi.supervision.rulebook.domain.proposing import as_columns, decided
from luoshi.supervision.rulebook.domain.queries.versions import current_version
from luoshi.supervision.rulebook.enums import ProposalState
from luoshi.supervision.rulebook.models import ReportingRule, ReportingRuleVersion, RuleProposal

KEPT = (*VERSION_FIELDS, "roll", "warning_workdays", "regimes", "applies")


def adopt(
    *, proposal: RuleProposal, actor: Actor, at: datetime, remark: str = "", applied: bool = False
) -> ReportingRuleVersion:
    """Make the drafted change the office's next version of the rule."""
    ensure(rules.may_decide_rule(actor, proposal))
    with acting(actor=actor, at=at):
        ReportingRule.objects.select_for_update().get(pk=proposal.rule_id)
        found = RuleProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        ensure(rules.may_decide_rule(actor, found))
        version = version_of(found, office_date(at))
        version.version = next_number(found)
        version.adopted_by_id, version.adopted_by_name = actor.person_id, actor.person_name
        version.adopted_at = at
        version.save()
        found.made, found.applied = version, applied
        decided(found, ProposalState.ADOPTED, remark, actor, at)
        after = {"rule": found.rule.code, "version": version.version, "applied": applied}
        record("rulebook.adopted", actor=actor, at=at, obj=found.rule, after=after | found.values)
    return version


def refuse(*, proposal: RuleProposal, remark: str, actor: Actor, at: datetime) -> RuleProposal:
    """Refuse a drafted change with a reason; the rule stays."""
    ensure(rules.may_decide_rule(actor, proposal))
    if not remark.strip():
        raise Invalid(
            _("Not decided: no reason given."),
            {"remark": [_("Say why; whoever drafted it reads these words.")]},
        )
    with acting(actor=actor, at=at):
        found = RuleProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        ensure(rules.may_decide_rule(actor, found))
        decided(found, ProposalState.REFUSED, remark, actor, at)
        record("rulebook.refused", actor=actor, at=at, obj=found.rule, after={"reason": remark})
    return found


def version_of(proposal: RuleProposal, on: date) -> ReportingRuleVersion:
    """The unsaved version a proposal would make: what it says, the rest as in force."""
    before = current_version(proposal.rule, proposal.office_id, on)
    kept: dict[str, Any] = {name: getattr(before, name) for name in KEPT}
    said = as_columns(proposal.values)
    said["valid_from"] = max(said["valid_from"], on)
    return ReportingRuleVersion(
        rule=proposal.rule,
        office_id=proposal.office_id,
        version=0,
        reason=proposal.reason,
        drafted_by_name=proposal.drafted_by_name,
        **(kept | said),
    )


def next_number(proposal: RuleProposal) -> int:
    """The next number of the office's versions of this rule, counting on from the shipped ones."""
    rows = ReportingRuleVersion.objects.filter(rule=proposal.rule)
    found: int | None = rows.aggregate(last=Max("version"))["last"]
    return (found or 0) + 1
