"""A list between levels: which nodes know of it, what their receipts say, how many of its slips
were signed for there (features rows 50, 52)."""

from dataclasses import dataclass

from django.db.models import Count, Q

from luoshi.foundation.core.refusals import Text
from luoshi.foundation.exchange.domain.queries.standing import reason_words
from luoshi.foundation.exchange.enums import OutState
from luoshi.supervision.lists.models import ListMirror, SupervisionPointsList
from luoshi.supervision.matters.models import Assignment


@dataclass(frozen=True)
class Told:
    """One node: the row with its last envelope, the reason of a refusal, slips and those signed."""

    mirror: ListMirror
    refused: Text
    slips: int
    signed: int


def between(found: SupervisionPointsList) -> list[Told]:
    """The nodes that know of a list, in two queries whatever their number; none for a list that
    never left this node."""
    rows = found.mirrors.select_related("node", "sent").defer("sent__body").order_by("node__code")
    mirrors = list(rows)
    if not mirrors:
        return []
    shares = Assignment.objects.filter(matter__list_point__points_list=found)
    by_node = {
        row["unit__served_by__node"]: row
        for row in shares.order_by()
        .values("unit__served_by__node")
        .annotate(slips=Count("pk"), signed=Count("pk", filter=Q(signed_at__isnull=False)))
    }
    told = []
    for mirror in mirrors:
        row = by_node.get(mirror.node_id, {"slips": 0, "signed": 0})
        sent = mirror.sent
        refused = reason_words(sent.reason) if sent and sent.state == OutState.REFUSED else ""
        told.append(Told(mirror, refused, row["slips"], row["signed"]))
    return told
