"""Standing orders: what comes from a node is passed on at once (S3-112; the way down is the unit's
own act, ordered once for all).

Changes: an order, its end; for each document that comes one dispatch in the name of the post that
ordered it. Refused: by others, without units, a second one for the same node. A post that is no
longer held ends the order, and the unit is told; it is told as well where an order could not be
carried out (as beyond the next level down): the document waits for a hand.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.desks.documents import rules
from luoshi.desks.documents.domain.passing_on import sent_on
from luoshi.desks.documents.domain.telling import tell_units
from luoshi.desks.documents.models import StandingOrder
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refusal, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.domain.dispatch.dispatching import MOST_WORDS, Cover
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.models import Arrival, Node
from luoshi.foundation.organizations.domain.queries.holders import current
from luoshi.foundation.organizations.models import Appointment, Unit

MOST_REASON = 200


def set_order(
    *, node: Node, units: Sequence[Unit], words: str, actor: Actor, at: datetime
) -> StandingOrder:
    """Order it for everything that comes from this node to the actor's unit."""
    ensure(rules.may_order(actor))
    errors: dict[str, list[Any]] = {}
    if not units:
        errors["units"] = [_("Choose at least one unit.")]
    if node.relation == Relation.OWN or node.state != NodeState.ACTIVE:
        errors["node"] = [_("Choose one of the listed values.")]
    if len(words) > MOST_WORDS:
        errors["words"] = [_("At most %(n)d characters.") % {"n": MOST_WORDS}]
    far = Unit.objects.filter(pk__in=[u.pk for u in units], served_by__node=node)
    if far:
        lives = _("%(unit)s lives where it comes from.")
        errors["units"] = [lives % {"unit": unit} for unit in far]
    if errors:
        raise Invalid(_("Not ordered: something is missing."), errors)
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update().get(pk=actor.unit_id)
        if StandingOrder.objects.filter(unit=actor.unit_id, node=node, ended_at=None).exists():
            raise Refused(
                _("Not ordered: there is an order for this node already."),
                next_steps=(_("End it first; both stay in the list."),),
                code="ordered",
            )
        row = StandingOrder.objects.create(
            unit_id=actor.unit_id,
            node=node,
            words=words.strip(),
            held_id=actor.appointment_id,
            set_by_name=actor.person_name,
            set_at=at,
        )
        row.to.set(units)
        after = {"node": node.code, "units": sorted(unit.code for unit in units)}
        record("documents.ordered", actor=actor, at=at, obj=row, after=after)
    return row


def end_order(*, order: StandingOrder, reason: str, actor: Actor, at: datetime) -> StandingOrder:
    """End it; what was passed on stays."""
    ensure(rules.may_order(actor))
    if not reason.strip() or len(reason.strip()) > MOST_REASON:
        raise Invalid(_("Not ended."), {"reason": [_("Give the reason in up to 200 characters.")]})
    with acting(actor=actor, at=at):
        row = StandingOrder.objects.select_for_update().get(pk=order.pk, unit_id=actor.unit_id)
        if row.ended_at is not None:
            raise Refused(_("Not ended: this order has ended already."), code="ended")
        return ended(row, reason.strip(), actor=actor, at=at)


def ended(row: StandingOrder, reason: str, *, actor: Actor, at: datetime) -> StandingOrder:
    """Write the end. Part of the caller's act."""
    row.ended_at, row.ended_by_name, row.end_reason = at, actor.person_name, reason
    row.save(update_fields=("ended_at", "ended_by_name", "end_reason"))
    record("documents.order_ended", actor=actor, at=at, obj=row, after={"reason": reason})
    return row


def carry_out(*, incoming: UUID, node: Node, actor: Actor, at: datetime) -> int:
    """Pass on what has just been laid before units with an order; returns how many dispatches. Part
    of the inbox row's transaction: what cannot be passed on does not hold the document up."""
    arrivals = Arrival.objects.filter(incoming=incoming).select_related("unit", "incoming__file")
    laid = {row.unit_id: row for row in arrivals}
    orders = StandingOrder.objects.filter(unit__in=laid, node=node, ended_at=None)
    count = 0
    for order in orders.select_related("unit").select_for_update(of=("self",)):
        held = current(office_date(at)).filter(pk=order.held_id).first()
        if held is None:
            reason = "发出指令的岗位已不在任"
            ended(order, reason, actor=actor, at=at)
            told(order, laid[order.unit_id], reason, "The post that ordered it has ended", at)
            continue
        count += passed(order, laid[order.unit_id], held, at)
    return count


def passed(order: StandingOrder, arrival: Arrival, held: Appointment, at: datetime) -> bool:
    """One dispatch by order, or the reason told to the unit."""
    who = Actor(
        kind="person",
        person_id=held.person_id,
        person_name=held.person.full_name,
        username=held.person.username,
        appointment_id=held.pk,
        role=held.post.role,
        unit_id=held.post.unit_id,
        unit_name=str(held.post.unit),
        via="job",
    )
    cover = Cover(f"转发：{arrival.title}"[:200], "", arrival.urgency, order.words)
    try:
        with transaction.atomic():
            sent_on(arrival, cover, list(order.to.all()), actor=who, at=at, order=order)
    except Refusal as refused:
        told(order, arrival, str(refused), "Not passed on by the standing order", at)
        return False
    return True


def told(order: StandingOrder, arrival: Arrival, why: str, english: str, at: datetime) -> None:
    """A notice to the people of the unit: it waits for a hand."""
    words = (f"未能自动转发（{why[:80]}）", english)
    key = f"order|{order.pk}|{arrival.pk}"
    tell_units([order.unit.code], words, arrival.title, key, at=at)
