"""What the pages of inspections say: every fault at once, exceptions that stay, whose turn."""

from datetime import date, timedelta

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.navigation import Reader
from luoshi.supervision.inspections.domain.frequency import grant_exception
from luoshi.supervision.inspections.domain.receiving import receive
from luoshi.supervision.inspections.domain.reviewing import ask_review, decide_review
from luoshi.supervision.inspections.domain.starting import start
from luoshi.supervision.inspections.entries import reviews_to_decide, to_receive
from tests.security.world import sign_in
from tests.story import World, make_world
from tests.supervision.inspections.test_inspections import AT, approved, concluded, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def client(who: Actor) -> Client:
    """A browser of this person."""
    browser = Client()
    sign_in(browser, User.objects.get(pk=who.person_id))
    return browser


def test_form_tells_every_fault_at_once_and_keeps_what_was_typed(world: World) -> None:
    """ui.md 6, R-SUP-7: unknown units and days that do not exist are told together."""
    typed = {
        "title": "专项督查",
        "department": "没有的科",
        "objects": "市水务局、没有的局",
        "starts_on": "2026-13-40",
        "ends_on": "昨天",
    }
    answer = client(world.officer).post("/inspections/new/", typed)
    assert answer.status_code == 422
    assert sorted(answer.context["refusal"].errors) == [
        "department",
        "ends_on",
        "objects",
        "starts_on",
    ]
    assert answer.context["values"]["ends_on"] == "昨天"


def test_exception_stays_in_sight_after_the_start(world: World) -> None:
    """ui.md rule 7, R-CUT-6: who granted the exception and why is read on the page for ever."""
    planned(world)
    approved(world)
    row = planned(world, starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 2))
    reason = "群众反映集中，须立即核查"
    grant_exception(inspection=row, reason=reason, actor=world.chief, at=AT)
    start(inspection=row, actor=world.officer, at=AT)
    page = client(world.officer).get(f"/inspections/{row.pk}/").content.decode()
    assert reason in page
    assert world.chief.person_name in page


def test_bar_counts_what_waits_for_unit_and_office(world: World) -> None:
    """ui.md rule 1: a conclusion waits for the inspected unit until it signs, a request for review
    for the office until somebody decides."""
    unit, office = (
        Reader(who.unit_id, who.person_id, AT) for who in (world.liaison, world.officer)
    )
    made = concluded(world)
    assert (to_receive(unit).count(), to_receive(office).count()) == (1, 0)
    row = made.objects_inspected.get(unit=world.bureau)
    receive(row=row, actor=world.liaison, at=AT + timedelta(days=1))
    row.refresh_from_db()
    assert (to_receive(unit).count(), reviews_to_decide(office).count()) == (0, 0)
    at = AT + timedelta(days=2)
    review = ask_review(row=row, reason="数量有误", actor=world.liaison, at=at)
    assert (reviews_to_decide(office).count(), reviews_to_decide(unit).count()) == (1, 0)
    decide_review(
        review=review,
        verdict="upheld",
        decision="经核属实",
        withdrawn=(),
        actor=world.second_officer,
        at=at,
    )
    assert reviews_to_decide(office).count() == 0
