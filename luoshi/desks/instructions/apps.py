"""Instructions: what leaders wrote, on what, and the matter it became (批示)."""

from django.apps import AppConfig

from luoshi.desks.instructions.audit_actions import register_actions


class InstructionsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.instructions"
    label = "instructions"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
