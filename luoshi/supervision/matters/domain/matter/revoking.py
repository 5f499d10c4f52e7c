"""Revoke a matter: taken back with a reason, never deleted."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.ending import end_matter, end_shares
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import MATTER_ENDED, AssignmentState, MatterState
from luoshi.supervision.matters.models import Matter, Revocation


def revoke(*, matter: Matter, reason: str, actor: Actor, at: datetime) -> Revocation:
    """Take an open matter back, its open sub-matters with it. Refused: other offices, tokens, ended
    matters, no reason."""
    ensure(rules.may_revoke(actor, matter))
    if not reason.strip():
        raise Invalid(_("Not revoked."), {"reason": [_("Give the reason; it stays readable.")]})
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        ensure(rules.may_revoke(actor, matter))
        for part in matter.sub_matters.exclude(state__in=MATTER_ENDED).order_by("pk"):
            revoke(matter=part, reason=reason, actor=actor, at=at)
        matter.refresh_from_db()
        end_shares(matter, to=AssignmentState.REVOKED, at=at)
        end_matter(matter, to=MatterState.REVOKED, at=at)
        revocation = Revocation.objects.create(
            matter=matter,
            reason=reason.strip(),
            revoked_by_name=actor.person_name,
            revoked_at=at,
        )
        record("matters.revoked", actor=actor, at=at, obj=matter, after={"reason": reason})
    return revocation
