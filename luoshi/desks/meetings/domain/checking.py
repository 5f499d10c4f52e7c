"""Decide on drafts: accept, reject, edit, undo, add a missed one, waive a point.

Two officers on one document: each decision locks its draft; a decision taken meanwhile is shown,
not overwritten.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons.domain.noting import note
from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.uploading import item_of
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.deadlines.engine.phrases import phrase
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.reading.drafts import Draft
from luoshi.foundation.reading.times.grammar import find_times
from luoshi.foundation.reading.units import mentions
from luoshi.supervision.rulebook.domain.queries.settings import settings_of
from luoshi.supervision.rulebook.domain.vague import default_of

ACTIONS = {DraftState.ACCEPTED: "meetings.accepted", DraftState.REJECTED: "meetings.rejected"}


def locked(item: DraftItem) -> DraftItem:
    """The draft under lock, with its document."""
    rows = DraftItem.objects.select_for_update(of=("self",)).select_related("document")
    return rows.get(pk=item.pk)


def ensure_unchanged(row: DraftItem, shown: int) -> None:
    """Refuse to overwrite what a colleague decided since the page was shown."""
    if row.revision == shown or row.state == DraftState.TO_CHECK:
        return
    raise Refused(
        _("Not decided: %(name)s decided it meanwhile.") % {"name": row.decided_by_name},
        _("It is now “%(state)s”.") % {"state": row.get_state_display()},
        next_steps=(_("Undo that decision first, if it is wrong."),),
        code="decided-meanwhile",
    )


def decide(
    *, item: DraftItem, state: str, actor: Actor, at: datetime, reason: str = "", vague: str = ""
) -> DraftItem:
    """Accept or reject. Refused when a colleague decided it otherwise meanwhile, and when a draft
    whose source names no number (A9) is accepted without a choice: `vague` is "default" (the
    office's days) or "none" (no date)."""
    ensure(rules.may_decide(actor, item))
    if state not in ACTIONS:
        raise Invalid(_("Not decided."), {"": [_("Accept or reject.")]})
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_decide(actor, row))
        if row.state != state:
            ensure_unchanged(row, item.revision)
        if state == DraftState.ACCEPTED and row.only_vague:
            row.rules = settled(row.rules, vague, row.document.office_id)
        row.state, row.reason = state, reason.strip()[:200]
        row.decided_by_name = actor.person_name
        row.revision += 1
        row.save()
        after = {"draft": row.number, "reason": row.reason}
        note(row, at=at)
        record(ACTIONS[DraftState(state)], actor=actor, at=at, obj=row.document, after=after)
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


def undo(*, item: DraftItem, actor: Actor, at: datetime) -> DraftItem:
    """Take a decision back; the undoing is itself recorded (ui.md rule 7)."""
    ensure(rules.may_undo(actor, item))
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_undo(actor, row))
        row.state, row.reason, row.decided_by_name = DraftState.TO_CHECK, "", ""
        if not row.edited:
            row.rules = row.original.get("rules", row.rules)
        row.revision += 1
        row.save()
        note(row, at=at)
        record("meetings.undone", actor=actor, at=at, obj=row.document, after={"draft": row.number})
    return row


def edit(
    *,
    item: DraftItem,
    title: str,
    limit_words: str,
    units: Sequence[dict[str, str]],
    actor: Actor,
    at: datetime,
) -> DraftItem:
    """Correct title, limit (in words, read by the time grammar) and units; then it is accepted."""
    ensure(rules.may_decide(actor, item))
    if not title.strip():
        raise Invalid(_("Not saved."), {"title": [_("Say what is to be carried out.")]})
    rules_found = read_rules(limit_words, item.rules)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_decide(actor, row))
        ensure_unchanged(row, item.revision)
        row.title, row.rules, row.units = title.strip()[:200], rules_found, list(units)
        row.edited, row.state = True, DraftState.ACCEPTED
        row.decided_by_name = actor.person_name
        row.revision += 1
        row.save()
        after = {"draft": row.number, "title": row.title}
        note(row, at=at)
        record("meetings.edited", actor=actor, at=at, obj=row.document, after=after)
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


def add_missed(
    *, document: SourceDocument, start: int, end: int, actor: Actor, at: datetime
) -> DraftItem:
    """Add an obligation the reading missed, by its span in the text."""
    ensure(rules.may_check(actor, document))
    if not 0 <= start < end <= len(document.text) or end - start > 2000:
        raise Invalid(_("Not added."), {"": [_("Select the sentence in the text first.")]})
    text = document.text[start:end]
    times, who = find_times(text), mentions(text)
    draft = Draft(
        start=start,
        end=end,
        text=text,
        band="draft",
        score=0.0,
        times=tuple(times),
        units=tuple(who),
        why=(("由经办人补充", "added by the officer"),),
    )
    with acting(actor=actor, at=at):
        SourceDocument.objects.select_for_update().get(pk=document.pk)
        last = document.items.order_by("-number").first()
        row = item_of(document, (last.number if last else 0) + 1, draft)
        for span in row.spans:
            span["start"] += start
            span["end"] += start
        row.save()
        note(row, at=at, missed_by=actor.person_name)
        record("meetings.added", actor=actor, at=at, obj=document, after={"draft": row.number})
    return row


def waive(*, point: NumberedPoint, reason: str, actor: Actor, at: datetime) -> NumberedPoint:
    """Say why a numbered point binds nobody (S2-93)."""
    ensure(rules.may_check(actor, point.document))
    if not reason.strip():
        raise Invalid(_("Not waived."), {"reason": [_("Give the reason.")]})
    with acting(actor=actor, at=at):
        point.waived_reason, point.waived_by_name = reason.strip()[:200], actor.person_name
        point.save(update_fields=("waived_reason", "waived_by_name"))
        after = {"point": point.number, "reason": point.waived_reason}
        record("meetings.waived", actor=actor, at=at, obj=point.document, after=after)
    return point


def uncovered(document: SourceDocument) -> list[NumberedPoint]:
    """Numbered points without an accepted draft inside and without a reason."""
    spans = list(document.items.filter(state=DraftState.ACCEPTED).values_list("start", "end"))
    return [
        point
        for point in document.points.all()
        if not point.waived_reason
        and not any(start < point.end and end > point.start for start, end in spans)
    ]
