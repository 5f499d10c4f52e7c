"""Send word of a list whenever the trail says that it was issued, summed up or closed, in the
transaction of the act: down to the nodes where its units live, its summaries up to the superior."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.appending import Pending
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail.sending import Content
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.models import Node, ServedUnit
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.lists.domain.mirroring.words import (
    described,
    points_at,
    word_down,
    word_up,
)
from luoshi.supervision.lists.models import ListMirror, ListPoint, SupervisionPointsList
from luoshi.supervision.mirrors.domain.telling import fresh, put_out, to_say_again

ACTOR = Actor.system("lists")
FOLLOWED = ("lists.issued", "lists.summary_sent", "lists.closed")
DOWN, UP = "lists.list", "lists.summary"


def follow(pending: Sequence[Pending], at: datetime) -> None:
    """Tell the other nodes of the lists these entries are about; give a matter that has come here
    to the point that awaits it."""
    come = [UUID(one.object_id) for one in pending if one.action == "mirrors.adopted"]
    if come:
        link(come)
    acts = {UUID(one.object_id): one.actor for one in pending if one.action in FOLLOWED}
    if not acts or not ServedUnit.objects.exists():  # no unit lives elsewhere: nobody to tell
        return
    for found in SupervisionPointsList.objects.filter(pk__in=acts).select_related(
        "office", "joint_office"
    ):
        tell_all(found, actor=acts[found.pk], at=at)


def link(matters: Sequence[UUID]) -> None:
    """Points that await these matters have them now."""
    for point in ListPoint.objects.filter(awaits__in=matters).select_for_update():
        if not ListPoint.objects.filter(matter=point.awaits).exists():
            point.matter_id, point.awaits = point.awaits, None
            point.save(update_fields=("matter", "awaits"))


def tell_all(found: SupervisionPointsList, *, actor: Actor, at: datetime) -> None:
    """Send what is new to every node it concerns; nothing of a list led elsewhere."""
    if found.home:
        return
    for node in nodes_of(found):
        points = points_at(found, node)
        units = sorted({code for one in points for code in units_at(one, node)})
        tell(found, node, DOWN, word_down(found, points), units, actor=actor, at=at)
    word, superior = word_up(found), superior_of(found.office)
    if word["summaries"] and superior is not None:
        node = superior.served_by.node
        tell(found, node, UP, word, [superior.code], actor=actor, at=at)


def nodes_of(found: SupervisionPointsList) -> list[Node]:
    """The other nodes where units of its points live."""
    leads = found.points.values_list("lead_unit", flat=True)
    joint = found.points.values_list("joint_units", flat=True)
    served = ServedUnit.objects.filter(unit__in=[*leads, *joint])
    below = Node.objects.filter(pk__in=served.values("node"), relation=Relation.SUBORDINATE)
    return list(below.order_by("code"))


def units_at(point: ListPoint, node: Node) -> list[str]:
    """The codes of a point's units that live on a node."""
    units = [*point.joint_units.all(), *([point.lead_unit] if point.lead_unit else [])]
    return [
        one.code for one in units if hasattr(one, "served_by") and one.served_by.node_id == node.pk
    ]


def superior_of(office: Unit) -> Unit | None:
    """The nearest unit above the office that lives on the superior's node."""
    rows = Unit.objects.filter(served_by__node__relation=Relation.SUPERIOR, is_active=True)
    above = [one for one in rows.select_related("served_by__node") if is_above(one, office)]
    return max(above, key=lambda one: len(one.path), default=None)


def is_above(unit: Unit, office: Unit) -> bool:
    """Whether a unit stands above an office, by the tree or by its territory."""
    return office.path.startswith(unit.path) or office.seat_path.startswith(unit.path)


def mirror_of(found: SupervisionPointsList, node: Node) -> ListMirror:
    """The row of a list and a node, made with the first word and locked."""
    ListMirror.objects.get_or_create(points_list=found, node=node)
    return ListMirror.objects.select_for_update().get(points_list=found, node=node)


def tell(
    found: SupervisionPointsList,
    node: Node,
    kind: str,
    word: dict[str, Any],
    units: Sequence[str],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Send a word to a node unless it says nothing new."""
    mirror = mirror_of(found, node)
    digest = fresh(mirror, word)
    if digest:
        content = Content(word, metadata=described(found))
        put_out(mirror, digest, kind, content, found.office.code, units, actor=actor, at=at)


def say_lists_again(*, at: datetime) -> int:
    """After a restore: say how each list stands, as matters do; returns how many lists."""
    rows = to_say_again(ListMirror.objects.filter(points_list__home=""), "lists.", at)
    lists = SupervisionPointsList.objects.filter(pk__in=rows.values("points_list"))
    found = list(lists.select_related("office", "joint_office"))
    for one in found:
        with acting(actor=ACTOR, at=at):
            tell_all(one, actor=ACTOR, at=at)
    return len(found)
