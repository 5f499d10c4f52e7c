"""Promised dates of conclusions (S2-76): tracked until kept with evidence, B → A, or missed.

A missed promise is never just noted: it gets the next promised date, or the matter is reopened.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import kept, record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.domain.queries.promises import running_promise
from luoshi.supervision.lookbacks.enums import Outcome
from luoshi.supervision.lookbacks.models import PromiseOutcome
from luoshi.supervision.matters.domain.matter.reopening import reopen
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import Closure


def settle(
    *,
    closure: Closure,
    outcome: str,
    evidence: str,
    note: str,
    actor: Actor,
    at: datetime,
    next_on: date | None = None,
    due_on: date | None = None,
) -> PromiseOutcome:
    """Say what became of the promised date that runs now. Refused: none runs, kept without
    evidence, missed before its day has passed, missed without a next date or a reopening."""
    ensure(rules.may_settle(actor, closure))
    with acting(actor=actor, at=at):
        closure = locked(Closure.objects.select_related("matter"), closure.pk)
        promised_on = running_promise(closure)
        if promised_on is None:
            raise Refused(
                _("Not settled: no promised date runs."),
                next_steps=(_("Reload the page to see what became of it."),),
                source="S2-76",
                code="no-promise",
            )
        refuse_unsettled(outcome, evidence, promised_on, next_on, due_on, office_date(at))
        reopening = None
        if outcome == Outcome.MISSED and due_on is not None:
            words = note.strip() or f"承诺办理时限 {promised_on} 未兑现"
            reopening = reopen(
                matter=closure.matter, reason=words, due_on=due_on, actor=actor, at=at
            )
        row = PromiseOutcome.objects.create(
            closure=closure,
            promised_on=promised_on,
            outcome=outcome,
            evidence=evidence.strip(),
            note=note.strip(),
            next_on=next_on if outcome == Outcome.MISSED and reopening is None else None,
            reopening=reopening,
            settled_by_name=actor.person_name,
            settled_at=at,
        )
        after = {
            "reason": f"{promised_on} {kept(row.get_outcome_display)}",
            "next": str(row.next_on),
        }
        record("lookbacks.promise_settled", actor=actor, at=at, obj=closure.matter, after=after)
    return row


def refuse_unsettled(
    outcome: str,
    evidence: str,
    promised_on: date,
    next_on: date | None,
    due_on: date | None,
    on: date,
) -> None:
    """Collect what is missing and refuse once."""
    errors: dict[str, list[object]] = {}
    if outcome not in Outcome.values:
        errors["outcome"] = [_("Say whether the promise was kept or missed.")]
    if outcome == Outcome.KEPT and not evidence.strip():
        errors["evidence"] = [_("Name the evidence; a promise is not kept by words.")]
    if outcome == Outcome.MISSED and promised_on >= on:
        errors["outcome"] = [_("The promised date has not passed yet.")]
    if outcome == Outcome.MISSED and next_on is None and due_on is None:
        errors["next_on"] = [_("Give the next promised date, or reopen the matter with a limit.")]
    if next_on is not None and next_on <= on:
        errors["next_on"] = [_("The next promised date lies after today.")]
    if errors:
        raise Invalid(_("Not settled: something is missing."), errors)  # type: ignore[arg-type]
