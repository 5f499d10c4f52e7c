"""The review of a very long document: leaf by leaf, bounded, without losing place or count."""

import io
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from luoshi.desks.meetings.domain import checking, covering, undoing
from luoshi.desks.meetings.domain.merging import merge
from luoshi.desks.meetings.domain.queries.leafing import (
    CHARACTERS,
    LINES,
    Leaf,
    leaf_at,
    leaves,
)
from luoshi.desks.meetings.domain.queries.showing import paragraphs
from luoshi.desks.meetings.domain.splitting import places, split
from luoshi.desks.meetings.domain.uploading import About, upload, write
from luoshi.desks.meetings.enums import ReadingState
from luoshi.desks.meetings.models import DraftItem, NumberedPoint, SourceDocument
from tests.counting import queries_of
from tests.desks.test_review_page import part_of, parts_in, path, signed_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
SENTENCE = "{}、市财政局要在收到之日起15日内提出意见，并于每季度末向市委办公室报送第{}项进展。\n"
MOST_BYTES = 450_000
QUERIES = 31


@pytest.fixture(scope="module")
def text() -> str:
    """4,500 numbered duties under one title."""
    return "关于做好重点工作的通知\n" + "".join(SENTENCE.format(n, n) for n in range(1, 4501))


@pytest.fixture
def world() -> World:
    return make_world()


def bring(world: World, text: str) -> SourceDocument:
    """A document that is read, however long it is."""
    head = io.BytesIO(text[:600].encode())
    made = upload(head, name="通知.txt", about=About(), actor=world.officer, at=AT)
    made.items.all().delete()
    made.points.all().delete()
    made.text, made.reading = text, ReadingState.READ
    made.save()
    write(made, text, [], AT)
    return made


def queries(client: Client, address: str, **headers: str) -> int:
    """How many queries an answer of bounded size took."""
    answer, number = queries_of(lambda: client.get(address, headers=headers))
    assert answer.status_code == 200
    assert len(answer.content) < MOST_BYTES
    return number


def drafts_in(answer: Any) -> list[int]:
    """The numbers of the rows of an answer, in order."""
    return [int(n) for n in re.findall(r'data-draft="(\d+)"', answer.content.decode())]


def link(answer: Any, key: str) -> str:
    """Where a key leads."""
    found = re.search(rf'data-key="{key}"[^>]* href="([^"#]*)', answer.content.decode())
    assert found is not None
    return found.group(1)


def test_thousands_of_drafts_are_shown_leaf_by_leaf(world: World, text: str) -> None:
    """style.md: 3 drafts and 4,500, the same queries at the first, a middle and the last leaf; the
    page is bounded; source and drafts are of the same stretch; counts are of the whole."""
    few, many = bring(world, text[:120]), bring(world, text)
    assert many.items.count() == 4500
    client = signed_in("li")
    client.get(path(few))
    least = queries(client, path(few) + "?item=1")
    for number in (1, 2250, 4500):
        assert queries(client, f"{path(many)}?item={number}") == least
    assert least <= QUERIES
    page = client.get(f"{path(many)}?item=2250")
    shown = drafts_in(page)
    assert 2250 in shown
    assert len(shown) <= LINES
    marked = {int(n) for n in re.findall(r'<mark data-item="(\d+)"', page.content.decode())}
    assert marked == set(shown)
    assert "0 / 4500" in page.content.decode()
    found = part_of(client, many, since=0, was=2251)
    assert "paper" in parts_in(found)  # from another leaf: the text comes with it
    steps = {"X-Part": "step", "X-Since": "0", "X-Was": "2251"}
    assert queries(client, f"{path(many)}?item=2250", **steps) <= least
    near = client.get(f"{path(many)}?item=2250", headers=steps)
    assert drafts_in(near) == [2250, 2251]


def test_keys_step_over_the_border_and_a_part_may_be_opened(world: World, text: str) -> None:
    """ui.md 11: j from the last draft of a part opens the first of the next, k goes back."""
    document = bring(world, text[: 400 * 46])
    client = signed_in("li")
    first = client.get(path(document) + "?part=1")
    last = drafts_in(first)[-1]
    assert link(client.get(f"{path(document)}?item={last}"), "KeyJ") == f"?item={last + 1}"
    over = client.get(f"{path(document)}?item={last + 1}")
    assert drafts_in(over)[0] == last + 1
    assert link(over, "KeyK") == f"?item={last}"
    assert link(over, "BracketLeft") == "?part=1"
    assert link(over, "BracketRight") == "?part=3"
    assert 'data-here="item=1"' in first.content.decode()
    assert drafts_in(client.get(path(document) + "?part=2")) == drafts_in(over)
    for strange in ("0", "99", "x", "-1"):
        assert drafts_in(client.get(f"{path(document)}?part={strange}")) == drafts_in(first)


def test_deciding_goes_on_in_the_next_part_and_is_undone_there(world: World, text: str) -> None:
    """A review of parts is one review: the next draft to check, undo, split and merge over a
    border, two officers, and the coverage of the whole."""
    document = bring(world, text[: 400 * 46])
    client = signed_in("li")
    last = drafts_in(client.get(path(document) + "?part=1"))[-1]
    DraftItem.objects.filter(document=document, number__lte=last).update(state="accepted")
    fresh = client.get(path(document))
    assert drafts_in(fresh)[0] == last + 1
    assert f"{last} / {document.items.count()}" in fresh.content.decode()
    item = document.items.get(number=last + 1)
    answer = client.post(
        path(document, "drafts", str(item.number), "decision"),
        {"state": "accepted", "revision": "0"},
    )
    assert answer.url.endswith(f"?item={last + 2}#current")
    item.refresh_from_db()
    item.document = document
    undoing.undo(item=item, actor=world.second_officer, at=AT)
    poll = {"X-Part": "poll", "X-Since": "0", "X-Was": str(last + 3)}
    seen = client.get(f"{path(document)}?item={last + 3}", headers=poll)
    assert {"paper", "rows"} <= set(parts_in(seen))  # the colleague's undoing
    edge = document.items.get(number=last)
    DraftItem.objects.filter(pk=edge.pk).update(state="to_check")
    one, two = document.items.get(number=last), document.items.get(number=last + 1)
    one.document = two.document = document
    merge(item=one, other=two, actor=world.officer, at=AT)
    joined = client.get(f"{path(document)}?item={last}").content.decode()
    assert f'<mark data-item="{last}" class="on"' in joined
    reached = client.get(f"{path(document)}?item={last + 2}").content.decode()
    assert f'<mark data-item="{last}" class=""' in reached
    assert last not in drafts_in(client.get(f"{path(document)}?item={last + 2}"))
    undoing.undo_last(document=document, actor=world.officer, at=AT)
    third = document.items.get(number=last + 2)
    third.document = document
    made = split(item=third, offset=places(third, document.text)[0][0], actor=world.officer, at=AT)
    assert made.number in drafts_in(client.get(f"{path(document)}?item={made.number}"))
    borders = [leaf.start for leaf in leaves(document.text)]
    assert [leaf.start for leaf in leaves(SourceDocument.objects.get(pk=document.pk).text)] == (
        borders
    )
    waiting = document.points.count() - (last - 1)
    assert len(covering.uncovered(document)) == waiting


def test_coverage_of_thousands_says_what_the_slow_way_says(world: World, text: str) -> None:
    """S2-93: the quick coverage equals comparing every point with every draft, links included."""
    document = bring(world, text[: 120 * 46])
    rows = list(document.items.order_by("start"))
    for row in rows[::3]:
        row.document = document
        checking.decide(item=row, state="accepted", actor=world.officer, at=AT)
    rows[0].end = rows[40].end  # one draft over many points
    rows[0].save()
    point = document.points.order_by("start")[50]
    covering.link(point=point, number=rows[90].number, actor=world.officer, at=AT)
    taken = list(document.items.filter(state="accepted"))
    slow = []
    for one in NumberedPoint.objects.filter(document=document).order_by("start"):
        inside = [
            row.number
            for row in taken
            if (row.start < one.end and row.end > one.start) or row.pk == one.linked_id
        ]
        slow.append(inside[:6])
    with CaptureQueriesContext(connection) as found:
        quick = covering.coverage(document)
    assert [[draft.number for draft in cover.drafts] for cover in quick] == slow
    assert len(found) == 2


@given(st.lists(st.sampled_from(["", "一、要办。", "长" * 70 + "。", "无点" * 9000]), max_size=400))
def test_leaves_are_the_text_and_stay_small(lines: list[str]) -> None:
    """Every character lies on one leaf; no leaf holds more than its lines and characters."""
    text = "\n".join(lines)
    found = leaves(text)
    assert "".join(text[leaf.start : leaf.end] for leaf in found) == text
    assert [leaf.number for leaf in found] == list(range(1, len(found) + 1))
    for leaf in found:
        own = text[leaf.start : leaf.end]
        assert len(own) <= CHARACTERS + 1
        assert len(own.rstrip("\n").split("\n")) <= LINES or not own.strip()
        assert leaf_at(found, leaf.start) == leaf


def test_lines_of_a_leaf_are_its_stretch_of_the_text() -> None:
    """The offsets of a leaf's lines count from the beginning of the document."""
    text = "第一行。\n第二行。\n第三行。\n"
    document = SourceDocument(text=text, title="题")
    (row, *rest) = paragraphs(document, [], Leaf(2, 3, 5, 10))
    assert (row.at, row.segments[0].pieces[0].text, rest) == (5, "第二行。", [])
