"""The watch room's page."""

from django.apps import AppConfig


class WatchConfig(AppConfig):
    """Registration only."""

    name = "luoshi.insight.watch"
    label = "watch"
