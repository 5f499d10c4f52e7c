"""Who may send which kind to whom (S3-112): a node delivers for its own level and the next level
down; past a level only information travels, to and from a direct-report point (features rows 2, 3).
Passing on is a new act of the node in between, with its own envelope."""

from collections.abc import Sequence
from itertools import takewhile

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.enums import PAST_A_LEVEL, NodeState, Relation, Way
from luoshi.foundation.exchange.kinds import Kind
from luoshi.foundation.exchange.models import Node, ServedUnit
from luoshi.foundation.organizations.models import Unit


def may_travel(kind: Kind, other: Node, *, out: bool) -> bool:
    """Whether a kind may go to (`out`) or come from a node."""
    if other.relation == Relation.OWN or kind.control:
        return True
    if other.relation in PAST_A_LEVEL:
        return kind.information
    down = (other.relation == Relation.SUBORDINATE) == out
    return (Way.DOWN if down else Way.UP) in kind.ways


def refuse_out_of_scope(kind: Kind, receiver: Node) -> None:
    """Refuse to send what may not travel that way."""
    if not may_travel(kind, receiver, out=True):
        raise Refused(
            _("Not sent: this kind does not travel to %(node)s.") % {"node": receiver},
            _("A node delivers for its own level and the next level down."),
            source="S3-112",
            code="out-of-scope",
        )


def passed_by(other: Node, sender: Unit, codes: Sequence[str]) -> Unit | None:
    """The unit of the level that mail past it leaves out, which gets a copy of its own (row 3): of
    the connected nodes between the two, the unit nearest to the lower end. None where there is
    none: what is to be reported is not held up by it."""
    if other.relation not in PAST_A_LEVEL:
        return None
    up = other.relation == Relation.REPORTED_TO
    lower = sender if up else Unit.objects.get(code=min(codes))
    between = ServedUnit.objects.filter(
        node__relation=Relation.SUPERIOR if up else Relation.SUBORDINATE,
        node__state__in=(NodeState.ACTIVE, NodeState.SUSPENDED),
    )
    least = 0 if up else shared(sender, lower)
    units = [row.unit for row in between.select_related("unit").order_by("unit__sort_key")]
    found = max(units, key=lambda unit: shared(unit, lower), default=None)
    return found if found is not None and shared(found, lower) > least else None


def shared(one: Unit, other: Unit) -> int:
    """How many levels two units have in common, from the root."""
    pairs = zip(one.path.split("/"), other.path.split("/"), strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] and pair[0] == pair[1], pairs))
