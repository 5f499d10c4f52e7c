"""Write down what a look-back found; a relapse reopens the matter under the same id (B9).

Changes: the item; for a promise its outcome; for a relapse, or a missed promise with a limit, the
matter. Refused: anybody but the named checker, the one who concluded, a finding without evidence.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import kept, record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.domain.promising import settle
from luoshi.supervision.lookbacks.domain.queries.promises import running_promise
from luoshi.supervision.lookbacks.enums import (
    ABOUT_PROMISE,
    EVIDENCE_NEEDED,
    Finding,
    ItemState,
    Method,
    Outcome,
)
from luoshi.supervision.lookbacks.models import LookBackItem
from luoshi.supervision.matters.domain.matter.effects import NO_EFFECT, Effect, effect_errors
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.transitions import locked

WITH = ("matter", "closure", "round")


@dataclass(frozen=True)
class Check:
    """What the checker writes: finding, how it was checked, evidence, note, effect, and the limit
    or the next promised date where something is to be done again."""

    finding: str
    method: str
    evidence: str = ""
    note: str = ""
    effect: Effect = NO_EFFECT
    due_on: date | None = None
    next_on: date | None = None


def record_check(*, item: LookBackItem, check: Check, actor: Actor, at: datetime) -> LookBackItem:
    """Write the finding down, once."""
    ensure(rules.may_check(actor, item))
    with acting(actor=actor, at=at):
        item = locked(LookBackItem.objects.select_related(*WITH), item.pk)
        ensure(rules.may_check(actor, item))
        refuse_unfounded(item, check)
        item.state, item.finding, item.method = ItemState.CHECKED, check.finding, check.method
        item.evidence, item.note = check.evidence.strip(), check.note.strip()
        for name, value in check.effect.columns().items():
            setattr(item, name, value)
        item.checked_at = at
        item.reopening = consequence(item, check, actor, at)
        item.save()
        after = {"reason": kept(item.get_finding_display), "note": item.note}
        record("lookbacks.checked", actor=actor, at=at, obj=item.matter, after=after)
    return item


def consequence(item: LookBackItem, check: Check, actor: Actor, at: datetime) -> Any:
    """What follows from the finding: the reopening, or None."""
    if check.finding == Finding.RELAPSED and check.due_on is not None:
        words = item.note or item.evidence
        return reopen(matter=item.matter, reason=words, due_on=check.due_on, actor=actor, at=at)
    if check.finding in {Finding.KEPT, Finding.MISSED}:
        row = settle(
            closure=item.closure,
            outcome=Outcome.KEPT if check.finding == Finding.KEPT else Outcome.MISSED,
            evidence=item.evidence,
            note=item.note,
            next_on=check.next_on,
            due_on=check.due_on,
            actor=actor,
            at=at,
        )
        return row.reopening
    return None


def refuse_unfounded(item: LookBackItem, check: Check) -> None:
    """Collect what is missing and refuse once."""
    texts = {"evidence": check.evidence, "note": check.note}
    errors = effect_errors(LookBackItem, check.effect) | dict(too_long(LookBackItem, texts))
    if check.finding not in Finding.values:
        errors["finding"] = [_("Choose what was found.")]
    elif check.finding in ABOUT_PROMISE and running_promise(item.closure) is None:
        errors["finding"] = [_("This conclusion promised no date that still runs.")]
    if check.method not in Method.values:
        errors["method"] = [_("Choose how it was checked.")]
    if check.finding in EVIDENCE_NEEDED and not check.evidence.strip():
        errors["evidence"] = [_("Name the evidence seen.")]
    if check.finding == Finding.RELAPSED:
        if not (check.note.strip() or check.evidence.strip()):
            errors["note"] = [_("Say what no longer holds; the unit reads these words.")]
        if check.due_on is None:
            errors["due_on"] = [_("A relapse reopens the matter: give the new limit.")]
    if errors:
        raise Invalid(_("Not written down: something is missing."), errors)
