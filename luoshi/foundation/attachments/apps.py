"""Stored files and their texts."""

from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.attachments"
    label = "attachments"
