"""Search over matters, reports and attachments, within sight."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Registration only."""

    name = "luoshi.insight.search"
    label = "search"
