"""`make run-levels`: three complete installations with three real servers, the story through them,
nothing left behind; and the process that minds a node's server and relay."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, LiteralString

import pytest
from django.db import connections

from luoshi.site.demo.levels import ABOVE, BELOW, CORRECTED
from luoshi.site.trials.levels.papers import NOTICE, PASSED_ON
from luoshi.site.trials.levels.telling import tell
from tests.site.levels.stage import C, P, Stage, X, belonging, three
from tools import tell_levels
from tools.level_ground import Busy, prepare


@dataclass
class Told:
    """The stage after the story: what the command said, and what it left running."""

    stage: Stage
    said: str
    left: list[str]

    def rows(self, code: str, query: LiteralString, *given: str) -> list[tuple[Any, ...]]:
        return self.stage.rows(code, query, *given)


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    with django_db_blocker.unblock():
        template = str(connections["default"].settings_dict["NAME"])
        connections.close_all()
    with three(tmp_path_factory.mktemp("levels") / "levels", template) as made:
        yield made


@pytest.fixture(scope="module")
def told(stage: Stage) -> Told:
    said = stage.run("The story is told.", 150, stage.disturb)
    return Told(stage, said, list(belonging(stage.ground.base).values()))


def test_server_and_relay_start_with_the_first_accepted_neighbour(stage: Stage) -> None:
    """Features row 50, S3-100, S3-102: a node without neighbours starts neither, while others are
    connected already; its first acceptance starts both, without a restart of anything."""
    first = {key: stage.seen[key] for key in ("city first", "county alone", "county first")}
    assert first == {"city first": True, "county alone": {}, "county first": True}


def test_a_killed_server_or_relay_comes_again_and_both_end_with_the_last_neighbour(
    told: Told,
) -> None:
    """Features row 50, S3-108: kill -9 of both; suspension of the only neighbour ends both, while
    the one process that minds them goes on."""
    seen = told.stage.seen
    assert (seen["came again"], seen["ended"]) == (True, True)
    assert (seen["alone again"], seen["minder"]) == ({}, True)


def test_each_level_says_its_address_its_people_and_every_step_once(told: Told) -> None:
    """Features row 50, S3-101: three levels; a line for each step, none twice."""
    ground, said = told.stage.ground, told.said
    for code, here in told.stage.installations.items():
        assert f"{code}   http://127.0.0.1:{here.ports.web}" in said
    assert f"Password for all: {ground.password}" in said
    assert "李文清  市委办公室 督查科科长" in said
    begins = tuple(f"{code:8s} " for code in (P, C, X))
    steps = [line for line in said.splitlines() if line.startswith(begins)]
    assert len(steps) == len(set(steps)) == 19
    assert "The story is told." in said


def test_ctrl_c_leaves_nothing_running(told: Told) -> None:
    """Pages, workers, minders, servers, relays and the story's own processes are gone."""
    assert told.left == []


def test_the_matter_stands_on_all_levels_and_the_roll_up_in_the_province(told: Told) -> None:
    """B17, features row 50, S3-16, S3-108, S3-112, TR-13: one number at both ends of each line, the
    county's report accepted, its row in the province's books with its receipt."""
    matters: LiteralString = (
        "SELECT number, home, origin_reference FROM matters_matter WHERE title = %s"
    )
    ((number, *_),) = told.rows(P, matters, ABOVE)
    assert [told.rows(code, matters, ABOVE) for code in (P, C, X)] == [
        [(number, "", "")],
        [(number, P, "")],
        [],
    ]
    ((below, home, reference),) = told.rows(C, matters, BELOW)
    assert (home, reference) == ("", number)
    assert told.rows(X, matters, BELOW) == [(below, C, number)]
    query: LiteralString = """
        SELECT r.receipt_number, r.state, r.files, f.value, r.corrects_id IS NULL
        FROM matters_report r JOIN matters_assignment a ON a.id = r.assignment_id
        JOIN matters_reportfigure f ON f.report_id = r.id
        JOIN organizations_unit u ON u.id = a.unit_id WHERE u.code = '010101'
        ORDER BY r.submitted_at"""
    first, second = told.rows(C, query)
    assert (first[1:], second[1:]) == (
        ("accepted", 1, Decimal(412), True),
        ("accepted", 1, Decimal(CORRECTED), False),
    )
    assert told.rows(X, query) == [first, second]
    query = "SELECT state, receipt_number FROM matters_report"
    assert [row[0] for row in told.rows(P, query)] == ["accepted"]
    query = "SELECT unit_name, name, value, source_receipt FROM matters_rolluprow"
    assert told.rows(P, query) == [("安澜县", "排查危险房屋", Decimal(412), first[0])]


def test_the_county_s_correction_marks_the_report_of_the_city_and_in_the_province(
    told: Told,
) -> None:
    """B17 across three servers: the newer value and the receipt that says it."""
    query = "SELECT value, newer_receipt FROM matters_outdatedrow"
    ((value, receipt),) = told.rows(P, query)
    assert value == Decimal(CORRECTED)
    (made,) = told.rows(
        X, "SELECT receipt_number FROM matters_report WHERE corrects_id IS NOT NULL"
    )
    assert made == (receipt,)
    assert told.rows(C, "SELECT value FROM matters_outdatedrow") == [(Decimal(CORRECTED),)]


def test_a_bureau_s_request_waits_for_the_office(told: Told) -> None:
    """Features row 19: a share of the same matter that lives here beside one that does not."""
    query = """SELECT e.state, u.short_name FROM matters_extension e
        JOIN matters_reportduty d ON d.id = e.duty_id
        JOIN matters_assignment a ON a.id = d.assignment_id
        JOIN organizations_unit u ON u.id = a.unit_id"""
    assert told.rows(C, query) == [("asked", "市住房城乡建设局")]


def test_the_document_is_signed_for_with_receipts_at_both_senders(told: Told) -> None:
    """Features rows 51 and 52, S3-110, S3-112, TR-12: each level sends to its own and the next one,
    every word of the receiving unit is kept signed at the sender; who waits is urged (S3-68)."""
    board = """SELECT d.title, u.short_name, a.state, a.person FROM exchange_addressee a
        JOIN exchange_dispatch d ON d.id = a.dispatch_id
        JOIN organizations_unit u ON u.id = a.unit_id ORDER BY u.code"""
    assert told.rows(P, board) == [(NOTICE, "市委办公室", "signed", "吕文")]
    assert told.rows(C, board) == [
        (PASSED_ON, "安澜县", "signed", "童越"),
        (PASSED_ON, "市住房城乡建设局", "delivered", ""),
    ]
    words = "SELECT word, person FROM exchange_receipt WHERE unit = %s ORDER BY word"
    assert told.rows(P, words, "0101D01") == [("opened", "吕文"), ("signed", "吕文")]
    assert told.rows(C, words, "010101") == [("opened", "童越"), ("signed", "童越")]
    arrived = "SELECT title, state FROM exchange_arrival"
    assert told.rows(X, arrived) == [(PASSED_ON, "signed")]
    files = "SELECT name FROM attachments_attachment WHERE owner_kind = 'letter'"
    assert told.rows(X, files) == [(f"{NOTICE}.txt",)]
    assert told.rows(C, "SELECT held FROM documents_documenturge") == [(False,)]


@pytest.mark.parametrize("code", [P, C, X])
def test_the_trail_verifies_on_every_level(told: Told, code: str) -> None:
    """B15: every act of the story stands in a whole chain."""
    assert told.stage.installations[code].luoshi("audit", "verify")


def test_a_second_start_finds_all_again_and_a_second_telling_tells_nothing(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same databases, ports and password; no act is told twice."""
    ground, lines = told.stage.ground, list[str]()
    counted: LiteralString = "SELECT count(*) FROM audit_entry WHERE action LIKE 'matters.%%'"
    before = [told.rows(code, counted) for code in (P, C, X)]
    prepare(ground, lines.append)
    assert ground.installations() == told.stage.installations
    monkeypatch.setattr(tell_levels, "say", lines.append)
    tell_levels.introduce(ground, ground.installations())
    said = told.said.splitlines()
    assert [one for one in "\n".join(lines).splitlines() if one not in said] == []
    assert tell(ground.installations(), lines.append) == 0
    assert [told.rows(code, counted) for code in (P, C, X)] == before


def test_a_busy_port_that_stands_in_a_card_stops_the_start(told: Told) -> None:
    """What neighbours were told cannot move: the refusal names port, node and the way out; a busy
    port of pages moves and says so."""
    ground, lines = told.stage.ground, list[str]()
    ports = told.stage.installations[C].ports
    with taken(ports.leaf), pytest.raises(Busy, match=f"Port {ports.leaf} is busy.*{C}"):
        prepare(ground, lines.append)
    kept = (ground.base / "ports.json").read_text()
    with taken(ports.web):
        prepare(ground, lines.append)
    (ground.base / "ports.json").write_text(kept)
    assert [line.startswith(f"Port {ports.web} is busy; {C} uses ") for line in lines] == [True]


@contextmanager
def taken(port: int) -> Iterator[None]:
    """Somebody else listens there."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        yield
