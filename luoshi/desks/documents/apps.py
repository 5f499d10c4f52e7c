"""Documents between units and levels, with a receipt board (公文传输)."""

from django.apps import AppConfig

from luoshi.desks.documents.audit_actions import register_actions


class DocumentsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.documents"
    label = "documents"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
