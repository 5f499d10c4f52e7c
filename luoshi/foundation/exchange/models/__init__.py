"""Nodes and their keys; what was sent, what came, and what was said of it."""

from luoshi.foundation.exchange.models.anchors import Anchored, ForeignHead
from luoshi.foundation.exchange.models.dispatches import Addressee, Arrival, Dispatch
from luoshi.foundation.exchange.models.mail import Alarm, Incoming, Outgoing, Receipt, Returned
from luoshi.foundation.exchange.models.nodes import (
    ConnectionPlan,
    Incarnation,
    Node,
    NodeKey,
    ServedUnit,
)

__all__ = [
    "Addressee",
    "Alarm",
    "Anchored",
    "Arrival",
    "ConnectionPlan",
    "Dispatch",
    "ForeignHead",
    "Incarnation",
    "Incoming",
    "Node",
    "NodeKey",
    "Outgoing",
    "Receipt",
    "Returned",
    "ServedUnit",
]
