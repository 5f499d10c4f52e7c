"""Limits that wait for an event: nothing has a date until it is noted, then each gets its own."""

from datetime import date, timedelta

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.matters.domain.duty.happening import events_of, note_event
from luoshi.supervision.matters.models import Assignment, ReportDuty
from luoshi.supervision.rulebook.enums import Anchor
from tests.story import SYSTEM, World, make_world
from tests.supervision.reports.world import day, share_of

pytestmark = pytest.mark.django_db
MINUTES = "活动领导小组第三次会议纪要"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def share(world: World) -> Assignment:
    """A unit's share of a theme activity."""
    return share_of(world, "activity", day(3, 2))


def summary(share: Assignment) -> ReportDuty:
    """The summary of the first stage."""
    found: ReportDuty = share.duties.get(rule_code="TR-18", period="-")
    return found


def noted(world: World, share: Assignment, on: date, month: int = 4) -> int:
    """The officer notes the end of a stage; how many limits it dated."""
    found = note_event(
        matter=share.matter,
        event=Anchor.STAGE_END,
        on=on,
        basis=MINUTES,
        actor=world.officer,
        at=day(month, 8),
    )
    return found.dated


def test_stage_summary_has_no_date_until_the_stage_ends(world: World, share: Assignment) -> None:
    """TR-18: ten working days from the end of the stage, told once, with a trace that names it."""
    assert (summary(share).due_at, events_of(share.matter)) == (None, [Anchor.STAGE_END])
    sweep(actor=SYSTEM, at=day(4, 7))
    assert summary(share).due_at is None
    assert noted(world, share, date(2026, 4, 7)) == 1
    dated = summary(share)
    assert dated.due_at is not None
    assert dated.due_at == dated.original_due_at
    assert dated.due_at.date() == date(2026, 4, 21)
    assert dated.trace["anchors"]["stage_end"] == "2026-04-07"
    assert Notice.objects.filter(kind="dated", unit=share.unit).count() == 1
    assert Entry.objects.filter(action="matters.event_noted").count() == 1
    share.refresh_from_db()
    assert share.on_clock


def test_each_further_stage_asks_a_summary_of_its_own(world: World, share: Assignment) -> None:
    """TR-18: 每个阶段. The first summary keeps its limit."""
    noted(world, share, date(2026, 4, 7))
    first = summary(share).due_at
    assert noted(world, share, date(2026, 6, 30), month=6) == 1
    rows = share.duties.filter(rule_code="TR-18").order_by("due_at")
    assert [row.period for row in rows] == ["-", "2026-06-30"]
    assert rows[0].due_at == first
    assert rows[1].due_at is not None
    assert rows[1].due_at > rows[0].due_at + timedelta(days=60)


@pytest.mark.parametrize(
    ("event", "on", "basis", "field"),
    [
        (Anchor.EVENT, date(2026, 4, 7), MINUTES, "event"),
        (Anchor.STAGE_END, None, MINUTES, "on"),
        (Anchor.STAGE_END, date(2028, 4, 7), MINUTES, "on"),
        (Anchor.STAGE_END, date(2026, 4, 7), "  ", "basis"),
        (Anchor.STAGE_END, date(2026, 4, 7), "长" * 301, "basis"),
    ],
)
def test_what_does_not_fit_is_refused_by_field(
    world: World, share: Assignment, event: str, on: date | None, basis: str, field: str
) -> None:
    """Nothing is noted and nothing gets a date."""
    with pytest.raises(Invalid) as refused:
        note_event(
            matter=share.matter,
            event=event,
            on=on,
            basis=basis,
            actor=world.officer,
            at=day(4, 8),
        )
    assert list(refused.value.errors) == [field]
    assert (share.matter.milestones.count(), summary(share).due_at) == (0, None)


def test_the_same_stage_is_not_noted_twice(world: World, share: Assignment) -> None:
    """A second click or a second officer: the day stands there already."""
    noted(world, share, date(2026, 4, 7))
    with pytest.raises(Invalid) as refused:
        noted(world, share, date(2026, 4, 7))
    assert "2026-04-07" in str(refused.value.errors["on"][0])


def test_units_do_not_note_events(world: World, share: Assignment) -> None:
    """The assigning office says when its stage ended (S3-61)."""
    with pytest.raises(Forbidden):
        note_event(
            matter=share.matter,
            event=Anchor.STAGE_END,
            on=date(2026, 4, 7),
            basis=MINUTES,
            actor=world.liaison,
            at=day(4, 8),
        )
