"""What was escalated to a leader, for the leader's one minute (ui.md 5.7)."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from luoshi.foundation.core.actors import Actor
from luoshi.supervision.chasing.domain.queries.charges import holding
from luoshi.supervision.chasing.domain.queries.nudges import DUTY_SHARE
from luoshi.supervision.chasing.enums import ESCALATIONS
from luoshi.supervision.chasing.models import Reminder
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
    """Condition on a reminder: the leader's post is in charge of its matter, of the whole that is a
    part of, else of its unit; or nobody is, and the leader's office assigned what no leader
    instructed on. In the database: an office may name a leader for each of a thousand units."""
    held = holding(at)
    mine = held.filter(leader_id=actor.appointment_id)
    of_matter = {"matter_id": OuterRef(f"{SHARE}matter_id")}
    of_whole = {"matter_id": OuterRef(f"{MATTER}parent_id")}
    of_unit = {
        "unit_id": OuterRef(f"{SHARE}unit_id"),
        "office_id": OuterRef(f"{MATTER}office_id"),
    }
    own = Q(Exists(held.filter(**of_matter)))
    named = own | Exists(held.filter(**of_whole))
    charged = Q(Exists(held.filter(**of_unit)))
    office = Q(**{f"{MATTER}office_id": actor.unit_id, f"{MATTER}instructed_by": None})
    return (
        Q(Exists(mine.filter(**of_matter)))
        | Q(Exists(mine.filter(**of_whole))) & ~own
        | Q(Exists(mine.filter(**of_unit))) & ~named
        | office & ~named & ~charged
    )
