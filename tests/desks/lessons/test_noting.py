"""Decisions on drafts become training rows and grammar cases; names and expressions are listed."""

import pytest

from luoshi.desks.lessons.domain.inheriting import inherit
from luoshi.desks.lessons.domain.linking import decline, link, offer_again
from luoshi.desks.lessons.domain.queries.knowing import known_to, units_named
from luoshi.desks.lessons.domain.teaching import reopen, set_aside, teach
from luoshi.desks.lessons.models import (
    Expression,
    GrammarCase,
    LearnedName,
    Sighting,
    TrainingRow,
)
from luoshi.desks.meetings.domain import adding, checking, undoing
from luoshi.desks.meetings.domain.splitting import places, split
from luoshi.desks.meetings.domain.submitting import shares
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.organizations.models import Unit
from tests.desks.lessons.reading import AT, LIMIT, bring, first
from tests.story import SYSTEM, make_world

pytestmark = pytest.mark.django_db
NAMED = "市水利数字化中心要于2026年6月30日前报送情况。"
UNREAD = "市财政局要制定整治方案，并于农历腊月前向市政府办公室报送。"


def rows() -> list[tuple[str, bool]]:
    """What stands to be learned from."""
    return list(TrainingRow.objects.values_list("decision", "binds"))


def test_one_row_per_draft_follows_every_decision() -> None:
    """A re-decided draft changes its row; undone, the row goes."""
    world = make_world()
    item = first(bring(world, LIMIT))
    kept = checking.decide(item=item, state="accepted", actor=world.officer, at=AT)
    assert rows() == [("accepted", True)]
    row = TrainingRow.objects.get()
    assert (row.sentence, row.mode, row.anchor) == (LIMIT, "direct", row.anchor)
    assert row.draft_id == item.pk
    back = undoing.undo(item=kept, actor=world.officer, at=AT)
    assert rows() == []
    checking.decide(item=back, state="rejected", actor=world.officer, at=AT)
    assert rows() == [("rejected", False)]


def test_an_edited_limit_is_a_grammar_case_with_both_readings() -> None:
    """What was read stands beside what the officer wrote."""
    world = make_world()
    item = first(bring(world, LIMIT))
    checking.edit(
        item=item, title="提意见", limit_words="6月底前", units=(), actor=world.officer, at=AT
    )
    case = GrammarCase.objects.get()
    assert case.expression.startswith("收到之日起15日内") or "15日内" in case.expression
    assert case.read == item.rules
    assert case.wrote[0]["due"]["month"] == 6
    assert rows() == [("edited", True)]


def test_an_edit_that_keeps_the_limit_is_no_grammar_case() -> None:
    """Only another limit says that the grammar was wrong."""
    world = make_world()
    item = first(bring(world, LIMIT))
    words = checking.printed(item.rules)
    checking.edit(item=item, title="甲", limit_words=words, units=(), actor=world.officer, at=AT)
    assert GrammarCase.objects.count() == 0


def test_a_missed_one_teaches_at_once_and_stays_missed() -> None:
    """Adding says that it binds; accepting it later does not make it one the reading found."""
    world = make_world()
    document = bring(world, f"{LIMIT}全市上下要振奋精神。")
    start = document.text.index("全市")
    made = adding.add_missed(
        document=document,
        start=start,
        end=len(document.text),
        words=document.text[start:],
        actor=world.officer,
        at=AT,
    )
    assert rows() == [("missed", True)]
    assert TrainingRow.objects.get().decided_by_name == "李文清"
    checking.decide(item=made, state="accepted", actor=world.officer, at=AT)
    assert rows() == [("missed", True)]


def test_a_rejected_part_of_a_sentence_teaches_nothing() -> None:
    """After a split the other part may bind."""
    world = make_world()
    text = "市财政局要在收到之日起15日内提出意见，并于每季度末报送进展。"
    document = bring(world, text)
    item = first(document)
    (offset, _words), *_more = places(item, document.text)
    second = split(item=item, offset=offset, actor=world.officer, at=AT)
    checking.decide(item=second, state="rejected", actor=world.officer, at=AT)
    assert rows() == []
    item.refresh_from_db()
    checking.decide(item=item, state="accepted", actor=world.officer, at=AT)
    assert TrainingRow.objects.get().sentence == text


def test_an_unknown_name_is_offered_once_and_remembered() -> None:
    """Linked once, the next document's draft carries the unit; the tree's own names win."""
    world = make_world()
    document = bring(world, NAMED)
    name = LearnedName.objects.get()
    assert (name.name, name.state) == ("市水利数字化中心", "offered")
    bureau = Unit.objects.get(short_name="市水务局")
    link(name=name, unit=bureau, actor=world.officer, at=AT)
    again = bring(world, NAMED)
    assert LearnedName.objects.get().state == "linked"
    assert known_to(world.office.pk).units.code(name.name) == bureau.code
    assert [row["unit"] for row in shares(first(document))] == ["市水务局"]
    assert [row["unit"] for row in shares(first(again))] == ["市水务局"]
    assert units_named(world.bureau.pk, name.name) == []
    assert Entry.objects.filter(action="lessons.linked").count() == 1


def test_linked_names_follow_a_merged_unit() -> None:
    """The successor goes on under the names its forerunner was known by."""
    world = make_world()
    bring(world, NAMED)
    water, money = (Unit.objects.get(short_name=name) for name in ("市水务局", "市财政局"))
    name = link(name=LearnedName.objects.get(), unit=water, actor=world.officer, at=AT)
    inherit(unit=water, into=money, actor=SYSTEM, at=AT)
    assert units_named(world.office.pk, name.name) == [money]
    assert Entry.objects.filter(action="lessons.inherited").count() == 1


def test_a_declined_name_is_not_offered_again() -> None:
    """The office said what it is not; taking that back offers it anew."""
    world = make_world()
    bring(world, NAMED)
    name = decline(name=LearnedName.objects.get(), actor=world.officer, at=AT)
    bring(world, NAMED)
    assert LearnedName.objects.get().state == "declined"
    assert offer_again(name=name, actor=world.officer, at=AT).state == "offered"


def test_a_name_of_the_tree_is_never_overridden() -> None:
    """Refused by the verb, and without effect where the tree learned it later."""
    world = make_world()
    water = Unit.objects.get(short_name="市水务局")
    name = LearnedName.objects.create(
        office=world.office, name="市财政局", document_id=water.pk, seen_at=AT
    )
    with pytest.raises(Refused) as refused:
        link(name=name, unit=water, actor=world.officer, at=AT)
    assert refused.value.code == "real-name"
    LearnedName.objects.update(state="linked", unit=water)
    money = Unit.objects.get(short_name="市财政局")
    assert known_to(world.office.pk).units.code("市财政局") == money.code
    assert units_named(world.office.pk, "市财政局") == [money]


def test_role_words_and_persons_are_not_offered() -> None:
    """各责任单位 and 主要负责同志 are no units to link."""
    bring(make_world(), "各责任单位要于6月底前报送情况。主要负责同志要于6月底前报告。")
    assert LearnedName.objects.count() == 0


def test_other_offices_teach_nothing_here() -> None:
    """A name belongs to the office whose document held it."""
    world = make_world()
    bring(world, NAMED)
    with pytest.raises(Forbidden):
        decline(name=LearnedName.objects.get(), actor=world.liaison, at=AT)


def test_an_expression_not_understood_is_listed_and_taught() -> None:
    """A9 as for vague words: never a guess; taught words are read by the grammar, and said."""
    world = make_world()
    document = bring(world, UNREAD)
    assert first(document).rules == []
    row = Expression.objects.get()
    assert row.text == "农历腊月前"
    place = Sighting.objects.get()
    assert (place.document_id, place.sentence) == (document.pk, UNREAD)
    with pytest.raises(Invalid):
        teach(expression=row, words="过完节", actor=world.officer, at=AT)
    teach(expression=row, words="10月23日前", actor=world.officer, at=AT)
    item = first(bring(world, UNREAD))
    assert item.rules[0]["due"]["month"] == 10
    assert ["按本机关设定的含义确定时限", "a limit by the meaning this office taught"] in item.why
    row.refresh_from_db()
    reopen(expression=row, actor=world.officer, at=AT)
    assert first(bring(world, UNREAD)).rules == []
    assert Sighting.objects.count() == 2
    assert set_aside(expression=row, actor=world.officer, at=AT).state == "ignored"


def test_a_name_an_officer_replaced_is_offered_with_that_unit() -> None:
    """The edit is the lesson; linking stays the officer's own act."""
    world = make_world()
    item = first(bring(world, NAMED))
    units = [{"name": "市水务局", "role": "lead"}]
    words = checking.printed(item.rules)
    checking.edit(
        item=item, title="报送", limit_words=words, units=units, actor=world.officer, at=AT
    )
    name = LearnedName.objects.get()
    assert (name.state, str(name.suggested)) == ("offered", "市水务局")


def test_a_name_an_officer_typed_is_offered_too() -> None:
    """What the tree does not know, wherever it was written."""
    world = make_world()
    item = first(bring(world, LIMIT))
    units = [{"name": "河西片区专班", "role": "lead"}]
    checking.edit(
        item=item, title="报送", limit_words="6月底前", units=units, actor=world.officer, at=AT
    )
    assert list(LearnedName.objects.values_list("name", flat=True)) == ["河西片区专班"]
