"""The site: what ties the floors together."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules

from luoshi.site.audit_actions import register_actions


class SiteConfig(AppConfig):
    """Registration only."""

    name = "luoshi.site"
    label = "site"

    def ready(self) -> None:
        """Let every app register its navigation entries and owners, once models are there."""
        autodiscover_modules("entries")
        register_actions()
