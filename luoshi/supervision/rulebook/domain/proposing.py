"""Draft a change of a rule for one's office, and take it back (features row 14).

Changes: one `RuleProposal`. Refused: a limit that is no rule, numbers out of range, no legal
basis, no reason, a start before today (a version never reaches back), a second draft of the rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.engine.rule import (
    BadRule,
    DeadlineRule,
    Once,
    RelativeDue,
    Vague,
    from_json,
)
from luoshi.foundation.deadlines.engine.written import rule_of
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.enums import (
    PROPOSAL_MOVES,
    Anchor,
    Content,
    ProposalState,
    Regime,
)
from luoshi.supervision.rulebook.models import ReportingRule, RuleProposal

RANGES = {
    "grace_workdays": (0, 60),
    "silence_days": (0, 720),
    "skip_first_days": (0, 720),
    "warning_workdays": (0, 20),
}


@dataclass(frozen=True)
class Change:
    """A change as typed. `limit` is written as the catalogue prints it (签收后15个自然日内), empty
    = no date; numbers as text; `retire` ends the rule for the office."""

    reason: str
    valid_from: date | None
    retire: bool = False
    limit: str = ""
    roll: bool = True
    grace_workdays: str = ""
    silence_days: str = ""
    skip_first_days: str = ""
    warning_workdays: str = ""
    content: Sequence[str] = ()
    reports_to: str = ""
    legal_basis: str = ""
    regimes: Sequence[str] = ()


def propose_change(
    *, rule: ReportingRule, change: Change, actor: Actor, at: datetime
) -> RuleProposal:
    """Put a change of a rule before the secretary-general."""
    ensure(rules.may_draft_rule(actor))
    values = checked(change, office_date(at))
    return put_forward(rule=rule, values=values, reason=change.reason.strip(), actor=actor, at=at)


def put_forward(
    *,
    rule: ReportingRule,
    values: Mapping[str, Any],
    reason: str,
    actor: Actor,
    at: datetime,
    correction: str = "",
) -> RuleProposal:
    """Write the draft down; refused while another draft of the rule waits."""
    with acting(actor=actor, at=at):
        locked = ReportingRule.objects.select_for_update().get(pk=rule.pk)
        office: UUID | None = actor.unit_id
        waiting = RuleProposal.objects.filter(
            rule=locked, office_id=office, state=ProposalState.DRAFTED
        )
        if waiting.exists():
            raise Refused(
                _("Not drafted again."),
                _("A change of this rule waits for a decision already."),
                next_steps=(_("Withdraw it first if it should say something else."),),
                code="drafted-already",
            )
        made = RuleProposal.objects.create(
            rule=locked,
            office_id=office,
            values=values,
            correction=correction,
            reason=reason,
            drafted_by_id=actor.person_id,
            drafted_by_name=actor.person_name,
            drafted_at=at,
        )
        after = {"rule": rule.code, "reason": made.reason} | dict(values)
        record("rulebook.proposed", actor=actor, at=at, obj=rule, after=after)
    return made


def withdraw_change(*, proposal: RuleProposal, actor: Actor, at: datetime) -> RuleProposal:
    """Take an undecided draft back."""
    ensure(rules.may_withdraw_rule(actor, proposal))
    with acting(actor=actor, at=at):
        found = RuleProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        ensure(rules.may_withdraw_rule(actor, found))
        decided(found, ProposalState.WITHDRAWN, "", actor, at)
        record("rulebook.withdrawn", actor=actor, at=at, obj=found.rule)
    return found


def decided(
    proposal: RuleProposal, to: ProposalState, remark: str, actor: Actor, at: datetime
) -> None:
    """Write who decided what; nothing moves outside the table."""
    if to not in PROPOSAL_MOVES[proposal.state]:
        raise ValueError(f"{proposal.state} → {to}")
    words = fitted(RuleProposal, "remark", remark, what=_("Not decided."))
    proposal.state, proposal.remark = to, words
    proposal.decided_by_name, proposal.decided_at = actor.person_name, at
    proposal.save()


def checked(change: Change, today: date) -> dict[str, Any]:
    """The change as columns of a version; everything that is wrong is refused at once."""
    errors: dict[str, list[object]] = {}
    if not 0 < len(change.reason.strip()) <= 300:
        errors["reason"] = [_("Say why the rule changes, in at most 300 characters.")]
    if change.valid_from is None or change.valid_from < today:
        errors["valid_from"] = [_("A version begins today or later; it never reaches back.")]
    values: dict[str, Any] = {"applies": not change.retire}
    if not change.retire:
        values |= said(change, errors)
    if errors:
        raise Invalid(_("Not drafted: something is missing."), errors)  # type: ignore[arg-type]
    return values | {"valid_from": change.valid_from.isoformat() if change.valid_from else ""}


def said(change: Change, errors: dict[str, list[object]]) -> dict[str, Any]:
    """What the rule shall say."""
    rule = limit_of(change.limit, errors)
    values: dict[str, Any] = {
        "deadline": rule.to_json() if rule else None,
        "anchor": anchor_of(rule),
        "roll": change.roll,
        "content": [part for part in Content.values if part in change.content],
        "reports_to": change.reports_to.strip(),
        "legal_basis": change.legal_basis.strip(),
        "regimes": [one for one in Regime.values if one in change.regimes],
    }
    for name in RANGES:
        values[name] = number(name, getattr(change, name), errors)
    if not values["content"]:
        errors["content"] = [_("Tick at least one part a report must carry.")]
    for name, most in (("reports_to", 60), ("legal_basis", 200)):
        if not 0 < len(values[name]) <= most:
            errors[name] = [_("Write 1 to %(most)d characters.") % {"most": most}]
    if rule is None and not values["silence_days"] and "limit" not in errors:
        errors["limit"] = [_("Give a limit, or days of silence after which it wants attention.")]
    return values


def limit_of(words: str, errors: dict[str, list[object]]) -> DeadlineRule | None:
    """The typed limit; empty = no date."""
    if not words.strip():
        return None
    found = read(words.strip())
    if found is None or isinstance(found, Vague) or anchor_of(found) is None:
        errors["limit"] = [_("Write one limit as documents do: 签收后15日内, 每季度, 7月15日.")]
        return None
    return found


def read(words: str) -> DeadlineRule | None:
    """The one limit the words say, as the catalogue prints it or as documents write it."""
    try:
        return rule_of(words)
    except (BadRule, ValueError):
        times = find_times(words)
    try:
        return from_json(times[0].rule) if len(times) == 1 else None
    except BadRule:
        return None


def anchor_of(rule: DeadlineRule | None) -> str | None:
    """The event a limit counts from; None where the office knows no such event."""
    if isinstance(rule, Once) and isinstance(rule.due, RelativeDue):
        return rule.due.anchor if rule.due.anchor in Anchor.values and rule.due.offset else None
    return Anchor.NONE if rule is None else Anchor.ISSUE


def number(name: str, text: str, errors: dict[str, list[object]]) -> int | None:
    """A whole number within its range; empty = nought, of silence none."""
    low, high = RANGES[name]
    if not text.strip():
        return None if name == "silence_days" else 0
    if not (text.strip().isascii() and text.strip().isdigit() and low <= int(text) <= high):
        errors[name] = [_("From %(low)d to %(high)d.") % {"low": low, "high": high}]
        return None
    return int(text) or (None if name == "silence_days" else 0)


def as_columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Stored values as columns of a version."""
    return {**values, "valid_from": date.fromisoformat(values["valid_from"])}
