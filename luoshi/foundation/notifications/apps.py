"""The inbox and its ladder."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.notifications"
    label = "notifications"
