"""Nodes, signed envelopes, mailboxes, receipts."""

from django.apps import AppConfig

from luoshi.foundation.exchange.audit_actions import register_actions


class ExchangeConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Let the trail know the acts of this room."""
        register_actions()
