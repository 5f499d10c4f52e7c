"""Restore a backup into an empty place, or try it in a scratch database (drill).

A restore begins a new chain of the trail whose first entry names the backup and the old head: the
gap is declared, never hidden (security.md 6, 10).
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, connections
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.models import Chain, Entry, Head
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.node.incarnating import begin_life
from luoshi.foundation.exchange.domain.queries.neighbours import find_own
from luoshi.site.domain import postgres
from luoshi.site.domain.backing_up import read_backup
from luoshi.site.domain.manifests import DUMP, FILES, Manifest

ACTOR = Actor.system("restore", via="cli")


def refuse_used() -> None:
    """Only an empty place takes a restore: no account, no entry, no file."""
    tables = connection.introspection.table_names()
    used = "accounts_user" in tables and (User.objects.exists() or Entry.objects.exists())
    files = Path(settings.FILES)
    if used or (files.exists() and any(files.iterdir())):
        raise Refused(
            _("Not restored: this place is in use."),
            _("A backup goes into an empty database and an empty folder of files only."),
            next_steps=(_("Name an empty database (DATABASE_URL) and folder (LUOSHI_FILES)."),),
            code="not-empty",
        )


def restore(folder: Path, *, at: datetime) -> Manifest:
    """Verify the backup, then put database and files in place. Refused: a damaged backup, a place
    that is in use."""
    made = read_backup(folder)
    refuse_used()
    connections.close_all()
    load(folder, settings.CONFIG.owner_database)
    files = Path(settings.FILES)
    files.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder / FILES, files, dirs_exist_ok=True)
    begin_chain(made, folder, at)
    return made


def load(folder: Path, database: dict[str, object]) -> None:
    """Fill a database from the dump; all or nothing. Extensions are left to whoever made the
    database: its owner may use them, not own them."""
    entries = postgres.listing(folder / DUMP)
    with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as chosen:
        chosen.write("\n".join(line for line in entries if " EXTENSION " not in line))
        chosen.flush()
        fill(folder, database, chosen.name)


def fill(folder: Path, database: dict[str, object], chosen: str) -> None:
    """Run the restore of the chosen entries."""
    postgres.run(
        "pg_restore",
        database,
        f"--use-list={chosen}",
        "--clean",
        "--if-exists",
        "--no-owner",
        "--single-transaction",
        "--exit-on-error",
        str(folder / DUMP),
    )


def begin_chain(made: Manifest, folder: Path, at: datetime) -> None:
    """Start a new chain with the declaration of what was restored; old sessions do not live on. A
    node begins a new life; the relay tells its neighbours what is held (security.md 5.3, 5.7)."""
    Session.objects.all().delete()
    with acting(actor=ACTOR, at=at):
        chain = Chain.objects.create(started_at=at, algorithm=settings.AUDIT_HASH)
        Head.objects.create(chain=chain)
        record(
            "site.restored",
            actor=ACTOR,
            at=at,
            object_kind="site",
            object_id=folder.name,
            after={"chain": made.chain, "seq": made.seq, "head": made.head},
        )
        if find_own() is not None:
            begin_life(restored=True, actor=ACTOR, at=at)


@dataclass(frozen=True)
class Drill:
    """What a drill found; `problems` empty = the backup can be relied on."""

    folder: str
    seconds: float
    problems: list[str]


def drill(folder: Path, *, at: datetime) -> Drill:
    """Restore into a scratch database on the same server, verify there, compare counts, drop it."""
    began = datetime.now(tz=at.tzinfo)
    made = read_backup(folder)
    owner = settings.CONFIG.owner_database
    name = f"luoshi_drill_{uuid.uuid4().hex[:8]}"
    server = postgres.address(owner, "postgres")
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload] # our own name
    try:
        scratch = owner | {"NAME": name}
        load(folder, scratch)
        found = verified(folder, scratch)
        problems = [str(line) for line in found["problems"]]
        problems += [
            f"{table}: {found['rows'].get(table)} ≠ {rows}"
            for table, rows in made.rows.items()
            if found["rows"].get(table) != rows
        ]
        problems += [f"missing file {sha256}" for sha256 in made.missing]
    finally:
        with psycopg.connect(server, autocommit=True) as link:
            postgres.drop(link, name)
    seconds = (datetime.now(tz=at.tzinfo) - began).total_seconds()
    after = {"folder": folder.name, "problems": len(problems)}
    with acting(actor=ACTOR, at=at):
        record(
            "site.drilled", actor=ACTOR, at=at, object_kind="site", object_id="drill", after=after
        )
    return Drill(folder.name, seconds, problems)


def verified(folder: Path, database: dict[str, object]) -> dict[str, Any]:
    """What `luoshi verify` says of the scratch database and the backup's own files."""
    environment = os.environ | {
        "DATABASE_URL": postgres.address(database),
        "LUOSHI_FILES": str((folder / FILES).resolve()),
        "LUOSHI_LANGUAGE": "en",
    }
    command = [str(Path(sys.executable).parent / "luoshi"), "verify", "--json"]
    done = subprocess.run(  # noqa: S603 - our own program, no shell
        command, check=False, capture_output=True, text=True, env=environment
    )
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise Refused(_("The restored copy could not be verified."), done.stderr[-300:]) from error
    return found
