"""Reports drawn at random for a check on site: nobody chooses, everybody can compute it again."""

import hashlib

import pytest
from django.test import Client

from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Invalid
from luoshi.supervision.matters.domain.report.evidence import drawn_for_visit
from luoshi.supervision.matters.domain.report.reviewing import Graded, accept, return_for_redo
from luoshi.supervision.matters.models import Report, Review
from luoshi.supervision.rulebook.domain.settling import settle
from tests.security.world import sign_in
from tests.story import World, make_world
from tests.supervision.reports.world import day, send, share_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def sent(world: World, percent: int) -> Report:
    """A report before review, where so many percent are drawn."""
    values = {"spot_percent": percent}
    settle(office_id=world.office.pk, values=values, actor=world.chief, at=day(3, 1))
    share = share_of(world, "instruction", day(3, 2))
    made = send(share, world.liaison, day(3, 4), "TR-06")
    return Report.objects.select_related("assignment__matter__office").get(pk=made.pk)


def test_drawn_report_is_accepted_on_site_or_with_a_reason(world: World) -> None:
    """B8 (random on-site sample): on paper alone it is refused at the field; the mark stays on the
    decision and in the trail."""
    report = sent(world, 100)
    with pytest.raises(Invalid) as refused:
        accept(report=report, actor=world.officer, at=day(3, 5))
    assert list(refused.value.errors) == ["evidence_note"]
    seen = Graded(4, "3月5日到场，管线已更换")
    accept(report=report, actor=world.officer, at=day(3, 5), graded=seen)
    assert Review.objects.get().drawn
    entry = Entry.detail_of(Entry.objects.get(action="matters.accepted"))
    assert entry["after"]["drawn"] is True


def test_said_why_nobody_went_it_is_accepted(world: World) -> None:
    """B8: the reason stands beside the grade for ever."""
    report = sent(world, 100)
    why = Graded(None, "道路中断，下月补查")
    accept(report=report, actor=world.officer, at=day(3, 5), graded=why)
    assert Review.objects.get().evidence_note == "道路中断，下月补查"


def test_returned_report_needs_no_visit(world: World) -> None:
    """B8: the visit bears out what is accepted."""
    report = sent(world, 100)
    return_for_redo(report=report, reason="补充清单", actor=world.officer, at=day(3, 5))
    assert Review.objects.get().verdict == "returned"


def test_draw_follows_the_receipt_number_alone(world: World) -> None:
    """B8: anybody can compute it again; off, nothing is drawn; a greater percentage only adds."""
    report = sent(world, 0)
    assert not drawn_for_visit(report, 0)
    text = f"{world.office.code}|2026-03|{report.receipt_number}"
    place = int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 100
    for percent in (place, place + 1, 100):
        assert drawn_for_visit(report, percent) == (percent > place)


def test_pages_set_it_and_say_it(world: World) -> None:
    """B8: the secretary-general sets the percentage, a number out of range is refused, the reviewer
    reads it before deciding."""
    chief, officer = Client(), Client()
    sign_in(chief, User.objects.get(username="chen"))
    sign_in(officer, User.objects.get(username="li"))
    form = {"act": "settle", "redo_workdays": "5", "least_evidence": "1"}
    page = "/reviews/settings/"
    wrong = chief.post(page, form | {"spot_percent": "101"})
    assert (wrong.status_code, 'value="101"' in wrong.content.decode()) == (422, True)
    assert wrong.context["phrases"]  # the other form of the page keeps its own words
    assert chief.post(page, form | {"spot_percent": "-"}).status_code == 422
    assert officer.post(page, form | {"spot_percent": "100"}).status_code == 403
    sent(world, 0)
    assert not officer.get("/reviews/").context["drawn"]
    assert chief.post(page, form | {"spot_percent": "100"}).status_code == 302
    assert officer.get("/reviews/").context["drawn"]
