"""The duty log, daily reports and checks by API (R-DUT-3, R-DUT-6, R-DUT-7; rows 63 to 65)."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from luoshi.desks.duty.domain.periods.declaring import Wish, declare
from luoshi.desks.duty.models import DailyReport, DutyCheck, LogNote, SensitivePeriod
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.calling import Caller, pages
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.story import actor

pytestmark = pytest.mark.django_db
MOST = 8
LINE = {"kind": "call_in", "who": "气象台", "text": "暴雨橙色预警", "phone": "0571-12121"}
OPEN = LINE | {"pending": True}


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.fixture
def keeper(ground: Ground) -> Caller:
    return Caller(ground.keeper, NOW)


def test_a_line_is_written_listed_and_settled_once(keeper: Caller) -> None:
    """R-DUT-3: the number is shown while something is open about the line, as on this shift's
    page."""
    status, made = keeper.send("/duty/log", OPEN, key="line-0001")
    assert (status, made["noted_by"], made["phone"]) == (201, "孔亮", "0571-12121")
    assert keeper.send("/duty/log", OPEN, key="line-0001") == (201, made)
    keeper.send("/duty/log", LINE | {"kind": "visitor", "at": "2026-01-20T09:30:00"})
    rows = keeper.get("/duty/log")[1]["items"]
    assert [row["kind"] for row in rows] == ["call_in", "visitor"]
    assert rows[1]["at"] == "2026-01-20T01:30:00Z"  # the office's zone where none is said
    assert rows[1]["phone"] is None
    assert [row["id"] for row in keeper.get("/duty/log", waiting=True)[1]["items"]] == [made["id"]]
    assert keeper.get("/duty/log", kind="visitor", text="气象")[1]["items"] == rows[1:]
    assert keeper.get("/duty/log", kind="rumour")[0] == 422
    path = f"/duty/log/{made['id']}/settlement"
    assert keeper.send(path, {"outcome": " "})[1]["errors"].keys() == {"outcome"}
    done = keeper.send(path, {"outcome": "已转防指"})[1]
    assert (done["outcome"], done["settled_by"], done["phone"]) == ("已转防指", "孔亮", None)
    assert keeper.send(path, {"outcome": "再办"})[0] == 409
    assert LogNote.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"who": ""}, "who"),
        ({"who": "名" * 121}, "who"),
        ({"text": " "}, "text"),
        ({"at": "2026-01-21T00:00:00Z"}, "at"),
        ({"at": "2026-01-01T00:00:00Z"}, "at"),
        ({"at": "0001-01-01T00:00:00+14:00"}, "at"),
        ({"phone": "1" * 60}, "phone"),
        ({"kind": "rumour"}, "kind"),
        ({"text": "空\x00"}, "text"),
        ({"who": None}, "who"),
        ({"noted_by": "别人"}, "noted_by"),
    ],
)
def test_a_line_that_cannot_be_is_refused(
    keeper: Caller, change: dict[str, Any], field: str
) -> None:
    """R-DUT-3, security row 8: by its field, nothing is written."""
    status, answer = keeper.send("/duty/log", LINE | change)
    assert status == 422
    assert [name.split(".")[-1] for name in answer["errors"]] == [field]
    assert not LogNote.objects.exists()


def test_who_is_not_of_the_desk_neither_reads_nor_writes_the_books(
    ground: Ground, keeper: Caller
) -> None:
    """R-DUT-3: a post that answers for nothing is told so; another office's line is not found; who
    reads only does not write."""
    made = keeper.send("/duty/log", OPEN)[1]
    for who in (ground.world.officer, ground.world.liaison):
        caller = Caller(who, NOW)
        for path in ("/duty/log", "/duty/checks"):
            assert caller.get(path)[0] == 403
        assert caller.send("/duty/log", LINE)[0] == 403
        assert caller.send("/duty/checks", {"unit": ground.office.code})[0] == 403
    county = Unit.objects.get(short_name="安澜县")
    there = Caller(actor("jiang", "江某", county, Role.DUTY_OFFICER), NOW)
    assert there.get("/duty/log")[1]["items"] == []
    assert there.send(f"/duty/log/{made['id']}/settlement", {"outcome": "办"})[0] == 404
    leader = Caller(ground.world.leader, NOW)
    assert len(leader.get("/duty/log")[1]["items"]) == 1
    assert leader.send("/duty/log", LINE)[0] == 403
    assert leader.send(f"/duty/log/{made['id']}/settlement", {"outcome": "办"})[0] == 403
    reading = Caller(ground.keeper, NOW, ("matters:read",))
    assert reading.send("/duty/log", LINE)[0] == 403


def declared(ground: Ground, **change: Any) -> SensitivePeriod:
    """A period of ten days that runs."""
    first = date(2026, 1, 15)
    wish = Wish("两会", "通知", first, first + timedelta(days=9), **change)
    return declare(wish, actor=ground.chief, at=NOW)


def test_the_day_is_reported_once_even_if_nothing_happened(ground: Ground, keeper: Caller) -> None:
    """R-DUT-7, row 65: the day, the words, what is late; twice is refused."""
    row = declared(ground)
    path = f"/duty/periods/{row.pk}/reports"
    status, made = keeper.send(path, {"day": "2026-01-20", "nothing": True}, key="daily-01")
    assert (status, made["late"], made["unit"]["code"]) == (201, False, ground.office.code)
    assert keeper.send(path, {"day": "2026-01-20", "nothing": True}, key="daily-01")[1] == made
    assert keeper.send(path, {"day": "2026-01-20", "nothing": True})[0] == 409
    for body, field in (
        ({"day": "2026-01-19"}, "text"),
        ({"day": "2026-01-10", "nothing": True}, "day"),
        ({"day": "2026-01-21", "nothing": True}, "day"),
        ({"day": "2098-12-31", "nothing": True}, "day"),
        ({"day": "1066-10-14", "nothing": True}, "day"),
        ({"nothing": True}, "day"),
    ):
        status, answer = keeper.send(path, body)
        assert (status, [name.split(".")[-1] for name in answer["errors"]]) == (422, [field])
    late = keeper.send(path, {"day": "2026-01-19", "text": "一处停电"})[1]
    assert late["late"] is True
    rows = keeper.get(path)[1]["items"]
    assert rows == [made, late]
    assert keeper.get(path, day="2026-01-19")[1]["items"] == [late]
    assert [one["id"] for one in keeper.get("/duty/periods")[1]["items"]] == [str(row.pk)]


def test_reports_below_come_into_the_book_of_who_declared(ground: Ground, keeper: Caller) -> None:
    """Row 65: the county reports in its own book and is read here; nobody else's book is."""
    row = declared(ground)
    county = Unit.objects.get(short_name="安澜县")
    there = Caller(actor("jiang", "江某", county, Role.DUTY_OFFICER), NOW)
    mine = SensitivePeriod.objects.filter(office=county, chain=row.chain).first()
    if mine is None:  # no office of the sample tree stands below: the book of the county
        mine = SensitivePeriod.objects.create(
            office=county,
            chain=row.chain,
            title=row.title,
            basis=row.basis,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            from_code=ground.office.code,
            from_name=str(ground.office),
            declared_by_name="陈远",
            declared_at=NOW,
        )
    body = {"day": "2026-01-20", "text": "一处山洪"}
    assert there.send(f"/duty/periods/{row.pk}/reports", body)[0] == 404
    assert there.get(f"/duty/periods/{row.pk}/reports")[0] == 404
    assert there.send(f"/duty/periods/{mine.pk}/reports", body)[0] == 201
    theirs = keeper.get(f"/duty/periods/{row.pk}/reports")[1]["items"]
    assert [(one["unit"]["code"], one["text"]) for one in theirs] == [(county.code, "一处山洪")]
    assert there.get("/duty/periods")[1]["items"][0]["from_unit"]["code"] == ground.office.code
    officer = Caller(ground.world.officer, NOW)
    assert officer.get(f"/duty/periods/{row.pk}/reports")[0] == 200
    assert officer.send(f"/duty/periods/{row.pk}/reports", body)[0] == 403


def test_no_report_is_taken_where_none_is_asked_for(ground: Ground, keeper: Caller) -> None:
    """R-DUT-7: a period without daily reports."""
    row = declared(ground, daily=False)
    body = {"day": "2026-01-20", "nothing": True}
    status, answer = keeper.send(f"/duty/periods/{row.pk}/reports", body)
    assert (status, answer["type"]) == (409, "luoshi:not-asked")
    assert not DailyReport.objects.exists()


def test_a_check_is_judged_and_listed(ground: Ground) -> None:
    """R-DUT-6, row 64: the result follows from the roster; the unit is named by its code."""
    ground.published()
    called = at_clock(date(2026, 2, 17), time(22))
    caller = Caller(ground.keeper, called + HOUR)
    body = {"unit": ground.office.code, "called_at": called.isoformat(), "seconds": 20}
    expected = str(ground.shift(date(2026, 2, 17)).person)
    status, made = caller.send("/duty/checks", body, key="check-01")
    assert (status, made["result"], made["expected"]) == (201, "good", expected)
    assert caller.send("/duty/checks", body, key="check-01") == (201, made)
    absent = caller.send("/duty/checks", body | {"seconds": None})[1]
    assert absent["result"] == "absent"
    assert caller.get("/duty/checks", result="absent")[1]["items"] == [absent]
    assert caller.get("/duty/checks", year=2025)[1]["items"] == []
    assert len(caller.get("/duty/checks", unit=ground.office.code)[1]["items"]) == 2
    for change, field in (
        ({"unit": "没有"}, "unit"),
        ({"unit": "01"}, "unit"),
        ({"seconds": -1}, "seconds"),
        ({"seconds": 10**12}, "seconds"),
        ({"seconds": "soon"}, "seconds"),
        ({"called_at": "2027-01-01T00:00:00Z"}, "called_at"),
        ({"called_at": "2026-01-01T00:00:00Z"}, "called_at"),
        ({"called_at": "yesterday"}, "called_at"),
        ({"words": "长" * 301}, "words"),
    ):
        status, answer = caller.send("/duty/checks", body | change)
        assert (status, [name.split(".")[-1] for name in answer["errors"]]) == (422, [field])
    assert DutyCheck.objects.count() == 2


def test_books_cost_the_same_however_long_they_are(ground: Ground, keeper: Caller) -> None:
    """Performance row 8: as many queries for one row as for many."""
    row = declared(ground)
    lists = ("/duty/log", "/duty/checks", "/duty/periods", f"/duty/periods/{row.pk}/reports")

    def one_more(number: int) -> None:
        keeper.send("/duty/log", LINE | {"who": f"来电{number}"})
        keeper.send("/duty/checks", {"unit": ground.office.code, "seconds": number})
        body = {"day": f"2026-01-{20 - number}", "nothing": True}
        assert keeper.send(f"/duty/periods/{row.pk}/reports", body)[0] == 201

    one_more(0)
    few = [keeper.counted(path)[1] for path in lists]
    for number in range(1, 5):
        one_more(number)
    many = [keeper.counted(path) for path in lists]
    assert [queries for _answer, queries in many] == few
    assert [len(answer["items"]) for answer, _queries in many] == [5, 5, 1, 5]
    assert max(few) <= MOST
    assert [len(part) for part in pages(keeper, "/duty/log", 2)] == [2, 2, 1]
    assert [len(part) for part in pages(keeper, lists[3], 2)] == [2, 2, 1]
