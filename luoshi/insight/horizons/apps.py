"""Looking back and looking ahead: pages as known on a date, and what another rule would do."""

from django.apps import AppConfig

from luoshi.insight.horizons.audit_actions import register_actions


class HorizonsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.insight.horizons"
    label = "horizons"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
