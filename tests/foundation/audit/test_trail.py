"""The trail finds what was done to it, and where."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import Error, connection, transaction

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import NoTrail, record
from luoshi.foundation.audit.domain.stored import stored_rows, verify_stored
from luoshi.foundation.audit.domain.verifying import ALTERED, CUT, SOUND, Row, verify
from luoshi.foundation.audit.models import Entry, Head
from luoshi.foundation.audit.registry import UnknownAction
from luoshi.foundation.core.actors import Actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")


def write(count: int) -> list[Row]:
    """So many entries, as rows."""
    for number in range(count):
        with acting(actor=SYSTEM, at=AT):
            record("audit.verified", actor=SYSTEM, at=AT, object_kind="t", object_id=number)
    return list(stored_rows())


def check(rows: list[Row]) -> tuple[int, int]:
    """(code, position) with the stored heads."""
    heads = {head.chain_id: (head.seq, head.hash) for head in Head.objects.all()}
    found = verify(rows, algorithms={}, heads=heads)
    return found.code, found.seq


def test_sound_trail_verifies() -> None:
    """B15: an untouched trail is sound."""
    write(5)
    assert (verify_stored().code, verify_stored().count) == (SOUND, 5)


@pytest.mark.parametrize("place", range(1, 7))
def test_changed_removed_reordered_entries_are_found(place: int) -> None:
    """B15, security.md 6: the position of the fault is named."""
    rows = write(6)
    changed = list(rows)
    said = json.loads(changed[place - 1].body)
    said["action"] = "other"
    changed[place - 1] = replace(changed[place - 1], body=json.dumps(said))
    assert check(changed) == (ALTERED, place)
    if place < 6:
        assert check(rows[: place - 1] + rows[place:]) == (ALTERED, place)
        swapped = list(rows)
        swapped[place - 1], swapped[place] = swapped[place], swapped[place - 1]
        assert check(swapped) == (ALTERED, place)
        assert check(rows[:place]) == (CUT, place + 1)


def test_database_refuses_to_change_the_trail() -> None:
    """B15, security.md 6: UPDATE, DELETE and TRUNCATE are refused to the application's role, which
    does not own the tables and cannot take the guard off."""
    write(1)
    for statement in (
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "UPDATE audit_detail SET text = 'x'",
        "TRUNCATE audit_detail",
        "DELETE FROM audit_head",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert Entry.objects.count() == 1


def test_a_verb_without_trail_fails_loudly() -> None:
    """Outside `acting`, and for unknown actions, recording is an error."""
    with pytest.raises(NoTrail):
        record("audit.verified", actor=SYSTEM, at=AT)
    with pytest.raises(UnknownAction), acting(actor=SYSTEM, at=AT):
        record("nobody.registered", actor=SYSTEM, at=AT)


def test_failed_verb_leaves_no_entry() -> None:
    """Entry and act share one transaction."""
    with pytest.raises(ZeroDivisionError), acting(actor=SYSTEM, at=AT):
        record("audit.verified", actor=SYSTEM, at=AT)
        raise ZeroDivisionError
    assert Entry.objects.count() == 0
