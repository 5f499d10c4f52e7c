"""Sheets: every list out as XLSX or CSV, in the columns an office wants."""

from django.apps import AppConfig

from luoshi.foundation.sheets.audit_actions import register_actions


class SheetsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.sheets"
    label = "sheets"

    def ready(self) -> None:
        """Make this room's actions known."""
        register_actions()
