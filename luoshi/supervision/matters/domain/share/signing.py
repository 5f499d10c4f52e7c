"""Sign for the slip (签收): starts every limit that counts from receipt (TR-06, A4).

Changes: the share's state, and the dates of its duties anchored at receipt. Refused: other units,
a second signing.
"""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.scheduling import anchors_of, date_duties
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.transitions import ASSIGNMENT_MOVES, locked, move
from luoshi.supervision.matters.enums import AssignmentState
from luoshi.supervision.matters.models import Assignment


def sign_for(*, assignment: Assignment, actor: Actor, at: datetime) -> Assignment:
    """Sign for one share on behalf of its unit."""
    ensure(rules.may_sign_for(actor, assignment))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects.select_related("matter"), assignment.pk)
        ensure(rules.may_sign_for(actor, assignment))
        move(assignment, AssignmentState.IN_PROGRESS, ASSIGNMENT_MOVES)
        assignment.signed_at = at
        assignment.signed_by_name = actor.person_name
        assignment.save(update_fields=("state", "signed_at", "signed_by_name"))
        date_duties(assignment, anchors=anchors_of(assignment))
        refresh(assignment, at=at)
        record(
            "matters.signed_for",
            actor=actor,
            at=at,
            obj=assignment.matter,
            after={"unit": actor.unit_name, "assignment": str(assignment.pk)},
        )
    return assignment
