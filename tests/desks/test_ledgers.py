"""Hand-kept ledgers: checked row by row, taken over in one transaction, assigned, undone."""

import json
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from luoshi.desks.instructions.domain.filing import link
from luoshi.desks.instructions.domain.noting import Words as InstructionWords
from luoshi.desks.instructions.domain.noting import note
from luoshi.desks.ledgers.domain.assigning import ask_to_assign, assign_rows, waiting
from luoshi.desks.ledgers.domain.correcting import correct_row, match_columns, skip_rows
from luoshi.desks.ledgers.domain.loading import load_of
from luoshi.desks.ledgers.domain.undoing import undo
from luoshi.desks.ledgers.domain.uploading import upload
from luoshi.desks.ledgers.domain.writing import Terms, confirm, write
from luoshi.desks.ledgers.models import KnownColumn, Ledger, LedgerRow
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.copying import copy_in
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.supervision.matters.domain.indexing import index_matter
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft, replan
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.models import Matter, Revocation
from luoshi.supervision.rulebook.domain.settling import settle
from tests.security.world import sign_in
from tests.story import DATA, SYSTEM, World, make_world
from tests.supervision.matters.test_api import Api, token

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
TERMS = Terms(regime="document", method="牵头单位负责", purpose="件件有着落")
EXPECTED = json.loads((DATA / "samples" / "expected.json").read_text())["files"]["ledger.xlsx"]
HEADS = ("编号", "督办事项", "责任单位", "配合单位", "完成时限", "完成比例")


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> World:
    settings.FILES = tmp_path
    return make_world()


def sample(world: World, name: str = "ledger.xlsx") -> Ledger:
    """A sample file as the office uploads it."""
    with (DATA / "samples" / name).open("rb") as stream:
        return upload(stream, name=name, actor=world.officer, at=AT)


def small(world: World, *rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> Ledger:
    """A ledger of a few rows."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("台账")
    for line, row in enumerate((heads, *rows)):
        sheet.write_row(line, 0, row)
    book.close()
    out.seek(0)
    return upload(out, name="台账.xlsx", year=2026, actor=world.officer, at=AT)


ONE = ("001", "整治易涝点", "市水务局", "市财政局", "2026.7.20", 0.5)
TWO = ("002", "修缮校舍", "市教育局", "", "9月底前", 0.2)
WORDS = ("003", "改善窗口服务", "市教育局", "", "适时完成", 0)


def test_sample_reads_as_expected_row_by_row(world: World) -> None:
    """Features row 112, A17: 116 accepted, 4 rejected for their reasons; every row by its place."""
    ledger = sample(world)
    assert (ledger.title, ledger.year, ledger.header_rows) == (
        "清源市2026年度重点督办事项台账",
        2026,
        [3, 4],
    )
    assert ledger.columns == EXPECTED["columns"]
    rows = {row.place: row for row in ledger.rows.all()}
    assert sorted(rows) == [one["row"] for one in EXPECTED["rows"]]
    wrong = {place: row.errors[0]["reason"] for place, row in rows.items() if row.errors}
    assert wrong == {one["row"]: one["reason"] for one in EXPECTED["rejected_rows"]}
    assert ledger.rows.filter(verdict="new").count() == 116
    assert ledger.hidden == EXPECTED["hidden_rows"]
    assert [one["row"] for one in ledger.left_out] == [63, 126, 2000]
    for one in EXPECTED["rows"]:
        read = rows[one["row"]].read
        assert (rows[one["row"]].number, rows[one["row"]].title) == (one["no"], one["title"])
        assert read["assigned"] == one["assigned"]
        assert read["percent"] == round(one["percent"] * 100)
        if read["day"]:
            assert read["day"] == one["due"]
    assert rows[125].errors[0]["same_as"] == 79


def test_every_row_of_the_sample_becomes_a_matter_or_none(world: World) -> None:
    """Features row 112: wrong rows are left out by choice; the rest is there at once, numbers as
    written, leading zeros and all."""
    ledger = sample(world)
    with pytest.raises(Refused) as refusal:
        confirm(ledger=ledger, terms=TERMS, actor=world.officer, at=AT)
    assert refusal.value.code == "rows-wrong"
    assert Matter.objects.count() == 0
    assert skip_rows(ledger=ledger, places=None, skipped=True, actor=world.officer, at=AT) == 4
    done = confirm(ledger=ledger, terms=TERMS, actor=world.officer, at=AT)
    assert (done.state, Matter.objects.count()) == ("written", 116)
    first = Matter.objects.get(number="001")
    assert (first.title, first.state, first.origin_start) == (
        "组织实施社区卫生服务站改造",
        "registered",
        5,
    )
    assert first.proposed_shares[0] == {"unit": "市政府办公室", "part": "lead", "task": ""}
    assert first.anchors["issue"] == "2026-02-09"
    assert Entry.objects.filter(action="ledgers.taken").count() == 116


def test_search_finds_rows_taken_over_as_any_other(world: World) -> None:
    """The vector written out equals the one the database makes."""
    confirm(ledger=small(world, ONE), terms=TERMS, actor=world.officer, at=AT)
    matter = Matter.objects.get()
    written = matter.search
    index_matter(matter)
    matter.refresh_from_db()
    assert matter.search == written


def test_numbers_and_titles_of_the_offices_own_matters_are_known(world: World) -> None:
    """R-SUP-1, issue row 1: a number is never given twice; the same words are shown beside."""
    own = draft(
        plan=Plan(title="修缮校舍", content="修", method="法", purpose="的"),
        actor=world.officer,
        at=AT,
    )
    own = approve_to_register(matter=own, actor=world.officer, at=AT)
    ledger = small(world, ONE, TWO, (own.number, "新建公厕", "市水务局", "", "2026.8.1", 0))
    rows = {row.place: row for row in ledger.rows.all()}
    assert [rows[place].verdict for place in (2, 3, 4)] == ["new", "new", "wrong"]
    assert rows[4].errors[0]["reason"] == "taken"
    assert rows[3].read["like"] == own.number


def test_wrong_row_is_corrected_in_place(world: World) -> None:
    """ui.md 6: editable in place; the whole ledger is checked again."""
    ledger = small(world, ONE, ("002", "修缮校舍", "教育口", "", "2026.2.30", 0))
    row = ledger.rows.get(place=3)
    assert [one["reason"] for one in row.errors] == ["unknown_unit", "invalid_date"]
    values = {"lead": "市教育局", "limit": "2026.9.30"}
    correct_row(ledger=ledger, place=3, values=values, actor=world.officer, at=AT)
    row = ledger.rows.get(place=3)
    assert (row.verdict, row.read["lead"], row.read["day"]) == ("new", ["市教育局"], "2026-09-30")


@pytest.mark.parametrize(
    "heads",
    [
        ("立项编号", "督查事项", "承办部门", "协办部门", "办结期限", "完成率"),
        ("序号", "议定事项", "牵头责任单位", "配合责任单位", "计划完成时间", "进度"),
        ("督查编号", "目标任务", "责任主体", "协同单位", "截止日期", "完成进度"),
    ],
)
def test_other_offices_headings_are_known(world: World, heads: tuple[str, ...]) -> None:
    """Features row 112: what supervision offices head their columns with is found without help."""
    row = small(world, ONE, heads=heads).rows.get()
    assert (row.verdict, row.read["lead"], row.read["day"]) == ("new", ["市水务局"], "2026-07-20")


def test_columns_matched_once_are_remembered(world: World) -> None:
    """ui.md 6: an office's own headings are matched the same way next time."""
    ledger = small(world, ONE)
    fields = {0: "number", 1: "title", 2: "lead", 3: "", 4: "limit", 5: "percent"}
    match_columns(ledger=ledger, fields=fields, actor=world.officer, at=AT)
    assert KnownColumn.objects.get(heading="配合单位").field == ""
    again = small(world, ONE)
    assert "joint" not in again.matched
    with pytest.raises(Invalid):
        match_columns(ledger=again, fields={0: "number"}, actor=world.officer, at=AT)


def test_second_import_is_idempotent_by_number(world: World) -> None:
    """ui.md 6: unchanged, changed with before and after, new."""
    confirm(ledger=small(world, ONE, TWO), terms=TERMS, actor=world.officer, at=AT)
    changed = ("002", "修缮校舍和操场", *TWO[2:])
    second = small(world, ONE, changed, WORDS)
    found = {row.number: row.verdict for row in second.rows.all()}
    assert found == {"001": "same", "002": "changed", "003": "new"}
    assert second.rows.get(number="002").changes == [["title", "修缮校舍", "修缮校舍和操场"]]
    confirm(ledger=second, terms=TERMS, actor=world.officer, at=AT)
    assert Matter.objects.count() == 3
    assert Matter.objects.get(number="002").title == "修缮校舍和操场"
    with pytest.raises(Refused) as refusal:
        confirm(ledger=small(world, ONE), terms=TERMS, actor=world.officer, at=AT)
    assert refusal.value.code == "nothing-new"


def test_writing_stopped_in_the_middle_leaves_nothing_and_starts_again(
    world: World, monkeypatch: Any
) -> None:
    """Issue row 15: one transaction, resumable; the second run of a finished one does nothing."""
    ledger = small(world, ONE, TWO)
    state = {"confirmed": False}

    def killed(rows: Any) -> int:
        if rows and isinstance(rows[0], Matter) and not state["confirmed"]:
            state["confirmed"] = True
            copy_in(rows)
            raise KeyboardInterrupt
        return copy_in(rows)

    monkeypatch.setattr("luoshi.desks.ledgers.domain.writing.ASIDE", 0)
    held = confirm(ledger=ledger, terms=TERMS, actor=world.officer, at=AT)
    assert held.state == "writing"
    monkeypatch.setattr("luoshi.desks.ledgers.domain.writing.copy_in", killed)
    with pytest.raises(KeyboardInterrupt):
        write(ledger=held, at=AT)
    assert Matter.objects.count() == 0
    assert write(ledger=held, at=AT).state == "written"
    assert write(ledger=held, at=AT).state == "written"
    assert Matter.objects.count() == 2


def test_assigning_goes_row_by_row_and_goes_on_where_it_stopped(
    world: World, monkeypatch: Any
) -> None:
    """TR-06…: the real verb makes shares and duties; a limit in words is refused in the verb's
    words and stops nobody else; what the ledger calls done is not assigned."""
    done = ("004", "整修围墙", "市教育局", "", "2026.3.1", 1)
    ledger = small(world, ONE, WORDS, TWO, done)
    ledger = confirm(ledger=ledger, terms=TERMS, actor=world.officer, at=AT)
    monkeypatch.setattr("luoshi.desks.ledgers.domain.assigning.AT_ONCE", 0)
    ledger = ask_to_assign(ledger=ledger, actor=world.officer, at=AT)
    assert (ledger.state, ledger.total) == ("assigning", 3)
    answers = iter([True, False])
    assign_rows(ledger=ledger, at=AT, going_on=lambda: next(answers))
    assert Matter.objects.filter(state="assigned").count() == 1
    ledger = assign_rows(ledger=ledger, at=AT)
    assert (ledger.state, ledger.done) == ("assigned", 3)
    states = {m.number: m.state for m in Matter.objects.all()}
    assert states == {
        "001": "assigned",
        "002": "assigned",
        "003": "registered",
        "004": "registered",
    }
    assert "完成时间" in LedgerRow.objects.get(number="003").note
    assert waiting(ledger).count() == 1
    duty = Matter.objects.get(number="001").assignments.get(part="lead").duties.get()
    assert duty.due_at is not None and duty.due_at.date().isoformat() == "2026-07-20"


def test_load_shown_before_the_ledger_is_assigned(world: World) -> None:
    """B6: what the slips of an imported ledger would ask in a year stands there before they go out:
    lead units owe reports, joint ones an opinion; what the ledger calls done asks nothing; by API
    the same."""
    settle(office_id=world.office.pk, values={"report_cap": 1}, actor=SYSTEM, at=AT)
    done = ("004", "整修围墙", "市教育局", "", "2026.3.1", 1)
    third = ("005", "加固堤防", "市水务局", "", "2026.8.1", 0)
    ledger = small(world, ONE, TWO, done, third)
    assert load_of(ledger, AT.date()) is None
    ledger = confirm(ledger=ledger, terms=TERMS, actor=world.officer, at=AT)
    found = load_of(ledger, AT.date())
    assert found is not None
    assert (found.matters, found.units, found.reports) == (3, 2, 3)
    assert [(one.unit, one.then) for one in found.over] == [("市水务局", 2)]
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    page = client.get(f"/ledger-imports/{ledger.pk}/")
    assert page.context["load"] == found
    assert f"{found.reports}" in page.content.decode()
    answer = Api(token(world.officer)).call("GET", f"/ledger-imports/{ledger.pk}/load")
    assert (answer.status_code, answer.json()["reports"]) == (200, 3)
    done_already = ask_to_assign(ledger=ledger, actor=world.officer, at=AT)
    assert load_of(done_already, AT.date()) is None


def test_whole_import_is_undone_while_nothing_was_done(world: World) -> None:
    """Issue row 15: undo takes everything back, readable as revoked, and the ledger can be taken
    over again under the same numbers; once a row is under way it is refused."""
    ledger = confirm(ledger=small(world, ONE, TWO), terms=TERMS, actor=world.officer, at=AT)
    with pytest.raises(Forbidden):
        undo(ledger=ledger, actor=world.liaison, at=AT)
    undone = undo(ledger=ledger, actor=world.officer, at=AT)
    assert undone.state == "undone"
    assert list(Matter.objects.values_list("state", flat=True)) == ["revoked", "revoked"]
    assert Revocation.objects.filter(reason__startswith="撤销台账导入").count() == 2
    assert Entry.objects.filter(action="matters.revoked").count() == 2
    again = confirm(ledger=small(world, ONE, TWO), terms=TERMS, actor=world.officer, at=AT)
    matter = Matter.objects.get(number="001", state="registered")
    plan = Plan(title="另一题", content="另写", method="法", purpose="的")
    replan(matter=matter, plan=plan, revision=0, actor=world.officer, at=AT)
    with pytest.raises(Refused) as refusal:
        undo(ledger=again, actor=world.officer, at=AT)
    assert refusal.value.code == "under-way"
    assert Matter.objects.filter(state="registered").count() == 2


def test_undo_gives_changed_rows_the_plan_of_the_import_before(world: World) -> None:
    """Issue row 15: the second import of a number is undone to what the first one said, newest
    first, and can be changed by a third."""
    first = confirm(ledger=small(world, ONE, TWO), terms=TERMS, actor=world.officer, at=AT)
    changed = ("002", "修缮校舍和操场", *TWO[2:])
    second = confirm(ledger=small(world, ONE, changed), terms=TERMS, actor=world.officer, at=AT)
    assert Matter.objects.get(number="002").title == "修缮校舍和操场"
    with pytest.raises(Refused):
        undo(ledger=first, actor=world.officer, at=AT)
    undo(ledger=second, actor=world.officer, at=AT)
    assert Matter.objects.get(number="002").title == "修缮校舍"
    third = small(world, ONE, ("002", "修缮校舍和围墙", *TWO[2:]))
    assert third.rows.get(number="002").verdict == "changed"
    assert undo(ledger=first, actor=world.officer, at=AT).state == "undone"


def test_undo_is_refused_where_something_hangs_on_a_row(world: World) -> None:
    """Issue row 15: a leader's words added to a matter of the import keep it."""
    ledger = confirm(ledger=small(world, ONE, TWO), terms=TERMS, actor=world.officer, at=AT)
    matter = Matter.objects.get(number="001")
    words = InstructionWords(text="请抓紧。")
    noted = note(words=words, actor=world.leader, at=AT, on_matter=matter)
    link(instruction=noted, matter=matter, actor=world.officer, at=AT)
    with pytest.raises(Refused) as refusal:
        undo(ledger=ledger, actor=world.officer, at=AT)
    assert refusal.value.code == "under-way"


def test_ten_thousand_rows_are_all_accepted(world: World) -> None:
    """Features row 112: the large clean ledger, taken over by the worker's verb."""
    ledger = sample(world, "ledger_10k.xlsx")
    assert ledger.rows.filter(verdict="new").count() == 10_000
    held = confirm(ledger=ledger, terms=TERMS, actor=world.officer, at=AT)
    assert held.state == "writing"
    assert write(ledger=held, at=AT).state == "written"
    assert Matter.objects.filter(number__startswith="DB2026-").count() == 10_000


@pytest.mark.parametrize("name", ["png_named.docx", "entries5001.xlsx"])
def test_files_without_a_ledger_are_refused(world: World, name: str) -> None:
    """Security: recognised by content, read in the sandbox, refused with the reason."""
    with (DATA / "samples" / "hostile" / name).open("rb") as stream, pytest.raises(Invalid):
        upload(stream, name=name, actor=world.officer, at=AT)
    assert Ledger.objects.count() == 0


def test_pages_of_an_import_show_each_of_its_states(world: World) -> None:
    """ui.md 6: upload, column match, preview with faults, confirm, report to download."""
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    ledger = sample(world)
    page = client.get(f"/ledger-imports/{ledger.pk}/").content.decode()
    assert "市智慧城市推进中心" in page
    assert client.get("/ledger-imports/").status_code == 200
    assert client.get(f"/ledger-imports/{ledger.pk}/?show=new").status_code == 200
    skip_rows(ledger=ledger, places=None, skipped=True, actor=world.officer, at=AT)
    confirm(ledger=ledger, terms=TERMS, actor=world.officer, at=AT)
    assert client.get(f"/ledger-imports/{ledger.pk}/").status_code == 200
    report = client.get(f"/exports/ledger-import/?import={ledger.pk}&format=csv")
    lines = b"".join(report.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert len(lines) == 121
