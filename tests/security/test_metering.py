"""Row 26: searches, files made and files sent are counted per account; above the allowance the
answer is 429 with the seconds to wait, and nothing is done."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.conf import settings as site
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from luoshi.site.web.metering import kind_of
from tests.security.test_rights import API_IS_TESTED_BY_TOKEN, address, closed, routes
from tests.security.world import Office, keyed

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, 20, tzinfo=UTC)
OFFICE_AT = AT
ALLOWED = 3
KEPT_FILES = {  # stored, or the same for everybody
    *("attachments:download", "documents:evidence", "organizations:example"),
}


@pytest.fixture
def office(office: Office, settings: Any) -> Office:
    """The office of the file under small allowances."""
    settings.CONFIG = replace(
        site.CONFIG,
        search_per_minute=ALLOWED,
        export_per_minute=ALLOWED,
        upload_per_minute=ALLOWED,
    )
    return office


@pytest.mark.parametrize("route", ["search:results", "sheets:export"])
def test_reading_much_is_told_to_wait(office: Office, route: str) -> None:
    """The count is the account's own, and the next minute begins anew."""
    path = address(office, route)
    with time_machine.travel(AT, tick=False):
        for _each in range(ALLOWED):
            assert office.clients["officer"].get(path).status_code == 200
        refused = office.clients["officer"].get(path)
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "40")
        assert "40" in refused.content.decode()
        assert office.clients["leader"].get(path).status_code != 429
    with time_machine.travel(AT.replace(minute=1), tick=False):
        assert office.clients["officer"].get(path).status_code == 200


def test_sending_many_files_is_told_to_wait(office: Office) -> None:
    """The file above the allowance is not stored."""
    with time_machine.travel(AT, tick=False):
        for number in range(ALLOWED + 1):
            file = SimpleUploadedFile("通知.txt", f"第{number}号通知".encode())
            body = keyed(file=file, title=f"通知{number}")
            answer = office.clients["officer"].post("/drafting/new/", body)
            assert (answer.status_code == 429) == (number == ALLOWED)


@pytest.mark.parametrize(
    ("path", "name"),
    [("publications/issues/{}/paper", "issue"), ("information-issues/{}/paper", "item_issue")],
)
def test_papers_set_for_a_token_are_counted(office: Office, path: str, name: str) -> None:
    """A token reads rows by the hundred a minute; papers are set for it no faster than for a
    page."""
    headers = {"Authorization": f"Bearer {office.tokens['officer']}"}
    with time_machine.travel(AT, tick=False):
        found = [
            Client().get(f"/api/v1/{path.format(office.ids[name])}", headers=headers)
            for _each in range(ALLOWED + 1)
        ]
    assert [one.status_code for one in found] == [200] * ALLOWED + [429]
    assert found[-1].headers["Retry-After"] == "40"


def test_every_route_that_makes_a_file_is_counted(office: Office) -> None:
    """What answers with a file is an export by its name, or stands in the list of kept files."""
    uncounted = []
    for name in sorted(routes()):
        if name.startswith(API_IS_TESTED_BY_TOKEN) or name in KEPT_FILES:
            continue
        request = RequestFactory().get(address(office, name))
        if kind_of(request, name) == "export":
            continue
        for kind in ("officer", "auditor"):
            answer = office.clients[kind].get(address(office, name))
            if "attachment" in answer.headers.get("Content-Disposition", ""):
                uncounted.append(name)
            closed(answer)
    assert uncounted == []
