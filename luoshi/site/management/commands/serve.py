"""`luoshi serve`: the web server on loopback."""

import gc
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections
from django.utils import timezone
from django.utils.translation import gettext as _
from gunicorn.app.base import BaseApplication

from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.reading.patterns import compile_all
from luoshi.site.domain.starting import refuse_unready


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn carries no types
    """Gunicorn around the site this process has already loaded; its workers are forked from it."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        from luoshi.site.wsgi import application  # noqa: PLC0415 - loads the pages

        gc.collect()
        gc.freeze()  # what is loaded stays: the workers share it, their collector need not see it
        return application


class Command(BaseCommand):
    """Serve until told to stop; the pages are loaded once, before the workers start."""

    help = _("Serve the pages on a loopback port.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--port", type=int, default=settings.CONFIG.port, metavar="N", help=_("Port.")
        )
        parser.add_argument(
            "--workers", type=int, default=2, metavar="N", help=_("Worker processes.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            refuse_unready(at=timezone.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        compile_all()
        connections.close_all()  # no worker may inherit an open one
        Server(
            {
                "bind": f"127.0.0.1:{options['port']}",
                "workers": options["workers"],
                "worker_class": "gthread",
                "threads": 4,
                "preload_app": True,
                "control_socket_disable": True,
                "loglevel": "warning",
            }
        ).run()
