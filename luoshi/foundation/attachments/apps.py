"""Stored files and their texts."""

from django.apps import AppConfig

from luoshi.foundation.attachments.audit_actions import register_actions


class AttachmentsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.attachments"
    label = "attachments"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
