"""Lay an envelope before each unit it is addressed to: one row a unit, the content once."""

from datetime import datetime

from luoshi.foundation.audit.domain.copying import copy_in
from luoshi.foundation.exchange.envelopes.opening import Opened
from luoshi.foundation.exchange.models import Arrival, Incoming
from luoshi.foundation.organizations.models import Unit


def lay_before_units(row: Incoming, opened: Opened, *, at: datetime) -> None:
    """Part of the transaction of the inbox row; the row itself may not be new."""
    said = opened.manifest.metadata
    units = Unit.objects.filter(code__in=row.units).exclude(arrivals__incoming=row)
    copy_in(
        [
            Arrival(
                incoming_id=row.pk,
                unit_id=unit_id,
                title=said.title or row.kind,
                number=said.number[:100],
                issuer=said.issuer[:200],
                urgency=said.urgency,
                arrived_at=at,
            )
            for unit_id in units.values_list("pk", flat=True)
        ]
    )
