"""Lessons: what an office's decisions teach the reading of documents, kept on this site."""

from django.apps import AppConfig

from luoshi.desks.lessons.audit_actions import register_actions


class LessonsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.lessons"
    label = "lessons"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
