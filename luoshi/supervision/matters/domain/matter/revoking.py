"""Revoke a matter: taken back with a reason, never deleted."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.ending import end_shares
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES, locked, move
from luoshi.supervision.matters.enums import AssignmentState, MatterState, Turn
from luoshi.supervision.matters.models import Matter, Revocation


def revoke(*, matter: Matter, reason: str, actor: Actor, at: datetime) -> Revocation:
    """Take an open matter back. Refused: other offices, tokens, ended matters, no reason."""
    ensure(rules.may_revoke(actor, matter))
    if not reason.strip():
        raise Invalid(_("Not revoked."), {"reason": [_("Give the reason; it stays readable.")]})
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_revoke(actor, matter))
        end_shares(matter, to=AssignmentState.REVOKED, at=at)
        move(matter, MatterState.REVOKED, MATTER_MOVES)
        matter.turn, matter.ended_at = Turn.NOBODY, at
        matter.on_clock, matter.attention_at, matter.overdue_at = False, None, None
        matter.save()
        revocation = Revocation.objects.create(
            matter=matter,
            reason=reason.strip(),
            revoked_by_name=actor.person_name,
            revoked_at=at,
        )
        record("matters.revoked", actor=actor, at=at, obj=matter, after={"reason": reason})
    return revocation
