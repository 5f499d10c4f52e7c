"""Instants come out of the database as they went in, whichever reader takes them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from psycopg import DataError
from psycopg.types.datetime import TimestamptzLoader

from luoshi.foundation.core.rows.instants import InstantLoader

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
OID = 1184


@given(st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)), ZONES)  # noqa: DTZ001 - a zone follows
def test_fast_reader_reads_what_the_database_writes(naive: datetime, zone: timezone) -> None:
    """Every instant, with and without parts of a second, in any zone, as psycopg reads it."""
    moment = naive.replace(tzinfo=zone)
    sign = "-" if zone.utcoffset(None) < timedelta() else "+"
    hours, minutes = divmod(abs(zone.utcoffset(None)) // timedelta(minutes=1), 60)
    fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
    offset = f"{sign}{hours:02}:{minutes:02}" if minutes else f"{sign}{hours:02}"
    text = f"{naive:%m-%d %H:%M:%S}{fraction}{offset}"
    raw = f"{naive.year:04}-{text}".encode()
    assert InstantLoader(OID).load(raw) == TimestamptzLoader(OID).load(raw) == moment


@pytest.mark.parametrize("raw", [b"infinity", b"-infinity", b"0044-03-15 12:00:00+00 BC"])
def test_what_python_has_no_instant_for_is_refused(raw: bytes) -> None:
    with pytest.raises(DataError):
        InstantLoader(OID).load(raw)


@pytest.mark.django_db
def test_connections_of_the_site_use_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT timestamptz '2026-03-06 09:30:00.25+08', now()")
        moment, _now = cursor.fetchone()
    assert moment == datetime(2026, 3, 6, 1, 30, 0, 250_000, tzinfo=UTC)
    assert moment.tzinfo is UTC
    loader = connection.connection.adapters.get_loader(OID, 0)
    assert loader is InstantLoader
