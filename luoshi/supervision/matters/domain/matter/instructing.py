"""Let a matter carry a leader's written instruction: that leader sees it at every level."""

from datetime import datetime
from uuid import UUID

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import Matter


def carry_instruction(*, matter: Matter, leader_id: UUID, actor: Actor, at: datetime) -> Matter:
    """Name the leader on an open matter (decision 8); a matter that carries another leader's
    instruction keeps the first name. Refused: other offices, ended matters."""
    ensure(rules.may_edit(actor, matter))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_edit(actor, matter))
        if matter.instructed_by_id is None:
            matter.instructed_by_id = leader_id
            matter.save(update_fields=("instructed_by",))
        record("matters.instructed", actor=actor, at=at, obj=matter)
    return matter
