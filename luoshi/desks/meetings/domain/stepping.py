"""One step of a review: the document under lock, its drafts as they were, and who may go on.

Every verb of a review goes through one `Step`. Two officers on one document wait for each other at
the document's lock; a draft that a colleague changed since the page was shown, or is typing into
now, is refused with the colleague's name. What the step touched is kept, so that it can be undone.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons.domain.noting import note
from luoshi.desks.meetings import rules
from luoshi.desks.meetings.enums import DraftState, Shape
from luoshi.desks.meetings.models import (
    DraftItem,
    NumberedPoint,
    ReviewStep,
    SourceDocument,
    UnsentEdit,
)
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.core.time import office_zone

HELD = timedelta(minutes=5)
OF_DRAFT = (
    "start end band title rules units report_to copy_to spans vague why state shape edited "
    "original reason decided_by_name"
).split()
OF_POINT = "waived_reason waived_by_name linked_id linked_by_name".split()


def snapshot(row: DraftItem | NumberedPoint) -> dict[str, Any]:
    """The fields a step may change, as JSON."""
    names = OF_DRAFT if isinstance(row, DraftItem) else OF_POINT
    found = {name: getattr(row, name) for name in names}
    return {k: str(v) if k == "linked_id" and v else v for k, v in found.items()}


def mark(row: DraftItem | NumberedPoint) -> str:
    """A short fingerprint of the snapshot: equal again once later steps were taken back. No copies
    count as nothing said of them, as in steps from before copies stood apart."""
    fields = snapshot(row)
    if not fields.get("copy_to"):
        fields.pop("copy_to", None)
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


@dataclass
class Step:
    """A step being written; `close` writes the document's revision and the memory of the step."""

    document: SourceDocument
    actor: Actor
    at: datetime
    before: dict[str, dict[str, Any]] = field(
        default_factory=lambda: {"items": {}, "points": {}, "made": {}}
    )
    after: dict[str, str] = field(default_factory=dict)

    def take(self, item: DraftItem) -> DraftItem:
        """The draft as it is now. Refused: a matter already, another's change since the page was
        shown at `item.revision`, a colleague typing into it."""
        row = self.draft(item.pk)
        ensure_unchanged(row, item.revision)
        ensure(rules.may_decide(self.actor, row))
        return row

    def draft(self, pk: Any) -> DraftItem:
        """The draft, remembered as it is before the step. Refused: a colleague typing into it."""
        row = DraftItem.objects.get(pk=pk, document=self.document)
        row.document = self.document
        ensure_free(row, self.actor, self.at)
        self.before["items"].setdefault(str(row.pk), snapshot(row))
        return row

    def point(self, pk: Any) -> NumberedPoint:
        """The numbered point, remembered as it is before the step."""
        row = NumberedPoint.objects.get(pk=pk, document=self.document)
        self.before["points"].setdefault(str(row.pk), snapshot(row))
        return row

    def put(self, *rows: DraftItem) -> None:
        """Write changed or new drafts, each at its next revision; what the decision on them
        teaches is noted with it."""
        for row in rows:
            new = row._state.adding
            row.revision += 0 if new else 1
            row.changed, row.changed_by_name = self.document.revision, self.actor.person_name
            row.save(force_insert=new)
            self.after[str(row.pk)] = mark(row)
            if new:
                self.before["made"][str(row.pk)] = row.number
            missed = new and row.shape == Shape.ADDED
            note(row, at=self.at, missed_by=self.actor.person_name if missed else "")

    def put_point(self, row: NumberedPoint) -> None:
        """Write a changed point."""
        row.save(update_fields=OF_POINT_COLUMNS)
        self.after[str(row.pk)] = mark(row)

    def close(self, action: str, *, reshaped: bool = False) -> None:
        """Remember the step; `reshaped` says that the list of drafts itself changed."""
        self.touch(reshaped=reshaped)
        ReviewStep.objects.create(
            document=self.document,
            number=self.document.revision,
            action=action,
            person_id=self.actor.person_id,
            person_name=self.actor.person_name,
            at=self.at,
            before=self.before,
            after=self.after,
        )

    def touch(self, *, reshaped: bool = False) -> None:
        """Write the document's revision alone: pages that are open learn of the change."""
        if reshaped:
            self.document.reshaped = self.document.revision
        self.document.save(update_fields=("revision", "reshaped"))


OF_POINT_COLUMNS = ("waived_reason", "waived_by_name", "linked", "linked_by_name")


def opened(document_id: Any, actor: Actor, at: datetime) -> Step:
    """Begin a step inside `acting`: the document locked, at its next revision."""
    document = SourceDocument.objects.select_for_update().get(pk=document_id)
    ensure(rules.may_check(actor, document))
    document.revision += 1
    return Step(document, actor, at)


def ensure_unchanged(row: DraftItem, shown: int) -> None:
    """Refuse to overwrite what a colleague did since the page was shown."""
    if row.revision == shown:
        return
    names = {"name": row.changed_by_name or row.decided_by_name}
    if row.state == DraftState.TO_CHECK or row.state == DraftState.MERGED:
        raise Refused(
            _("Not changed: %(name)s changed this draft meanwhile.") % names,
            _("It is shown here as it is now."),
            next_steps=(_("Look at it, then decide."),),
            code="changed-meanwhile",
        )
    raise Refused(
        _("Not decided: %(name)s decided it meanwhile.") % names,
        _("It is now “%(state)s”.") % {"state": row.get_state_display()},
        next_steps=(_("Undo that decision first, if it is wrong."),),
        code="decided-meanwhile",
    )


def ensure_free(row: DraftItem, actor: Actor, at: datetime) -> None:
    """Refuse while a colleague is typing into the draft; it is free five minutes after the last
    key at the latest."""
    rows = UnsentEdit.objects.filter(item=row, saved_at__gt=at - HELD)
    found = rows.exclude(person_id=actor.person_id).first()
    if found is not None:
        until = f"{(found.saved_at + HELD).astimezone(office_zone()):%H:%M}"
        raise Refused(
            _("Not changed: %(name)s is editing this draft.") % {"name": found.person_name},
            _("It is free again at %(time)s at the latest.") % {"time": until},
            next_steps=(_("Go on with another draft, or speak with them."),),
            code="being-edited",
        )
