"""Who may send which kind to whom (S3-112): a node delivers for its own level and the next level
down; past a level only information travels, to and from a direct-report point (features rows 2, 3).
Passing on is a new act of the node in between, with its own envelope."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.enums import Relation, Way
from luoshi.foundation.exchange.kinds import Kind
from luoshi.foundation.exchange.models import Node


def may_travel(kind: Kind, other: Node, *, out: bool) -> bool:
    """Whether a kind may go to (`out`) or come from a node."""
    if other.relation == Relation.OWN or kind.control:
        return True
    if other.relation == Relation.DIRECT:
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
