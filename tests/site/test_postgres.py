"""A scratch database goes whoever of our own is still in it and whatever vacuums in it."""

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from luoshi.site.domain import postgres
from tests.server import SERVER
from tools import private_postgres

NAME = "left_behind"
SLOW = (  # one page a tenth of a second, from the first dead row on
    "autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0, "
    "autovacuum_vacuum_cost_delay = 100, autovacuum_vacuum_cost_limit = 1"
)


@pytest.fixture
def link() -> "Iterator[psycopg.Connection[Any]]":
    """The owner's connection beside a new database."""
    owner = SERVER.url(private_postgres.OWNER, "postgres")
    with psycopg.connect(owner, autocommit=True) as made:
        made.execute(f"CREATE DATABASE {NAME}")
        yield made
        made.execute(f"DROP DATABASE IF EXISTS {NAME}")


@pytest.fixture
def busy_vacuuming() -> Iterator[None]:
    """The server looks for work every second instead of every minute."""
    private_postgres.sql(SERVER, "postgres", "ALTER SYSTEM SET autovacuum_naptime = '1s'")
    private_postgres.sql(SERVER, "postgres", "SELECT pg_reload_conf()")
    yield
    private_postgres.sql(SERVER, "postgres", "ALTER SYSTEM RESET autovacuum_naptime")
    private_postgres.sql(SERVER, "postgres", "SELECT pg_reload_conf()")


def within(link: "psycopg.Connection[Any]") -> int:
    """How many processes are in the database."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
    return int(link.execute(asked, [NAME]).fetchone()[0])  # type: ignore[index]


def vacuumed(link: "psycopg.Connection[Any]") -> bool:
    """Whether one of the server's own vacuuming processes is in the database."""
    # the owner does not see what kind of process it is; only the server's own have no role
    asked = "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND usesysid IS NULL"
    return link.execute(asked, [NAME]).fetchone() is not None


def there(link: "psycopg.Connection[Any]") -> bool:
    """Whether the database exists."""
    found = link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone()
    return found is not None


def test_a_session_left_in_it_is_ended(link: "psycopg.Connection[Any]") -> None:
    """A killed command leaves its connection behind."""
    with psycopg.connect(SERVER.url(private_postgres.OWNER, NAME)):
        assert within(link) == 1
        postgres.drop(link, NAME)
    assert not there(link)


def test_the_servers_own_vacuuming_gives_way(
    link: "psycopg.Connection[Any]", busy_vacuuming: None
) -> None:
    """The drill of a backup once ended with an error because a table was being vacuumed."""
    with psycopg.connect(SERVER.url(private_postgres.OWNER, NAME), autocommit=True) as inside:
        inside.execute(f"CREATE TABLE many (n int) WITH ({SLOW})")
        inside.execute("INSERT INTO many SELECT generate_series(1, 100000)")
        inside.execute("DELETE FROM many")
    until = time.monotonic() + 60
    while not vacuumed(link):  # it may have begun while our own session was still in it
        assert time.monotonic() < until, "nothing was vacuumed"
        time.sleep(0.05)
    postgres.drop(link, NAME)
    assert not there(link)
