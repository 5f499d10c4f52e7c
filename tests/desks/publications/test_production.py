"""Publications: numbers, production, items, characters, press (row 92; S2-27, 28, 51, 52)."""

from datetime import date, time
from hashlib import sha256
from io import BytesIO
from typing import Any

import pypdfium2
import pytest

from luoshi.desks.publications import rules
from luoshi.desks.publications.domain.founding import Founding, found
from luoshi.desks.publications.domain.issue.planning import date_issue
from luoshi.desks.publications.domain.issue.producing import back, forward
from luoshi.desks.publications.domain.item.collecting import collect, edit
from luoshi.desks.publications.domain.item.ordering import move
from luoshi.desks.publications.domain.measuring import characters_of, in_ten_thousands
from luoshi.desks.publications.domain.noting import Printed, correct, note
from luoshi.desks.publications.enums import Measure
from luoshi.desks.publications.models import Issue, Item, PressItem
from luoshi.foundation.attachments.domain.storing import stored_path
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import at_clock
from luoshi.supervision.matters.enums import Light
from tests.desks.publications.ground import (
    AT,
    TEXT,
    bring_out,
    clerk_of,
    issue_of,
    journal,
    piece,
    put_in,
)
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
PRESS: dict[str, Any] = {
    "title": "协商在一线",
    "outlet": "清江日报",
    "level": "city",
    "published_on": date(2026, 3, 2),
    "link": "https://example.org/a",
}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def clerk(world: World) -> Actor:
    return clerk_of(world)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("《古桥》，记！", 3),
        ("建于1926年，长86.5米", 7),
        ("WTO与RCEP：it's 2", 5),
        (TEXT, 20),
        ("𬭎〇㐀", 3),
    ],
)
def test_characters_are_han_characters_and_words(text: str, count: int) -> None:
    """S2-27, S2-48: every Han character is one, every word or number one, punctuation none."""
    assert characters_of(text) == count


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (9_999, "9999字"),
        (397_000, "近40万字"),
        (380_000, "38万字"),
        (386_000, "38万余字"),
        (389_500, "近39万字"),
        (400_000, "40万字"),
        (104_000, "10万余字"),
    ],
)
def test_a_sum_stands_beside_its_worded_value(number: int, words: str) -> None:
    """S2-27 “近40万字”, S2-48 “10万余字”; decision 10: exact and worded side by side."""
    assert in_ten_thousands(number) == words


def test_numbers_are_given_once_by_year_or_through_all_years(clerk: Actor) -> None:
    """Row 92: a journal counts anew each year, historical materials run on: 2027年第1期, 第3辑."""
    paper, series = journal(clerk), journal(clerk, title="清江文史", kind="historical")
    later = AT.replace(year=2027)
    told = [
        issue_of(row, clerk, at=at, planned_on=None).words
        for row, at in ((paper, AT), (paper, AT), (paper, later), (series, AT), (series, later))
    ]
    assert told == ["2026年第1期", "2026年第2期", "2027年第1期", "第1辑", "第2辑"]
    december = AT.replace(month=12)
    early = issue_of(paper, clerk, at=december, planned_on=date(2027, 1, 31))
    assert (early.year, early.words) == (2027, "2027年第2期")  # the year it is planned for
    assert issue_of(paper, clerk, at=december, planned_on=None).words == "2026年第3期"
    older = journal(clerk, title="旧志", kind="historical", last_number="3")
    assert issue_of(older, clerk).words == "第4辑"


def test_the_planned_day_has_its_light(clerk: Actor) -> None:
    """ui.md 3: yellow five working days before, red after 24:00 of the day, none once it is out."""
    issue = issue_of(journal(clerk), clerk)
    noon = time(12)
    lights = [
        issue.light(at_clock(date(2026, month, day), noon))
        for month, day in ((3, 23), (3, 24), (3, 31), (4, 1))
    ]
    assert lights == [Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]
    with pytest.raises(Invalid):
        date_issue(issue=issue, planned_on=date(2026, 3, 5), actor=clerk, at=AT)
    moved = date_issue(issue=issue, planned_on=None, actor=clerk, at=AT)
    assert moved.light(at_clock(date(2026, 5, 1), noon)) == Light.GREY


def test_from_collecting_to_out_each_step_dated_and_by_whom(clerk: Actor) -> None:
    """S2-28: collected → edited → printing → out, back with a reason; out it is frozen by the hash
    of its paper, and nothing of it changes any more."""
    issue = issue_of(journal(clerk), clerk)
    with pytest.raises(Invalid):
        forward(issue=issue, seen="collected", actor=clerk, at=AT)
    item = put_in(issue, clerk, state="collected")
    with pytest.raises(Invalid):
        forward(issue=issue, seen="collected", actor=clerk, at=AT)
    edit(item=item, piece=piece(), issue=issue, revision=1, actor=clerk, at=AT)
    forward(issue=issue, seen="collected", actor=clerk, at=AT)
    with pytest.raises(Refused) as refused:  # somebody else made the step meanwhile
        forward(issue=issue, seen="collected", actor=clerk, at=AT)
    assert refused.value.code == "moved-meanwhile"
    printing = forward(issue=issue, seen="edited", actor=clerk, at=AT)
    with pytest.raises(Refused) as refused:
        edit(item=item, piece=piece(title="另题"), issue=printing, revision=2, actor=clerk, at=AT)
    assert refused.value.code == "closed-issue"
    with pytest.raises(Invalid):
        back(issue=printing, seen="printing", reason=" ", actor=clerk, at=AT)
    back(issue=printing, seen="printing", reason="页码有误", actor=clerk, at=AT)
    forward(issue=issue, seen="edited", actor=clerk, at=AT)
    out = forward(issue=issue, seen="printing", actor=clerk, at=AT)
    assert (out.out_on, out.on_clock) == (date(2026, 3, 6), False)
    steps = [(one.before, one.after, one.reason) for one in issue.steps.order_by("at", "pk")]
    assert ("printing", "edited", "页码有误") in steps
    assert len(steps) == 5
    assert out.paper is not None
    body = stored_path(out.sha256).read_bytes()
    pages = pypdfium2.PdfDocument(body)
    cover, contents = (pages[n].get_textpage().get_text_range() for n in (0, 1))
    assert "2026年第1期" in cover
    assert "古桥记" in contents
    assert Entry.objects.filter(action="publications.came_out").count() == 1
    for act in (
        lambda: back(issue=out, seen="out", reason="改", actor=clerk, at=AT),
        lambda: forward(issue=out, seen="out", actor=clerk, at=AT),
        lambda: date_issue(issue=out, planned_on=None, actor=clerk, at=AT),
        lambda: put_in(out, clerk),
        lambda: move(issue=out, item=item, up=True, actor=clerk, at=AT),
    ):
        with pytest.raises(Refused):
            act()


@pytest.mark.parametrize("left", ["nothing", "as it came"])
def test_every_step_asks_whether_the_items_are_ready(clerk: Actor, left: str) -> None:
    """S2-28: items may come and go while an issue is edited; one without items, or with an item as
    it came, does not go to the printer, and what slipped through before is not frozen."""
    issue = issue_of(journal(clerk), clerk)
    item = put_in(issue, clerk)
    forward(issue=issue, seen="collected", actor=clerk, at=AT)
    if left == "nothing":
        edit(item=item, piece=piece(), issue=None, revision=1, actor=clerk, at=AT)
    else:
        put_in(issue, clerk, title="来稿", state="collected")
    with pytest.raises(Invalid) as refused:
        forward(issue=issue, seen="edited", actor=clerk, at=AT)
    assert not refused.value.next_steps
    Issue.objects.update(state="printing")
    with pytest.raises(Invalid) as refused:
        forward(issue=issue, seen="printing", actor=clerk, at=AT)
    assert len(refused.value.next_steps) == 1
    assert not Issue.objects.exclude(sha256="").exists()


def test_items_go_in_order_and_between_the_stock_and_issues(clerk: Actor) -> None:
    """Row 92: order by hand; an item is given to an issue of its own publication or kept."""
    paper = journal(clerk)
    issue = issue_of(paper, clerk)
    first, second, third = (put_in(issue, clerk, title=name) for name in "甲乙丙")
    move(issue=issue, item=third, up=True, actor=clerk, at=AT)
    move(issue=issue, item=first, up=True, actor=clerk, at=AT)  # the first has nobody before it
    move(issue=issue, item=second, up=False, actor=clerk, at=AT)
    assert [one.title for one in issue.items.order_by("place")] == ["甲", "丙", "乙"]
    kept = edit(item=first, piece=piece(title="甲"), issue=None, revision=1, actor=clerk, at=AT)
    assert kept.issue is None
    other = issue_of(journal(clerk, title="另刊"), clerk)
    with pytest.raises(Invalid) as refused:
        edit(item=first, piece=piece(), issue=other, revision=2, actor=clerk, at=AT)
    assert set(refused.value.errors) == {"issue"}
    again = edit(item=first, piece=piece(title="甲"), issue=issue, revision=2, actor=clerk, at=AT)
    assert again.place == 4


def test_two_people_at_one_text_do_not_lose_a_paragraph(clerk: Actor) -> None:
    """Row 92; who has an older page before the eyes is refused with the
    saved text beside; the trail keeps the digest of every text."""
    issue = issue_of(journal(clerk), clerk)
    item = put_in(issue, clerk)
    longer = TEXT + "甲补写的一整段史料。"
    given: dict[str, Any] = {"issue": issue, "actor": clerk, "at": AT}
    edit(item=item, piece=piece(text=longer), revision=1, **given)
    with pytest.raises(Invalid) as refused:
        edit(item=item, piece=piece(title="古桥新记"), revision=1, **given)
    assert refused.value.code == "edited-meanwhile"
    item.refresh_from_db()
    assert (item.title, item.text, item.revision) == ("古桥记", longer, 2)
    entry = Entry.objects.get(action="publications.edited")
    told = Entry.detail_of(entry)
    digests = [sha256(text.encode()).hexdigest() for text in (TEXT, longer)]
    assert [told["before"]["sha256"], told["after"]["sha256"]] == digests


def test_a_text_is_counted_a_typed_number_needs_its_source(clerk: Actor) -> None:
    """S2-27: the measure is named; a number nobody can check names where it comes from."""
    paper = journal(clerk)
    counted = collect(
        publication=paper, piece=piece(characters="9", measure_source="x"), actor=clerk, at=AT
    )
    assert (counted.characters, counted.measure) == (20, Measure.COUNTED)
    assert counted.measure_source == ""
    typed = piece(text="", characters="12,500", measure_source="出版社字数统计")
    kept = collect(
        publication=paper,
        piece=typed,
        files=[("手稿.txt", BytesIO("手稿".encode()))],
        actor=clerk,
        at=AT,
    )
    assert (kept.characters, kept.measure) == (12_500, Measure.TYPED)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": ""}, {"title"}),
        ({"author": " "}, {"author"}),
        ({"text": ""}, {"characters"}),
        ({"text": "", "characters": "多"}, {"characters"}),
        ({"text": "", "characters": "500"}, {"measure_source"}),
        ({"first_page": "7", "last_page": "3"}, {"last_page"}),
        ({"last_page": "3"}, {"last_page"}),
        ({"state": "burnt"}, {"state"}),
        ({"collected_on": date(2026, 3, 7)}, {"collected_on"}),
        ({"title": "长" * 161, "author": ""}, {"title", "author"}),
    ],
)
def test_what_cannot_be_kept_of_an_item_is_told_at_once(
    clerk: Actor, change: dict[str, Any], fields: set[str]
) -> None:
    """Everything that is wrong is refused together, each beside its field."""
    with pytest.raises(Invalid) as refused:
        collect(publication=journal(clerk), piece=piece(**change), actor=clerk, at=AT)
    assert set(refused.value.errors) == fields
    assert not Item.objects.exists()


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": ""}, {"title"}),
        ({"outlet": ""}, {"outlet"}),
        ({"level": "village"}, {"level"}),
        ({"published_on": None}, {"published_on"}),
        ({"published_on": date(2026, 3, 7)}, {"published_on"}),
        ({"link": ""}, {"link"}),
        ({"link": "javascript:alert(1)"}, {"link"}),
        ({"link": "http://[bad"}, {"link"}),
    ],
)
def test_a_press_item_names_outlet_day_and_what_shows_it(
    clerk: Actor, change: dict[str, Any], fields: set[str]
) -> None:
    """S2-51: what is counted can be looked up; a link is one of the web and nothing else."""
    with pytest.raises(Invalid) as refused:
        note(Printed(**{**PRESS, **change}), actor=clerk, at=AT)
    assert set(refused.value.errors) == fields


def test_a_press_item_is_noted_once_and_corrected(clerk: Actor) -> None:
    """The same title, outlet and day is one item; a file does instead of a link."""
    made = note(Printed(**PRESS), actor=clerk, at=AT)
    with pytest.raises(Invalid):
        note(Printed(**PRESS), actor=clerk, at=AT)
    file = [("剪报.txt", BytesIO("剪报".encode()))]
    other = note(Printed(**{**PRESS, "title": "另篇", "link": ""}), files=file, actor=clerk, at=AT)
    with pytest.raises(Invalid):
        correct(press=other, printed=Printed(**PRESS), revision=1, actor=clerk, at=AT)
    changed = Printed(**{**PRESS, "title": "另篇", "link": "", "level": "province"})
    kept = correct(press=other, printed=changed, revision=1, actor=clerk, at=AT)
    assert (kept.level, kept.revision) == ("province", 2)
    with pytest.raises(Invalid) as refused:
        correct(press=other, printed=changed, revision=1, actor=clerk, at=AT)
    assert refused.value.code == "edited-meanwhile"
    assert PressItem.objects.count() == 2
    assert made.authors == ""


def test_who_keeps_publications(world: World, clerk: Actor) -> None:
    """Clerk, information officer and secretary-general write; others of the office read; nobody of
    another office touches them."""
    paper = journal(clerk)
    issue = issue_of(paper, clerk)
    assert rules.may_move(world.chief, issue)
    for who in (world.officer, world.leader, world.liaison):
        assert not rules.may_keep(who)
        with pytest.raises(Forbidden):
            journal(who, title="别刊")
    assert Issue.objects.visible_to(world.officer).count() == 1
    assert Issue.objects.visible_to(world.liaison).count() == 0
    with pytest.raises(Invalid):
        found(Founding("清江协商", "journal", "monthly"), actor=clerk, at=AT)
    for change in (
        {"title": " 《》"},
        {"kind": "x"},
        {"periodicity": "x"},
        {"layout": "x"},
        {"last_number": "三"},
    ):
        with pytest.raises(Invalid):
            journal(clerk, **{"title": "新刊", **change})


def test_an_issue_out_counts_what_is_printed(clerk: Actor) -> None:
    """What is left out is neither set nor counted."""
    issue = issue_of(journal(clerk, layout="double"), clerk)
    put_in(issue, clerk)
    put_in(issue, clerk, title="不刊用的稿件", state="left_out")
    out = bring_out(issue, clerk)
    pages = pypdfium2.PdfDocument(stored_path(out.sha256).read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert "古桥记" in text
    assert "不刊用的稿件" not in text
