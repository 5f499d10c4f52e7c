"""Units, posts, relations, sight."""

from django.apps import AppConfig

from luoshi.foundation.organizations.audit_actions import register_actions


class OrganizationsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.organizations"
    label = "organizations"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
