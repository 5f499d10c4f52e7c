"""`luoshi worker`: the job worker with its periodic tasks."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Run the Procrastinate worker."""

    help = _("Run the job worker with its periodic tasks.")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("procrastinate", "worker", "--concurrency=2")
