"""Cover the numbered points of a source: by drafts inside them, by a link, or by a reason why they
bind nobody (S2-93)."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.stepping import Step, opened
from luoshi.desks.meetings.enums import DraftState
from luoshi.desks.meetings.models import NumberedPoint, SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused


@dataclass(frozen=True)
class Cover:
    """A numbered point and what covers it: accepted drafts, or the reason it was waived with."""

    point: Any
    drafts: "tuple[Taken, ...]"

    @property
    def covered(self) -> bool:
        """Whether nothing is left to do."""
        return bool(self.drafts or self.point.waived_reason)


class Taken(NamedTuple):
    """What coverage needs of an accepted draft."""

    start: int
    end: int
    number: int
    pk: UUID


class Place(NamedTuple):
    """What coverage needs of a point; a document may have thousands."""

    start: int
    end: int
    number: str
    pk: UUID
    waived_reason: str
    linked_id: UUID | None


def coverage(document: SourceDocument, most: int = 6) -> list[Cover]:
    """Every point with the accepted drafts inside it or linked to it, at most so many of each; two
    light queries."""
    rows = document.items.filter(state=DraftState.ACCEPTED).order_by("start", "number")
    taken = [Taken(*row) for row in rows.values_list(*Taken._fields)]
    places = document.points.order_by("start").values_list(*Place._fields)
    starts, by_pk = [one.start for one in taken], {one.pk: one for one in taken}
    longest = max((one.end - one.start for one in taken), default=0)
    found = []
    for point in (Place(*row) for row in places):
        near = taken[bisect_left(starts, point.start - longest) : bisect_left(starts, point.end)]
        inside = {one.pk: one for one in near if one.end > point.start}
        if point.linked_id in by_pk:
            inside[point.linked_id] = by_pk[point.linked_id]
        found.append(Cover(point, tuple(sorted(inside.values())[:most])))
    return found


def with_points(document: SourceDocument, covers: Sequence[Cover]) -> list[Cover]:
    """The same covers with their whole points, for those that are shown; one query."""
    wanted = [cover.point.pk for cover in covers]
    rows = document.points.filter(pk__in=wanted).select_related("linked").in_bulk()
    return [Cover(rows[cover.point.pk], cover.drafts) for cover in covers]


def uncovered(document: SourceDocument) -> list[NumberedPoint]:
    """Numbered points without an accepted draft and without a reason."""
    gaps = [one for one in coverage(document) if not one.covered]
    return [one.point for one in with_points(document, gaps)]


def waive(*, point: NumberedPoint, reason: str, actor: Actor, at: datetime) -> NumberedPoint:
    """Say why a numbered point binds nobody (S2-93). Refused: without a reason, and a point that a
    colleague covered meanwhile."""
    ensure(rules.may_check(actor, point.document))
    what, missing = _("Not waived."), _("Give the reason.")
    why = fitted(NumberedPoint, "waived_reason", reason, what=what, missing=missing, field="reason")
    with acting(actor=actor, at=at):
        step = opened(point.document_id, actor, at)
        row = open_point(step, point)
        row.waived_reason, row.waived_by_name = why, actor.person_name
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
