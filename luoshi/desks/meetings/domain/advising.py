"""Take the local model's advice on a document's doubtful drafts, after the upload, in a job.

Two things may change, both for the officer to check and both undone by rejecting the draft: a
possible draft becomes one to check, and a length that names no event counts from an event the text
names elsewhere, read by the grammar. A decided, edited or submitted draft is left alone. When the
model stalls, dies or says anything else than the number of a listed span, the draft stays as the
grammar made it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from luoshi.desks.lessons.domain.model.asking import LocalModel
from luoshi.desks.lessons.domain.model.consulting import answer, finish, keep, waiting
from luoshi.desks.lessons.domain.model.resting import local_model, resting
from luoshi.desks.lessons.models import Consultation
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.deadlines.engine.rule import BadRule, from_json
from luoshi.foundation.reading.advice import (
    NotAnAnswer,
    Span,
    anchor_question,
    duty_question,
    read_again,
)

ADVISER = Actor.system("local model")
SUGGESTED = ("本地模型建议列为拟立事项：“{}”", "suggested by the local model: “{}”")
COUNTS = (
    "起算点由本地模型从文中选定：“{}”",
    "what the limit counts from was chosen by the local model in the text: “{}”",
)


def go_on(at: Callable[[], datetime], going_on: Callable[[], bool]) -> None:
    """Every document that waits, until the time of this job is up or the model rests."""
    model = local_model()
    for work in waiting(at()) if model else ():
        if model and not resting(at()) and going_on():
            advise(work, model, at=at, going_on=going_on)


def advise(
    work: Consultation,
    model: LocalModel,
    *,
    at: Callable[[], datetime],
    going_on: Callable[[], bool] = lambda: True,
) -> None:
    """Ask about each doubtful draft once; stops where the model begins to rest."""
    document = SourceDocument.objects.filter(pk=work.document_id).first()
    items = list(document.items.exclude(number__in=work.asked)) if document else []
    for item in items:
        if resting(at()) or not going_on():
            return
        changed = suggested(work, model, item, at())
        keep(work, (item.number,), changed)
    finish(work, at())


def suggested(work: Consultation, model: LocalModel, item: DraftItem, at: datetime) -> bool:
    """One draft: whether it binds, where it is only possible; what its length counts from."""
    text = item.document.text
    if item.state != DraftState.TO_CHECK or "\t" in text[item.start : item.end]:
        return False
    changed = False
    duty = duty_question(text, item.start, item.end) if item.band == "possible" else None
    if duty is not None:
        span = answer(work, model, duty, at)
        if span is None:
            return False
        changed = promote(item=item, span=span, actor=ADVISER, at=at)
    counts = anchor_question(text, item.start, item.end)
    if counts is not None and item.rules == item.original.get("rules"):
        span = answer(work, model, counts, at)
        if span is not None:
            changed = count_from(item=item, span=span, actor=ADVISER, at=at) or changed
    return changed


def promote(*, item: DraftItem, span: Span, actor: Actor, at: datetime) -> bool:
    """Put a possible draft among those to check; whether it was."""
    with acting(actor=actor, at=at):
        row = locked(item)
        if not untouched(row) or row.band != "possible":
            return False
        row.band = "draft"
        advised(row, SUGGESTED, span, actor, at)
    return True


def count_from(*, item: DraftItem, span: Span, actor: Actor, at: datetime) -> bool:
    """Let the draft's lengths count from the event the span names; whether anything moved."""
    with acting(actor=actor, at=at):
        row = locked(item)
        rules = rules_from(row, span)
        if not untouched(row) or rules in (None, row.rules):
            return False
        row.rules, row.original = rules, row.original | {"rules": rules}
        advised(row, COUNTS, span, actor, at)
    return True


def locked(item: DraftItem) -> DraftItem:
    """The draft as it is now, its document locked as for an officer's step and at its next
    revision, so that open pages learn of the change."""
    document = SourceDocument.objects.select_for_update().get(pk=item.document_id)
    document.revision += 1
    row = DraftItem.objects.get(pk=item.pk)
    row.document = document
    return row


def rules_from(row: DraftItem, span: Span) -> list[Any] | None:
    """The draft's rules read again with the chosen event; None = not by this grammar."""
    rules: list[Any] = []
    try:
        _event, found = read_again(row.document.text[row.start : row.end], span)
        for one in found:
            from_json(one.rule)
            if one.rule not in rules:
                rules.append(one.rule)
    except (NotAnAnswer, BadRule):
        return None
    return rules if len(rules) == len(row.rules) else None


def untouched(row: DraftItem) -> bool:
    """A draft nobody has decided, edited or submitted."""
    sent = row.document.submitted_at is not None
    return row.state == DraftState.TO_CHECK and not row.edited and not sent


def advised(row: DraftItem, words: tuple[str, str], span: Span, actor: Actor, at: datetime) -> None:
    """Say it on the draft in both languages, and in the trail."""
    row.why = [*row.why, [one.format(span.text[:60]) for one in words]]
    row.revision += 1
    row.changed, row.changed_by_name = row.document.revision, actor.person_name
    row.save()
    row.document.reshaped = row.document.revision
    row.document.save(update_fields=("revision", "reshaped"))
    after = {"draft": row.number, "span": [span.start, span.end]}
    record("meetings.advised", actor=actor, at=at, obj=row.document, after=after)
