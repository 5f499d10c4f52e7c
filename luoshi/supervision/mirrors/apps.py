"""Matters whose units live on another node: mirrored there, each side acting in its own house."""

from django.apps import AppConfig

from luoshi.supervision.mirrors.audit_actions import register_actions


class MirrorsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.mirrors"
    label = "mirrors"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
