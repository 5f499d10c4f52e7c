"""Matters from registering to conclusion."""

from django.apps import AppConfig

from luoshi.supervision.matters.audit_actions import register_actions


class MattersConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.matters"
    label = "matters"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
