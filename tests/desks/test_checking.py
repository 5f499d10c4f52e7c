"""Checking drafts: limits in words, words without a number, splitting, two officers at once."""

import io
from datetime import UTC, date, datetime

import pytest

from luoshi.desks.meetings.domain import checking
from luoshi.desks.meetings.domain.queries.sampling import samples
from luoshi.desks.meetings.domain.queries.showing import catalogue_codes, earlier_uploads
from luoshi.desks.meetings.domain.splitting import places, split
from luoshi.desks.meetings.domain.undoing import undo
from luoshi.desks.meetings.domain.uploading import About, upload
from luoshi.desks.meetings.models import DraftItem, SourceDocument
from luoshi.foundation.core.refusals import Invalid, Refused
from tests.story import World, make_world

pytestmark = pytest.mark.django_db
AT = datetime(2026, 2, 4, 2, 0, tzinfo=UTC)
LIMIT = "市财政局要在收到之日起15日内提出意见，并于每季度末报送进展。"
VAGUE = "市财政局要及时向市委办公室报告进展。"


def bring(world: World, text: str) -> SourceDocument:
    """Upload a text."""
    stream = io.BytesIO(text.encode())
    return upload(stream, name="通知.txt", about=About(), actor=world.officer, at=AT)


def first(document: SourceDocument) -> DraftItem:
    """The document's first draft."""
    return document.items.select_related("document").order_by("start")[0]


def test_limit_field_holds_the_printed_rules_and_keeps_them() -> None:
    """ui.md 5.4: the field holds the rule in words; what is not touched stays as it was."""
    item = first(bring(make_world(), LIMIT))
    words = checking.printed(item.rules)
    assert words == "签收后15个自然日内；每季度第3个月底前"
    assert checking.read_rules(words, item.rules) == item.rules
    assert checking.read_rules("6月底前", item.rules)[0]["due"]["month"] == 6
    assert checking.read_rules("", item.rules) == []
    with pytest.raises(Invalid):
        checking.read_rules("收到后15日内；不知道", item.rules)


def test_sample_dates_of_a_limit_and_of_a_rhythm() -> None:
    """ui.md 5.4: a sample date is computed for every rule; plain days are said to be assumed."""
    document = bring(make_world(), LIMIT)
    found = samples(document, first(document).rules, "zh", date(2026, 3, 6))
    assert [(row["due"], row["plain_days"]) for row in found] == [
        (date(2026, 3, 23), True),
        (date(2026, 3, 31), False),
    ]


def test_vague_draft_needs_a_choice() -> None:
    """A9: no number in the source; the officer chooses the default, a limit, or no date."""
    world = make_world()
    item = first(bring(world, VAGUE))
    with pytest.raises(Refused) as refused:
        checking.decide(item=item, state="accepted", actor=world.officer, at=AT)
    assert refused.value.code == "no-number"
    accepted = checking.decide(
        item=item, state="accepted", vague="default", actor=world.officer, at=AT
    )
    assert [rule["cue"] for rule in accepted.rules] == ["timely"]
    assert checking.default_workdays(accepted) == 5
    undone = undo(item=accepted, actor=world.officer, at=AT)
    assert undone.rules == item.rules
    bare = checking.decide(item=undone, state="accepted", vague="none", actor=world.officer, at=AT)
    assert bare.rules == []


def test_split_reads_both_parts_anew() -> None:
    """ui.md 5.4: a sentence with two duties becomes two drafts; the second keeps the units."""
    world = make_world()
    document = bring(world, LIMIT)
    item = first(document)
    (offset, words), *_more = places(item, document.text)
    assert words.startswith("并于每季度末")
    second = split(item=item, offset=offset, actor=world.officer, at=AT)
    item.refresh_from_db()
    assert [one.rules[0]["type"] for one in (item, second)] == ["once", "recurring"]
    assert [unit["name"] for unit in second.units] == ["市财政局"]
    with pytest.raises(Invalid):
        split(item=item, offset=item.end, actor=world.officer, at=AT)


def test_second_officer_does_not_overwrite_the_first() -> None:
    """Two officers at once: the later one is told who decided what."""
    world = make_world()
    item = first(bring(world, LIMIT))
    checking.decide(item=item, state="accepted", actor=world.officer, at=AT)
    for act in (
        lambda: checking.decide(item=item, state="rejected", actor=world.officer, at=AT),
        lambda: checking.edit(
            item=item, title="甲", limit_words="", units=(), actor=world.officer, at=AT
        ),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "decided-meanwhile"


def test_same_file_twice_and_rules_of_the_catalogue_are_shown() -> None:
    """ui.md 5.4: duplicates are named; TR-01 is the quarterly report."""
    world = make_world()
    earlier, later = bring(world, LIMIT), bring(world, LIMIT)
    later.uploaded_at = datetime(2026, 2, 5, tzinfo=UTC)
    assert earlier_uploads(later) == [earlier]
    assert "TR-01" in catalogue_codes(first(later))


def test_titles_are_short() -> None:
    """The act without numbering, subject and limit; a title over two lines is one."""
    text = "关于做好2026年重点任务\n分解和督查工作的通知\n一、市财政局要于6月30日前报送决算草案。"
    document = bring(make_world(), text)
    assert document.title == "关于做好2026年重点任务分解和督查工作的通知"
    assert first(document).title == "报送决算草案"


def test_unit_of_the_heading_is_shown_as_inferred() -> None:
    """B1: a task under a lead-in inherits its unit; the page says that it is inferred."""
    world = make_world()
    text = "市水利局要做好以下工作：\n1.6月底前完成水库除险加固。\n"
    item = first(bring(world, text))
    assert item.units == [{"name": "市水利局", "role": "lead", "inferred": True}]
    assert item.original["units"] == item.units


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "在全市督查工作会议上的讲话\n（2026年3月2日）\n同志们：\n"
            "市水利局要在会后5日内报送方案。\n",
            (None, date(2026, 3, 2)),
        ),
        (
            "关于做好防汛工作的通知\n各单位：\n请于6月底前报送总结。\n市防指\n二〇二六年四月三日\n",
            (date(2026, 4, 3), None),
        ),
        ("各单位请于6月底前报送2026年3月2日会议的落实情况。\n", (None, None)),
    ],
)
def test_days_are_those_of_the_documents_own_date_line(
    text: str, days: tuple[date | None, date | None]
) -> None:
    """A9: a year that is not said is the document's; a date in a sentence is not."""
    document = bring(make_world(), text)
    assert (document.issued_on, document.meeting_on) == days
