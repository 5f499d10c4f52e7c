"""What the trail calls the acts of this room."""

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.registry import register

ACTIONS = {
    "exchange.initialised": _("Node set up"),
    "exchange.incarnated": _("New incarnation of the node"),
    "exchange.node_entered": _("Node entered"),
    "exchange.node_matched": _("Card of a node received"),
    "exchange.node_accepted": _("Node accepted"),
    "exchange.node_suspended": _("Node suspended"),
    "exchange.node_resumed": _("Node connected again"),
    "exchange.units_served": _("Units of a node set"),
    "exchange.connection_planned": _("Connection planned"),
    "exchange.key_made": _("Node key made"),
    "exchange.key_received": _("Key of a node received"),
    "exchange.key_accepted": _("Key of a node accepted"),
    "exchange.key_revoked": _("Node key revoked"),
    "exchange.configured": _("Server configuration written"),
    "exchange.sent": _("Envelope sent"),
    "exchange.received": _("Envelope received"),
    "exchange.refused": _("Envelope refused"),
    "exchange.receipted": _("Receipt received"),
    "exchange.handled": _("Receipt given"),
    "exchange.recalled": _("Envelope recalled"),
    "exchange.resigned": _("Waiting envelopes signed anew"),
    "exchange.resent": _("Envelopes sent again after a restore"),
    "exchange.returned": _("Lost envelope returned by a neighbour"),
    "exchange.reentry_decided": _("Lost envelope decided upon"),
    "exchange.anchored": _("Checkpoint of a subordinate received"),
    "exchange.countersigned": _("Checkpoint answered by the superior"),
    "exchange.dispatched": _("Dispatch sent"),
    "exchange.recall_asked": _("Recall of a dispatch asked"),
    "exchange.opened": _("Arrival opened"),
    "exchange.signed_for": _("Arrival signed for"),
    "exchange.declined": _("Arrival refused"),
    "exchange.carried_out": _("Envelopes written to a medium"),
    "exchange.carried_in": _("Envelopes read from a medium"),
}


def register_actions() -> None:
    """Called once when the app is ready."""
    for action, label in ACTIONS.items():
        register(action=action, label=label, erasure="detail")
