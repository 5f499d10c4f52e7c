"""The burden ledger: what the office asks of units, and what a unit is asked (B6)."""

from django.apps import AppConfig

from luoshi.insight.burden.audit_actions import register_actions


class BurdenConfig(AppConfig):
    """Registration only."""

    name = "luoshi.insight.burden"
    label = "burden"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
