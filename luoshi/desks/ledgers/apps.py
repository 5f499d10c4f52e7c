"""Ledgers: hand-kept spreadsheets taken over as matters, checked row by row, in one transaction."""

from django.apps import AppConfig

from luoshi.desks.ledgers.audit_actions import register_actions


class LedgersConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.ledgers"
    label = "ledgers"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
