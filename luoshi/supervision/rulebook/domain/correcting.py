"""The product corrected its catalogue after an office took it over: offered, never just applied.

A correction is what the shipped row says now and the stored shipped version does not. An office
that decided otherwise in such a column, or follows the old version, is offered it: drafted like any
change of a rule, with the open duties it would move, adopted or kept by the secretary-general
(features row 14). What else the office's own version says stays. Decided, it is offered no more.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.domain.sending import Message, send
from luoshi.foundation.organizations.domain.queries.holders import current, people_in
from luoshi.supervision.rulebook import rules
from luoshi.supervision.rulebook.domain.catalogue import ROWS
from luoshi.supervision.rulebook.domain.cataloguing import VERSION_FIELDS
from luoshi.supervision.rulebook.domain.proposing import put_forward
from luoshi.supervision.rulebook.domain.queries.versions import in_force
from luoshi.supervision.rulebook.enums import ProposalState
from luoshi.supervision.rulebook.models import (
    ReportingRule,
    ReportingRuleVersion,
    RuleProposal,
)

DECIDED = (ProposalState.ADOPTED, ProposalState.REFUSED)
REASON = "采用产品规则目录的更正"


@dataclass(frozen=True)
class Correction:
    """A rule as the office has it, the columns the product corrected, and the draft that waits."""

    present: ReportingRuleVersion
    values: dict[str, Any]
    digest: str
    proposal: RuleProposal | None = None

    @property
    def corrected(self) -> ReportingRuleVersion:
        """The unsaved version as it would read."""
        kept = {name: getattr(self.present, name) for name in VERSION_FIELDS}
        return ReportingRuleVersion(rule=self.present.rule, **(kept | self.values))


def shipped(row: dict[str, Any]) -> dict[str, Any]:
    """What the product ships today, column by column, as the database would keep it."""
    bare = ReportingRuleVersion()
    said = {name: row.get(name, getattr(bare, name)) for name in VERSION_FIELDS}
    found: dict[str, Any] = json.loads(json.dumps(said))
    return found


def digest_of(code: str, values: dict[str, Any]) -> str:
    """Names one correction."""
    words = json.dumps([code, values], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def changed() -> dict[str, dict[str, Any]]:
    """By code, the columns the product corrected since the shipped version was stored here."""
    rows = ReportingRuleVersion.objects.filter(office=None).select_related("rule")
    stored = {row.rule.code: row for row in rows.order_by("version")}
    found = {}
    for row in ROWS:
        code, said = row["code"], shipped(row)
        if code in stored:
            found[code] = {n: said[n] for n in said if getattr(stored[code], n) != said[n]}
    return {code: values for code, values in found.items() if values}


def corrections(
    office_id: UUID, on: date, new: dict[str, dict[str, Any]] | None = None
) -> list[Correction]:
    """What the office is offered on a day, in order of code; `new` where it is known already. A
    rule the office retired stays retired."""
    new = changed() if new is None else new
    if not new:
        return []
    waiting, decided = {}, set()
    for proposal in RuleProposal.objects.filter(office_id=office_id, rule__code__in=new):
        if proposal.state == ProposalState.DRAFTED:
            waiting[proposal.rule_id] = proposal
        elif proposal.state in DECIDED:
            decided.add(proposal.correction)
    present = {row.rule.code: row for row in in_force(office_id, on).filter(rule__code__in=new)}
    found = []
    for code, version in present.items():
        digest = digest_of(code, new[code])
        values = {n: value for n, value in new[code].items() if getattr(version, n) != value}
        if values and version.applies and digest not in decided:
            found.append(Correction(version, values, digest, waiting.get(version.rule_id)))
    return found


def propose_correction(*, rule: ReportingRule, actor: Actor, at: datetime) -> RuleProposal:
    """Put the product's correction of a rule before the secretary-general. Refused: a rule that was
    not corrected or is decided on, a second draft of the rule."""
    ensure(rules.may_draft_rule(actor))
    office_id: UUID = actor.unit_id  # type: ignore[assignment]  # ensured
    today = office_date(at)
    found = [one for one in corrections(office_id, today) if one.present.rule_id == rule.pk]
    if not found:
        raise Refused(
            _("Not drafted: the product's catalogue says nothing else here."),
            _("The rule was not corrected since, or this office has decided on it."),
            next_steps=(_("Reload the catalogue of rules."),),
            code="no-correction",
        )
    values = found[0].values | {"applies": True, "valid_from": today.isoformat()}
    return put_forward(
        rule=rule, values=values, reason=REASON, actor=actor, at=at, correction=found[0].digest
    )


def tell_corrections(*, at: datetime) -> int:
    """One notice for the drafting posts of every office, for each correction once; returns how many
    are new."""
    new, today, told = changed(), office_date(at), 0
    if not new:
        return 0
    held = current(today).filter(post__role__in=rules.DRAFTING_ROLES)
    for office_id in held.order_by().values_list("post__unit_id", flat=True).distinct():
        for one in corrections(office_id, today, new):
            people = people_in(office_id, rules.DRAFTING_ROLES, today)
            told += send(notice(one, office_id), to=people, unit_id=office_id, at=at)
    return told


def notice(one: Correction, office_id: UUID) -> Message:
    """What an office is told of a correction."""
    rule = one.present.rule
    return Message(
        kind="rule",
        title_zh=f"产品规则目录更正了 {rule.code} {rule.title_zh}：请决定采用，或保持现行规则",
        title_en=f"The product corrected rule {rule.code} {rule.title_en}: adopt it or keep yours",
        url="/rules/",
        key=f"correction|{office_id}|{one.digest}",
    )
