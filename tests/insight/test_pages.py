"""Pages that read: literal query counts with one and three rows, every number opens its rows."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from luoshi.foundation.accounts.domain import clock
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.navigation import BELL, ENTRIES, Reader, waiting
from luoshi.foundation.organizations.enums import System
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.figures.domain import ledger
from luoshi.insight.figures.models import LedgerLook
from luoshi.supervision.matters.domain.report.reporting import Words, submit
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.domain.share.summarising import refresh_matter
from luoshi.supervision.matters.models import Assignment, Matter
from tests.counting import queries_of
from tests.security.world import matter, sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
WORDS = Words(
    progress="完成", state_change="完成", problems="无", next_steps="继续", late_reason="晚"
)
TAB = re.compile(r'<a href="(\?[^"]*)"[^>]*><b>(\d+)</b>')
CHOICE = re.compile(r'<input type="checkbox" name="m" value="([0-9a-f-]+)"')
ROWS = re.compile(r'<input type="checkbox" name="m"')


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def office_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """The database is known to be an office's, as it is after its first request."""
    monkeypatch.setattr(clock, "OFFICE", [connection.settings_dict["NAME"]])


def browser(actor: Any) -> Client:
    """A signed-in browser whose session has been used once."""
    client = Client()
    sign_in(client, User.objects.get(pk=actor.person_id))
    client.get("/preferences/")
    return client


def queries(client: Client, path: str) -> int:
    """How many queries a page needs, once the session has noted this minute."""
    client.get("/preferences/")
    answer, number = queries_of(lambda: client.get(path))
    assert answer.status_code == 200
    return number


def sent(world: World, share: Assignment) -> None:
    """The share is signed for and its first report sent, late."""
    share = sign_for(assignment=share, actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    at = AT + timedelta(days=20)
    submit(assignment=share, duty_ids=[duty.pk], words=WORDS, actor=world.liaison, at=at)


@pytest.mark.usefixtures("office_database")
@pytest.mark.parametrize(
    ("path", "who", "wanted"),
    [
        ("/ledger/", "officer", 8),
        ("/ledger/?unit=市住房城乡建设局&share=1", "officer", 8),
        ("/board/", "officer", 5),
        ("/", "officer", 12),
        ("/", "liaison", 11),
        ("/", "leader", 8),
        ("/reviews/", "officer", 14),
        ("/notices/", "liaison", 5),
    ],
)
def test_queries_with_one_and_three_rows(world: World, path: str, who: str, wanted: int) -> None:
    """Performance: a list costs the same whatever it holds."""
    client = browser(getattr(world, who))
    sent(world, matter(world, AT, to=world.bureau).assignments.get())
    one = queries(client, path)
    for _more in range(2):
        sent(world, matter(world, AT, to=world.bureau).assignments.get())
    assert (one, queries(client, path)) == (wanted, wanted)


@pytest.mark.usefixtures("office_database")
def test_queries_of_a_matter_without_and_with_a_dated_duty(world: World) -> None:
    """Performance: a matter's page costs at most 12 queries."""
    client = browser(world.officer)
    made = matter(world, AT, to=world.bureau)
    one = queries(client, f"/matters/{made.pk}/")
    sent(world, made.assignments.get())
    assert (one, queries(client, f"/matters/{made.pk}/")) == (9, 9)


def test_every_tab_opens_as_many_rows_as_it_counts(world: World) -> None:
    """Decision 10: the number of a tab is the number of its rows, under the same filter."""
    client = browser(world.officer)
    sent(world, matter(world, AT, to=world.bureau).assignments.get())
    matter(world, AT, to=world.bureau)
    matter(world, AT)
    page = client.get("/ledger/?regime=instruction").content.decode()
    tabs = TAB.findall(page)
    assert len(tabs) == 7
    for address, number in tabs:
        opened = client.get("/ledger/" + address.replace("&amp;", "&")).content.decode()
        assert len(ROWS.findall(opened)) == int(number), address


def test_every_number_of_the_board_opens_its_shares(world: World) -> None:
    """Decision 10: the board counts shares, and its links open exactly those."""
    client = browser(world.officer)
    sent(world, matter(world, AT, to=world.bureau).assignments.get())
    matter(world, AT, to=world.bureau)
    page = client.get("/board/").content.decode()
    links = re.findall(r'<td class="num"[^>]*><a href="([^"]+)">(\d+)</a>', page)
    assert len(links) == 6
    assert sum(int(number) for _address, number in links[:4]) == 2
    for address, number in links:
        opened = client.get(address.replace("&amp;", "&")).content.decode()
        assert len(ROWS.findall(opened)) == int(number), address


@pytest.mark.parametrize("who", ["officer", "liaison", "leader", "chief"])
def test_every_number_of_the_landing_page_opens_its_rows(world: World, who: str) -> None:
    """Decision 10, ui.md 5.1, 5.7 and 5.17: Today, the one minute and the overview, for each of
    their readers."""
    client = browser(getattr(world, who))
    for _twice in range(2):
        made = matter(world, AT, to=world.bureau)
        Matter.objects.filter(pk=made.pk).update(instructed_by_id=world.leader.person_id)
    sent(world, made.assignments.get())
    page = client.get("/", follow=True).content.decode()
    links = re.findall(r'<a href="(/ledger/[^"]*)">(\d+)</a>', page)
    assert len(links) >= 3
    for address, number in links:
        opened = client.get(address.replace("&amp;", "&")).content.decode()
        assert len(ROWS.findall(opened)) == int(number), address


def test_look_is_kept_and_printed_as_seen(world: World) -> None:
    """ui.md 7: density and columns are remembered per person; ui.md rule 6: the URL wins."""
    client = browser(world.officer)
    matter(world, AT, to=world.bureau)
    client.post("/ledger/look/", {"density": "compact", "column": ["number", "lead"]})
    page = client.get("/ledger/").content.decode()
    assert 'class="tbl compact"' in page
    assert "c-last" not in page
    page = client.get("/ledger/?density=roomy&columns=heard").content.decode()
    assert ('class="tbl roomy"' in page, "c-last" in page, "c-lead" in page) == (True, True, False)


def test_view_is_a_named_address(world: World) -> None:
    """ui.md rule 6: a saved view is a named URL without the page it was saved on."""
    client = browser(world.officer)
    answer = client.post(
        "/ledger/look/", {"act": "keep", "name": "一季度", "query": "regime=instruction&cursor=x"}
    )
    assert answer.status_code == 302
    look = LedgerLook.objects.get(person_id=world.officer.person_id)
    assert look.views == [{"name": "一季度", "query": "regime=instruction"}]
    assert "一季度" in client.get("/ledger/?regime=instruction").content.decode()
    client.post("/ledger/look/", {"act": "drop", "name": "一季度", "query": ""})
    look.refresh_from_db()
    assert look.views == []


def test_view_without_a_name_refused(world: World) -> None:
    """ui.md 9: the refusal names the field."""
    client = browser(world.officer)
    assert client.post("/ledger/look/", {"act": "keep", "name": " "}).status_code == 422


def test_empty_filter_says_which_to_lift(world: World) -> None:
    """ui.md 5.2: filtered to none shows which filter to lift."""
    client = browser(world.officer)
    page = client.get("/ledger/?regime=meeting&due=undated").content.decode()
    assert 'href="?due=undated"' in page
    assert 'href="?regime=meeting"' in page


@pytest.mark.parametrize("sort", ["due", "-number", "-heard", "late"])
def test_sorted_pages_show_every_row_once(world: World, sort: str) -> None:
    """ui.md 7: keyset paging in every order."""
    made = {str(matter(world, AT, to=world.bureau).pk) for _n in range(53)}
    client = browser(world.officer)
    address, seen = f"/ledger/?sort={sort}", []
    while address:
        page = client.get(address).content.decode()
        seen += re.findall(r'name="m" value="([^"]+)"', page)
        found = re.search(r'rel="next"[^>]* href="([^"]+)"', page)
        address = "/ledger/" + found.group(1).replace("&amp;", "&") if found else ""
    assert (len(seen), set(seen)) == (53, made)


def test_draft_saved_by_itself_answers_with_its_time(world: World) -> None:
    """ui.md 6: a draft is saved while one types, with its time in sight and no new page."""
    share = matter(world, AT, to=world.bureau).assignments.get()
    sign_for(assignment=share, actor=world.liaison, at=AT)
    client = browser(world.liaison)
    body = {"act": "save", "progress": "已开工", "revision": "0"}
    answer = client.post(f"/assignments/{share.pk}/report/", body, headers={"X-Autosave": "1"})
    assert answer.json()["revision"] == 1
    assert share.reports.get().progress == "已开工"
    answer = client.post(f"/assignments/{share.pk}/report/", body, headers={"X-Autosave": "1"})
    assert answer.status_code == 422


def test_own_report_is_shown_without_buttons(world: World) -> None:
    """Decision 5, ui.md 5.6: the writer sees the report; the words say who reviews it."""
    share = matter(world, AT, to=world.bureau).assignments.get()
    sent(world, share)
    page = browser(world.liaison).get(f"/reports/{share.reports.get().pk}/").content.decode()
    assert 'value="accepted"' not in page


def test_one_minute_of_a_calm_week_is_one_sentence(world: World) -> None:
    """ui.md 5.7: all calm says so in one sentence."""
    page = browser(world.leader).get("/").content.decode()
    assert "您的批示没有逾期、没有临期" in page or "none is overdue and none is due soon" in page


@pytest.mark.parametrize("who", ["officer", "chief", "liaison", "leader"])
def test_numbers_of_the_bar_are_the_readers_own_rows(world: World, who: str) -> None:
    """Performance, decision 10: the bar's query is worded once with stand-ins for the reader; each
    reader is still told of exactly the rows that wait for that reader."""
    for _each in range(2):
        sent(world, matter(world, AT, to=world.bureau).assignments.get())
    actor = getattr(world, who)
    user, now = User.objects.get(pk=actor.person_id), datetime.now(UTC)
    reader = Reader(actor.unit_id, user.pk, now)
    told = waiting(SimpleNamespace(actor=actor, user=user, now=now))
    asked = {
        entry.url_name: entry.waiting(reader).count()
        for entry in ENTRIES
        if entry.waiting is not None and actor.role in entry.roles
    }
    assert told == asked | {"bell": BELL[0](reader).count()}
    assert any(told.values()) or who == "leader"  # no notice goes to a leader here


def test_viewers_are_kept_by_the_database(world: World) -> None:
    """Decision 8: a matter is found by its own office before any unit has a share, and by its
    joint office and the leader of its instruction from the moment they are written."""
    made = matter(world, AT)
    assert world.officer.unit_id == made.office_id
    for actor, seen in ((world.officer, True), (world.leader, True), (world.liaison, False)):
        assert Matter.objects.visible_to(actor).filter(pk=made.pk).exists() is seen
    elsewhere = Unit.objects.exclude(pk=made.office_id).filter(system=System.CPPCC)[0]
    joint = replace(world.officer, unit_id=elsewhere.pk)
    instructed = replace(world.leader, unit_id=elsewhere.pk)
    for actor, column, value in (
        (joint, "joint_office_id", elsewhere.pk),
        (instructed, "instructed_by_id", world.leader.person_id),
    ):
        Matter.objects.filter(pk=made.pk).update(joint_office_id=None, instructed_by_id=None)
        assert not Matter.objects.visible_to(actor).filter(pk=made.pk).exists()
        Matter.objects.filter(pk=made.pk).update(**{column: value})
        assert Matter.objects.visible_to(actor).filter(pk=made.pk).exists()


def test_a_units_list_holds_what_it_handles_itself(world: World) -> None:
    """Performance, decision 10: the list of a unit, by any of its names, holds the matters in which
    it has a share; not the whole whose part it handles, not what it merely issued."""
    mine = matter(world, AT, to=world.bureau, title="排查易涝点")
    matter(world, AT, title="未交办事项")
    whole = matter(world, AT, to=Unit.objects.get(short_name="市水务局"), title="全市防汛")
    part = matter(world, AT, to=world.bureau, title="城区防汛")
    Matter.objects.filter(pk=part.pk).update(parent=whole)
    refresh_matter(whole, at=AT)
    client = browser(world.officer)
    for name, wanted in (
        (world.bureau.short_name, {mine.pk, part.pk}),
        (world.bureau.name, {mine.pk, part.pk}),
        (world.office.short_name, set()),
        ("没有这个单位", set()),
    ):
        page = client.get("/ledger/", {"unit": name}).content.decode()
        assert {UUID(key) for key in CHOICE.findall(page)} == wanted


@pytest.mark.usefixtures("office_database")
def test_a_large_ledger_comes_before_its_numbers(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Performance, decision 10: a reader with more open rows than are counted at once gets the page
    first; the numbers that follow are those that open their rows, under the same filter."""
    monkeypatch.setattr(ledger, "AT_ONCE", 1)
    monkeypatch.setattr(ledger, "LARGE", set())
    client, page = browser(world.officer), "/ledger/?regime=instruction"
    for _each in range(2):
        matter(world, AT, to=world.bureau)
    assert "data-later" in client.get("/ledger/").content.decode()
    later = client.get(page).content.decode()
    address = re.findall(r'data-later="([^"]+)"', later)
    assert address == ["/ledger/numbers/?regime=instruction"]
    assert TAB.findall(later) == []
    assert queries(client, page) == 7
    found = TAB.findall(client.get(address[0]).content.decode())
    assert found[0] == ("?regime=instruction", "2")
    assert len(found) == 7
    Matter.objects.update(state="concluded")
    client.get("/ledger/numbers/")
    assert "data-later" not in client.get(page).content.decode()
