"""Ledger, board, today: pages that read everything."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """Registration only."""

    name = "luoshi.insight.figures"
    label = "figures"
