"""Keys a node said to be its own: kept, trusted only after acceptance."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.exchange.enums import Purpose
from luoshi.foundation.exchange.identity.cards import PublicKey
from luoshi.foundation.exchange.models import Node, NodeKey


def take_keys(node: Node, keys: Sequence[PublicKey], at: datetime) -> int:
    """Add keys of a node that are not here yet, waiting for acceptance; returns how many. A key
    that another node has is refused. Part of the caller's act."""
    ids = [key.id for key in keys]
    if NodeKey.objects.filter(pk__in=ids).exclude(node=node).exists():
        raise Invalid(_("Not taken."), {"card": [_("A key of this card is another node's.")]})
    known = set(NodeKey.objects.filter(pk__in=ids).values_list("pk", flat=True))
    new = [
        NodeKey(
            id=key.id,
            node=node,
            suite=key.suite,
            purpose=Purpose(key.purpose),
            public=key.public,
            since=at - timedelta(days=1),
        )
        for key in keys
        if key.id not in known
    ]
    return len(NodeKey.objects.bulk_create(new))
