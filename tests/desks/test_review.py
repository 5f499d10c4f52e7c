"""A review's steps: merging, adding by place, addressees, days, points, undoing all of them, and
two officers at one document."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from luoshi.desks.meetings.domain import checking, covering, undoing
from luoshi.desks.meetings.domain.adding import add_missed, place_of
from luoshi.desks.meetings.domain.dating import Days, set_days
from luoshi.desks.meetings.domain.keeping import drop, keep, unsent_in
from luoshi.desks.meetings.domain.merging import merge, partners
from luoshi.desks.meetings.domain.queries.sampling import samples
from luoshi.desks.meetings.domain.queries.showing import paragraphs
from luoshi.desks.meetings.domain.splitting import places, split
from luoshi.desks.meetings.domain.stepping import snapshot
from luoshi.desks.meetings.domain.submitting import submit
from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.desks.meetings.models import DraftItem, ReviewStep, SourceDocument
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import ReportDuty
from tests.security.world import sign_in
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
TEXT = """关于做好重点工作的通知
一、市财政局要在收到之日起15日内提出意见，并于每季度末报送进展。
二、市应急局要于6月底前完成隐患排查。
三、市教育局要及时向市委办公室报告进展。
四、各单位要讲政治。
五、各单位要讲政治。
"""


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def document(world: World) -> SourceDocument:
    stream = io.BytesIO(TEXT.encode())
    return upload(stream, name="通知.txt", about=About(), actor=world.officer, at=AT)


def items(document: SourceDocument) -> list[DraftItem]:
    """The drafts as a fresh page shows them."""
    return list(document.items.select_related("document").order_by("start", "number"))


def state_of(document: SourceDocument) -> list[dict[str, Any]]:
    """Everything a step may change."""
    rows = [*items(document), *document.points.order_by("start")]
    return [{"pk": str(row.pk)} | snapshot(row) for row in rows]


def correct(item: DraftItem, actor: Any, **changed: Any) -> DraftItem:
    """Edit a draft, all else as it is."""
    given = {"title": item.title, "limit_words": checking.printed(item.rules), "units": item.units}
    return checking.edit(item=item, **(given | changed), actor=actor, at=AT)


def refused(act: Callable[[], object]) -> str:
    """The code of the refusal."""
    with pytest.raises(Refused) as found:
        act()
    return found.value.code


def test_merging_unites_words_limits_units_and_addressees(
    world: World, document: SourceDocument
) -> None:
    """ui.md 5.4: two drafts that are one duty become one; the other stays as merged."""
    first, second, third = items(document)[:3]
    assert partners(first) == [second, third]
    joined = merge(item=second, other=third, actor=world.officer, at=AT)
    third.refresh_from_db()
    assert (joined.start, joined.end) == (second.start, third.end)
    assert [unit["name"] for unit in joined.units] == ["市应急局", "市教育局"]
    assert [rule["type"] for rule in joined.rules] == ["once", "vague"]
    assert joined.report_to == ["市委办公室"]
    assert joined.title == f"{second.title}；{third.title}"
    assert {span["kind"] for span in joined.spans} == {"when", "who", "to", "act"}
    assert (joined.state, joined.shape, third.state) == ("to_check", "joined", "merged")
    assert refused(lambda: merge(item=joined, other=joined, actor=world.officer, at=AT)) == (
        "nothing-to-merge"
    )
    assert undoing.undo_last(document=document, actor=world.officer, at=AT) == second.number
    second, third = items(document)[1:3]
    joined = merge(item=second, other=third, actor=world.officer, at=AT)
    third.refresh_from_db()
    assert refused(
        lambda: checking.decide(item=third, state="accepted", actor=world.officer, at=AT)
    ) == ("merged-meanwhile")


def test_added_words_are_found_where_they_were_selected(
    world: World, document: SourceDocument
) -> None:
    """A sentence that stands twice is added at the selected place, with offsets of the text."""
    words = "各单位要讲政治。"
    place = document.text.rindex(words)
    row = add_missed(
        document=document,
        start=place,
        end=place + len(words) + 1,
        words=words + "\r\n",
        actor=world.officer,
        at=AT,
    )
    assert (row.start, row.end, row.shape) == (place, place + len(words), "added")
    assert [document.text[s["start"] : s["end"]] for s in row.spans] == ["各单位", "要"]
    assert place_of(document, words)[0] == document.text.index(words)
    assert place_of(document, f" {words}\r\n")[0] == document.text.index(words)
    with pytest.raises(Invalid):
        place_of(document, "没有这句话。")
    with pytest.raises(Invalid):
        add_missed(document=document, start=3, end=9, words=words, actor=world.officer, at=AT)
    again = {"start": place, "end": place + len(words), "words": words}
    assert refused(lambda: add_missed(document=document, **again, actor=world.officer, at=AT)) == (
        "drafted-already"
    )


def test_every_step_can_be_undone_and_leaves_everything_as_it_was(
    world: World, document: SourceDocument
) -> None:
    """ui.md rule 7: accept, reject, edit, split, merge, add, link, waive, release; Z each time."""
    one, two, three = items(document)[:3]
    point = document.points.order_by("start").last()
    assert point is not None
    point.document = document
    me = {"actor": world.officer, "at": AT}

    def now(item: DraftItem) -> DraftItem:
        return DraftItem.objects.select_related("document").get(pk=item.pk)

    steps: list[Callable[[], object]] = [
        lambda: checking.decide(item=now(one), state="accepted", **me),
        lambda: checking.decide(item=now(two), state="rejected", reason="重复", **me),
        lambda: correct(now(three), world.officer, report_to=["市政府"], limit_words="每月"),
        lambda: split(item=now(one), offset=places(now(one), document.text)[0][0], **me),
        lambda: merge(item=now(one), other=now(three), **me),
        lambda: add_missed(document=document, start=0, end=11, words=document.text[:11], **me),
        lambda: covering.link(point=point, number=one.number, **me),
        lambda: covering.release(point=point, **me),
        lambda: covering.waive(point=point, reason="不涉及", **me),
    ]
    pictures = []
    for step in steps:
        pictures.append(state_of(document))
        step()
        point.refresh_from_db()
        point.document = document
    for picture in reversed(pictures):
        undoing.undo_last(document=document, **me)
        assert state_of(document) == picture
    assert refused(lambda: undoing.undo_last(document=document, **me)) == "nothing-to-undo"
    assert ReviewStep.objects.filter(undone=False).count() == 0


def test_undoing_one_draft_takes_its_last_step_back(world: World, document: SourceDocument) -> None:
    """A colleague's decision too; a step whose other draft was changed since is refused."""
    one = items(document)[0]
    first = snapshot(one)
    second = split(item=one, offset=places(one, document.text)[0][0], actor=world.officer, at=AT)
    one.refresh_from_db()
    second = checking.decide(item=second, state="accepted", actor=world.second_officer, at=AT)
    assert refused(lambda: undoing.undo(item=one, actor=world.officer, at=AT)) == "changed-since"
    assert refused(lambda: undoing.undo_last(document=document, actor=world.officer, at=AT)) == (
        "changed-since"
    )
    again = undoing.undo(item=second, actor=world.officer, at=AT)
    assert (again.state, again.decided_by_name) == ("to_check", "")
    whole = undoing.undo(item=one, actor=world.officer, at=AT)
    assert snapshot(whole) == first
    assert not document.items.filter(pk=second.pk).exists()


@pytest.mark.parametrize("verb", ["accept", "reject", "edit", "split", "merge", "into", "undo"])
@pytest.mark.parametrize("before", ["split", "edit", "merge", "undone"])
def test_nothing_is_done_to_a_draft_a_colleague_changed(
    world: World, document: SourceDocument, before: str, verb: str
) -> None:
    """Two officers: whatever the page showed is old, every verb is refused with the name."""
    one = items(document)[0]
    other = {"actor": world.second_officer, "at": AT}
    cut = places(one, document.text)[0][0]
    fresh = items(document)[0]
    if before == "split":
        split(item=fresh, offset=cut, **other)
    elif before == "edit":
        correct(fresh, world.second_officer, title="另一题目")
    elif before == "merge":
        merge(item=fresh, other=items(document)[1], **other)
    else:
        decided = checking.decide(item=fresh, state="rejected", **other)
        undoing.undo(item=decided, **other)
    picture = state_of(document)
    me = {"actor": world.officer, "at": AT}
    third = items(document)[-1]
    verbs: dict[str, Callable[[], object]] = {
        "accept": lambda: checking.decide(item=one, state="accepted", **me),
        "reject": lambda: checking.decide(item=one, state="rejected", **me),
        "edit": lambda: correct(one, world.officer, title="我的题目"),
        "split": lambda: split(item=one, offset=cut, **me),
        "merge": lambda: merge(item=one, other=third, **me),
        "into": lambda: merge(item=third, other=one, **me),
        "undo": lambda: undoing.undo(item=one, **me),
    }
    if (before, verb) == ("edit", "accept"):
        verbs[verb]()  # accepted alike: theirs stands
    else:
        with pytest.raises(Refused) as found:
            verbs[verb]()
        assert found.value.code in {"changed-meanwhile", "decided-meanwhile"}
        assert world.second_officer.person_name in str(found.value)
    assert state_of(document) == picture


def test_typed_edits_are_kept_for_their_person_and_hold_the_draft(
    world: World, document: SourceDocument
) -> None:
    """Leaving loses nothing; a colleague sees the name and waits five minutes at most."""
    one = items(document)[0]
    values = {"title": "草拟中", "limit_words": "每月", "units": [], "report_to": ["市委"]}
    keep(item=one, values=values, actor=world.officer, at=AT)
    mine = unsent_in(document, world.officer, AT)
    theirs = unsent_in(document, world.second_officer, AT)
    assert [edit.values for edit in mine.mine.values()] == [values]
    assert [edit.person_name for edit in theirs.held.values()] == [world.officer.person_name]
    decide = {"item": one, "state": "accepted", "actor": world.second_officer}
    assert refused(lambda: checking.decide(**decide, at=AT)) == "being-edited"
    later = AT + timedelta(minutes=6)
    checking.decide(**decide, at=later)
    assert refused(lambda: correct(one, world.officer, **values)) == "decided-meanwhile"
    assert unsent_in(document, world.officer, later).mine.keys() == {one.pk}
    for item in items(document)[1:]:
        checking.decide(item=item, state="rejected", actor=world.officer, at=later)
    for point in covering.uncovered(document):
        point.document = document
        covering.waive(point=point, reason="无", actor=world.officer, at=later)
    send = {"document": document, "method": "法", "purpose": "的", "at": later}
    assert refused(lambda: submit(**send, actor=world.officer)) == "edits-unsent"
    drop(item=one, actor=world.officer, at=later)
    assert len(submit(**send, actor=world.officer)) == 1


def test_days_move_every_due_date_with_its_trace(world: World, document: SourceDocument) -> None:
    """B2: the issue, meeting and receipt days are the anchors; nothing known = as if today."""
    one = items(document)[0]
    today = date(2026, 3, 6)
    assert samples(document, one.rules, "zh", today)[0]["assumed"] is True
    days = Days(received_on=date(2026, 2, 9), issued_on=date(2026, 2, 5))
    set_days(document=document, days=days, shown=Days(), actor=world.second_officer, at=AT)
    document.refresh_from_db()
    found = samples(document, one.rules, "zh", today)[0]
    assert (found["due"], found["assumed"]) == (date(2026, 2, 24), False)
    assert "2月9日" in found["lines"][0]
    typed = samples(document, one.rules, "zh", today, Days(received_on=date(2026, 4, 1)))[0]
    assert typed["due"] == date(2026, 4, 16)
    assert document.issued_on == date(2026, 2, 5)
    mine = {"days": Days(meeting_on=date(2026, 2, 4)), "shown": Days(), "actor": world.officer}
    assert refused(lambda: set_days(document=document, **mine, at=AT)) == "days-changed-meanwhile"


def test_months_of_a_plan_without_a_year_are_of_the_year_it_is_for(world: World) -> None:
    """B2: 2026年工作要点 read in November: 3月底前 is of 2026, on the page and in the matter; a day
    that is known says more, and the year in the title of a notice says nothing."""
    november = datetime(2026, 11, 29, 2, 0, tzinfo=UTC)

    def brought(title: str, task: str) -> tuple[SourceDocument, date]:
        stream = io.BytesIO(f"{title}\n一、市应急局要于3月底前{task}。\n".encode())
        made = upload(stream, name="x.txt", about=About(), actor=world.officer, at=november)
        rules = items(made)[0].rules
        return made, samples(made, rules, "zh", november.date())[0]["due"]

    notice, due = brought("关于报送2026年总结的通知", "报送全年总结")
    assert due == date(2027, 3, 31)
    plan, due = brought("市应急局2026年工作要点", "完成隐患排查")
    assert due == date(2026, 3, 31)
    told = samples(plan, items(plan)[0].rules, "zh", november.date())[0]["lines"]
    assert any("按计划年度取2026年" in line for line in told), told
    days = Days(issued_on=date(2026, 12, 20))
    assert samples(plan, items(plan)[0].rules, "zh", november.date(), days)[0]["due"].year == 2027
    today = {"document": "2026-11-29"}
    for document, known in ((plan, today | {"plan": "2026-01-01"}), (notice, today)):
        decided = {"state": "accepted", "actor": world.officer, "at": november}
        checking.decide(item=items(document)[0], **decided)
        given = {"method": "报告", "purpose": "落实", "actor": world.officer, "at": november}
        (matter,) = submit(document=document, **given)
        assert matter.anchors == known
        shares = [Share(world.bureau, Part.SOLE)]
        assign(matter=matter, shares=shares, actor=world.officer, at=november)
        due = ReportDuty.objects.filter(assignment__matter=matter).earliest("due_at").due_at
        assert due.date() == date(2026 if document is plan else 2027, 3, 31)


def test_points_are_covered_by_links_and_reasons_once(
    world: World, document: SourceDocument
) -> None:
    """S2-93: a point may be carried out by a draft elsewhere; a colleague's cover stands."""
    one = items(document)[0]
    point = covering.uncovered(document)[-1]
    stale = document.points.get(pk=point.pk)
    point.document = stale.document = document
    covering.link(point=point, number=one.number, actor=world.officer, at=AT)
    assert point.pk in {p.pk for p in covering.uncovered(document)}
    checking.decide(item=one, state="accepted", actor=world.officer, at=AT)
    assert point.pk not in {p.pk for p in covering.uncovered(document)}
    assert refused(
        lambda: covering.waive(point=stale, reason="无", actor=world.second_officer, at=AT)
    ) == ("covered-meanwhile")
    covering.release(point=point, actor=world.officer, at=AT)
    with pytest.raises(Invalid):
        covering.link(point=stale, number=99, actor=world.officer, at=AT)


def test_source_is_marked_by_kind_and_overlapping_drafts_show_the_shorter(
    world: World, document: SourceDocument
) -> None:
    """ui.md 5.4: acts, units, times, words without a number, addressees; every character once."""
    third = items(document)[2]
    add_missed(
        document=document,
        start=third.start,
        end=third.start + 6,
        words=document.text[third.start : third.start + 6],
        actor=world.officer,
        at=AT,
    )
    found = paragraphs(document, items(document))
    lines = ["".join(p.text for s in row.segments for p in s.pieces) for row in found]
    assert "\n".join(lines) + "\n" == document.text
    assert [document.text[row.at : row.at + 2] for row in found[1:4]] == ["一、", "二、", "三、"]
    kinds = {(p.kind, p.text) for row in found for s in row.segments for p in s.pieces if p.kind}
    assert {
        ("act", "要"),
        ("act", "报送"),
        ("who", "市财政局"),
        ("to", "市委办公室"),
        ("vague", "及时"),
        ("when", "6月底前"),
    } <= kinds
    numbers = [s.item.number for s in found[3].segments if s.item]
    assert numbers[0] == len(items(document))
    assert third.number in numbers


def test_steps_from_before_copies_stood_apart_are_still_undone(
    world: World, document: SourceDocument
) -> None:
    """An upgraded site: the memory of an earlier step knows no `copy_to`, and fits all the same."""
    item = items(document)[0]
    before = state_of(document)
    checking.decide(item=item, state="accepted", actor=world.officer, at=AT)
    step = ReviewStep.objects.get()
    kept = dict(step.before["items"][str(item.pk)])
    assert kept.pop("copy_to") == []
    step.before["items"][str(item.pk)] = kept
    now = snapshot(items(document)[0])
    del now["copy_to"]
    text = json.dumps(now, sort_keys=True, ensure_ascii=False)
    step.after[str(item.pk)] = hashlib.sha256(text.encode()).hexdigest()[:16]
    step.save()
    undoing.undo(item=items(document)[0], actor=world.officer, at=AT)
    assert state_of(document) == before


def test_the_page_says_which_limits_count_from_an_assumed_day(world: World) -> None:
    """B1, 2: the text says 10 days and not from when; once the officer writes it, it is said."""
    text = "关于报送自查情况的通知\n市财政局要在10日内报送自查情况，自收到意见之日起3日内整改。\n"
    brought = io.BytesIO(text.encode())
    document = upload(brought, name="通知.txt", about=About(), actor=world.officer, at=AT)
    one = items(document)[0]
    assert one.original["assumed"] == one.rules[:1]
    client = Client()
    sign_in(client, User.objects.get(pk=world.officer.person_id))
    page = client.get(reverse("meetings:document", args=[document.pk])).content.decode()
    assert page.count("原文未写明起算点") == 1
    sample = reverse("meetings:sample", args=[document.pk, one.number])
    for limit, times in ((checking.printed(one.rules), 1), ("收到之日起10日内", 0)):
        shown = client.get(sample, {"limit": limit}).content.decode()
        assert shown.count("原文未写明起算点") == times


def test_an_assumed_limit_stays_one_when_drafts_are_merged_and_apart_again(world: World) -> None:
    """B1, 2: what the second draft brings is still said to be assumed; undone, it is gone."""
    text = "关于报送情况的通知\n市财政局要在10日内报送自查情况。\n市教育局要在20日内报送名单。\n"
    brought = io.BytesIO(text.encode())
    document = upload(brought, name="通知.txt", about=About(), actor=world.officer, at=AT)
    one, two = items(document)
    joined = merge(item=one, other=two, actor=world.officer, at=AT)
    assert joined.original["assumed"] == joined.rules == [*one.original["assumed"], *two.rules]
    undoing.undo_last(document=document, actor=world.officer, at=AT)
    assert items(document)[0].original["assumed"] == one.original["assumed"]
