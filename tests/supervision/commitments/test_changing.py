"""Changing a commitment from a day on, and kinds kept by other rooms (TR-22)."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.deadlines.domain.queries import current
from luoshi.foundation.deadlines.models import CalendarEdition
from luoshi.supervision.commitments import kinds
from luoshi.supervision.commitments.domain.changing import change, current_version, moves, planned
from luoshi.supervision.commitments.domain.ending import end
from luoshi.supervision.commitments.domain.fulfilling import kept_by
from luoshi.supervision.commitments.domain.keeping import Kept, keep
from luoshi.supervision.commitments.domain.rhythm import Choice
from luoshi.supervision.commitments.domain.undertaking import undertake
from luoshi.supervision.commitments.enums import OccurrenceState, Outcome
from luoshi.supervision.commitments.models import Commitment
from tests.story import World, make_world
from tests.supervision.commitments.ground import (
    MONDAY,
    SHEET,
    due_days,
    noon,
    on,
    plan,
    run,
    undertaken,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def score_sheet() -> Iterator[str]:
    """A kind that a desk registered."""
    kinds.register("test.score_sheet", "Score sheet")
    yield "test.score_sheet"
    del kinds.KINDS["test.score_sheet"]


def changed(
    row: Commitment, world: World, words: str, at: datetime = MONDAY, **more: object
) -> None:
    """From today on by another rule."""
    change(commitment=row, plan=plan(words, **more), reason="调整", actor=world.officer, at=at)


def test_a_change_moves_open_occurrences_exactly_as_shown(world: World) -> None:
    """TR-22: Friday becomes Thursday; the preview shows what the change does, the row says from
    which day it moved."""
    row = undertaken(world)
    found = moves(row, planned(row, plan("每周四"), MONDAY))
    shown = [(one.row.due_on, one.to.due.on if one.to else None) for one in found]
    assert shown == [
        (date(2026, 4, 17), date(2026, 4, 16)),
        (date(2026, 4, 24), date(2026, 4, 23)),
    ]
    changed(row, world, "每周四")
    assert due_days(row) == [after for _before, after in shown]
    first = on(row, 2026, 4, 16)
    assert first.moved_from_at is not None
    assert first.version.number == 2
    assert Entry.objects.filter(action="commitments.changed").count() == 1
    run(noon(2026, 4, 20))
    assert due_days(row)[-1] == date(2026, 4, 30)


def test_another_rhythm_lets_open_ones_fall_away_and_settled_ones_stay(world: World) -> None:
    """What was kept stays kept; what has no place in the new rhythm falls away and is not counted;
    a change back brings it back."""
    row = undertaken(world)
    keep(occurrence=on(row, 2026, 4, 17), kept=Kept(), actor=world.officer, at=noon(2026, 4, 14))
    changed(row, world, SHEET, at=noon(2026, 4, 14))
    states = dict(row.occurrences.values_list("due_on", "state"))
    assert states == {
        date(2026, 4, 17): OccurrenceState.KEPT,
        date(2026, 4, 24): OccurrenceState.DROPPED,
        date(2026, 5, 6): OccurrenceState.OPEN,
    }
    changed(row, world, "每周五", at=noon(2026, 4, 15))
    assert on(row, 2026, 4, 24).state == OccurrenceState.OPEN
    assert on(row, 2026, 5, 6).state == OccurrenceState.DROPPED


def test_a_change_from_a_later_day_leaves_what_comes_before(world: World) -> None:
    """From 20 April on it is the clerk's turn; the session of the 17th is still the officers'. A
    version replaced before it began never holds."""
    row = undertaken(world)
    later = date(2026, 4, 20)
    changed(row, world, "每周五", role="document_clerk", starts_on=later)
    assert on(row, 2026, 4, 17).version.role == "supervision_officer"
    assert on(row, 2026, 4, 24).version.role == "document_clerk"
    assert on(row, 2026, 4, 24).moved_from_at is None
    assert current_version(row, MONDAY).number == 1
    assert current_version(row, noon(2026, 4, 20)).number == 2
    changed(row, world, "每周三", at=noon(2026, 4, 14))
    assert current_version(row, noon(2026, 4, 21)).number == 3
    run(noon(2026, 4, 27))
    assert due_days(row) == [date(2026, 4, day) for day in (15, 22, 29)] + [date(2026, 5, 6)]


def test_what_cannot_be_changed(world: World) -> None:
    """Nothing different, no reason, before today, after the end: each refused with its way on."""
    row = undertaken(world)
    for words, reason, more in (
        ("每周五", "调整", {}),
        ("每周四", " ", {}),
        ("每周四", "调整", {"starts_on": date(2026, 4, 12)}),
        ("有空就学", "调整", {}),
    ):
        with pytest.raises(Invalid):
            change(
                commitment=row,
                plan=plan(words, **more),
                reason=reason,
                actor=world.officer,
                at=MONDAY,
            )
    assert row.versions.count() == 1
    end(commitment=row, on=None, reason="结束", actor=world.officer, at=MONDAY)
    with pytest.raises(Invalid):
        changed(row, world, "每周四", starts_on=date(2026, 4, 20))
    with pytest.raises(Refused):
        changed(row, world, "每周四", at=noon(2026, 4, 14))


def test_a_later_holiday_notice_moves_what_is_ahead(world: World) -> None:
    """R-CAL-3: the limit of 8 January 2027 was provisional; a notice makes it a rest day, the open
    occurrence moves, and the trail says so."""
    at = noon(2026, 12, 30)
    row = undertaken(world, at=at, starts_on=date(2027, 1, 4))
    assert due_days(row) == [date(2027, 1, 8)]
    CalendarEdition.objects.create(
        year=2027,
        number=1,
        notice="放假通知",
        published_on=date(2026, 12, 31),
        rest_days=["2027-01-08"],
        work_days=[],
    )
    current.look_again()
    run(noon(2026, 12, 31))
    assert due_days(row) == [date(2027, 1, 11)]
    assert Entry.objects.filter(action="commitments.redated").count() == 1
    run(noon(2026, 12, 31))
    assert Entry.objects.filter(action="commitments.redated").count() == 1


def test_a_desk_keeps_its_kind_by_what_it_does(world: World, score_sheet: str) -> None:
    """The earliest that is owed is kept, with the desk's reference; a named period is kept exactly;
    where nothing is owed nothing happens; by hand it is refused."""
    office = world.office.pk
    assert kept_by(score_sheet, office, MONDAY, "3月") is None
    row = undertake(plan=plan(SHEET, kind=score_sheet), actor=world.officer, at=MONDAY)
    run(noon(2026, 5, 7))
    may = on(row, 2026, 5, 6)
    with pytest.raises(Refused) as refused:
        keep(occurrence=may, kept=Kept(), actor=world.officer, at=noon(2026, 5, 7))
    assert refused.value.code == "kept-by-desk"
    done = kept_by(score_sheet, office, noon(2026, 5, 7), "4月得分表")
    assert done is not None
    assert (done.pk, done.reference, done.outcome(noon(2026, 5, 7))) == (
        may.pk,
        "4月得分表",
        Outcome.LATE,
    )
    assert kept_by(score_sheet, office, noon(2026, 5, 7), "again") is None
    run(noon(2026, 6, 2))
    assert kept_by(score_sheet, office, noon(2026, 6, 2), "", period="2026-07") is None
    june = kept_by(score_sheet, office, noon(2026, 6, 2), "5月得分表", period="2026-06")
    assert june is not None
    assert june.outcome(noon(2026, 6, 2)) == Outcome.KEPT


def test_one_kind_is_undertaken_once_and_only_if_registered(world: World, score_sheet: str) -> None:
    """A kind nobody registered is the caller's error; the office undertakes a kind once."""
    with pytest.raises(kinds.UnknownKind):
        kept_by("nobody's", world.office.pk, MONDAY, "")
    first = undertake(plan=plan(SHEET, kind=score_sheet), actor=world.officer, at=MONDAY)
    with pytest.raises(Invalid):
        undertake(plan=plan(SHEET, kind=score_sheet), actor=world.officer, at=MONDAY)
    end(commitment=first, on=None, reason="换法", actor=world.officer, at=MONDAY)
    again = plan(SHEET, kind=score_sheet, choice=Choice(words="每月8日前"))
    assert undertake(plan=again, actor=world.officer, at=MONDAY).kind == score_sheet
