"""Rows 15, 24 and 27: headers on every route, no GET changes anything, few calls outside, and a
rule that breaks denies."""

import ast
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

import luoshi
from luoshi.foundation.accounts.web.middleware import COOKIE
from luoshi.foundation.core.permissions import ALLOWED, Decision, Denied, ensure, rule
from luoshi.foundation.core.refusals import Forbidden
from luoshi.foundation.core.web.typed import a_path
from tests.security.test_rights import UNSIGNED_IN, address, routes
from tests.security.world import Office

HEADERS = {
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
READS = {"django_session", "audit_entry", "audit_detail", "audit_head", "accounts_usecounter"}
SIGN_IN = {"accounts_signin"}


def pages() -> list[str]:
    """Every route of the pages."""
    return sorted(name for name in routes() if not name.startswith("api:") or name in UNSIGNED_IN)


def test_headers_stand_on_every_route(office: Office) -> None:
    """Row 15, ASVS 3.4: for every answer, refusals and redirects included."""
    for client in (Client(), office.clients["officer"], office.clients["security"]):
        for name in pages():
            answer = got(client, address(office, name))
            found = {key: answer.headers.get(key) for key in HEADERS}
            assert found == HEADERS, name
            directives = {one.strip() for one in answer["Content-Security-Policy"].split(";")}
            sandboxed = name == "attachments:download" and answer.status_code == 200
            assert directives == POLICY or sandboxed, (name, directives)
            assert "camera=()" in answer["Permissions-Policy"], name


def got(client: Client, path: str) -> Any:
    """The answer, its files closed without ending the test's transaction."""
    answer = client.get(path)
    for close in answer._resource_closers:
        close()
    return answer


def contents() -> dict[str, Any]:
    """Every table's rows as one digest, but for sessions and entries of reading."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table in READS | SIGN_IN or table.startswith("procrastinate"):
                continue
            rows = "string_agg(t::text, '|' ORDER BY t::text)"
            cursor.execute(f"SELECT md5(coalesce({rows}, '')) FROM \"{table}\" t")  # noqa: S608 - names from the catalogue
            found[table] = cursor.fetchone()[0]
    return found


def test_no_get_changes_anything(office: Office) -> None:
    """Row 15: every GET leaves the database unchanged but for session and read entries."""
    before = contents()
    for kind in ("anon", "officer", "leader", "liaison", "system", "security", "auditor"):
        client = office.clients[kind]
        for name in pages():
            got(client, address(office, name))
        assert contents() == before, kind


def test_csrf_is_asked_of_every_form(office: Office) -> None:
    """Row 15: a POST without token is refused before the view, signed in or not."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = office.clients["security"].cookies
    for name in pages():
        assert strict.post(address(office, name)).status_code in {403, 405}, name


def test_a_rule_that_raises_denies_and_nothing_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 27: raise in every rule → denied, nothing written."""

    def broken(*_args: object, **_kwargs: object) -> Decision:
        raise ZeroDivisionError

    denied = rule(broken)()
    assert isinstance(denied, Denied)
    with pytest.raises(Forbidden):
        ensure(denied)
    with pytest.raises(TypeError):
        ensure(True)  # type: ignore[arg-type]
    found = list(rules())
    assert len(found) > 20
    for module, name in found:
        assert name in decorated(module), f"{module}.{name} is not guarded"
    assert ensure(ALLOWED) is None  # type: ignore[func-returns-value]


def rules() -> Iterator[tuple[Path, str]]:
    """Every `may_…` predicate of every rules module."""
    for path in sorted(Path(luoshi.__file__).parent.rglob("rules.py")):
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("may_"):
                yield path, node.name


def decorated(path: Path) -> set[str]:
    """The names under `@rule`."""
    body = ast.parse(path.read_text()).body
    return {
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef)
        and any(isinstance(d, ast.Name) and d.id == "rule" for d in node.decorator_list)
    }


def test_sockets_to_other_addresses_are_refused() -> None:
    """Row 24: nothing in these tests may call an address outside this machine."""
    with socket.socket() as probe, pytest.raises(PermissionError):
        probe.connect(("192.0.2.1", 80))


@pytest.mark.parametrize("text", ["board", "//elsewhere.example/x", "https://x.example", "\\\\x"])
def test_the_way_on_is_a_path_of_this_site(text: str) -> None:
    """ASVS 3.7.2: no sign-in, proof or decision leads to another site, nor fails on a bare word."""
    assert a_path(text, "/") == "/"
    assert a_path("/board/?x=1", "/") == "/board/?x=1"


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "没有找到"), ("en", "Not found")])
def test_address_that_leads_nowhere_is_refused_in_words(
    office: Office, language: str, words: str
) -> None:
    """Rows 3 and 15: an unknown address answers as an invisible object does, in the reader's
    language, as a page and as a problem, signed in or not."""
    get_user_model().objects.update(language=language)
    for client in (Client(), office.clients["officer"]):
        client.cookies[COOKIE] = language
        page = client.get("/no-such-page/")
        assert page.status_code == 404
        assert words in page.content.decode()
        found = client.get("/api/v1/no-such-thing")
        assert found["Content-Type"] == "application/problem+json"
