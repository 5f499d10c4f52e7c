"""A scratch database beside the site's own: made, migrated, dropped; real data is never touched."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from luoshi.site.domain import postgres


@contextmanager
def scratch() -> Iterator[str]:
    """Point the default connection at a new, migrated database; drop it afterwards."""
    owner = settings.CONFIG.owner_database
    server, name = postgres.address(owner, "postgres"), f"luoshi_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload] # our own name
    before = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict.update(
        {key: owner.get(key, "") for key in ("USER", "PASSWORD", "HOST", "PORT")} | {"NAME": name}
    )
    try:
        call_command("migrate", verbosity=0)
        yield name
    finally:
        connections.close_all()
        connection.settings_dict.update(before)
        with psycopg.connect(server, autocommit=True) as link:
            drop = f'DROP DATABASE IF EXISTS "{name}"'
            try:  # the server itself sends its vacuuming away; FORCE may not, as it is not ours
                link.execute(drop)  # type: ignore[call-overload]
            except psycopg.errors.ObjectInUse:
                link.execute(f"{drop} WITH (FORCE)")  # type: ignore[call-overload]
