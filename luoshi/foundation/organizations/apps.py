"""Units, posts, relations, sight."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.organizations"
    label = "organizations"
