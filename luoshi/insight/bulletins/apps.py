"""Bulletins and slips: frozen figures, typeset papers."""

from django.apps import AppConfig

from luoshi.insight.bulletins.audit_actions import register_actions


class BulletinsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.insight.bulletins"
    label = "bulletins"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
