"""What every room uses and that knows nothing of any of them."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models import ForeignKey, UUIDField

from luoshi.foundation.core.rows.among import Among
from luoshi.foundation.core.rows.instants import read_instants_fast


class CoreConfig(AppConfig):
    """Registration only."""

    name = "luoshi.foundation.core"
    label = "core"

    def ready(self) -> None:
        """Every connection reads instants the fast way; keys may be asked for as one value."""
        UUIDField.register_lookup(Among)
        ForeignKey.register_lookup(Among)
        connection_created.connect(read_instants_fast, dispatch_uid="core.instants")
