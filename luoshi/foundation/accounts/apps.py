"""People who sign in."""

from django.apps import AppConfig

from luoshi.foundation.accounts.audit_actions import register_actions


class AccountsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
