"""`luoshi serve`: the web server on loopback."""

import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Run gunicorn in this process's place."""

    help = _("Serve the pages on a loopback port.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=settings.CONFIG.port, help=_("Port."))
        parser.add_argument("--workers", type=int, default=2, help=_("Worker processes."))

    def handle(self, *args: Any, **options: Any) -> None:
        program = str(Path(sys.executable).parent / "gunicorn")
        command = [
            program,
            "luoshi.site.wsgi:application",
            f"--bind=127.0.0.1:{options['port']}",
            f"--workers={options['workers']}",
            "--worker-class=gthread",
            "--threads=4",
            "--no-control-socket",
            "--log-level=warning",
        ]
        os.execv(program, command)  # noqa: S606 - our own program, fixed arguments
