"""What every room uses and that knows nothing of any of them."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.core"
    label = "core"
