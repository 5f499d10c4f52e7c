"""Revoke a matter: taken back with a reason, never deleted."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.copying import copy_in
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.ending import end_matter, end_shares
from luoshi.supervision.matters.domain.transitions import MATTER_MOVES, locked, move
from luoshi.supervision.matters.enums import MATTER_ENDED, AssignmentState, MatterState, Turn
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


def revoke_unassigned(
    *, keys: Sequence[UUID], reason: str, actor: Actor, at: datetime
) -> list[Matter]:
    """Take many matters of one act back that were never assigned, in a few statements whatever
    their number. Refused as a whole if one of them may not be revoked; no shares, no limits and no
    sub-matters hang on them: the caller has made sure."""
    with acting(actor=actor, at=at):
        rows = Matter.objects.select_for_update(of=("self",)).filter(pk__in=keys)
        matters = list(rows.defer("search", "seen_by", "viewers", "content").order_by("pk"))
        for matter in matters:
            ensure(rules.may_revoke(actor, matter))
            move(matter, MatterState.REVOKED, MATTER_MOVES)
            record("matters.revoked", actor=actor, at=at, obj=matter, after={"reason": reason})
        rows.update(state=MatterState.REVOKED, turn=Turn.NOBODY, ended_at=at)
        copy_in(
            [
                Revocation(
                    matter=matter, reason=reason, revoked_by_name=actor.person_name, revoked_at=at
                )
                for matter in matters
            ]
        )
    return matters
