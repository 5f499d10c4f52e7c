"""Decide on drafts: accept, reject, edit.

Two officers on one document: each decision is a step (`stepping`); what a colleague did meanwhile
is shown, not overwritten.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.stepping import opened
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, UnsentEdit
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.vague import default_of

ACTIONS = {DraftState.ACCEPTED: "meetings.accepted", DraftState.REJECTED: "meetings.rejected"}


def decide(
    *, item: DraftItem, state: str, actor: Actor, at: datetime, reason: str = "", vague: str = ""
) -> DraftItem:
    """Accept or reject. A decision a colleague took alike meanwhile stays theirs. Refused when a
    colleague changed it meanwhile or is typing into it, and when a draft
    whose source names no number (A9) is accepted without a choice: `vague` is "default" (the
    office's days) or "none" (no date)."""
    ensure(rules.may_decide(actor, item))
    if state not in ACTIONS:
        raise Invalid(_("Not decided."), {"": [_("Accept or reject.")]})
    why = fitted(DraftItem, "reason", reason, what=_("Not decided."))
    with acting(actor=actor, at=at):
        step = opened(item.document_id, actor, at)
        now = DraftItem.objects.get(pk=item.pk)
        if now.state == state and now.revision != item.revision:
            return now
        row = step.take(item)
        if state == DraftState.ACCEPTED and row.only_vague:
            row.rules = settled(row.rules, vague, row.document.office_id)
        row.state, row.reason = state, why
        row.decided_by_name = actor.person_name
        step.put(row)
        after = {"draft": row.number, "reason": row.reason}
        action = ACTIONS[DraftState(state)]
        record(action, actor=actor, at=at, obj=row.document, after=after)
        step.close(action, reshaped=row.band != "draft")
    return row


def settled(raw: list[Any], choice: str, office_id: Any) -> list[Any]:
    """The rules of a draft without a number after the officer's choice (A9): by the office's
    default the words stay, and the duty's basis says whose number dates them; else no date."""
    if choice == "none":
        return []
    settings = settings_of(office_id)
    kept = [rule for rule in raw if default_of(rule["cue"], settings)]
    if choice != "default" or not kept:
        raise Refused(
            _("Not accepted: the source names no number."),
            next_steps=(
                _("Choose the office's default, write a limit, or accept without a date."),
            ),
            source="A9",
            code="no-number",
        )
    return kept


def default_workdays(item: DraftItem) -> int | None:
    """The office's working days for a draft without a number; None = it sets no date."""
    settings = settings_of(item.document.office_id)
    found = [default_of(rule["cue"], settings) for rule in item.rules if "cue" in rule]
    return min((days for days in found if days), default=None)


def edit(
    *,
    item: DraftItem,
    title: str,
    limit_words: str,
    units: Sequence[dict[str, str]],
    report_to: Sequence[str] | None = None,
    copy_to: Sequence[str] | None = None,
    actor: Actor,
    at: datetime,
) -> DraftItem:
    """Correct title, limit (in words, read by the time grammar), units and addressees of
    reports and copies (None = as they were); then it is accepted, and what the person had typed
    without sending is done with. Refused: no title or more
    than 200 characters, a limit that is not understood, a colleague's
    change meanwhile."""
    ensure(rules.may_decide(actor, item))
    missing = _("Say what is to be carried out.")
    words = fitted(DraftItem, "title", title, what=_("Not saved."), missing=missing)
    rules_found = read_rules(limit_words, item.rules)
    with acting(actor=actor, at=at):
        step = opened(item.document_id, actor, at)
        row = step.take(item)
        row.title, row.rules, row.units = words, rules_found, list(units)
        row.report_to = row.report_to if report_to is None else list(report_to)
        row.copy_to = row.copy_to if copy_to is None else list(copy_to)
        row.edited, row.state = True, DraftState.ACCEPTED
        row.decided_by_name = actor.person_name
        step.put(row)
        UnsentEdit.objects.filter(item=row, person_id=actor.person_id).delete()
        after = {"draft": row.number, "title": row.title}
        record("meetings.edited", actor=actor, at=at, obj=row.document, after=after)
        step.close("meetings.edited", reshaped=row.band != "draft")
    return row


def printed(raw: list[Any]) -> str:
    """The rules in the wording of documents, as the field of the page holds them."""
    return "；".join(phrase(from_json(rule), "zh") for rule in raw)


def read_rules(words: str, before: list[Any]) -> list[Any]:
    """The rules of typed words; untouched words keep the rules; unreadable words are refused."""
    if not words.strip():
        return []
    kept = {phrase(from_json(rule), "zh"): rule for rule in before}
    found: list[Any] = []
    for part in filter(None, (part.strip() for part in words.split("；"))):
        read = [kept[part]] if part in kept else [time.rule for time in find_times(part)]
        found = found + read if read else []
        if not read:
            break
    try:
        for rule in found:
            from_json(rule)
    except BadRule:
        found = []
    if not found:
        raise Invalid(
            _("Not saved: the limit was not understood."),
            {"limit": [_("Write it as in documents: 6月底前, 收到之日起15日内, 每季度.")]},
        )
    return found
