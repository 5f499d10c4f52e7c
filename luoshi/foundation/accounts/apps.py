"""People who sign in."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.accounts"
    label = "accounts"
