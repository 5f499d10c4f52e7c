"""The drafting review page over HTTP: whole and in parts, without scripts, at any size."""

import io
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from luoshi.desks.meetings.domain import checking
from luoshi.desks.meetings.domain.adding import add_missed
from luoshi.desks.meetings.domain.keeping import keep
from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.desks.meetings.models import SourceDocument, UnsentEdit
from luoshi.foundation.accounts.models import User
from tests.counting import queries_of
from tests.security.world import sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
SENTENCE = "{}、市财政局要在收到之日起15日内向市委办公室报送第{}项进展。\n"


@pytest.fixture
def world() -> World:
    return make_world()


def bring(world: World, count: int) -> SourceDocument:
    """A notice of so many numbered sentences, each a draft."""
    text = "关于做好重点工作的通知\n" + "".join(SENTENCE.format(n, n) for n in range(1, count + 1))
    stream = io.BytesIO(text.encode())
    return upload(stream, name="通知.txt", about=About(), actor=world.officer, at=AT)


def signed_in(username: str) -> Client:
    """Somebody's browser, without scripts."""
    client = Client()
    sign_in(client, User.objects.get(username=username))
    return client


def path(document: SourceDocument, *more: str) -> str:
    """An address of the document."""
    return "/".join([f"/drafting/{document.pk}", *more]) + "/"


def part_of(client: Client, document: SourceDocument, **headers: Any) -> Any:
    """A step's answer."""
    found = {f"X-{name.capitalize()}": str(value) for name, value in headers.items()}
    return client.get(path(document), headers={"X-Part": "step", **found})


def parts_in(answer: Any) -> list[str]:
    """The ids of the parts of an answer, in order."""
    return re.findall(r'id="([a-z]+\d*)"[^>]* data-part', answer.content.decode())


def queries(client: Client, document: SourceDocument, **headers: Any) -> int:
    """How many queries an answer took."""
    answer, number = queries_of(
        lambda: part_of(client, document, **headers) if headers else client.get(path(document))
    )
    assert answer.status_code == 200
    return number


def test_page_asks_for_as_many_rows_in_as_many_queries(world: World) -> None:
    """style.md: 3 and 30 drafts, the same queries, whole and in parts."""
    few, many = bring(world, 3), bring(world, 30)
    client = signed_in("li")
    client.get(path(few))
    assert queries(client, few) == queries(client, many)
    changed = {"since": 0, "was": 2}
    assert queries(client, few, **changed) == queries(client, many, **changed)
    for document in (few, many):
        for item in document.items.all():
            item.document = document
            checking.decide(item=item, state="accepted", actor=world.officer, at=AT)
    assert queries(client, few) == queries(client, many)


def test_part_holds_only_what_changed(world: World) -> None:
    """A step brings the row left, the row opened, and what a colleague did; a new list brings
    the text with it; nothing new is no answer at all."""
    document = bring(world, 30)
    client = signed_in("li")
    item = document.items.get(number=1)
    item.document = document
    checking.decide(item=item, state="accepted", actor=world.officer, at=AT)
    other = document.items.get(number=20)
    other.document = document
    checking.decide(item=other, state="rejected", actor=world.second_officer, at=AT)
    client.get(path(document) + "?item=2")
    found = part_of(client, document, since=1, was=1)
    rows = [name for name in parts_in(found) if re.fullmatch(r"d\d+", name)]
    assert rows == ["d1", "d2", "d20"]
    assert "paper" not in parts_in(found)
    poll = {"X-Part": "poll", "X-Since": "2"}
    assert client.get(path(document), headers=poll).status_code == 204
    words = document.text[:11]
    add_missed(document=document, start=0, end=11, words=words, actor=world.officer, at=AT)
    found = client.get(path(document), headers=poll)
    assert {"paper", "rows", "progress", "points", "foot"} <= set(parts_in(found))


def test_colleague_is_named_and_row_is_locked_while_they_type(world: World) -> None:
    """ui.md 5.4: two people at once: row locked, name shown."""
    document = bring(world, 3)
    item = document.items.get(number=1)
    item.document = document
    values = {"title": "题", "limit_words": "", "units": [], "report_to": []}
    keep(item=item, values=values, actor=world.second_officer, at=datetime.now(UTC))
    client = signed_in("li")
    page = client.get(path(document) + "?item=1").content.decode()
    assert world.second_officer.person_name in page
    assert 'data-key="KeyA"' not in page
    open_page = client.get(path(document) + "?item=2").content.decode()
    assert world.second_officer.person_name in open_page
    assert 'data-key="KeyA"' in open_page


def test_everything_works_by_forms_alone(world: World) -> None:
    """Without scripts: keep, correct with addressees, merge, undo, days, link, add by words."""
    document = bring(world, 4)
    client = signed_in("li")
    text = {"revision": "0", "title": "报送进展", "limit": "每月", "unit": ["市财政局"]}
    fields = text | {"role": ["lead"], "report_to": "市委、市政府办公室"}
    kept = client.post(path(document, "drafts", "1", "keeping"), fields, follow=True)
    assert "每月" in kept.content.decode()
    assert UnsentEdit.objects.get().values["report_to"] == ["市委", "市政府办公室"]
    client.post(path(document, "drafts", "1", "correction"), fields)
    item = document.items.get(number=1)
    assert (item.state, item.report_to) == ("accepted", ["市委", "市政府办公室"])
    assert not UnsentEdit.objects.exists()
    merged = client.post(
        path(document, "drafts", "2", "merging"), {"revision": "0", "with": "3:0"}, follow=True
    )
    assert merged.redirect_chain[0][0].endswith("?item=2#current")
    assert document.items.get(number=3).state == "merged"
    client.post(path(document, "undoing"), {"item": "2"})
    assert document.items.get(number=3).state == "to_check"
    point = document.points.order_by("start")[3]
    client.post(path(document, "points", str(point.pk), "link"), {"number": "1", "item": "2"})
    point.refresh_from_db()
    assert point.linked_id == item.pk
    days = {"issued_on": "2026-2-5", "meeting_on": "", "received_on": "2026-2-9", "item": "2"}
    dated = client.post(path(document, "days"), days, follow=True).content.decode()
    assert "2026年2月24日" in dated or "24 Feb 2026" in dated
    typed = client.get(path(document, "days"), days | {"received_on": "2026-3-9"})
    assert typed.content.decode().count('datetime="2026-03-24"') >= 3
    assert client.get(path(document, "days"), days | {"issued_on": "3"}).status_code == 200
    assert client.post(path(document, "days"), days | {"issued_on": "3"}).status_code == 422
    words = document.text[:11]
    assert client.post(path(document, "drafts"), {"words": words}).status_code == 302
    assert document.items.get(number=5).start == 0


def test_autosave_answers_with_its_time_and_what_was_typed_returns(world: World) -> None:
    """Leaving and returning loses nothing, even when a colleague decided meanwhile."""
    document = bring(world, 3)
    client = signed_in("li")
    fields = {"revision": "0", "title": "我的题目", "limit": "每月", "report_to": "市委"}
    address = path(document, "drafts", "1", "keeping")
    answer = client.post(address, fields, headers={"X-Autosave": "1"})
    assert re.fullmatch(r"\d\d:\d\d", json.loads(answer.content)["saved"])
    UnsentEdit.objects.update(saved_at=AT)
    item = document.items.get(number=1)
    item.document = document
    checking.edit(
        item=item,
        title="同事的题目",
        limit_words="",
        units=[],
        actor=world.second_officer,
        at=datetime.now(UTC),
    )
    refused = client.post(path(document, "drafts", "1", "correction"), fields)
    assert refused.status_code == 409
    page = client.get(path(document) + "?item=1").content.decode()
    assert "我的题目" in page
    assert "同事的题目" in page
    client.post(address, {"act": "drop"})
    assert not UnsentEdit.objects.exists()
