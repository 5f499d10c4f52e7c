"""A changed rule and the open duties it would move: preview, then one act (features row 14).

The secretary-general adopts the version; open duties keep the version they were issued under,
unless the act says "apply to open duties". Both happen in one transaction or not at all.
"""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.supervision.matters.domain.duty.recomputing import Move, rule_moves
from luoshi.supervision.matters.domain.duty.redating import Reason, apply_moves
from luoshi.supervision.matters.enums import Cause
from luoshi.supervision.matters.models import Redating
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.adopting import adopt, version_of
from luoshi.supervision.rulebook.models import ReportingRuleVersion, RuleProposal


def preview_rule(proposal: RuleProposal, at: datetime) -> list[Move]:
    """Every open duty the drafted version would change, before and after; nothing is written."""
    version = version_of(proposal, office_date(at))
    return list(rule_moves(version, at, current_calendar()))


def rule_in_force(
    *,
    proposal: RuleProposal,
    apply_to_open: bool,
    digest: str,
    actor: Actor,
    at: datetime,
    remark: str = "",
) -> tuple[ReportingRuleVersion, Redating | None]:
    """Adopt the drafted version and, where the act says so, apply it to open duties with notices
    to their units. Refused as `adopt` refuses, and where the list is not the one shown."""
    ensure(rules.may_decide_rule(actor, proposal))
    with acting(actor=actor, at=at):
        version = adopt(proposal=proposal, actor=actor, at=at, remark=remark, applied=apply_to_open)
        if not apply_to_open:
            return version, None
        calendar = current_calendar()
        reason = Reason(
            cause=Cause.RULE,
            title=f"{version.rule.code} {version.rule.title_zh}（第{version.version}版）",
            calendar=calendar,
            office_id=version.office_id,
            version=version,
        )
        act = apply_moves(
            reason=reason,
            again=lambda: rule_moves(version, at, calendar),
            digest=digest,
            actor=actor,
            at=at,
        )
    return version, act
