"""Put the items of an issue in order by hand: one up, one down.

Changes: the places of two items. Refused: by others, an issue at the printer's or out. At the end
of the row nothing happens.
"""

from datetime import datetime

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.locking import locked
from luoshi.desks.publications.models import Issue, Item
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure


def move(*, issue: Issue, item: Item, up: bool, actor: Actor, at: datetime) -> None:
    """Change places with the neighbour before or behind it."""
    ensure(rules.may_fill(actor, issue))
    with acting(actor=actor, at=at):
        row = locked(issue)
        ensure(rules.may_fill(actor, row))
        rows = list(row.items.order_by("place", "pk"))
        now = next((place for place, one in enumerate(rows) if one.pk == item.pk), None)
        if now is None:
            return
        then = max(0, now - 1) if up else min(len(rows) - 1, now + 1)
        if then == now:
            return
        rows.insert(then, rows.pop(now))
        for place, one in enumerate(rows, start=1):
            one.place = place
        Item.objects.bulk_update(rows, ("place",))
        after = {"title": item.title, "place": then + 1}
        record("publications.ordered", actor=actor, at=at, obj=row, after=after)
