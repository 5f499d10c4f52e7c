"""What leaves is masked, shown before, and taken by a person."""

import json
from uuid import uuid4

import pytest

from luoshi.desks.lessons.domain.exporting import export, preview
from luoshi.desks.lessons.domain.masking import masked
from luoshi.desks.lessons.models import Expression, LearnedName, Sighting
from luoshi.foundation.audit.models import Detail, Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid
from tests.desks.lessons.reading import AT
from tests.story import World, make_world


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("元宵节后首个工作日前", "元宵节后首个工作日前"),
        ("清源市防汛指挥部会商后3个工作日内", "〔单位〕会商后3个工作日内"),
        ("王建国副市长批示后24小时内", "〔姓名〕副市长批示后24小时内"),
        ("12号楼完工后15日内", "12号楼完工后15日内"),
        ("排查4312处后30天内", "排查〔数〕处后30天内"),
        ("电话13800001111通知后2小时内", "电话〔数〕通知后2小时内"),
        ("《清源市重点项目计划》印发后一个月内", "〔字〕印发后一个月内"),
        ("li.wen@example.cn回复前", "〔字〕回复前"),
        ("每日17:30前", "每日17:30前"),
    ],
)
def test_names_and_figures_are_masked_and_times_stay(text: str, safe: str) -> None:
    """Units, persons, titles of papers, addresses, numbers; not 3个工作日 and not 17:30."""
    assert masked(text) == safe


def test_known_names_are_masked_whatever_they_look_like() -> None:
    """A unit or a person of the site needs no ending to be known."""
    text = "河西片和老何确认后三日内"
    assert masked(text, units=["河西片"], persons=["老何"]) == "〔单位〕和〔姓名〕确认后三日内"


def listed(world: World, *texts: str) -> None:
    """Expressions of the office, each seen once."""
    for text in texts:
        row = Expression.objects.create(office=world.office, text=text, seen_at=AT)
        Sighting.objects.create(
            expression=row,
            document_id=uuid4(),
            start=0,
            sentence=f"市财政局{text}报。",
            seen_at=AT,
        )


@pytest.mark.django_db
def test_the_file_holds_exactly_what_the_preview_shows() -> None:
    """No sentence, no document, no office; set-aside ones are not even offered."""
    world = make_world()
    listed(world, "李文清确认后三日内", "河西片验收前", "开渔节前")
    LearnedName.objects.create(
        office=world.office, name="河西片", document_id=uuid4(), seen_at=AT, state="declined"
    )
    Expression.objects.filter(text="开渔节前").update(state="ignored")
    shown = preview(world.office.pk)
    assert [line.expression for _key, line in shown] == ["〔姓名〕确认后三日内", "〔单位〕验收前"]
    keys = {key for key, _line in shown}
    raw = export(office_id=world.office.pk, keys=keys, form="json", actor=world.officer, at=AT)
    assert [sorted(line) for line in json.loads(raw)] == [
        ["count", "expression", "meaning", "state"]
    ] * 2
    table = export(office_id=world.office.pk, keys=keys, form="csv", actor=world.officer, at=AT)
    text = table.decode("utf-8-sig").splitlines()
    assert text[0] == "expression,count,state,meaning"
    assert text[1:] == ["〔姓名〕确认后三日内,1,open,", "〔单位〕验收前,1,open,"]
    assert Entry.objects.filter(action="lessons.exported").count() == 2
    assert "河西片" not in "".join(
        Detail.objects.filter(entry__action="lessons.exported").values_list("text", flat=True)
    )


@pytest.mark.django_db
def test_nothing_chosen_and_other_offices_get_no_file() -> None:
    """Refused before anything is written."""
    world = make_world()
    listed(world, "开渔节前")
    keys = {key for key, _line in preview(world.office.pk)}
    with pytest.raises(Invalid):
        export(office_id=world.office.pk, keys=set(), form="csv", actor=world.officer, at=AT)
    with pytest.raises(Invalid):
        export(office_id=world.office.pk, keys=keys, form="exe", actor=world.officer, at=AT)
    with pytest.raises(Forbidden):
        export(office_id=world.office.pk, keys=keys, form="csv", actor=world.liaison, at=AT)
