"""The ranking of a year: frozen months and running ones, every number with its rows (R-INF-6,
B22, features row 59)."""

from datetime import date
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.test import Client

from luoshi.desks.information.domain.fate.adopting import adopt
from luoshi.desks.information.domain.queries.year import Year, counted, year_of
from luoshi.desks.information.domain.running.scoring import publish_sheet, set_weights
from luoshi.desks.information.enums import WEIGHTS
from luoshi.desks.information.models import Item, ScoreSheet
from luoshi.desks.information.web.ordinary import scores
from tests.counting import queries_of
from tests.desks.information.book import (
    HOUR,
    Desk,
    accepted,
    adopted,
    make_desk,
    plain,
    sent,
    shown,
)
from tests.desks.information.test_item_pages import client_of
from tests.desks.information.test_scores import FEBRUARY, MARCH, month_with_work

pytestmark = pytest.mark.django_db
PAGE = "/information/scores/year/"
MOST = 8
COLUMNS = ("submitted", "issued", "adopted", "instructed")


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def said(found: Year, *, officers: bool = False) -> list[tuple[int, str, str]]:
    """Rank, name and points."""
    lines = found.ranking(officers=officers)
    return [(line["rank"], line["name"], line["shown"]) for line in lines]


def two_months(desk: Desk) -> list[Item]:
    """February published, then other weights and one more adoption in March."""
    rows = month_with_work(desk)
    publish_sheet(month=FEBRUARY, actor=desk.world.chief, at=MARCH)
    weights = WEIGHTS | {"adopted-nation": 50}
    set_weights(weights=weights, basis="委办〔2026〕9号", actor=desk.world.chief, at=MARCH)
    given: dict[str, Any] = {"actor": desk.editor, "at": MARCH + HOUR}
    late = adopted(tier="nation", adopter="全国政协")
    adopt(item=rows[0], adopted=late, shown=shown(MARCH.date()), **given)
    return rows


def test_a_published_month_counts_as_frozen_and_the_others_as_they_stand(desk: Desk) -> None:
    """B22: February by the weights of its sheet, March by those in force; units and officers each
    have their ranks; an item counts once in a column."""
    two_months(desk)
    found = year_of(desk.office.pk, 2026, MARCH.date())
    assert said(found) == [(1, "市住房城乡建设局", "61"), (2, "安澜县", "3")]
    assert said(found, officers=True) == [(1, "胡敏", "6")]
    assert (found.version, [str(one) for one in found.sheets]) == (1, ["2026-02"])
    assert said(year_of(desk.office.pk, 2025, MARCH.date())) == []
    assert said(year_of(desk.world.bureau.pk, 2026, MARCH.date())) == []


def test_the_year_is_the_sum_of_its_months_published_or_not(desk: Desk) -> None:
    """Row 59: publishing a month moves nothing in the year; what was noted after a sheet counts
    once, in the month it was noted."""
    rows = month_with_work(desk)
    before = year_of(desk.office.pk, 2026, MARCH.date())
    publish_sheet(month=FEBRUARY, actor=desk.world.chief, at=MARCH)
    after = year_of(desk.office.pk, 2026, MARCH.date())
    for officers in (False, True):
        assert before.ranking(officers=officers) == after.ranking(officers=officers)
    late = adopted(tier="nation", adopter="全国政协")
    given: dict[str, Any] = {
        "shown": shown(date(2026, 2, 20)),
        "actor": desk.editor,
        "at": MARCH + HOUR,
    }
    adopt(item=rows[0], adopted=late, **given)
    again = year_of(desk.office.pk, 2026, MARCH.date())
    assert said(again)[0] == (1, "市住房城乡建设局", "31")
    opened = [
        (row["item"], line["who"], fact["what"], fact["row"])
        for officers in (False, True)
        for line in again.ranking(officers=officers)
        for row in counted(again, line["who"], "")
        for fact in row["facts"]
    ]
    assert len(opened) == len(set(opened)) == 7


def test_every_number_opens_as_many_rows(desk: Desk) -> None:
    """Decision 10: a number of items opens that many, points open what they are the sum of."""
    two_months(desk)
    with time_machine.travel(MARCH + 2 * HOUR, tick=False):
        editor = client_of(desk.editor)
        context = editor.get(f"{PAGE}?year=2026").context
        lines = [*context["units"], *context["officers"]]
        assert len(lines) == 3
        for line in lines:
            for name in COLUMNS:
                opened = editor.get(f"{PAGE}?{line['rows']}&kind={name}").context
                assert opened["number"] == len(opened["page"].rows) == line[name], (line, name)
            opened = editor.get(f"{PAGE}?{line['rows']}").context
            assert sum(row["points"] for row in opened["page"].rows) == line["points"]
            assert parse_qs(line["rows"])["who"] == [line["who"]]
        text = editor.get(f"{PAGE}?{lines[0]['rows']}&kind=adopted").content.decode()
        assert plain(0).title in text
        found = year_of(desk.office.pk, 2026, MARCH.date())
        (row,) = counted(found, lines[0]["who"], "")
        assert [fact["shown"] for fact in row["facts"]] == ["1", "10", "50"]


def test_what_the_address_says_wrong_is_left_out(desk: Desk) -> None:
    """Security row 8: unknown years, names, columns and broken cursors."""
    two_months(desk)
    with time_machine.travel(MARCH + 2 * HOUR, tick=False):
        editor = client_of(desk.editor)
        for query in ("year=1999", "year=9999999", "year=%D9%A2", "who=unit:nobody"):
            page = editor.get(f"{PAGE}?{query}")
            assert (page.status_code, page.context["year"], page.context["chosen"]) == (
                200,
                2026,
                None,
            )
        assert editor.get(f"{PAGE}?who=%00").status_code == 422
        rows = editor.get(PAGE).context["units"][0]["rows"]
        assert editor.get(f"{PAGE}?{rows}&kind=points").context["kind"] == ""
        assert editor.get(f"{PAGE}?{rows}&cursor=%%%").status_code == 422
        assert client_of(desk.world.liaison).get(PAGE).status_code == 403
        assert editor.get(f"{PAGE}?year=2025").context["units"] == []


def test_the_ranking_is_written_out(desk: Desk) -> None:
    """Features row 112: both rankings in one file, in the order of the page."""
    two_months(desk)
    with time_machine.travel(MARCH + 2 * HOUR, tick=False):
        editor = client_of(desk.editor)
        path = "/exports/information-year/"
        csv = b"".join(editor.get(f"{path}?year=2026&format=csv")).decode("utf-8-sig")
        assert csv.split("\r\n")[1:] == [
            "2026,单位,1,市住房城乡建设局,61.0,1,1,1,1",
            "2026,单位,2,安澜县,3.0,1,1,1,0",
            "2026,特约信息员,1,胡敏,6.0,1,1,1,0",
            "",
        ]
        assert b"".join(editor.get(f"{path}?year=2026"))[:2] == b"PK"
        assert client_of(desk.world.liaison).get(path).status_code == 403


def test_a_year_costs_the_same_whatever_is_in_it(desk: Desk) -> None:
    """Performance row 8: as many queries for a month of work as for more of it, published or not;
    none of them for a row."""
    two_months(desk)
    with time_machine.travel(MARCH + 2 * HOUR, tick=False):
        editor = client_of(desk.editor)
        address = f"{PAGE}?{editor.get(PAGE).context['units'][0]['rows']}"
        few = queries_of(lambda: editor.get(address))[1]
        for number in range(1, 3):
            made = accepted(desk, desk.world.liaison, words=plain(number), kind="information")
            late = adopted(tier="province", issue=f"第{number}期")
            given: dict[str, Any] = {"shown": shown(MARCH.date()), "actor": desk.editor}
            adopt(item=made, adopted=late, at=MARCH + HOUR, **given)
        sent(desk.county)
        assert queries_of(lambda: editor.get(address))[1] == few
        assert few <= MOST, few
        sheet = ScoreSheet.objects.get()
        others = (
            PAGE,
            f"/information/scores/{sheet.pk}/",
            f"/information/scores/{sheet.pk}/replay/",
        )
        for page in (*others, "/information/scores/?month=2026-03"):
            editor.get(page)
            assert queries_of(lambda page=page: editor.get(page))[1] <= MOST, page
        assert editor.get(address).context["number"] == 3


def test_what_was_counted_is_read_page_by_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Performance row 8: the facts of a month and of its sheet are pages of one list; every fact
    stands on one of them."""
    rows = month_with_work(desk)
    monkeypatch.setattr(scores, "SIZE", 2)
    with time_machine.travel(MARCH, tick=False):
        editor = client_of(desk.editor)
        live = "/information/scores/?month=2026-02"
        assert walked(editor, live) == 6
        sheet = publish_sheet(month=FEBRUARY, actor=desk.world.chief, at=MARCH)
        assert walked(editor, f"/information/scores/{sheet.pk}/?") == 6
        assert editor.get(f"/information/scores/{sheet.pk}/?cursor=%%%").status_code == 422
    assert len(rows) == 3


def walked(editor: Client, path: str) -> int:
    """How many facts the pages of a list show, each once."""
    seen: list[tuple[str, str, str]] = []
    cursor = ""
    while True:
        context = editor.get(f"{path}&cursor={cursor}").context
        seen += [(one["what"], one["item"], one["who"]) for one in context["page"].rows]
        cursor = context["page"].next_cursor
        if not cursor:
            assert len(seen) == len(set(seen)) == context["number"]
            return len(seen)
