"""Recurring commitments: undertaken, changed, kept, excused, ended."""

from django.apps import AppConfig

from luoshi.supervision.commitments.audit_actions import register_actions


class CommitmentsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
