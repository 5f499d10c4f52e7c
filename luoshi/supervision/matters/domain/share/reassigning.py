"""Give a share to another unit (改派): the assigning office alone does it (R-PRO-5).

Changes: the old share ends, its open duties are withdrawn, the new unit gets a slip of its own, and
a `Reassignment` row joins the two. Refused: units passing on by themselves, reports in review, a
unit that has a share already.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.ending import end_these
from luoshi.supervision.matters.domain.share.assigning import Share, hand_over, refuse_bad
from luoshi.supervision.matters.domain.share.summarising import hold_units, refresh_unit
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import Answer, AssignmentState
from luoshi.supervision.matters.models import Assignment, Matter, Objection, Reassignment


def reassign(
    *, assignment: Assignment, unit: Unit, reason: str, actor: Actor, at: datetime
) -> Assignment:
    """Give the share, with its part and task, to another unit; returns the new share. A waiting
    objection of the old unit is thereby accepted. Refused: the unit that has the share."""
    ensure(rules.may_reassign(actor, assignment))
    what, missing = _("Not reassigned."), _("Give the reason; both units read it.")
    why = fitted(Reassignment, "reason", reason, what=what, missing=missing)
    if unit.pk == assignment.unit_id:
        text = _("%(unit)s handles this share already; name another unit.") % {"unit": unit}
        raise Invalid(what, {"unit": [text]})
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects.select_related("office"), assignment.matter_id)
        old = locked(
            Assignment.objects.select_related("matter", "unit", "reopening"), assignment.pk
        )
        ensure(rules.may_reassign(actor, old))
        ensure(rules.may_assign(actor, matter))
        settle_objection(old, why, actor, at)
        end_these([old], to=AssignmentState.REASSIGNED, at=at)
        share = Share(unit, old.part, old.task)
        refuse_bad(matter, [share])
        hold_units([old.unit_id, unit.pk])
        new = hand_over(matter, share, at, reopening=old.reopening)
        refresh_unit(old.unit_id, at=at)
        Reassignment.objects.create(
            before=old,
            after=new,
            reason=why,
            decided_by_name=actor.person_name,
            decided_at=at,
        )
        words = (f"已改由{unit}办理", f"Now handled by {unit}")
        tell_unit(old, kind="reassigned", words=words, key=old.pk, at=at)
        after = {"unit": f"{old.unit} → {unit}", "reason": why}
        record("matters.reassigned", actor=actor, at=at, obj=matter, after=after)
    return new


def settle_objection(share: Assignment, reason: str, actor: Actor, at: datetime) -> None:
    """An objection that waits is accepted by reassigning."""
    row = Objection.objects.filter(assignment=share, state=Answer.PENDING).first()
    if row is not None:
        row.state, row.answer = Answer.ACCEPTED, reason
        row.answered_by_name, row.answered_at = actor.person_name, at
        row.save()
