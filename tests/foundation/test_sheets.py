"""Lists as files: as shown, guarded, in the office's own columns."""

import csv
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from python_calamine import CalamineWorkbook

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.core.time import office_date
from luoshi.foundation.sheets.domain.templating import columns_of, set_columns
from luoshi.foundation.sheets.registry import LISTINGS
from luoshi.supervision.lookbacks.models import LookBackItem
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft
from tests.security.world import make_office, sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
NOW = datetime.now(UTC)


@pytest.fixture
def world() -> World:
    made = make_world()
    for title in ("=1+1", "@SUM(A1)", "整治易涝点"):
        draft(plan=Plan(title=title), actor=made.officer, at=AT)
    return made


def browser(who: Actor) -> Client:
    """A signed-in browser."""
    client = Client()
    sign_in(client, User.objects.get(pk=who.person_id))
    return client


def body(answer: Any) -> bytes:
    """What a streamed answer holds."""
    return b"".join(answer.streaming_content)


def test_csv_is_streamed_and_no_cell_is_a_formula(world: World) -> None:
    """Features row 112, security 7: formulas stay text; the filter of the address holds."""
    answer = browser(world.officer).get("/exports/ledger/?format=csv")
    lines = body(answer).decode("utf-8-sig").splitlines()
    assert answer.streaming
    assert sorted(line.split(",")[2] for line in lines[1:]) == ["'=1+1", "'@SUM(A1)", "整治易涝点"]
    answer = browser(world.officer).get("/exports/ledger/?format=csv&text=易涝")
    assert len(body(answer).decode().splitlines()) == 2


def test_every_cell_speaks_the_readers_language(world: World) -> None:
    """Features rows 110 and 112: heads and words of the rows alike, though a CSV leaves line by
    line after the request."""
    User.objects.filter(pk=world.officer.person_id).update(language="en")
    answer = browser(world.officer).get("/exports/rules/?format=csv")
    translation.activate("zh-hans")
    head, first = body(answer).decode("utf-8-sig").splitlines()[:2]
    translation.deactivate()
    assert head.startswith("No.,Rule,Limit")
    assert "Quarterly progress report" in first and "Major decision" in first


def test_the_trail_says_who_took_a_list_out(world: World) -> None:
    """Features row 112, contract 3, 15: one entry with the list, its kind and its filter; a refused
    reader and a mere look at the headers leave none."""
    client = browser(world.officer)
    client.get("/exports/ledger/?format=csv&text=易涝")
    client.get("/exports/ledger/")
    client.head("/exports/ledger/")
    browser(world.liaison).get("/exports/rules/")
    found = Entry.objects.filter(action="sheets.exported").order_by("seq")
    assert [(row.object_id, row.actor_id) for row in found] == [
        ("ledger", world.officer.person_id)
    ] * 2
    told = [row.detail_of()["after"] for row in found]
    assert [one["kind"] for one in told] == ["csv", "xlsx"]
    assert "text=" in told[0]["filter"]


def test_xlsx_has_the_offices_own_columns(world: World) -> None:
    """Features row 112: order and names of the office's template, for everybody in the office."""
    listing = LISTINGS["ledger"]
    wanted = [("title", "事项名称"), ("number", "")]
    set_columns(listing=listing, columns=wanted, actor=world.officer, at=AT)
    file = BytesIO(body(browser(world.leader).get("/exports/ledger/")))
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(1).to_python()
    assert rows[0][0] == "事项名称"
    assert len(rows[0]) == 2
    assert sorted(row[0] for row in rows[1:]) == ["'=1+1", "'@SUM(A1)", "整治易涝点"]
    set_columns(listing=listing, columns=[], actor=world.officer, at=AT)
    usual = [one.key for one in listing.columns if one.usual]
    assert [one.column.key for one in columns_of(listing, world.office.pk)] == usual


def test_columns_are_refused_that_contradict_each_other(world: World) -> None:
    """Two of one name, one twice, an unknown one; and people who do not keep the office's lists."""
    listing = LISTINGS["ledger"]
    for wanted in (
        [("title", "甲"), ("number", "甲")],
        [("title", ""), ("title", "乙")],
        [("nothing", "")],
        [("title", "字" * 41)],
    ):
        with pytest.raises(Invalid):
            set_columns(listing=listing, columns=wanted, actor=world.officer, at=AT)
    with pytest.raises(Forbidden):
        set_columns(listing=listing, columns=[], actor=world.liaison, at=AT)


@pytest.mark.parametrize("key", sorted(LISTINGS))
def test_every_list_is_written_out(world: World, key: str) -> None:
    """Features row 112: any list as shown, to those who read it."""
    chiefs = ("duty-", "engaged-", "instructions-leaders", "standing-orders")
    reader = world.chief if key.startswith(chiefs) else world.officer
    answer = browser(reader).get(f"/exports/{key}/?format=csv")
    assert answer.status_code == 200
    assert len(body(answer).decode().splitlines()) >= 1


def test_lists_inside_a_page_are_written_out_as_narrowed(settings: Any, tmp_path: Any) -> None:
    """Features row 112: inspections of a year, the points of one list, the sample of one round, the
    reports that wait, ledger and board as known on a day, the rules, a draft ranking, one
    document's receipts; nothing of another office."""
    settings.FILES = tmp_path
    office = make_office(NOW)
    officer, other = office.clients["officer"], office.clients["other"]
    asked = {
        "inspections": f"year={office_date(NOW).year}",
        "points": f"list={office.ids['list'].hex}",
        "lookback": f"round={LookBackItem.objects.get().round_id.hex}",
        "reviews": "",
        "reports": "",
        "extensions": "",
        "nudges": "show=held",
        "burden": "",
        "burden-duties": "",
        "ledger-known": f"on={office_date(NOW).isoformat()}",
        "board": "",
        "board-known": f"on={office_date(NOW).isoformat()}",
        "rules": "",
        "appraisal-draft": f"period={office_date(NOW).year}",
        "documents-sent": "",
        "receipts": f"dispatch={office.ids['dispatch'].hex}",
        "sources": "",
    }
    for key, query in asked.items():
        answer = officer.get(f"/exports/{key}/?format=csv&{query}")
        assert answer.status_code == 200
        lines = body(answer).decode("utf-8-sig").splitlines()
        assert len(lines) >= 2, key
        assert len(lines[0].split(",")) >= 6, key
    answer = other.get(f"/exports/lookback/?format=csv&{asked['lookback']}")
    assert len(body(answer).decode().splitlines()) == 1
    assert other.get(f"/exports/receipts/?{asked['receipts']}").status_code == 404
    board = officer.get("/board/").context["rows"]
    lines = body(officer.get("/exports/board/?format=csv")).decode("utf-8-sig").splitlines()
    shown = [[str(row.unit), str(row.red), str(row.yellow), str(row.green)] for row in board]
    assert [line.split(",")[:4] for line in lines[1:]] == shown
    answer = officer.get("/exports/board-known/?format=csv&on=2020-01-02")
    assert len(body(answer).decode().splitlines()) == 1
    answer = officer.get("/exports/inspections/?format=csv&year=2001")
    assert len(body(answer).decode().splitlines()) == 1


def test_indexes_are_written_out_with_the_numbers_of_their_pages(
    settings: Any, tmp_path: Any
) -> None:
    """Features rows 23, 24, 29, 112, contract 3, 15: points lists with their figures, published
    rankings, scoring versions with their weights, look-back rounds, imports, acts that moved
    limits; another office finds nothing of them."""
    settings.FILES = tmp_path
    office = make_office(NOW)
    officer, other = office.clients["officer"], office.clients["other"]

    def lines(client: Client, key: str) -> list[list[str]]:
        text = body(client.get(f"/exports/{key}/?format=csv")).decode("utf-8-sig")
        return list(csv.reader(text.splitlines()))[1:]

    shown = officer.get("/points-lists/").context["page"].rows
    wanted = [[str(r.year), r.title, r.reference] for r in shown]
    found = lines(officer, "points-lists")
    assert [line[:3] for line in found] == wanted
    assert [line[7] for line in found] == [str(row.counts["total"]) for row in shown]
    (ranking,) = lines(officer, "appraisal-rankings")
    assert ranking[1] == "1" and ranking[7] == "现行"
    (version,) = lines(officer, "appraisal-versions")
    assert version[:2] == ["v1", "评分细则"] and "；" in version[5] and version[-1] == "已锁定"
    rounds = lines(officer, "lookback-rounds")
    assert [line[0] for line in rounds] == [str(NOW.year - 1), str(NOW.year - 2)]
    assert rounds[0][9] == str(LookBackItem.objects.count())
    (sheet,) = lines(officer, "ledger-imports")
    assert sheet[3] == "1"
    (act,) = lines(officer, "redatings")
    assert act[0].startswith("TR-06") and int(act[2]) >= int(act[3]) + int(act[4])
    for key in ("points-lists", "appraisal-rankings", "appraisal-versions", "lookback-rounds"):
        assert lines(other, key) == [], key
    assert lines(other, "ledger-imports") == lines(other, "redatings") == []
