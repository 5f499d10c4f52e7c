"""Three installations for one drill: databases copied from one migrated scratch database, folders
in a temporary place, cables between their servers; all of it removed at the end."""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from luoshi.site.domain import postgres
from luoshi.site.trials.bench import scratch
from luoshi.site.trials.drill.cable import Cable
from luoshi.site.trials.drill.items import INBOX_KEY, TABLE, UNKEYED, WITHOUT
from luoshi.site.trials.levels.installations import Installation
from luoshi.site.trials.levels.joining import found_all
from luoshi.site.trials.levels.places import LEVELS


@dataclass
class Ground:
    """`cables`: by the subordinate's code; `template`: the migrated database all are copies of."""

    folder: Path
    template: str
    installations: dict[str, Installation]
    password: str = field(default_factory=lambda: f"Luoshi-{secrets.token_hex(4)}")
    cables: dict[str, Cable] = field(default_factory=dict)

    def databases(self) -> dict[str, str]:
        """Each node's database, as a reader from outside opens it."""
        return {code: one.owner for code, one in self.installations.items()}

    def empty(self, code: str) -> None:
        """A node's disk is lost: its database is a new one, its files are gone. Its keys, which lie
        elsewhere on the machine, are not."""
        one = self.installations[code]
        name = str(psycopg.conninfo.conninfo_to_dict(one.owner)["dbname"])
        server = postgres.address(settings.CONFIG.owner_database, "postgres")
        with psycopg.connect(server, autocommit=True) as link:
            postgres.drop(link, name)
            made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
            link.execute(made.format(sql.Identifier(name), sql.Identifier(self.template)))
        shutil.rmtree(one.folder / "files", ignore_errors=True)


def address(database: dict[str, Any], name: str) -> str:
    """An address of another database of the same server and role."""
    return psycopg.conninfo.make_conninfo(postgres.address(database), dbname=name)


def as_url(conninfo: str) -> str:
    """A conninfo as the product's settings take it."""
    parts = psycopg.conninfo.conninfo_to_dict(conninfo)
    who = str(parts.get("user", ""))
    if parts.get("password"):
        who += f":{parts['password']}"
    host, port = str(parts.get("host", "")), parts.get("port")
    query = f"?host={host}" + (f"&port={port}" if port else "")
    return f"postgresql://{who}@/{parts['dbname']}{query}"


@contextmanager
def ground(without: str = "") -> Iterator[Ground]:
    """Make everything, yield, remove everything."""
    own, owner = settings.CONFIG.database, settings.CONFIG.owner_database
    with ExitStack() as stack:
        template = stack.enter_context(scratch.migrated())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="luoshi-drill-")))
        made = {}
        for level in LEVELS:
            name = stack.enter_context(scratch.made(template))
            made[level.code] = Installation(
                level.code,
                folder / level.code,
                as_url(address(own, name)),
                as_url(address(owner, name)),
                more={WITHOUT: without},
            )
        found = Ground(folder, template, made)
        found_all(made, found.password)
        for level in LEVELS:
            if level.above:
                cable = Cable(made[level.above].ports.leaf)
                stack.callback(cable.close)
                found.cables[level.code] = cable
            prepare(found, made[level.code], level.above, without)
        yield found


def prepare(found: Ground, here: Installation, above: str, without: str) -> None:
    """The table of effects, the cable upward, and the inbox without its key where asked."""
    with psycopg.connect(here.owner, autocommit=True) as link:
        link.execute(TABLE)
        if without == INBOX_KEY:
            for statement in UNKEYED:
                link.execute(statement)  # type: ignore[call-overload]
        if above:
            cable = found.cables[here.code]
            query = "UPDATE exchange_node SET address = %s WHERE code = %s"
            link.execute(query, (f"127.0.0.1:{cable.port}", above))
