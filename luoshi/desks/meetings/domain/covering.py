"""Cover the numbered points of a source: by drafts inside them, by a link, or by a reason why they
bind nobody (S2-93)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.stepping import Step, opened
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused


@dataclass(frozen=True)
class Cover:
    """A numbered point and what covers it: accepted drafts, or the reason it was waived with."""

    point: NumberedPoint
    drafts: tuple[DraftItem, ...]

    @property
    def covered(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.drafts or self.point.waived_reason)


def coverage(
    points: Sequence[NumberedPoint], items: Sequence[DraftItem], pages: int = 6
) -> list[Cover]:
    """Every point with the accepted drafts inside it or linked to it, at most `pages` of each."""
    accepted = [one for one in items if one.state == DraftState.ACCEPTED]
    found = []
    for point in points:
        inside = [
            one
            for one in accepted
            if (one.start < point.end and one.end > point.start) or one.pk == point.linked_id
        ]
        found.append(Cover(point, tuple(inside[:pages])))
    return found


def uncovered(document: SourceDocument) -> list[NumberedPoint]:
    """Numbered points without an accepted draft and without a reason."""
    items = list(document.items.filter(state=DraftState.ACCEPTED))
    return [one.point for one in coverage(list(document.points.all()), items) if not one.covered]


def waive(*, point: NumberedPoint, reason: str, actor: Actor, at: datetime) -> NumberedPoint:
    """Say why a numbered point binds nobody (S2-93). Refused: without a reason, and a point that a
    colleague covered meanwhile."""
    ensure(rules.may_check(actor, point.document))
    if not reason.strip():
        raise Invalid(_("Not waived."), {"reason": [_("Give the reason.")]})
    with acting(actor=actor, at=at):
        step = opened(point.document_id, actor, at)
        row = open_point(step, point)
        row.waived_reason, row.waived_by_name = reason.strip()[:200], actor.person_name
        step.put_point(row)
        after = {"point": row.number, "reason": row.waived_reason}
        record("meetings.waived", actor=actor, at=at, obj=step.document, after=after)
        step.close("meetings.waived")
    return row


def link(*, point: NumberedPoint, number: int, actor: Actor, at: datetime) -> NumberedPoint:
    """Say which draft carries out a numbered point although it stands elsewhere in the text; the
    point is covered once that draft is accepted. Refused: no such draft, a rejected or merged one,
    a point that a colleague covered meanwhile."""
    ensure(rules.may_check(actor, point.document))
    with acting(actor=actor, at=at):
        step = opened(point.document_id, actor, at)
        row = open_point(step, point)
        gone = (DraftState.REJECTED, DraftState.MERGED)
        item = step.document.items.filter(number=number).exclude(state__in=gone).first()
        if item is None:
            raise Invalid(
                _("Not linked."),
                {"number": [_("Give the number of a draft that is not rejected.")]},
            )
        row.linked, row.linked_by_name = item, actor.person_name
        step.put_point(row)
        after = {"point": row.number, "draft": item.number}
        record("meetings.linked", actor=actor, at=at, obj=step.document, after=after)
        step.close("meetings.linked")
    return row


def open_point(step: Step, point: NumberedPoint) -> NumberedPoint:
    """The point, open. Refused: one that is waived or linked already, as by a colleague since."""
    row = step.point(point.pk)
    by = row.waived_by_name or row.linked_by_name
    if row.waived_reason or row.linked_id:
        raise Refused(
            _("Not changed: %(name)s covered point %(number)s meanwhile.")
            % {"name": by, "number": row.number},
            next_steps=(_("Open the point again first, if that is wrong."),),
            code="covered-meanwhile",
        )
    return row


def release(*, point: NumberedPoint, actor: Actor, at: datetime) -> NumberedPoint:
    """Open a waived or linked point again. Refused: a point that is neither."""
    ensure(rules.may_check(actor, point.document))
    with acting(actor=actor, at=at):
        step = opened(point.document_id, actor, at)
        row = step.point(point.pk)
        if not row.waived_reason and row.linked_id is None:
            raise Refused(_("Nothing to undo."), code="nothing-to-undo")
        row.waived_reason, row.waived_by_name = "", ""
        row.linked, row.linked_by_name = None, ""
        step.put_point(row)
        record("meetings.released", actor=actor, at=at, obj=step.document)
        step.close("meetings.released")
    return row
