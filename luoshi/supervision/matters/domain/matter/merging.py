"""Merge one matter into another (并案): one matter, one file (R-SUP-1).

Changes: the absorbed matter ends as merged, its open duties are withdrawn, units named in
`take_over` get a share of the other one, and the leaders whose instructions the absorbed matter
carries see it go on there. Both files stay readable and point at each other.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.matter.ending import end_matter, end_shares
from luoshi.supervision.matters.domain.matter.instructing import name_leader, with_parts
from luoshi.supervision.matters.domain.matter.registering import answer_proposal
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.summarising import hold_units
from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Answer, AssignmentState, MatterState
from luoshi.supervision.matters.models import Matter, Merger


def merge(
    *,
    absorbed: Matter,
    into: Matter,
    reason: str,
    actor: Actor,
    at: datetime,
    take_over: Sequence[Share] = (),
) -> Merger:
    """Merge `absorbed` into `into`. Refused: other offices, tokens, ended matters, reports in
    review, a matter and its own part, no reason, shares that do not fit the other matter."""
    ensure(rules.may_merge(actor, absorbed, into))
    missing = _("Give the reason; it stays readable.")
    why = fitted(Merger, "reason", reason, what=_("Not merged."), missing=missing)
    with acting(actor=actor, at=at):
        absorbed, into = both_locked(absorbed, into)
        ensure(rules.may_merge(actor, absorbed, into))
        shares = list(
            absorbed.assignments.filter(state__in=ASSIGNMENT_OPEN).select_related("matter")
        )
        hold_units({share.unit_id for share in shares} | {share.unit.pk for share in take_over})
        answer_proposal(absorbed, Answer.REJECTED, f"并入 {into}"[:300], actor, at)
        end_shares(absorbed, to=AssignmentState.MERGED, at=at)
        end_matter(absorbed, to=MatterState.MERGED, at=at)
        row = Merger.objects.create(
            absorbed=absorbed,
            into=into,
            reason=why,
            taken_over=[str(share.unit) for share in take_over],
            merged_by_name=actor.person_name,
            merged_at=at,
        )
        for leader_id in leaders_of(absorbed):
            for one in with_parts(into):
                name_leader(one, leader_id)
        if take_over:
            assign(matter=into, shares=take_over, actor=actor, at=at)
        words = (f"已并入{into.number}", f"Merged into {into.number}")
        for share in shares:
            tell_unit(share, kind="merged", words=words, key=f"{row.pk}|{share.pk}", at=at)
        told = {"reason": row.reason, "units": row.taken_over}
        after = told | {"into": str(into)}
        record("matters.merged", actor=actor, at=at, obj=absorbed, after=after)
        after = told | {"from": str(absorbed)}
        record("matters.absorbed", actor=actor, at=at, obj=into, after=after)
    return row


def leaders_of(matter: Matter) -> list[UUID]:
    """Whose instructions a matter carries: they see where it went on (decision 8)."""
    first = [matter.instructed_by_id] if matter.instructed_by_id is not None else []
    return [*first, *matter.also_instructed_by]


def both_locked(one: Matter, other: Matter) -> tuple[Matter, Matter]:
    """The two rows, locked in one order whoever merges what."""
    found = {key: locked(Matter.objects, key) for key in sorted((one.pk, other.pk))}
    return found[one.pk], found[other.pk]
