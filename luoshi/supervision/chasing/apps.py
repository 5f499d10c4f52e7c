"""Reminders, urges and escalations."""

from django.apps import AppConfig


class ChasingConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.chasing"
    label = "chasing"
