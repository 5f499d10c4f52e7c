"""The site: what ties the floors together."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Registration only."""

    name = "luoshi.site"
    label = "site"
