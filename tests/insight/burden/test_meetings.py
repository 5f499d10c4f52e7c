"""Meetings asked of units stand in the burden ledger, by whom and on which basis (B6, R-CUT-3)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.test import Client

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.core.time import office_date
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.models import Unit
from luoshi.insight.burden.domain.ledger import by_unit
from luoshi.insight.burden.domain.meeting import Invitation, ask_to_meeting, call_off
from luoshi.insight.burden.enums import Attends
from luoshi.insight.burden.models import AskedMeeting
from luoshi.supervision.matters.domain.queries.burden import Span
from tests.counting import queries_of
from tests.insight.burden.test_burden import client_of
from tests.security.world import keyed
from tests.story import World, make_world
from tests.supervision.matters.test_circle import AT

pytestmark = pytest.mark.django_db
TODAY = office_date(datetime.now(UTC))
PAGE = f"/burden/meetings/?year={TODAY.year}"
FORM = {
    "title": "督查要点推进会",
    "on": TODAY.isoformat(),
    "minutes": "120",
    "attends": "deputy",
    "basis": "清委办发〔2026〕3号",
    "units": "市住房城乡建设局、市财政局",
}


@pytest.fixture
def world() -> World:
    return make_world()


def invitation(world: World) -> Invitation:
    """One bureau, two hours."""
    return Invitation(
        "推进会", date(2026, 3, 10), 120, Attends.DEPUTY, "清委办发〔2026〕3号", [world.bureau]
    )


def test_meeting_counts_for_every_unit_asked_until_it_is_called_off(world: World) -> None:
    """B6: meetings asked for, per unit and period; told to the unit, on the trail, counted once."""
    row = ask_to_meeting(invitation=invitation(world), actor=world.officer, at=AT)
    for reader in (world.officer, world.liaison):
        loads = by_unit(reader, Span(2026, 1), 60)
        assert [(load.key[0], load.meetings, load.asked) for load in loads] == [
            (world.bureau.pk, 1, 0)
        ]
    assert by_unit(world.officer, Span(2026, 2), 60) == []
    told = Notice.objects.filter(kind="meeting").values_list("recipient__username", flat=True)
    assert list(told) == ["zhang"]
    with pytest.raises(Invalid):
        call_off(meeting=row, reason=" ", actor=world.officer, at=AT)
    with pytest.raises(Forbidden):
        call_off(meeting=row, reason="合并", actor=world.liaison, at=AT)
    call_off(meeting=row, reason="并入季度报告", actor=world.chief, at=AT)
    with pytest.raises(Refused):
        call_off(meeting=row, reason="再取消", actor=world.chief, at=AT)
    assert by_unit(world.officer, Span(2026), 60) == []
    actions = list(
        Entry.objects.filter(action__startswith="burden.").values_list("action", flat=True)
    )
    assert sorted(actions) == ["burden.meeting_asked", "burden.meeting_called_off"]


def test_meeting_without_basis_or_outside_sight_refused(world: World) -> None:
    """R-CUT-3: nothing is asked of a unit without a basis; every field says what is wrong."""
    wrong = Invitation("", AT.date() + timedelta(days=800), 0, "all", " ", [world.office])
    with pytest.raises(Invalid) as refused:
        ask_to_meeting(invitation=wrong, actor=world.officer, at=AT)
    assert set(refused.value.errors) == {"title", "basis", "on", "minutes", "attends", "units"}
    with pytest.raises(Invalid) as refused:
        none = replace(invitation(world), units=[])
        ask_to_meeting(invitation=none, actor=world.officer, at=AT)
    assert list(refused.value.errors) == ["units"]
    for stranger in (world.leader, world.liaison):
        with pytest.raises(Forbidden):
            ask_to_meeting(invitation=invitation(world), actor=stranger, at=AT)
    assert not AskedMeeting.objects.exists()


def test_page_says_first_what_the_meeting_adds(world: World) -> None:
    """B6: shown before anything is asked; the typed words are kept; asked once, seen by the unit,
    written out with the ledger."""
    today = replace(invitation(world), on=TODAY)
    ask_to_meeting(invitation=today, actor=world.officer, at=datetime.now(UTC))
    officer, liaison = client_of(world.officer), client_of(world.liaison)
    wrong = officer.post(PAGE, FORM | keyed() | {"basis": ""})
    assert (wrong.status_code, wrong.context["values"]["title"]) == (422, FORM["title"])
    form = FORM | keyed()
    seen = officer.post(PAGE, form)
    assert [(line["now"], line["then"]) for line in seen.context["adds"]] == [(1, 2), (0, 1)]
    assert AskedMeeting.objects.count() == 1
    for _twice in range(2):
        assert officer.post(PAGE, form | {"seen": "1"}).status_code == 302
    assert AskedMeeting.objects.count() == 2
    shown = {row.title: row.asked for row in liaison.get(PAGE).context["page"].rows}
    assert shown == {"推进会": 1, FORM["title"]: 2}
    assert liaison.post(PAGE, form).status_code == 403
    sheet = officer.get(f"/exports/burden/?year={TODAY.year}&format=csv")
    assert "清源市财政局" in b"".join(sheet.streaming_content).decode()  # type: ignore[attr-defined]


def test_meetings_take_the_same_queries_whatever_their_number(world: World) -> None:
    """Query counts: the page asks the same number of queries for one meeting and for twelve."""
    client: Client = client_of(world.officer)
    ask_to_meeting(invitation=invitation(world), actor=world.officer, at=AT)
    page = "/burden/meetings/?year=2026"
    client.get(page)
    _answer, few = queries_of(partial(client.get, page))
    several = list(Unit.objects.filter(short_name__in=("市财政局", "市水务局")))
    for _n in range(12):
        more = replace(invitation(world), units=several)
        ask_to_meeting(invitation=more, actor=world.officer, at=AT)
    _answer, many = queries_of(partial(client.get, page))
    assert many == few
