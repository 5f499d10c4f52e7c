"""Figures and scores as files: what the page shows, for who reads the page (features rows 56, 59,
112)."""

import pytest
import time_machine
from django.test import Client

from luoshi.desks.information.domain.running.scoring import publish_sheet
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.desks.information.book import make_desk
from tests.desks.information.ground import MINUTE, NIGHT, make_night
from tests.desks.information.test_figures import heard
from tests.desks.information.test_pages import client_of
from tests.desks.information.test_scores import FEBRUARY, MARCH, month_with_work
from tests.story import actor

pytestmark = pytest.mark.django_db
MARK = "/exports/month-scores/"
FACTS = "/exports/month-facts/"


def lines(client: Client, path: str) -> list[str]:
    """The rows of a CSV without its head."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return b"".join(answer).decode("utf-8-sig").split("\r\n")[1:-1]


def test_a_month_is_written_out_before_and_after_it_is_published() -> None:
    """Rows 59, 112: the month as it stands, the sheet as it was frozen, and what was counted; as
    CSV and as XLSX; each page offers its own."""
    desk = make_desk()
    month_with_work(desk)
    whole = [
        "2026-02,单位,1,市住房城乡建设局,11.0,1,1,0,1",
        "2026-02,特约信息员,2,胡敏,6.0,1,1,1,0",
        "2026-02,单位,3,安澜县,3.0,1,1,1,0",
    ]
    with time_machine.travel(MARCH, tick=False):
        editor = client_of(desk.editor)
        assert lines(editor, f"{MARK}?month=2026-02&format=csv") == whole
        page = editor.get("/information/scores/?month=2026-02").content.decode()
        assert f"{MARK}?month=2026-02" in page
        assert len(lines(editor, f"{FACTS}?month=2026-02&format=csv")) == 6
        assert lines(editor, f"{MARK}?month=2026-03&format=csv") == []
        assert lines(editor, f"{MARK}?month=2099-13&format=csv") == []
        row = publish_sheet(month=FEBRUARY, actor=desk.world.chief, at=MARCH)
        page = editor.get(f"/information/scores/{row.pk}/").content.decode()
        for key in (MARK, FACTS):
            assert f"{key}?sheet={row.pk.hex}" in page
            for query in (f"sheet={row.pk.hex}", "month=2026-02"):
                assert len(lines(editor, f"{key}?{query}&format=csv")) in {3, 6}
                assert b"".join(editor.get(f"{key}?{query}"))[:2] == b"PK"
        assert lines(editor, f"{MARK}?sheet={row.pk.hex}&format=csv") == whole


def test_who_is_ranked_takes_the_ranking_and_the_own_items() -> None:
    """Rows 59, 112, S3-99: a bureau writes out the sheet that ranks it and what was counted of its
    own; who stands on no sheet gets none, nor the running month."""
    desk = make_desk()
    month_with_work(desk)
    row = publish_sheet(month=FEBRUARY, actor=desk.world.chief, at=MARCH)
    sheet = f"?sheet={row.pk.hex}&format=csv"
    with time_machine.travel(MARCH, tick=False):
        bureau = client_of(desk.world.liaison)
        assert len(lines(bureau, f"{MARK}{sheet}")) == 3
        own = lines(bureau, f"{FACTS}{sheet}")
        assert {line.split(",")[0] for line in own} == {"市住房城乡建设局"}
        ranked = ("010101", desk.world.bureau.code, desk.office.code)
        unit = Unit.objects.exclude(code__in=ranked).earliest("code")
        other = client_of(actor("feng", "冯磊", unit, Role.LIAISON))
        for key in (MARK, FACTS):
            assert other.get(f"{key}{sheet}").status_code == 404
            assert bureau.get(f"{key}?month=2026-02").status_code == 403


def test_the_figures_of_urgent_information_are_written_out() -> None:
    """Rows 56, 112: a line per unit that knew first, and the whole; the page offers it."""
    night = make_night()
    heard(night, night.county_unit, 10, 1)
    heard(night, night.county_unit, 30, 2)
    path = "/exports/urgent-figures/"
    with time_machine.travel(NIGHT + 60 * MINUTE, tick=False):
        city = client_of(night.city)
        assert f"{path}?year=2026" in city.get("/urgent/figures/?year=2026").content.decode()
        assert lines(city, f"{path}?year=2026&format=csv") == [
            "2026,安澜县,,2,30,0,0,0,0",
            "2026,合计,,2,,0,0,0,0",
        ]
        assert b"".join(city.get(path))[:2] == b"PK"
        assert lines(client_of(night.county), f"{path}?year=2026&format=csv") == [
            "2026,合计,,0,,0,0,0,0",
        ]


@pytest.mark.parametrize("path", [MARK, FACTS])
def test_a_broken_key_of_a_sheet_writes_out_nothing_else(path: str) -> None:
    """A wrong address is answered as such; the running month does not stand in for the sheet."""
    desk = make_desk()
    month_with_work(desk)
    client = client_of(desk.editor)
    for key in ("zzz", "00000000-0000-0000-0000-000000000000"):
        assert client.get(f"{path}?sheet={key}").status_code == 404
