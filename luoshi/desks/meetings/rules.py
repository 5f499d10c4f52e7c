"""Who drafts from documents: supervision officers and the secretary-general, in their office."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings.enums import DraftState, ReadingState
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import Decision, Denied, rule
from luoshi.foundation.core.refusals import Forbidden, Refused
from luoshi.supervision.matters import rules as matter_rules


@rule
def may_upload(actor: Actor) -> Decision:
    """Whoever may draft a matter."""
    return matter_rules.may_draft(actor)


@rule
def may_check(actor: Actor, document: SourceDocument) -> Decision:
    """People of the document's office who may draft."""
    if actor.unit_id != document.office_id:
        return Denied(Forbidden(_("Not changed."), _("This is another office's document.")))
    return matter_rules.may_draft(actor)


@rule
def may_read_again(actor: Actor, document: SourceDocument) -> Decision:
    """A document whose reading failed, by people of its office who may draft."""
    if document.reading != ReadingState.FAILED:
        return Denied(
            Refused(
                _("Not read again: nothing failed."),
                next_steps=(_("Open the document."),),
                code="not-failed",
            )
        )
    return may_check(actor, document)


@rule
def may_decide(actor: Actor, item: DraftItem) -> Decision:
    """A draft that has not become a matter yet."""
    if item.matter_id is not None:
        return Denied(
            Refused(
                _("Not changed: this draft is a matter already."),
                next_steps=(_("Open the matter and change its plan."),),
                code="already-a-matter",
            )
        )
    if item.state == DraftState.MERGED:
        return Denied(
            Refused(
                _("Not changed: %(name)s merged this draft into another.")
                % {"name": item.changed_by_name},
                next_steps=(_("Undo the merging first, if it is wrong."),),
                code="merged-meanwhile",
            )
        )
    return may_check(actor, item.document)


@rule
def may_undo(actor: Actor, document: SourceDocument, rows: Sequence[DraftItem]) -> Decision:
    """A step none of whose drafts is a matter."""
    if any(row.matter_id for row in rows):
        return Denied(
            Refused(
                _("Not undone: a draft of it is a matter already."),
                next_steps=(_("Open the matter and change its plan."),),
                code="already-a-matter",
            )
        )
    return may_check(actor, document)
