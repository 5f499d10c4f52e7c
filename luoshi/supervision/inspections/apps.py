"""Inspections: planned, kept rare, concluded with facts, rectified; and the problem list."""

from django.apps import AppConfig

from luoshi.supervision.inspections.audit_actions import register_actions


class InspectionsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.inspections"
    label = "inspections"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
