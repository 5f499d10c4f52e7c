"""Look-back 回头看: whether what was concluded still holds a year later (TR-25, B9)."""

from django.apps import AppConfig

from luoshi.supervision.lookbacks.audit_actions import register_actions


class LookbacksConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.lookbacks"
    label = "lookbacks"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
