"""Later limits: asked before the limit, with reason and new date, decided by the assigner."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.models import Reminder
from luoshi.supervision.matters.domain.duty.extending import (
    answer_by,
    ask_extension,
    grant_extension,
    refuse_extension,
    withdraw_extension,
)
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import return_for_redo
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import ExtensionState, Light
from luoshi.supervision.matters.models import Extension, ReportDuty
from tests.security.world import keyed, sign_in
from tests.story import SYSTEM, World, make_world
from tests.supervision.matters.test_circle import AT, GOOD, assigned

pytestmark = pytest.mark.django_db
LIMIT = datetime(2026, 2, 24, 16, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 10, 16, 0, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return make_world()


def first_duty(world: World) -> ReportDuty:
    """A duty due on 24 February."""
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT + timedelta(days=1))
    return share.duties.select_related("assignment__matter").get(rule_code="TR-06")


def asked(world: World, duty: ReportDuty, at: datetime = AT) -> Extension:
    """A request for 10 March."""
    return ask_extension(
        duty=duty, wanted_at=LATER, reason="资金文件未下达", actor=world.liaison, at=at
    )


def test_granted_request_moves_limit_and_keeps_original(world: World) -> None:
    """Features row 19, R-SUP-4: original, current and why stand side by side; the lights follow."""
    duty = first_duty(world)
    extension = asked(world, duty)
    grant_extension(extension=extension, actor=world.officer, at=AT)
    duty.refresh_from_db()
    assert (duty.original_due_at, duty.due_at) == (LIMIT, LATER)
    share = duty.assignment
    share.refresh_from_db()
    assert share.overdue_at == LATER
    assert share.light(LIMIT) == Light.GREEN
    assert share.light(datetime(2026, 3, 7, 0, 0, tzinfo=UTC)) == Light.YELLOW
    sweep(actor=SYSTEM, at=LIMIT + timedelta(days=2))
    assert Reminder.objects.count() == 0


def test_those_who_decide_are_told_and_the_queue_says_by_when(world: World) -> None:
    """R-SUP-4: 答复 within a few working days; the office hears of the request at once."""
    duty = first_duty(world)
    extension = asked(world, duty)
    told = Notice.objects.filter(kind="extension_asked")
    people = {world.officer.person_id, world.second_officer.person_id, world.chief.person_id}
    assert {row.recipient_id for row in told} == people
    assert answer_by(extension.asked_at) == date(2026, 2, 9)
    office = Client()
    sign_in(office, User.objects.get(username="li"))
    page = office.get("/extensions/").content.decode()
    assert "2月9日" in page


def test_asked_after_the_limit_refused_with_reason(world: World) -> None:
    """Features row 19, R-SUP-4: asked late = refused, and what to do instead is said."""
    duty = first_duty(world)
    with pytest.raises(Refused) as refused:
        asked(world, duty, at=LIMIT)
    assert refused.value.code == "asked-late"
    assert refused.value.next_steps != ()
    assert Extension.objects.count() == 0


@pytest.mark.parametrize(
    ("wanted", "reason", "field"),
    [
        (LIMIT, "资金", "wanted"),
        (LATER, "  ", "reason"),
        (LIMIT + timedelta(days=400), "资", "wanted"),
    ],
)
def test_incomplete_request_refused(
    world: World, wanted: datetime, reason: str, field: str
) -> None:
    """R-SUP-4: a reason and a later date belong to it."""
    duty = first_duty(world)
    with pytest.raises(Invalid) as refused:
        ask_extension(duty=duty, wanted_at=wanted, reason=reason, actor=world.liaison, at=AT)
    assert list(refused.value.errors) == [field]


def test_second_request_waits_for_the_first(world: World) -> None:
    """One open request per duty; withdrawn, a new one may follow."""
    duty = first_duty(world)
    extension = asked(world, duty)
    with pytest.raises(Refused) as refused:
        asked(world, duty)
    assert refused.value.code == "asked-already"
    withdraw_extension(extension=extension, actor=world.liaison, at=AT)
    assert asked(world, duty).state == ExtensionState.ASKED


def test_handling_unit_cannot_decide_and_decision_falls_once(world: World) -> None:
    """Decision 5: the assigner decides; the second decision is told who came first."""
    extension = asked(world, first_duty(world))
    with pytest.raises(Forbidden):
        grant_extension(extension=extension, actor=world.liaison, at=AT)
    with pytest.raises(Invalid):
        refuse_extension(extension=extension, remark="", actor=world.officer, at=AT)
    refuse_extension(extension=extension, remark="可先报已完成部分", actor=world.officer, at=AT)
    with pytest.raises(Refused) as refused:
        grant_extension(extension=extension, actor=world.second_officer, at=AT)
    assert "李文清" in str(refused.value)
    duty = ReportDuty.objects.get(rule_code="TR-06")
    assert duty.due_at == LIMIT


def test_redo_limit_can_be_extended(world: World) -> None:
    """After a return the redo limit is the one that moves; the duty's own limit stays."""
    duty = first_duty(world)
    share = duty.assignment
    report = submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=world.liaison, at=AT)
    return_for_redo(report=report, reason="补充数据", actor=world.officer, at=AT)
    duty = ReportDuty.objects.select_related("assignment__matter").get(pk=duty.pk)
    grant_extension(extension=asked(world, duty), actor=world.officer, at=AT)
    duty.refresh_from_db()
    assert (duty.due_at, duty.redo_due_at) == (LIMIT, LATER)


def test_pages_lead_from_asking_to_granting(world: World) -> None:
    """Row 19: the unit asks on the duty's page, the office finds it in its queue and grants."""
    duty = first_duty(world)
    page = f"/duties/{duty.pk}/extensions/"
    now = datetime.now(UTC)
    ReportDuty.objects.filter(pk=duty.pk).update(due_at=now + timedelta(days=9))
    unit, office = Client(), Client()
    sign_in(unit, User.objects.get(username="zhang"))
    sign_in(office, User.objects.get(username="li"))
    wanted = (now + timedelta(days=30)).date().isoformat()
    wrong = unit.post(page, keyed(wanted=wanted, reason=""))
    assert wrong.status_code == 422
    assert unit.post(page, keyed(wanted=wanted, reason="专家论证未完成")).status_code == 302
    assert "专家论证未完成" in office.get("/extensions/").content.decode()
    request = Extension.objects.get()
    done = office.post(f"/extensions/{request.pk}/decision/", {"verdict": "granted"})
    assert done.headers["Location"] == page
    duty.refresh_from_db()
    assert duty.due_at == request.wanted_at
