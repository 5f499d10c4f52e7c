"""The demo story: same seed and day, same rows; a banner for ever; refused elsewhere."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import Error, connection, transaction

from luoshi.foundation.accounts.models import DatabaseNature
from luoshi.foundation.deadlines.engine.calendar import Calendar
from tests.databases import DAY, drop, environment, migrated, told
from tests.server import SERVER
from tests.site.test_backup import Office
from tools import private_postgres

# what a database draws itself: ids, salts, hashes, passwords, and what hangs on them
ROWS = {
    "matters": "SELECT number, title, state, regime, created_at FROM matters_matter ORDER BY 1, 2",
    "duties": """SELECT m.number, u.short_name, d.rule_code, d.title_zh, d.state, d.due_at,
        d.late_amount FROM matters_reportduty d JOIN matters_assignment a ON a.id = d.assignment_id
        JOIN matters_matter m ON m.id = a.matter_id JOIN organizations_unit u ON u.id = a.unit_id
        ORDER BY 1, 2, 3, 4, 6, 5""",
    "reports": """SELECT split_part(receipt_number, '-', 1), state, progress, submitted_at
        FROM matters_report ORDER BY 4, 3""",
    "reminders": "SELECT level, stands_for, made_at FROM chasing_reminder ORDER BY 2, 1, 3",
    "notices": "SELECT kind, title_zh, deliver_at FROM notifications_notice ORDER BY 1, 2, 3",
    "trail": "SELECT seq, action, at, object_kind FROM audit_entry ORDER BY seq",
    "people": "SELECT username, full_name FROM accounts_user ORDER BY 1",
}


def rows(name: str) -> dict[str, list[object]]:
    """The story as a list of plain values."""
    with psycopg.connect(SERVER.url(private_postgres.OWNER, name)) as link:
        return {key: list(link.execute(query)) for key, query in ROWS.items()}


def absurd(name: str) -> tuple[list[date], list[object]]:
    """The days inspections begin on, and the duties of points whose limit lies before the issue."""
    with psycopg.connect(SERVER.url(private_postgres.OWNER, name)) as link:
        begins = [row[0] for row in link.execute("SELECT starts_on FROM inspections_inspection")]
        late = link.execute(
            """SELECT d.title_zh, d.due_at FROM matters_reportduty d
            JOIN matters_assignment a ON a.id = d.assignment_id
            JOIN lists_listpoint p ON p.matter_id = a.matter_id
            JOIN lists_supervisionpointslist l ON l.id = p.points_list_id
            WHERE d.due_at < l.issued_at"""
        )
        return begins, list(late)


def merged_by_content(name: str) -> list[object]:
    """The sendings that fulfilled several duties of a burden ledger's year: year, codes, whether
    before all limits."""
    with psycopg.connect(SERVER.url(private_postgres.OWNER, name)) as link:
        return list(
            link.execute(
                """SELECT extract(year FROM r.submitted_at)::int, array_agg(d.rule_code
                ORDER BY d.rule_code), bool_and(r.submitted_at < d.due_at)
                FROM matters_report r JOIN matters_report_duties p ON p.report_id = r.id
                JOIN matters_reportduty d ON d.id = p.reportduty_id
                WHERE d.due_at >= '2026-01-01' GROUP BY r.id HAVING count(*) > 1"""
            )
        )


def behind_plan(name: str) -> list[object]:
    """The shares that stand behind their planned progress at the end: planned, reported."""
    with psycopg.connect(SERVER.url(private_postgres.OWNER, name)) as link:
        return list(
            link.execute(
                """SELECT planned_percent, reported_percent FROM matters_assignment
                WHERE on_clock AND behind_at <= %s ORDER BY 1""",
                [f"{DAY} 23:59+08"],
            )
        )


def scores_held_together(office: Office) -> dict[str, Any]:
    """How many lines of the years of scores the two computations were held against each other for,
    and which differ."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.desks.information.reference", DAY],
        env=office.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_same_seed_and_day_give_the_same_rows(tmp_path: Path) -> None:
    """Contract 4, `site`: told again after a reset, it is the same story; only ids, receipt
    codes and the printed passwords are new. One unit fulfils the quarterly report and the
    half-year summary in one sending (decision 7, TR-05), which the burden ledger shows (B6). Two
    shares stand behind their planned progress (R-SUP-5). The
    year of scores the database adds up is the one added up fact by fact (B22, R-INF-6)."""
    try:
        told("story_one", tmp_path / "one")
        first = Office(
            tmp_path / "one", environment("story_one", tmp_path / "one", private_postgres.OWNER)
        )
        once = rows("story_one")
        assert len(once["matters"]) >= 10
        before = (tmp_path / "one" / "demo_password").read_text()
        first.ok("demo", "--reset", "--on", DAY)
        assert rows("story_one") == once
        assert (tmp_path / "one" / "demo_password").read_text() != before
        assert json.loads(first.ok("verify", "--json"))["problems"] == []
        scores = scores_held_together(first)
        assert (scores["lines"] > 5, scores["differing"]) == (True, [])
        begins, late = absurd("story_one")
        assert [day for day in begins if not Calendar().is_workday(day)] == []
        assert late == []
        assert merged_by_content("story_one") == [(2026, ["TR-04", "TR-05"], True)]
        assert behind_plan("story_one") == [(60, 35), (80, 58)]
    finally:
        drop("story_one")


def test_an_office_database_is_never_a_demo(tmp_path: Path) -> None:
    """Security, "Demo database": no reset, no other day, no story where work is done."""
    try:
        migrated("real_office", tmp_path / "var")
        office = Office(
            tmp_path / "var",
            environment("real_office", tmp_path / "var", private_postgres.OWNER),
        )
        office.ok("init")
        for words in (("demo",), ("demo", "--reset"), ("sweep", "--on", DAY)):
            done: subprocess.CompletedProcess[str] = office.command(*words)
            assert done.returncode == 1, words
            assert "demo database" in done.stderr, words
    finally:
        drop("real_office")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    ["UPDATE accounts_databasenature SET demo = NOT demo", "DELETE FROM accounts_databasenature"],
)
def test_nature_of_a_database_is_for_ever(change: str) -> None:
    """Security, "Demo database": a row, never removable; never turned into a real one."""
    DatabaseNature.objects.create(pk=1, demo=True, created_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)
    DatabaseNature.objects.update(demo_day=datetime(2026, 1, 1, tzinfo=UTC).date())
    assert DatabaseNature.objects.get().demo is True
