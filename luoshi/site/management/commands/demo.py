"""`luoshi demo`: tell the demo story; print its sign-ins and the current code of an account."""

import sys
from datetime import date, time
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from psycopg import sql

from luoshi.foundation.accounts.codes import DRIFT, code_of, step_of
from luoshi.foundation.accounts.models import DatabaseNature, SecondFactor, User
from luoshi.foundation.core.time import at_clock, office_date
from luoshi.site.demo.people import ENROLLED, OUTSIDE, PEOPLE
from luoshi.site.demo.telling import tell
from luoshi.site.domain import postgres

KEPT = ("django_migrations", "django_content_type")


class Command(BaseCommand):
    """Build, rebuild or show the demo story."""

    help = _("Tell the demo story in an empty database, or print its sign-ins.")
    requires_system_checks: list[str] = []  # they are part of `make check`

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "act",
            nargs="?",
            choices=("tell", "sign-ins", "code"),
            default="tell",
            help=_("What to do."),
        )
        parser.add_argument(
            "name", nargs="?", default="", metavar="NAME", help=_("User name, for “code”.")
        )
        parser.add_argument("--if-empty", action="store_true", help=_("Do nothing if used."))
        parser.add_argument("--reset", action="store_true", help=_("Empty a demo database first."))
        parser.add_argument(
            "--on", type=date.fromisoformat, metavar="DATE", help=_("Last day of the story.")
        )
        parser.add_argument(
            "--seed", type=int, default=1, metavar="N", help=_("Seed of the story.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["act"] == "sign-ins":
            self.print_sign_ins()
            return
        if options["act"] == "code":
            self.print_code(options["name"])
            return
        if options["reset"]:
            self.empty()
        elif User.objects.exists() or DatabaseNature.objects.exists():
            if options["if_empty"]:
                return
            raise CommandError(
                _("This database is in use. Only a demo database can be told again: --reset.")
            )
        last = options["on"] or office_date(timezone.now())
        with transaction.atomic():
            now = at_clock(last, time(17)) if options["on"] else timezone.now()
            password = tell(last=last, now=now, seed=options["seed"])
            # the age of the printed passwords counts from now, not from the story's first day
            User.objects.update(password_changed_at=timezone.now())
        if options["on"]:
            DatabaseNature.objects.filter(pk=1).update(demo_day=last)
        self.record().write_text(password + "\n")
        self.record().chmod(0o600)
        self.print_sign_ins()

    def record(self) -> Path:
        """Where the demo's password is kept, readable by its owner only."""
        return Path(settings.CONFIG.var) / "demo_password"

    def empty(self) -> None:
        """Remove every row of a demo database but its nature; refused elsewhere. The owner does
        it: only the owner of a table may lay its guard aside."""
        nature = DatabaseNature.objects.first()
        if nature is None or not nature.demo:
            raise CommandError(_("This is not a demo database; it is never emptied."))
        kept = (*KEPT, DatabaseNature._meta.db_table)
        names = [name for name in connection.introspection.table_names() if name not in kept]
        tables = [sql.Identifier(name) for name in names]
        with psycopg.connect(postgres.address(settings.CONFIG.owner_database)) as link:
            for table in tables:
                link.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(table))
            link.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(tables)))
            for table in tables:
                link.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(table))
        DatabaseNature.objects.update(demo_day=None)
        (Path(settings.CONFIG.var) / "demo_sign_ins").unlink(missing_ok=True)

    def print_sign_ins(self) -> None:
        """Names, roles and the password."""
        if not self.record().exists():
            self.stdout.write(_("No demo story here."))
            sys.exit(1)
        password = self.record().read_text().strip()
        self.stdout.write(_("Demo sign-ins (password for all: %(word)s)") % {"word": password})
        for username, name, unit, _role, title in PEOPLE:
            more = _("· code: luoshi demo code %s") % username if username in ENROLLED else ""
            self.stdout.write(f"  {username:10s} {name}  {unit} {title} {more}".rstrip())
        for username, name, work in OUTSIDE:
            self.stdout.write(f"  {username:10s} {name}  {work}")

    def print_code(self, name: str) -> None:
        """The code of a demo account that is good now; waits where the last one was used."""
        nature = DatabaseNature.objects.first()
        factor = SecondFactor.objects.filter(user__username=name).first()
        if nature is None or not nature.demo or factor is None or not factor.seed:
            raise CommandError(_("No demo account with a second factor has this name."))
        while (step := max(step_of(timezone.now()), factor.last_step + 1)) > step_of(
            timezone.now()
        ) + DRIFT:
            sleep(1)
        self.stdout.write(code_of(factor.seed, step))
