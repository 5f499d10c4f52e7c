"""Who gets a matter's reports and who a copy: from the draft to the slip, and as it was known."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from luoshi.desks.meetings.domain import checking
from luoshi.desks.meetings.domain.submitting import submit
from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.merging import merge_unit
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.reading.drafting import read
from luoshi.insight.bulletins.domain.slips import slip_of
from luoshi.insight.horizons.domain.moments import Moment
from luoshi.insight.horizons.domain.past import matter_page
from luoshi.supervision.matters.domain.matter.decomposing import SubMatter, decompose
from luoshi.supervision.matters.domain.matter.drafting import Plan, draft, replan
from luoshi.supervision.matters.domain.queries.addressing import MOST
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter
from tests.security.world import sign_in
from tests.story import SYSTEM, World, make_world
from tests.supervision.matters.test_api import BODY, Api, token
from tests.supervision.matters.test_circle import AT, PLAN, assigned

pytestmark = pytest.mark.django_db
SAID = "市财政局于6月底前将整改情况报市委督查室，抄送市审计局、市纪委监委机关。\n"
FULL = replace(PLAN, report_to=("市委督查室", "市委专题会议"), copy_to=("市财政局",))


@pytest.fixture
def world() -> World:
    return make_world()


def unit(name: str) -> Unit:
    return Unit.objects.get(short_name=name)


def browser(who: Actor) -> Client:
    """Somebody's browser."""
    found = Client()
    sign_in(found, User.objects.get(pk=who.person_id))
    return found


def said(entry: Entry, side: str) -> Any:
    """What an entry of the trail keeps."""
    return Entry.detail_of(entry)[side]


@pytest.mark.parametrize(
    ("text", "told", "copied"),
    [
        (SAID, ["市委督查室"], ["市审计局、市纪委监委机关"]),
        ("市水利局于6月底前报送方案，并抄送市财政局。", [], ["市财政局"]),
        ("市水利局于6月底前报市政府办公室并抄送市财政局。", ["市政府办公室"], ["市财政局"]),
        ("市水利局应于6月底前向市委督查室报告进展。", ["市委督查室"], []),
    ],
)
def test_copies_stand_apart_from_reports(text: str, told: list[str], copied: list[str]) -> None:
    """GB/T 9704 主送/抄送: 抄送 gives a copy; everybody else who is told gets the report."""
    (found,) = read(text).drafts
    copies = [one.text for one in found.copy_to]
    assert copies == copied
    assert [one.text for one in found.report_to if one.text not in copies] == told
    raw = found.to_json()
    assert [one["text"] for one in raw["copy_to"]] == copied


def test_addressees_go_from_the_draft_to_the_matter(world: World) -> None:
    """Issue 4.3: what a draft says of addressees, as corrected, stands on the matter it becomes."""
    stream = io.BytesIO(SAID.encode())
    document = upload(stream, name="通知.txt", about=About(), actor=world.officer, at=AT)
    item = document.items.get()
    assert (item.report_to, item.copy_to) == (["市委督查室"], ["市审计局、市纪委监委机关"])
    item.document = document
    checking.edit(
        item=item,
        title=item.title,
        limit_words=checking.printed(item.rules),
        units=item.units,
        report_to=["市委督查室", "市委专题会议"],
        copy_to=["市审计局"],
        actor=world.officer,
        at=AT,
    )
    (matter,) = submit(document=document, method="办", purpose="落实", actor=world.officer, at=AT)
    assert matter.report_to == [
        {"name": "市委督查室", "unit": unit("市委督查室").code},
        {"name": "市委专题会议", "unit": ""},
    ]
    assert matter.copy_to == [{"name": "市审计局", "unit": unit("市审计局").code}]


def test_plan_form_shows_and_changes_them_and_the_trail_says_so(world: World) -> None:
    """The registering form takes names; what is no unit stays as words; the trail has both."""
    page = browser(world.officer)
    form = {"title": "题", "regime": "document", "report_to": "市委督查室，市委专题会议"}
    page.post(reverse("matters:new"), form | {"submission_key": str(uuid4())})
    matter = Matter.objects.get()
    assert (matter.report_names, matter.copy_names) == ("市委督查室、市委专题会议", "")
    address = reverse("matters:plan", args=[matter.pk])
    assert 'value="市委督查室、市委专题会议"' in page.get(address).content.decode()
    page.post(address, form | {"revision": "0", "report_to": "", "copy_to": "市财政局"})
    matter.refresh_from_db()
    assert (matter.report_names, matter.copy_names) == ("", "市财政局")
    entry = Entry.objects.get(action="matters.planned")
    assert said(entry, "before")["report_to"] == "市委督查室、市委专题会议"
    assert said(entry, "after")["copy_to"] == "市财政局"
    shown = page.get(reverse("matters:matter", args=[matter.pk])).content.decode()
    assert '<dt>抄送</dt><dd lang="zh-Hans">市财政局</dd>' in shown
    many = "、".join(f"单位{n}" for n in range(MOST + 1))
    refused = page.post(address, form | {"revision": "1", "copy_to": many})
    assert refused.status_code == 422
    assert many in refused.content.decode()
    with pytest.raises(Invalid):
        draft(plan=Plan(title="题", report_to=("长" * 61,)), actor=world.officer, at=AT)


def test_slip_names_them_in_pdf_and_docx(world: World) -> None:
    """S2-89: the slip says who gets the report and who a copy; a joint unit reports to its lead."""
    share = assigned(world, FULL)
    page = browser(world.officer)
    rows = dict(slip_of(share).rows)
    assert (rows["报送对象"], rows["抄　　送"]) == ("市委督查室、市委专题会议", "市财政局")
    pdf = page.get(reverse("bulletins:slip", args=[share.pk])).content
    sheets = pypdfium2.PdfDocument(pdf)
    printed = "".join(sheet.get_textpage().get_text_range() for sheet in sheets)
    assert "市委督查室、市委专题会议" in "".join(printed.split())
    docx = page.get(reverse("bulletins:slip-docx", args=[share.pk])).content
    cells = [cell.text for table in Document(io.BytesIO(docx)).tables for cell in table._cells]
    assert "市委督查室、市委专题会议" in cells
    Assignment.objects.filter(pk=share.pk).update(part=Part.JOINT)
    share.refresh_from_db()
    assert "报送对象" not in dict(slip_of(share).rows)
    assert "报送对象" not in dict(slip_of(assigned(world, PLAN)).rows)


def test_api_takes_and_gives_them_by_name_or_code(world: World) -> None:
    """HTML and API share the verb; null keeps what is there, an empty list clears it."""
    office, finance = Api(token(world.officer)), unit("市财政局")
    body = BODY | {"report_to": ["市委专题会议", finance.code], "copy_to": [finance.name]}
    made = office.call("POST", "/matters", body)
    told = [{"code": None, "name": "市委专题会议"}, {"code": finance.code, "name": "市财政局"}]
    assert made.json()["report_to"] == told
    assert made.json()["copy_to"] == told[1:]
    path = f"/matters/{made.json()['id']}/plan"
    kept = office.call("PUT", path, BODY | {"revision": 0, "copy_to": []}).json()
    assert (kept["report_to"], kept["copy_to"]) == (told, [])
    assert office.call("POST", "/matters", BODY | {"copy_to": ["长" * 61]}).status_code == 422


def test_they_are_shown_as_they_were_known(world: World) -> None:
    """B19: the page of a past moment names the addressees of then."""
    matter = assigned(world, FULL).matter
    later = AT + timedelta(days=2)
    plan = replace(FULL, report_to=(), copy_to=("市审计局",))
    matter = replan(matter=matter, plan=plan, revision=0, actor=world.officer, at=later)
    moments = (AT + timedelta(days=1), later + timedelta(days=1))
    pages = [
        matter_page(world.officer, matter, Moment(at, at, at.date(), at.date())) for at in moments
    ]
    found = [(page.plan["report_to"], page.plan["copy_to"]) for page in pages if page]
    assert found == [("市委督查室、市委专题会议", "市财政局"), ("", "市审计局")]


def test_parts_inherit_them_and_a_merged_unit_hands_them_on(world: World) -> None:
    """R-SUP-1: a part reports as its whole; the successor gets what the merged unit got, once."""
    plan = replace(PLAN, report_to=("市财政局", "市审计局"), copy_to=("市财政局",))
    whole = assigned(world, plan).matter
    whole = Matter.objects.get(pk=whole.pk)
    part = SubMatter(Plan(title="分项", copy_to=("市审计局",)))
    (made,) = decompose(matter=whole, parts=[part], actor=world.officer, at=AT)
    assert (made.report_names, made.copy_names) == ("市财政局、市审计局", "市审计局")
    late = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
    merge_unit(unit=unit("市财政局"), into=unit("市审计局"), basis="方案", actor=SYSTEM, at=late)
    whole.refresh_from_db()
    assert whole.report_to == whole.copy_to == [{"name": "市审计局", "unit": unit("市审计局").code}]
    entries = Entry.objects.filter(action="matters.readdressed", object_id=str(whole.pk))
    assert said(entries.get(), "before") == {"report": "市财政局、市审计局", "copy": "市财政局"}


def test_leader_reads_them_in_the_one_minute(world: World) -> None:
    """ui.md 5.7: an overdue instruction says who waits for the report."""
    share = assigned(world, FULL)
    gone = AT - timedelta(days=9)
    Matter.objects.filter(pk=share.matter_id).update(
        instructed_by=world.leader.person_id, on_clock=True, attention_at=gone, overdue_at=gone
    )
    shown = browser(world.leader).get(reverse("figures:home")).content.decode()
    assert '报 <span lang="zh-Hans">市委督查室、市委专题会议</span>' in shown
