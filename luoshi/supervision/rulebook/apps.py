"""The catalogue of reporting rules."""

from django.apps import AppConfig

from luoshi.supervision.rulebook.audit_actions import register_actions


class RulebookConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.rulebook"
    label = "rulebook"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
