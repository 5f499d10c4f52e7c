"""Duty: rosters, swaps, hand-overs, the log, checks, sensitive periods."""

from django.apps import AppConfig

from luoshi.desks.duty.audit_actions import register_actions


class DutyConfig(AppConfig):
    """Registration only."""

    name = "luoshi.desks.duty"
    label = "duty"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
