"""Supervision points lists: drafted, agreed, issued, followed point by point, closed."""

from django.apps import AppConfig

from luoshi.supervision.lists.audit_actions import register_actions


class ListsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.lists"
    label = "lists"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
