"""Matters from registering to conclusion."""

from django.apps import AppConfig


class MattersConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.matters"
    label = "matters"
