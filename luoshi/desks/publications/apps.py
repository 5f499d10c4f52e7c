"""Publications: issues from collecting to out, their items, press items, the figures of a year."""

from django.apps import AppConfig

from luoshi.desks.publications.audit_actions import register_actions


class PublicationsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.publications"
    label = "publications"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
