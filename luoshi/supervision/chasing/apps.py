"""Reminders, urges and escalations."""

from django.apps import AppConfig

from luoshi.supervision.chasing.audit_actions import register_actions


class ChasingConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.chasing"
    label = "chasing"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
