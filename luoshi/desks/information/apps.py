"""Information: urgent information and what it needs."""

from django.apps import AppConfig

from luoshi.desks.information.audit_actions import register_actions


class InformationConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.information"
    label = "information"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
