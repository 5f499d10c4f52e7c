"""The burden ledger: what the office asks of units, and what a unit is asked (B6)."""

from django.apps import AppConfig


class BurdenConfig(AppConfig):
    """Registration only."""

    name = "luoshi.insight.burden"
    label = "burden"
