"""What was escalated to a leader, for the leader's one minute (ui.md 5.7)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from luoshi.foundation.core.actors import Actor
from luoshi.supervision.chasing.domain.queries.charges import Charges
from luoshi.supervision.chasing.domain.queries.nudges import DUTY_SHARE
from luoshi.supervision.chasing.enums import ESCALATIONS
from luoshi.supervision.chasing.models import LeaderInCharge, Reminder
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, DUTY_AWAITING_UNIT
from luoshi.supervision.matters.models import instructed_by

SHARE = "duty__assignment__"
MATTER = f"{SHARE}matter__"


def escalated_to(actor: Actor, most: int, at: datetime) -> list[Reminder]:
    """Of the leader's own instructions, of what the leader is in charge of, and of the own office's
    matters that no leader instructed or is in charge of."""
    rows = Reminder.objects.filter(
        instructed_by(actor, MATTER) | by_charge(actor, at),
        duty__state__in=DUTY_AWAITING_UNIT,
        duty__assignment__state__in=ASSIGNMENT_OPEN,
        level__in=ESCALATIONS,
    )
    return list(rows.select_related(*DUTY_SHARE).order_by("-level", "limit_at", "pk")[:most])


def by_charge(actor: Actor, at: datetime) -> Q:
    """Condition on a reminder: the leader's post is in charge of its matter or unit, or nobody is
    and the leader's office assigned what no leader instructed on."""
    offices = LeaderInCharge.objects.filter(leader_id=actor.appointment_id).values("office_id")
    about = Q(office_id=actor.unit_id) | Q(office_id__in=offices)
    charges = Charges.read(LeaderInCharge.objects.filter(about)).in_force(at)
    own = [row for row in charges if row.leader_id == actor.appointment_id]
    matters = [row.matter_id for row in charges if row.matter_id is not None]
    mine = [row.matter_id for row in own if row.matter_id is not None]
    named = part_of(matters)
    units, charged = Q(pk__in=[]), Q(pk__in=[])
    for row in charges:
        if row.unit_id is not None:
            one = Q(**{f"{SHARE}unit_id": row.unit_id, f"{MATTER}office_id": row.office_id})
            charged |= one
            units |= one if row in own else Q(pk__in=[])
    elsewhere = Q(**{f"{SHARE}matter_id__in": set(matters) - set(mine)})
    office = Q(**{f"{MATTER}office_id": actor.unit_id, f"{MATTER}instructed_by": None})
    return part_of(mine) & ~elsewhere | units & ~named | office & ~named & ~charged


def part_of(matters: list[UUID]) -> Q:
    """Condition on a reminder: it is about one of these matters or a part of one."""
    return Q(**{f"{SHARE}matter_id__in": matters}) | Q(**{f"{MATTER}parent_id__in": matters})
