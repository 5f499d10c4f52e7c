"""The plan of a running matter: it stays complete, its ground stays as issued, and limits that are
its end date move with it."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.core.time import end_of_day
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.matters.domain.duty.extending import ask_extension, grant_extension
from luoshi.supervision.matters.domain.matter.drafting import Plan, replan
from luoshi.supervision.matters.models import Assignment, Matter, ReportDuty
from tests.security.world import sign_in
from tests.story import World, make_world
from tests.supervision.reports.world import day, share_of

pytestmark = pytest.mark.django_db
WHY = "市委常委会要求提前一个月完成"
SOONER = date(2026, 10, 30)
PLAN = Plan(
    title="安全生产专项整治",
    regime="key_task",
    content="排查整改",
    method="牵头单位负责",
    purpose="消除隐患",
    end_on=date(2026, 12, 31),
)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def share(world: World) -> Assignment:
    """A key task whose one report is due on the plan's end date."""
    return share_of(world, "key_task", day(3, 2))


def changed(world: World, share: Assignment, why: str = WHY, **values: object) -> Matter:
    """The plan with other values, a day later."""
    matter = Matter.objects.get(pk=share.matter_id)
    return replan(
        matter=matter,
        plan=replace(PLAN, **values),  # type: ignore[arg-type]
        revision=matter.revision,
        end_reason=why,
        actor=world.officer,
        at=day(3, 3),
    )


def owed(share: Assignment) -> ReportDuty:
    """The report on the task."""
    found: ReportDuty = share.duties.get(rule_code="SRC-1")
    return found


def test_limits_that_are_the_end_date_move_with_it(world: World, share: Assignment) -> None:
    """R-SUP-4, S2-92: never a plan that says one day and a limit that says another; original,
    current and why stand side by side, and the unit is told."""
    before = owed(share).due_at
    matter = changed(world, share, end_on=SOONER)
    duty = owed(share)
    assert (matter.end_on, duty.due_at) == (SOONER, end_of_day(SOONER))
    assert duty.original_due_at == before
    assert matter.overdue_at == Matter.objects.get(pk=matter.pk).overdue_at == duty.due_at
    assert Notice.objects.filter(kind="redated", recipient_id=world.liaison.person_id).count() == 1
    entry = Entry.detail_of(Entry.objects.get(action="matters.limit_set"))
    assert entry["after"]["reason"] == WHY


@pytest.mark.parametrize(
    ("values", "why", "field"),
    [
        ({"end_on": SOONER}, "", "end_reason"),
        ({"end_on": SOONER}, "因" * 121, "end_reason"),
        ({"end_on": date(2026, 3, 1)}, WHY, "end_on"),
        ({"end_on": None}, WHY, "end_on"),
        ({"purpose": " "}, "", "purpose"),
        ({"content": ""}, "", "content"),
        ({"regime": "instruction"}, "", "regime"),
        ({"urgent_amount": 4, "urgent_unit": "hours", "urgent_basis": "批示"}, "", "urgent_amount"),
        ({"anchors": {"issue": "2026-01-05"}}, "", "anchor_issue"),
    ],
)
def test_running_plan_cannot_be_uprooted(
    world: World, share: Assignment, values: dict[str, object], why: str, field: str
) -> None:
    """S2-92: no start without a plan, and no plan emptied after the start; TR-07: an urgent limit
    typed afterwards would date nothing."""
    with pytest.raises(Invalid) as refused:
        changed(world, share, why, **values)
    assert list(refused.value.errors) == [field]
    assert owed(share).due_at == end_of_day(date(2026, 12, 31))


def test_other_words_change_without_a_reason(world: World, share: Assignment) -> None:
    """S2-92: the plan is still the office's to word."""
    matter = changed(world, share, "", method="市应急局牵头，按月调度")
    assert matter.method == "市应急局牵头，按月调度"


def test_an_extended_limit_stays_where_it_was_granted(world: World, share: Assignment) -> None:
    """R-SUP-4: a day that was decided for one unit is not taken back by the plan."""
    duty = owed(share)
    granted = end_of_day(date(2027, 1, 20))
    asked = ask_extension(
        duty=duty, wanted_at=granted, reason="论证", actor=world.liaison, at=day(3, 2, 4)
    )
    grant_extension(extension=asked, actor=world.officer, at=day(3, 2, 5))
    changed(world, share, "", end_on=SOONER)
    assert owed(share).due_at == granted


def test_page_says_what_moves_and_keeps_what_was_typed(world: World, share: Assignment) -> None:
    """B6, R-SUP-4: shown before it is done."""
    Matter.objects.filter(pk=share.matter_id).update(end_on=date(2089, 12, 31))
    raw = {"anchor": "calendar", "year": 2089, "month": 12, "day": 31}
    far = end_of_day(date(2089, 12, 31))
    values = {"deadline": {"type": "once", "due": raw}, "due_at": far, "original_due_at": far}
    ReportDuty.objects.filter(pk=owed(share).pk).update(**values)
    office = Client()
    sign_in(office, User.objects.get(username="li"))
    page = f"/matters/{share.matter_id}/plan/"
    assert str(share.unit) in office.get(page).content.decode()
    typed = {
        "title": "安全生产专项整治",
        "regime": "key_task",
        "content": "排查整改",
        "revision": "0",
    }
    typed |= {"method": "牵头单位负责", "purpose": "消除隐患", "end_on": "2089-11-30"}
    answer = office.post(page, typed)
    assert answer.status_code == 422
    assert "2089-11-30" in answer.content.decode()
