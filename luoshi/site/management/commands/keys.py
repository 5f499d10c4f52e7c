"""`luoshi keys`: the keys that seal single fields; list them, change to a new one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.accounts.domain.resealing import reseal
from luoshi.foundation.accounts.sealing import folder, key_ids
from luoshi.foundation.core.actors import Actor


class Command(BaseCommand):
    """List the field keys, or make a new one and seal everything again with it."""

    help = _("List the keys that seal single fields, or change to a new one.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("act", nargs="?", choices=("list", "rotate"), default="list")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "rotate":
            actor = Actor.system("luoshi keys", via="cli")
            name, count = reseal(actor=actor, at=timezone.now())
            self.stdout.write(
                _("Sealed %(count)d rows with %(name)s.") % {"count": count, "name": name}
            )
        self.stdout.write(f"{folder()}: {', '.join(key_ids()) or '–'}")
