"""The notices behind every date by token."""

from datetime import UTC, datetime

import pytest

from tests.security.world import Office, make_office
from tests.supervision.appraisal.test_laboratory_api import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office(datetime.now(UTC))


def test_editions_of_the_calendar_are_read_with_their_notices(office: Office) -> None:
    """B3, features row 106: both editions of 2015 stay, the later one first; 2026 by its notice,
    with 14 February worked and 16 February a rest day."""
    status, found = ask(office, "GET", "calendar-editions")
    assert status == 200
    rows = {(one["year"], one["number"]): one for one in found["items"]}
    assert {number for year, number in rows if year == 2015} == {1, 2}
    year = rows[(2026, max(number for year, number in rows if year == 2026))]
    assert year["notice"] == "国办发明电〔2025〕7号"
    assert "2026-02-14" in year["work_days"] and "2026-02-16" in year["rest_days"]
    years = [one["year"] for one in found["items"]]
    assert years == sorted(years, reverse=True)
