"""What the other nodes of a matter were told and said, and how crossing acts were settled."""

from typing import Any

from luoshi.foundation.core.actors import Actor
from luoshi.supervision.matters.models import Assignment, Matter
from luoshi.supervision.mirrors.models import Mirror, Settlement


def levels(matter: Matter) -> list[Mirror]:
    """One row per node, with the last envelope sent there; one query."""
    rows = Mirror.objects.filter(matter=matter).select_related("node", "sent")
    return list(rows.defer("sent__body").order_by("node__code"))


def crossings(matter: Matter, actor: Actor) -> list[Any]:
    """Settled crossings of the shares the actor may read, the newest first."""
    shares = Assignment.objects.visible_to(actor).filter(matter=matter)
    rows = Settlement.objects.filter(assignment__in=shares).select_related("assignment__unit")
    return list(rows.order_by("-settled_at", "pk"))
