"""`luoshi worker`: the job worker with its periodic tasks."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.foundation.core.refusals import Refused
from luoshi.site.domain.starting import refuse_unready


class Command(BaseCommand):
    """Run the Procrastinate worker."""

    help = _("Run the job worker with its periodic tasks.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_unready(at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        call_command("procrastinate", "worker", "--concurrency=2")
