"""The catalogue of reporting rules."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.rulebook"
    label = "rulebook"
