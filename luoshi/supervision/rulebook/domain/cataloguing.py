"""Load the shipped catalogue: idempotent, adds what is missing, never edits a version."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, ensure, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.supervision.rulebook.domain.catalogue import ROWS
from luoshi.supervision.rulebook.models import ReportingRule, ReportingRuleVersion, RuleBinding

SHIPPED_FROM = date(2000, 1, 1)
VERSION_FIELDS = (
    "anchor",
    "deadline",
    "grace_workdays",
    "silence_days",
    "skip_first_days",
    "kind",
    "content",
    "reports_to",
    "legal_basis",
    "source",
)


@rule
def may_load(actor: Actor) -> Decision:
    """Only the product itself loads what it ships."""
    if actor.kind == "system":
        return ALLOWED
    return Denied(Forbidden("Not loaded.", "Only the installation loads the catalogue."))


def load_catalogue(*, actor: Actor, at: datetime, rows: Sequence[Mapping[str, Any]] = ROWS) -> int:
    """Add missing rules, first versions and bindings; returns how many rules were new. What the
    product corrects later is offered to the offices (`correcting`), never loaded over a version."""
    ensure(may_load(actor))
    new = 0
    with acting(actor=actor, at=at):
        for row in rows:
            titles = {"title_zh": row["title_zh"], "title_en": row["title_en"]}
            found, made = ReportingRule.objects.get_or_create(code=row["code"], defaults=titles)
            if not made:
                continue
            new += 1
            values = {name: row[name] for name in VERSION_FIELDS if name in row}
            ReportingRuleVersion.objects.create(
                rule=found, version=1, valid_from=SHIPPED_FROM, **values
            )
            for regime in row["regimes"]:
                RuleBinding.objects.create(
                    regime=regime,
                    rule=found,
                    urgent_only=row.get("urgent_only", False),
                    unless_urgent=row.get("unless_urgent", False),
                )
        if new:
            record(
                "rulebook.loaded",
                actor=actor,
                at=at,
                object_kind="rulebook",
                object_id="catalogue",
                object_label="TR-01…TR-25",
                after={"rules": new},
            )
    return new
