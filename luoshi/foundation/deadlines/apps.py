"""Working days, deadline rules, explained due dates."""

from django.apps import AppConfig

from luoshi.foundation.deadlines.audit_actions import register_actions


class DeadlinesConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.deadlines"
    label = "deadlines"

    def ready(self) -> None:
        """Make the acts upon the calendar known."""
        register_actions()
