"""A scratch database beside the site's own: made, migrated, dropped; real data is never touched."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from luoshi.site.domain import postgres


def connected_to(name: str) -> dict[str, object]:
    """Point the default connection at another database of the owner's; returns what it was."""
    owner = settings.CONFIG.owner_database
    before = dict(connection.settings_dict)
    connections.close_all()
    connection.settings_dict.update(
        {key: owner.get(key, "") for key in ("USER", "PASSWORD", "HOST", "PORT")} | {"NAME": name}
    )
    return before


@contextmanager
def made(template: str = "") -> Iterator[str]:
    """A new database, empty or a copy; dropped afterwards."""
    server = postgres.address(settings.CONFIG.owner_database, "postgres")
    name = f"luoshi_bench_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(server, autocommit=True) as link:
        of = f' TEMPLATE "{template}"' if template else ""
        link.execute(f'CREATE DATABASE "{name}"{of}')  # type: ignore[call-overload] # our own names
    try:
        yield name
    finally:
        connections.close_all()
        with psycopg.connect(server, autocommit=True) as link:
            postgres.drop(link, name)


@contextmanager
def migrated() -> Iterator[str]:
    """A migrated database to make scratch databases from: migrating is half of a small bench."""
    with made() as name:
        before = connected_to(name)
        try:
            call_command("migrate", verbosity=0)
        finally:
            connections.close_all()
            connection.settings_dict.update(before)
        yield name


@contextmanager
def scratch(template: str) -> Iterator[str]:
    """Point the default connection at a new copy of a migrated database."""
    with made(template) as name:
        before = connected_to(name)
        try:
            yield name
        finally:
            connections.close_all()
            connection.settings_dict.update(before)
