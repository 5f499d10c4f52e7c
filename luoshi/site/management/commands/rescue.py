"""`luoshi rescue`: let somebody in who cannot be helped on a page (the last security officer)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.accounts.domain.enrolling import reset_factor
from luoshi.foundation.accounts.domain.passwords import generated, hand_out
from luoshi.foundation.accounts.domain.unlocking import unlock
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal


class Command(BaseCommand):
    """Reset factor and password of one account, unlocked; each step stands in the trail."""

    help = _("Reset the second factor and the password of an account, at the machine itself.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help=_("User name."))
        parser.add_argument("--reason", required=True, help=_("Why; it is kept in the trail."))

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["name"]).first()
        if user is None:
            raise CommandError(_("No account has this name."))
        actor, at = Actor.system("luoshi rescue", via="cli"), timezone.now()
        password = generated()
        try:
            reset_factor(user=user, reason=options["reason"], actor=actor, at=at)
            unlock(user=user, actor=actor, at=at)
            hand_out(user=user, password=password, actor=actor, at=at)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("Password to hand out, good for one sign-in within 24 hours:"))
        self.stdout.write(f"  {password}")
