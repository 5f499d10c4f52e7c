"""Take a step of a review back, whatever it was; the undoing is itself recorded (ui.md rule 7)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons.domain.noting import forget
from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.stepping import Step, ensure_unchanged, mark, opened
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, ReviewStep, SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused


def last_of(document: SourceDocument, actor: Actor) -> ReviewStep | None:
    """The person's last step in the document that still stands."""
    rows = ReviewStep.objects.filter(document=document, undone=False, person_id=actor.person_id)
    return rows.order_by("-number").first()


def undo(*, item: DraftItem, actor: Actor, at: datetime) -> DraftItem:
    """Take back the last step that touched a draft, a colleague's too; the draft as it is then.
    Refused: nothing to undo, a draft changed since the page was shown, a draft that is a matter,
    a step over several drafts one of which was changed later."""
    ensure(rules.may_check(actor, item.document))
    with acting(actor=actor, at=at):
        step = opened(item.document_id, actor, at)
        ensure_unchanged(step.draft(item.pk), item.revision)
        rows = ReviewStep.objects.filter(document=step.document, undone=False)
        last = rows.filter(after__has_key=str(item.pk)).order_by("-number").first()
        if last is None:
            raise Refused(_("Nothing to undo."), code="nothing-to-undo")
        take_back(step, last)
        item = DraftItem.objects.select_related("document").filter(pk=item.pk).first() or item
        after = {"draft": item.number, "step": last.action}
        record("meetings.undone", actor=actor, at=at, obj=step.document, after=after)
        step.touch(reshaped=True)
    return item


def undo_last(*, document: SourceDocument, actor: Actor, at: datetime) -> int | None:
    """Take back the person's own last step; returns the number of the draft it began with (None =
    a numbered point). Refused: no step left, a draft of it changed by a colleague since."""
    ensure(rules.may_check(actor, document))
    with acting(actor=actor, at=at):
        step = opened(document.pk, actor, at)
        last = last_of(document, actor)
        if last is None:
            raise Refused(_("Nothing to undo."), code="nothing-to-undo")
        numbers = take_back(step, last)
        after = {"drafts": numbers, "step": last.action}
        record("meetings.undone", actor=actor, at=at, obj=step.document, after=after)
        step.touch(reshaped=True)
    return numbers[0] if numbers else None


def take_back(step: Step, last: ReviewStep) -> list[int]:
    """Put everything a step touched back to what it was; drafts it made go. The numbers of the
    drafts that stay, in the order of the text."""
    before = last.before
    made = [one for one in last.after if one in before["made"]]
    rows = [step.draft(pk) for pk in (*before["items"], *made)]
    points = [step.point(pk) for pk in before["points"]]
    ensure(rules.may_undo(step.actor, step.document, rows))
    touched: list[DraftItem | NumberedPoint] = [*rows, *points]
    for row in touched:
        if mark(row) != last.after.get(str(row.pk), mark(row)):
            raise changed_since(row)
    kept, made_here = rows[: len(before["items"])], rows[len(before["items"]) :]
    for item in kept:
        restore(item, before["items"][str(item.pk)])
    step.put(*kept)
    for item in made_here:
        forget(item.pk)
        item.delete()
    for point in points:
        restore(point, before["points"][str(point.pk)])
        step.put_point(point)
    last.undone = True
    last.save(update_fields=("undone",))
    return [item.number for item in sorted(kept, key=lambda item: (item.start, item.number))]


def restore(row: DraftItem | NumberedPoint, fields: dict[str, Any]) -> None:
    """Write a snapshot's fields back into a row."""
    for name, value in fields.items():
        setattr(row, name, value)
    if isinstance(row, NumberedPoint) and not DraftItem.objects.filter(pk=row.linked_id).exists():
        row.linked_id, row.linked_by_name = None, ""


def changed_since(row: DraftItem | NumberedPoint) -> Refused:
    """Somebody went on from what the step left."""
    if isinstance(row, DraftItem):
        what = _("Not undone: %(name)s changed draft %(number)d since.") % {
            "name": row.changed_by_name,
            "number": row.number,
        }
    else:
        what = _("Not undone: point %(number)s was changed since.") % {"number": row.number}
    return Refused(what, next_steps=(_("Undo that change first."),), code="changed-since")


def undoable(item: DraftItem) -> bool:
    """Whether a draft was decided by a step that still stands."""
    if item.state == DraftState.TO_CHECK or item.matter_id:
        return False
    rows = ReviewStep.objects.filter(document_id=item.document_id, undone=False)
    return rows.filter(after__has_key=str(item.pk)).exists()
