"""Meetings: notices and minutes that bind somebody; the desk keeps source and decisions."""

from django.apps import AppConfig

from luoshi.desks.meetings.audit_actions import register_actions


class MeetingsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
