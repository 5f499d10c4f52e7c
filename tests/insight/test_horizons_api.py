"""The notices behind every date by token, large what-ifs, meetings, columns of exports."""

from datetime import UTC, datetime

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.insight.horizons.domain.running import run_waiting
from luoshi.supervision.matters.models import ReportDuty
from tests.security.world import Office
from tests.supervision.appraisal.test_laboratory_api import ask

pytestmark = pytest.mark.django_db


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


def test_a_notice_is_entered_by_a_person(office: Office) -> None:
    """R-CAL-3, B3: the address takes the notice as the page does and refuses every token."""
    before = ask(office, "GET", "calendar-editions")[1]
    body = {"year": "2027", "notice": "通知", "published_on": "2026-11-04", "rest": "2027-01-01"}
    assert ask(office, "POST", "calendar-editions", body)[0] == 403
    assert ask(office, "POST", "calendar-editions", {"year": "2027"})[0] == 422
    assert ask(office, "GET", "calendar-editions")[1] == before


def test_a_large_question_is_asked_followed_and_read(office: Office) -> None:
    """B4: the run tells its progress, then its moves as the page shows them, and touches no duty; a
    second one waits for the first; another office does not see it."""
    limits = list(ReportDuty.objects.order_by("pk").values_list("due_at", flat=True))
    status, made = ask(office, "POST", "what-if/runs", {"kind": "reading"})
    assert (status, made["finished"], made["items"]) == (201, False, [])
    status, again = ask(office, "POST", "what-if/runs", {"kind": "reading"})
    assert (status, again["type"]) == (409, "luoshi:asked-already")
    assert run_waiting(at=datetime.now(UTC)) == 1
    _status, found = ask(office, "GET", f"what-if/runs/{made['id']}")
    assert found["finished"] and found["done"] == found["total"] > 0
    assert found["items"] and found["counts"]["moved"] == len(found["items"])
    assert {"before", "after", "unit", "change"} <= set(found["items"][0])
    assert ask(office, "GET", f"what-if/runs/{made['id']}", kind="foreign")[0] == 404
    assert ask(office, "POST", "what-if/runs", {"kind": "calendar", "calendar": "1999-9"})[0] == 422
    assert list(ReportDuty.objects.order_by("pk").values_list("due_at", flat=True)) == limits


def test_a_meeting_is_called_off_by_token_with_its_reason(office: Office) -> None:
    """B6: it counts no longer, once, in the trail; another office's meeting is not there."""
    path = f"burden/meetings/{office.ids['meeting']}/calling-off"
    assert ask(office, "POST", path, {"reason": " "})[0] == 422
    assert ask(office, "POST", path, {"reason": "合并"}, kind="foreign")[0] == 404
    status, found = ask(office, "POST", path, {"reason": "与调度会合并"})
    assert (status, found["called_off"]) == (200, "与调度会合并")
    status, found = ask(office, "POST", path, {"reason": "再次"})
    assert (status, found["type"]) == (409, "luoshi:called-off-already")
    assert Entry.objects.filter(action="burden.meeting_called_off").count() == 1


def test_columns_of_an_export_are_set_by_token(office: Office) -> None:
    """Features row 112: the office's own columns under its own names, back to the usual ones by
    none; a column the list does not know changes nothing; a unit sets none."""
    path = "exports/ledger/columns"
    _status, usual = ask(office, "GET", path)
    own = [{"key": "title", "name": "督办事项"}, {"key": "number"}]
    status, found = ask(office, "PUT", path, {"columns": own})
    assert status == 200
    assert [one["key"] for one in found["columns"]] == ["title", "number"]
    assert found["columns"][0]["name"] == "督办事项"
    assert ask(office, "PUT", path, {"columns": [{"key": "secret"}]})[0] == 422
    assert ask(office, "PUT", path, {"columns": own}, kind="liaison")[0] == 403
    assert ask(office, "PUT", "exports/nothing/columns", {"columns": own})[0] == 404
    assert ask(office, "GET", path)[1]["columns"] == found["columns"]
    assert ask(office, "PUT", path, {"columns": []})[1]["columns"] == usual["columns"]
