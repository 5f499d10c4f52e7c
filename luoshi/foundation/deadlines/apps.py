"""Working days, deadline rules, explained due dates."""

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.deadlines"
    label = "deadlines"
