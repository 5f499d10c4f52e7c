"""Appraisal 考核: units scored from facts by versioned rules, rankings frozen (R-SUP-8, B22)."""

from django.apps import AppConfig

from luoshi.supervision.appraisal.audit_actions import register_actions


class AppraisalConfig(AppConfig):
    """Registration only."""

    name = "luoshi.supervision.appraisal"
    label = "appraisal"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
