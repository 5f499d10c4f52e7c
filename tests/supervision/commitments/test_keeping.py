"""Undertaking, keeping, excusing and ending a commitment; what time alone brings (TR-22, S2-35)."""

from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest

from luoshi.foundation.attachments.models import Attachment
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.ending import end, end_with_unit
from luoshi.supervision.commitments.domain.excusing import excuse
from luoshi.supervision.commitments.domain.keeping import Kept, keep
from luoshi.supervision.commitments.domain.undertaking import undertake
from luoshi.supervision.commitments.enums import OccurrenceState, Outcome
from luoshi.supervision.commitments.models import Commitment
from luoshi.supervision.matters.enums import Light
from tests.story import SYSTEM, World, actor, make_world
from tests.supervision.commitments.ground import (
    DAILY,
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


def test_it_is_a_row_from_the_beginning_of_its_period_and_the_next_one_ahead(world: World) -> None:
    """TR-22: undertaken on Monday, this Friday's session and the next one ahead are rows, with the
    engine's trace; each is missed when the next falls due."""
    row = undertaken(world)
    assert due_days(row) == [date(2026, 4, 17), date(2026, 4, 24)]
    first = on(row, 2026, 4, 17)
    assert first.trace["provision"] == "机关学习制度"
    assert (first.opens_on, first.missed_at) == (
        date(2026, 4, 13),
        on(row, 2026, 4, 24).due_at,
    )
    assert first.attention_at == at_clock(date(2026, 4, 16), time(0))
    assert Entry.objects.filter(action="commitments.undertaken", object_id=str(row.pk)).count() == 1


def test_lights_follow_the_clock(world: World) -> None:
    """ui.md 3: green, yellow from the working day before, red from 24:00 of the day."""
    first = on(undertaken(world), 2026, 4, 17)
    lights = [
        first.light(at)
        for at in (noon(2026, 4, 15), noon(2026, 4, 16), noon(2026, 4, 17), noon(2026, 4, 18))
    ]
    assert lights == [Light.GREEN, Light.YELLOW, Light.YELLOW, Light.RED]


def test_missed_nights_are_caught_up_and_a_second_run_changes_nothing(world: World) -> None:
    """Rows come with time alone: after three weeks without a run every Friday stands there, once;
    the holiday's rolled to 6 May."""
    row = undertaken(world)
    assert run(noon(2026, 5, 4)) > 0
    before = list(row.occurrences.order_by("due_at").values_list("pk", "due_at", "missed_at"))
    assert due_days(row) == [
        date(2026, 4, 17),
        date(2026, 4, 24),
        date(2026, 5, 6),
        date(2026, 5, 8),
        date(2026, 5, 15),
    ]
    assert run(noon(2026, 5, 4)) == 0
    Commitment.objects.update(draw_on=date(2026, 5, 1))  # as if another had drawn meanwhile
    assert run(noon(2026, 5, 4)) == 0
    rows = row.occurrences.order_by("due_at").values_list("pk", "due_at", "missed_at")
    assert list(rows) == before


def test_near_and_over_are_told_once_each_to_who_is_responsible(world: World) -> None:
    """A notice when it is near and one when it is over; a graver level passes the other over."""
    undertaken(world, role="", person_id=world.second_officer.person_id)
    for at in (noon(2026, 4, 15), noon(2026, 4, 16), noon(2026, 4, 17)):
        run(at)
    told = Notice.objects.filter(kind="commitment").order_by("created_at")
    assert [one.recipient_id for one in told] == [world.second_officer.person_id]
    for at in (noon(2026, 4, 18), noon(2026, 4, 19)):
        run(at)
    assert [one.title_zh for one in told.all()] == [
        "理论学习：临近，时限2026年4月17日（周五）",
        "理论学习：已逾期，时限2026年4月17日（周五）",
    ]
    run(noon(2026, 4, 25))  # nobody looked for a week: the next one is over, not near
    assert [one.title_zh for one in told.all()][2:] == [
        "理论学习：已逾期，时限2026年4月24日（周五）"
    ]


def test_where_nobody_holds_the_post_those_who_undertake_are_told(world: World) -> None:
    """A notice nobody gets is none."""
    undertaken(world, role="duty_officer")
    run(noon(2026, 4, 16))
    told = set(Notice.objects.filter(kind="commitment").values_list("recipient_id", flat=True))
    people = (world.officer, world.second_officer, world.chief)
    assert told == {who.person_id for who in people}


def test_kept_in_time_late_and_missed(world: World) -> None:
    """Late when it took place after its limit; missed once the next one was due, and then it can
    only be excused. The day it took place counts, not the day it was noted."""
    row = undertaken(world)
    run(noon(2026, 5, 4))
    first, second = on(row, 2026, 4, 17), on(row, 2026, 4, 24)
    at = noon(2026, 4, 25)
    assert (first.outcome(at), second.outcome(at)) == (Outcome.MISSED, Outcome.OVERDUE)
    late = keep(
        occurrence=second, kept=Kept(noon(2026, 4, 26)), actor=world.officer, at=noon(2026, 4, 28)
    )
    assert (late.late_amount, late.late_unit, late.outcome(at)) == (2, "days", Outcome.LATE)
    with pytest.raises(Invalid) as refused:
        keep(occurrence=first, kept=Kept(), actor=world.officer, at=noon(2026, 4, 28))
    assert "missed" in str(refused.value) or "未完成" in str(refused.value)
    done = keep(
        occurrence=first,
        kept=Kept(noon(2026, 4, 17), "学习二十条"),
        actor=world.officer,
        at=noon(2026, 4, 28),
    )
    assert (done.outcome(at), done.late_amount, done.on_clock) == (Outcome.KEPT, None, False)
    assert done.noted_at == noon(2026, 4, 28)
    entry = Entry.objects.filter(action="commitments.kept").latest("seq")
    assert entry.object_id == str(first.pk)


@pytest.mark.parametrize(
    ("when", "field"), [(noon(2026, 4, 18), "kept_at"), (noon(2026, 4, 12), "kept_at")]
)
def test_neither_to_come_nor_before_its_period(world: World, when: datetime, field: str) -> None:
    """A session of last week is not this week's, one of tomorrow is none yet."""
    row = on(undertaken(world), 2026, 4, 17)
    with pytest.raises(Invalid) as refused:
        keep(occurrence=row, kept=Kept(when), actor=world.officer, at=noon(2026, 4, 16))
    assert list(refused.value.errors) == [field]


def test_evidence_where_it_is_asked(world: World) -> None:
    """What counts as kept: with a file only where the office said so."""
    row = on(undertaken(world, evidence=True), 2026, 4, 17)
    with pytest.raises(Invalid) as refused:
        keep(occurrence=row, kept=Kept(), actor=world.officer, at=noon(2026, 4, 17))
    assert list(refused.value.errors) == ["file"]
    kept = Kept(files=[("签到表.txt", BytesIO("签到".encode()))])
    keep(occurrence=row, kept=kept, actor=world.officer, at=noon(2026, 4, 17))
    assert Attachment.objects.get(owner_kind="occurrence").owner_id == row.pk


def test_who_may_keep_excuse_and_undertake(world: World) -> None:
    """The post named, the person named, and those who undertake; the secretary-general in person
    excuses; nothing of another office."""
    clerk = actor("lv", "吕文", world.office, Role.DOCUMENT_CLERK)
    row = on(undertaken(world, role="document_clerk"), 2026, 4, 17)
    assert rules.may_keep(clerk, row)
    assert rules.may_keep(world.officer, row)
    assert not rules.may_keep(world.leader, row)
    assert not rules.may_keep(replace(clerk, unit_id=world.bureau.pk), row)
    assert rules.may_excuse(world.chief, row)
    assert not rules.may_excuse(world.officer, row)
    assert not rules.may_excuse(replace(world.chief, token_id=row.pk), row)
    assert not rules.may_undertake(clerk)
    with pytest.raises(Forbidden):
        excuse(occurrence=row, reason="防汛", actor=world.officer, at=noon(2026, 4, 17))
    with pytest.raises(Invalid):
        excuse(occurrence=row, reason=" ", actor=world.chief, at=noon(2026, 4, 17))
    done = excuse(occurrence=row, reason="防汛应急", actor=world.chief, at=noon(2026, 4, 17))
    assert done.outcome(noon(2026, 6, 1)) == Outcome.EXCUSED
    with pytest.raises(Refused) as refused:
        keep(occurrence=row, kept=Kept(), actor=clerk, at=noon(2026, 4, 17))
    assert refused.value.code == "settled"


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"title": " "}, {"title"}),
        ({"basis": ""}, {"basis"}),
        ({"role": "auditor"}, {"responsible"}),
        ({"role": ""}, {"responsible"}),
        ({"starts_on": date(2026, 4, 12)}, {"starts_on"}),
        ({"starts_on": date(2036, 4, 12)}, {"starts_on"}),
        ({"ends_on": date(2026, 4, 16)}, {"ends_on"}),
        ({"warning": "99"}, {"warning"}),
        ({"warning": "0199"}, {"warning"}),
        ({"warning": "0199999"}, {"warning"}),
        ({"kind": "nobody's"}, {"kind"}),
        ({"title": "长" * 121, "basis": ""}, {"title", "basis"}),
    ],
)
def test_what_cannot_be_undertaken_is_told_at_once(
    world: World, change: dict[str, Any], fields: set[str]
) -> None:
    """Everything that is wrong is refused together, each beside its field."""
    with pytest.raises(Invalid) as refused:
        undertake(plan=plan(**change), actor=world.officer, at=MONDAY)
    assert set(refused.value.errors) == fields
    assert not Commitment.objects.exists()


def test_an_ended_commitment_owes_what_was_owed(world: World) -> None:
    """Occurrences after its last day fall away; what is overdue stays until somebody says what
    became of it."""
    row = undertaken(world)
    at = noon(2026, 4, 20)
    run(at)
    with pytest.raises(Invalid):
        end(commitment=row, on=date(2026, 4, 19), reason="撤销", actor=world.officer, at=at)
    done = end(commitment=row, on=None, reason="机构改革", actor=world.officer, at=at)
    states = dict(row.occurrences.values_list("due_on", "state"))
    assert states == {
        date(2026, 4, 17): OccurrenceState.OPEN,
        date(2026, 4, 24): OccurrenceState.DROPPED,
        date(2026, 5, 6): OccurrenceState.DROPPED,
    }
    assert (done.draw_on, on(row, 2026, 4, 17).missed_at) == (None, None)
    assert run(noon(2026, 6, 1)) == 0
    with pytest.raises(Refused) as refused:
        end(commitment=done, on=None, reason="再次", actor=world.officer, at=at)
    assert refused.value.code == "ended"


def test_an_office_that_goes_into_another_ends_with_what_it_undertook(world: World) -> None:
    """What it owed stays in its record, nothing new comes; the successor undertakes its own."""
    row = undertaken(world)
    with acting(actor=SYSTEM, at=noon(2026, 4, 20)):
        end_with_unit(unit=world.office, into=world.bureau, actor=SYSTEM, at=noon(2026, 4, 20))
    row.refresh_from_db()
    assert (row.ends_on, row.draw_on) == (date(2026, 4, 20), None)
    assert str(world.bureau) in row.end_reason
    assert run(noon(2026, 6, 1)) == 0
    assert Entry.objects.filter(action="commitments.ended").count() == 1


def test_a_daily_report_late_by_hours(world: World) -> None:
    """Every day at 17:00: late in hours, never rolled, one row a day and the next ahead."""
    row = undertaken(world, DAILY, at=noon(2026, 5, 1))
    assert due_days(row) == [date(2026, 5, 1), date(2026, 5, 2)]
    when = at_clock(date(2026, 5, 1), time(20))
    done = keep(occurrence=on(row, 2026, 5, 1), kept=Kept(), actor=world.officer, at=when)
    assert (done.late_amount, done.late_unit) == (3, "hours")


def test_a_month_without_its_sheet_is_missed(world: World) -> None:
    """The monthly score sheet by day 5: 5 May is in the holidays and rolls to 6 May; missed from
    the limit of June on."""
    row = undertaken(world, SHEET)
    run(noon(2026, 6, 8))
    may = on(row, 2026, 5, 6)
    assert may.outcome(noon(2026, 6, 5)) == Outcome.OVERDUE
    assert may.outcome(noon(2026, 6, 6)) == Outcome.MISSED
