"""The trail: append-only, hash-chained."""

from django.apps import AppConfig

from luoshi.foundation.audit.audit_actions import register_actions


class AuditConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.audit"
    label = "audit"

    def ready(self) -> None:
        """Make the trail's own actions known."""
        register_actions()
