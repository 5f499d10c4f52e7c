"""Rows 12 and 27, security.md 10: JSON lines with ids only; canaries typed everywhere reach no
log, no error page; logs are kept at least six months."""

import json
import logging
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from luoshi.foundation.accounts.models import User
from luoshi.insight.figures.web import ledger
from luoshi.site import config
from luoshi.site.domain.logs import DayFile, JsonLines, forget_old
from tests.security.test_rights import BODIES, address, routes
from tests.security.world import keyed, make_office

CANARY = "金丝雀canary7731"


def lines() -> list[str]:
    """Everything this run has written to its log files."""
    folder = settings.CONFIG.var / "logs"
    found = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.jsonl"))]
    return "".join(found).splitlines()


@pytest.mark.django_db
def test_canaries_reach_no_log_and_no_error_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fill every text field with canaries, walk everything, break things: 0 canaries."""
    office = make_office(timezone.now())
    User.objects.update(phone="13900007731")
    before = len(lines())
    for kind in ("anon", "officer", "liaison", "security"):
        client = office.clients[kind]
        client.raise_request_exception = False
        for name in routes():
            if name.startswith("api:") or name in {"accounts:sign-out", "site:trail"}:
                continue
            path = address(office, name)
            answer = client.get(path, {"q": CANARY, "text": CANARY, "token": CANARY})
            for close in answer._resource_closers:
                close()
            body = dict.fromkeys(BODIES.get(name, {}), CANARY)
            fields = ("title", "reason", "username", "password", "code", "content", "name")
            done = client.post(path, keyed(**body | dict.fromkeys(fields, CANARY)))
            assert done.status_code < 500, (name, done.status_code)

    def broken(*_arguments: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(ledger, "matters", broken)
    page = office.clients["officer"].get("/ledger/", {"q": CANARY})
    assert page.status_code == 500
    assert CANARY not in page.content.decode()
    written = lines()[before:]
    assert len(written) > 100
    assert [line for line in written if CANARY in line or "13900007731" in line] == []
    parsed = [json.loads(line) for line in written]
    assert {"at", "level", "logger", "event"} <= set.intersection(*(set(one) for one in parsed))
    assert any(one.get("error") == "ValueError" for one in parsed)


@pytest.mark.django_db
def test_a_request_leaves_one_line_with_ids_only() -> None:
    """Security.md 10: request id, actor id, route name, status, ms."""
    before = len(lines())
    Client().get("/sign-in/?next=/secret/")
    (line,) = [json.loads(one) for one in lines()[before:] if "luoshi.access" in one]
    assert set(line) == {
        *("at", "level", "logger", "event"),
        *("request", "actor", "route", "status", "ms"),
    }
    assert (line["route"], line["status"], line["event"]) == ("accounts:sign-in", 200, "request")
    assert line["at"].endswith("+00:00")


def test_a_line_break_starts_no_new_line(tmp_path: Path) -> None:
    """Row 12: line-break injection."""
    handler = DayFile(str(tmp_path))
    handler.setFormatter(JsonLines())
    record = logging.makeLogRecord({"msg": "rule", "rule": 'a\n{"level": "forged"}\r\u2028'})
    handler.emit(record)
    (file,) = tmp_path.iterdir()
    assert len(file.read_bytes().splitlines()) == 1


def test_logs_are_kept_twelve_months_and_never_under_six(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 12, A 16.4: the setting cannot go under 6."""
    for day in ("2025-02-01", "2025-03-20", "2026-03-05"):
        (tmp_path / f"{day}.jsonl").touch()
    assert forget_old(tmp_path, months=12, on=date(2026, 3, 6)) == 1
    assert sorted(path.stem for path in tmp_path.iterdir()) == ["2025-03-20", "2026-03-05"]
    monkeypatch.setenv("LUOSHI_LOG_MONTHS", "5")
    with pytest.raises(config.WrongSetting):
        config.read()
