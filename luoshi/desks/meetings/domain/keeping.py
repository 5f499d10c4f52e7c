"""Keep what a person typed into a draft and has not sent, so that leaving loses nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.stepping import HELD, opened
from luoshi.desks.meetings.models import DraftItem, SourceDocument, UnsentEdit
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure


@dataclass(frozen=True)
class Unsent:
    """What is being typed in a document: my own edits by draft, and who of the colleagues is at
    which draft now."""

    mine: Mapping[UUID, UnsentEdit]
    held: Mapping[UUID, UnsentEdit]


def keep(*, item: DraftItem, values: Mapping[str, Any], actor: Actor, at: datetime) -> UnsentEdit:
    """Keep what was typed, for this person and this draft; nothing is decided, and nothing of a
    colleague's is overwritten. `item.revision` is the one the person began from."""
    ensure(rules.may_decide(actor, item))
    with acting(actor=actor, at=at):
        step = opened(item.document_id, actor, at)
        found, _made = UnsentEdit.objects.update_or_create(
            item=item,
            person_id=actor.person_id,
            defaults={
                "person_name": actor.person_name,
                "values": dict(values),
                "revision": item.revision,
                "saved_at": at,
            },
        )
        bump(step.document.revision, item)
        record("meetings.kept", actor=actor, at=at, obj=step.document, after={"draft": item.number})
        step.touch()
    return found


def drop(*, item: DraftItem, actor: Actor, at: datetime) -> None:
    """Throw away what the person had typed into a draft; the draft stays as it is."""
    ensure(rules.may_check(actor, item.document))
    with acting(actor=actor, at=at):
        step = opened(item.document_id, actor, at)
        UnsentEdit.objects.filter(item=item, person_id=actor.person_id).delete()
        bump(step.document.revision, item)
        after = {"draft": item.number}
        record("meetings.dropped", actor=actor, at=at, obj=step.document, after=after)
        step.touch()


def bump(revision: int, item: DraftItem) -> None:
    """Open pages show the draft anew; its own revision stays, for nothing of it changed."""
    DraftItem.objects.filter(pk=item.pk).update(changed=revision)


def unsent_in(document: SourceDocument, actor: Actor, at: datetime) -> Unsent:
    """Everything typed and not sent in a document, in one query."""
    rows: Iterable[UnsentEdit] = UnsentEdit.objects.filter(item__document=document)
    mine, held = {}, {}
    for row in rows:
        if row.person_id == actor.person_id:
            mine[row.item_id] = row
        elif row.saved_at > at - HELD:
            held[row.item_id] = row
    return Unsent(mine, held)
