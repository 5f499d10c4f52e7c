"""The trail: append-only, hash-chained."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.audit"
    label = "audit"
