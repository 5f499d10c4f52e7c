"""The verifier: exit codes, checkpoints kept elsewhere, exports, erasure, tampering."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.checking import begin_check, finish_check, unanchored_since
from luoshi.foundation.audit.domain.checkpointing import take_checkpoint
from luoshi.foundation.audit.domain.erasing import erase
from luoshi.foundation.audit.domain.exporting import exported_lines, verify_exported
from luoshi.foundation.audit.domain.recording import record, record_denied
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.audit.domain.verifying import (
    ALTERED,
    CUT,
    DETAIL_MISSING,
    FORK,
    SOUND,
    Anchor,
    Row,
    verify,
)
from luoshi.foundation.audit.hashing import canonical, commitment, entry_hash
from luoshi.foundation.audit.models import Checkpoint, Detail, Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused

AT = datetime(2026, 3, 6, 1, 30, tzinfo=UTC)
SYSTEM = Actor.system("test")
OFFICER = Actor(kind="person", person_name="安管", role="security_admin")
FAULTS = int(os.environ.get("LUOSHI_FAULTS", "60"))


def write(count: int, action: str = "audit.verified") -> None:
    """So many entries."""
    for number in range(count):
        with acting(actor=SYSTEM, at=AT):
            record(action, actor=SYSTEM, at=AT, object_kind="t", object_id=number)


def command(*arguments: str) -> tuple[int, str]:
    """(exit code, output) of `luoshi audit`."""
    out = StringIO()
    try:
        call_command("audit", *arguments, stdout=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


@pytest.mark.django_db
def test_command_says_whole_and_where(tmp_path: Path) -> None:
    """B15, security.md 6: exit 0 for the database, its export, and both against a checkpoint."""
    write(4)
    mark = take_checkpoint(at=AT, sign=lambda text: f"signed {len(text)}")
    assert mark is not None
    (tmp_path / "mark.json").write_text(mark.text)
    write(3)
    (tmp_path / "trail.jsonl").write_text("\n".join(exported_lines()))
    for arguments in (
        (),
        ("--since", str(tmp_path / "mark.json")),
        ("--against", str(tmp_path / "mark.json"), str(tmp_path / "trail.jsonl")),
    ):
        assert command("verify", *arguments)[0] == SOUND
    code, said = command("verify", str(tmp_path / "trail.jsonl"), "--json")
    assert (code, json.loads(said)["count"]) == (SOUND, 7)
    assert command("verify", "--since", str(tmp_path / "mark.json"), "--json")[1].count(
        '"count": 4'
    )


@pytest.mark.django_db
def test_foreign_checkpoints_show_fork_and_cut(tmp_path: Path) -> None:
    """Security.md 6: another head at the same number is a fork, a number beyond the end a cut."""
    write(5)
    real = Entry.objects.get(seq=3)
    fork = {"chain": real.chain_id, "seq": 3, "head": "0" * 64}
    (tmp_path / "fork.json").write_text(json.dumps(fork))
    (tmp_path / "later.json").write_text(json.dumps({**fork, "seq": 9}))
    assert command("verify", "--against", str(tmp_path / "fork.json"))[0] == FORK
    assert command("verify", "--since", str(tmp_path / "fork.json"))[0] == FORK
    assert command("verify", "--against", str(tmp_path / "later.json"))[0] == CUT


@pytest.mark.django_db
def test_export_verifies_without_a_database() -> None:
    """Security.md 6: each kind of damage to the file is found by the file alone."""
    write(5)
    lines = list(exported_lines())
    assert verify_exported(lines).code == SOUND
    changed = [*lines[:2], lines[2].replace("audit.verified", "audit.exported"), *lines[3:]]
    assert (verify_exported(changed).code, verify_exported(changed).seq) == (ALTERED, 3)
    assert verify_exported(lines[:-1]).code == CUT
    assert verify_exported([*lines[:3], lines[-1]]).code == CUT
    assert verify_exported([lines[0], "{", *lines[1:]]).code == ALTERED
    head = Anchor(json.loads(lines[0])["chain"], 2, "f" * 64)
    assert verify_exported(lines, against=[head]).code == FORK


@pytest.mark.django_db
def test_erased_detail_leaves_the_chain_whole() -> None:
    """Security.md 6: erasing deletes detail and salt, leaves an entry, and the chain verifies; a
    detail that merely vanished is exit 4."""
    write(2, action="accounts.unlocked")
    first, second = Entry.objects.order_by("seq")
    erase(entries=[first], basis="个人信息保护法第四十七条", actor=OFFICER, at=AT)
    assert verify_stored().code == SOUND
    assert not Detail.objects.filter(entry=first).exists()
    assert json.loads(Entry.objects.get(action="audit.erased").body)["erased"] == [
        [first.chain_id, first.seq]
    ]
    Detail.objects.filter(entry=second).delete()
    assert (verify_stored().code, verify_stored().seq) == (DETAIL_MISSING, 2)


@pytest.mark.django_db
def test_erasing_is_refused_without_right_basis_or_for_kept_records() -> None:
    """Security.md 4, 6: only the security administrator, on a basis, never what law keeps."""
    write(1, action="accounts.unlocked")
    rows = list(Entry.objects.all())
    with pytest.raises(Forbidden):
        erase(entries=rows, basis="依据", actor=SYSTEM, at=AT)
    with pytest.raises(Invalid):
        erase(entries=rows, basis=" ", actor=OFFICER, at=AT)
    write(1)
    with pytest.raises(Refused):
        erase(entries=list(Entry.objects.all()), basis="依据", actor=OFFICER, at=AT)
    assert Detail.objects.count() == 2


@pytest.mark.django_db
def test_denied_act_is_recorded() -> None:
    """Security.md 6: who tried what is kept, with the code of the refusal."""
    record_denied(Forbidden("不行", code="no-right"), actor=OFFICER, at=AT, route="matters:new")
    entry = Entry.objects.select_related("detail").get()
    assert (entry.action, entry.object_id) == ("audit.denied", "matters:new")
    assert entry.detail_of()["after"] == {"code": "no-right"}


@pytest.mark.django_db
def test_checkpoint_is_taken_only_when_something_happened() -> None:
    """Security.md 6: each names the one before it; the page knows since when none was taken."""
    assert (take_checkpoint(at=AT, sign=str), unanchored_since()) == (None, None)
    write(2)
    assert unanchored_since() == AT
    take_checkpoint(at=AT, sign=str)
    assert (take_checkpoint(at=AT, sign=str), unanchored_since()) == (None, None)
    write(1)
    take_checkpoint(at=AT, sign=str)
    first, second = Checkpoint.objects.order_by("pk")
    assert json.loads(second.text)["previous"] == first.head


@pytest.mark.django_db
def test_check_run_counts_and_keeps_its_result() -> None:
    """ui.md 5.15: a run names who asked, counts what it read, and is joined while it is open."""
    write(3)
    run = begin_check(actor=SYSTEM, at=AT)
    assert begin_check(actor=SYSTEM, at=AT) == run
    finish_check(run, clock=lambda: AT)
    assert (run.code, run.total, run.done, run.finished_at) == (SOUND, 3, 4, AT)


CHAIN = 7


def chain_of(count: int, start: int = 1, words: str = "甲") -> list[Row]:
    """A sound chain, built as the trail builds it."""
    rows, prev = [], ""
    for seq in range(start, start + count):
        text, salt = canonical({"actor": words, "n": seq}), f"{seq:032x}"
        said: dict[str, Any] = {
            "chain": CHAIN,
            "seq": seq,
            "at": AT.isoformat(),
            "action": "audit.verified",
            "actor": None,
            "unit": None,
            "object": ["t", str(seq)],
            "detail": commitment("sm3", salt, text),
        }
        body = canonical(said)
        hash_ = entry_hash("sm3", prev, body)
        columns = (AT, "audit.verified", None, None, "t", str(seq))
        rows.append(Row(CHAIN, seq, body, prev, hash_, columns, salt, text))
        prev = hash_
    return rows


LENGTH = 24
SOUND_ROWS = chain_of(LENGTH)
HEADS = {CHAIN: (LENGTH, SOUND_ROWS[-1].hash)}
KEPT = [Anchor(CHAIN, 10, SOUND_ROWS[9].hash)]
EDITS = (
    *("body", "hash", "prev", "text", "salt", "action", "object", "actor"),
    *("delete", "insert", "swap", "tail", "rewrite", "restore", "detail"),
)


def tampered(edit: str, at: int) -> tuple[list[Row], dict[int, tuple[int, str]], set[int]]:
    """(rows, heads as the forger leaves them, codes that count as found)."""
    rows, row = list(SOUND_ROWS), SOUND_ROWS[at]
    if edit in {"body", "hash", "prev", "text", "salt"}:
        value = getattr(row, edit)
        rows[at] = replace(row, **{edit: value[:-1] + chr(ord(value[-1]) ^ 1) if value else "0"})
    elif edit in {"action", "object", "actor"}:
        columns = list(row.columns or ())
        columns[{"action": 1, "actor": 2, "object": 5}[edit]] = "other"
        rows[at] = replace(row, columns=tuple(columns))
    elif edit == "delete":
        del rows[at]
    elif edit == "insert":
        rows.insert(at, replace(row, body=row.body + " "))
    elif edit == "swap":
        other = (at + 1) % LENGTH
        rows[at], rows[other] = rows[other], rows[at]
    elif edit == "tail":
        return rows[:at], HEADS, {CUT}
    elif edit == "rewrite":
        forged = chain_of(LENGTH, words="乙")
        return forged, {CHAIN: (LENGTH, forged[-1].hash)}, {FORK}
    elif edit == "restore":
        short = rows[: min(at, 9)]
        last = short[-1].hash if short else ""
        return short, {CHAIN: (len(short), last)} if short else {}, {CUT}
    else:
        rows[at] = replace(row, salt=None, text=None)
        return rows, HEADS, {DETAIL_MISSING}
    return rows, HEADS, {ALTERED, CUT}


@given(st.sampled_from(EDITS), st.integers(0, LENGTH - 1))
@settings(max_examples=FAULTS, deadline=None)
def test_every_tampering_is_found_with_its_place(edit: str, at: int) -> None:
    """B15, security.md 6: field, order, delete, insert, tail cut, whole-chain rewrite, swapped
    chain, restored file: found, with a position. 1,000 of 1,000 in `make faults`."""
    rows, heads, codes = tampered(edit, at)
    found = verify(rows, algorithms={}, heads=heads, later=lambda: heads, anchors=KEPT)
    assert found.code in codes
    assert 1 <= found.seq <= LENGTH + 1


def test_untouched_rows_are_whole() -> None:
    """The counterpart: without an edit the same rows are sound."""
    found = verify(SOUND_ROWS, algorithms={}, heads=HEADS, anchors=KEPT)
    assert (found.code, found.count, found.head) == (SOUND, LENGTH, SOUND_ROWS[-1].hash)


def test_entries_written_during_the_walk_are_no_fork() -> None:
    """Security.md 6: the office goes on working while the verifier reads."""
    before = {CHAIN: (LENGTH - 3, SOUND_ROWS[-4].hash)}
    found = verify(SOUND_ROWS, algorithms={}, heads=before, later=lambda: HEADS)
    assert found.code == SOUND
    stuck = verify(SOUND_ROWS, algorithms={}, heads=before, later=lambda: before)
    assert stuck.code == FORK
