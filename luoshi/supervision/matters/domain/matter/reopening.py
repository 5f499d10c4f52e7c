"""Reopen a concluded matter that did not hold (B9, S3-28): same id, same number, history kept.

Changes: a `Reopening` row lifts the conclusion; the matter is assigned again to the units that
handled it, each with a new share, new duties counted from today and a report on putting things
right by the new limit. Earlier shares, reports and late marks stay. Refused: other offices,
tokens, matters not concluded, no reason, a limit that has passed, units that are gone.
"""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.share.assigning import Share, hand_over
from luoshi.supervision.matters.domain.share.summarising import hold_units, refresh_matter
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES, locked, move
from luoshi.supervision.matters.enums import AssignmentState, MatterState, Turn
from luoshi.supervision.matters.models import Matter, Reopening


def reopen(
    *, matter: Matter, reason: str, due_on: date | None, actor: Actor, at: datetime
) -> Reopening:
    """Take a concluded matter up again, with a reason and a new limit. A concluded whole is taken
    up with its part; what is revoked or merged is not."""
    ensure(rules.may_reopen(actor, matter))
    due_on = founded(reason, due_on, office_date(at))
    with acting(actor=actor, at=at):
        whole = locked(Matter.objects, matter.parent_id) if matter.parent_id else None
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_reopen(actor, matter))
        shares = shares_to_renew(matter)
        if whole is not None and whole.state == MatterState.CONCLUDED:
            lift(whole, reason, due_on, actor, at)
        reopening = lift(matter, reason, due_on, actor, at)
        hold_units(share.unit.pk for share in shares)
        for share in shares:
            hand_over(matter, share, at, reopening=reopening)
        if not shares:
            refresh_matter(matter, at=at)
    return reopening


def lift(matter: Matter, reason: str, due_on: date, actor: Actor, at: datetime) -> Reopening:
    """Lift the conclusion in force of one matter; it is assigned again."""
    closure = matter.closure_in_force()
    before = {"end_on": str(matter.end_on or ""), "closure": closure.round}
    move(matter, MatterState.ASSIGNED, MATTER_MOVES)
    matter.ended_at, matter.end_on = None, due_on
    matter.turn = Turn.OFFICE
    matter.save()
    reopening = Reopening.objects.create(
        closure=closure,
        matter=matter,
        reason=reason.strip(),
        due_on=due_on,
        reopened_by_id=actor.person_id,
        reopened_by_name=actor.person_name,
        reopened_at=at,
    )
    after = {"reason": reopening.reason, "end_on": str(due_on)}
    record("matters.reopened", actor=actor, at=at, obj=matter, before=before, after=after)
    return reopening


def founded(reason: str, due_on: date | None, on: date) -> date:
    """The new limit; refused without a reason, and a limit that is no future day."""
    errors: dict[str, list[object]] = {}
    if not reason.strip():
        errors["reason"] = [_("Say what no longer holds; the unit reads these words.")]
    if due_on is None or due_on <= on:
        errors["due_on"] = [_("The new limit lies after today.")]
    if errors or due_on is None:
        raise Invalid(_("Not reopened."), errors)  # type: ignore[arg-type]
    return due_on


def shares_to_renew(matter: Matter) -> list[Share]:
    """The shares that ended with the conclusion, of units that still exist; a whole whose work was
    in its sub-matters has none of its own."""
    last = matter.reopenings.order_by("-reopened_at").first()
    ended = matter.assignments.filter(state=AssignmentState.CONCLUDED, reopening=last)
    rows = ended.filter(unit__is_active=True).select_related("unit").order_by("assigned_at", "pk")
    if not rows and not matter.parts:
        raise Refused(
            _("Not reopened: none of its units exists any more."),
            next_steps=(_("Register a new matter for the units that took over."),),
            code="units-gone",
        )
    return [Share(row.unit, row.part, row.task) for row in rows]
