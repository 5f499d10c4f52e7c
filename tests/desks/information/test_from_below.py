"""What comes from below never undoes what an office knows, nor meets its limits for it: facts,
tellings and reports of events told again, corrected or merged (features rows 56, 57; TR-10,
R-INF-1, R-INF-2; security.md 1, threat 4)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.information.domain.urgent.merging import merge
from luoshi.desks.information.domain.urgent.reporting import report
from luoshi.desks.information.domain.urgent.taking_in import correct, take_in
from luoshi.desks.information.models import Event, EventReport
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.models import Incoming
from tests.desks.information.ground import (
    MINUTE,
    NEW,
    NIGHT,
    Night,
    book,
    first,
    flood,
    make_night,
)
from tests.desks.information.test_levels import said
from tests.foundation.exchange.ground import Far, make_far, own_files
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db
FOUND = "新情况：发现两名失联人员，正在搜救之中。"


@pytest.fixture
def night() -> Night:
    return make_night()


@pytest.fixture
def below(settings: Any, night: Night) -> Iterator[Far]:
    """This site is the city's node; the county is below it, the province above."""
    with own_files(settings):
        initialise(code="C3301", name="市级节点", address="", actor=SYSTEM, at=NIGHT)
        make_far("P33", Relation.SUPERIOR, "省委办公厅")
        yield make_far("X330101", Relation.SUBORDINATE, "安澜县")


def told(night: Night, **change: Any) -> Event:
    """An event the county took in and reported."""
    event = take_in(flood(**change), actor=night.county, at=NIGHT + 25 * MINUTE)
    report(event=event, writing=first(), actor=night.county, at=NIGHT + 29 * MINUTE)
    return event


def follow_up(night: Night, event: Event, at: datetime, text: str = NEW) -> None:
    """The county says what is new."""
    event.refresh_from_db()
    writing = first(step="update", text=text, late_reason="核实")
    report(event=event, writing=writing, actor=night.county, at=at)


def passage(sender: str, receiver: str, **change: Any) -> dict[str, str]:
    """A telling as it travels."""
    values = {"way": "written", "at": (NIGHT + 5 * MINUTE).isoformat()}
    values |= {"sender_code": sender, "sender_name": sender}
    return values | {"receiver_code": receiver, "receiver_name": receiver} | change


def test_what_an_office_corrected_stays(night: Night) -> None:
    """Row 56: a follow-up brings what the county changed since it last spoke, nothing else; what
    was there before stays in the trail."""
    event = told(night)
    city = book(night.city_unit)
    facts = flood(casualties="3人死亡", grade="gravest")
    correct(city, facts, revision=1, actor=night.city, at=NIGHT + 40 * MINUTE)
    follow_up(night, event, NIGHT + 58 * MINUTE)
    city.refresh_from_db()
    assert (city.casualties, city.grade) == ("3人死亡", "gravest")
    worse = flood(casualties="5人死亡", losses="房屋倒塌12间")
    correct(event, worse, revision=1, actor=night.county, at=NIGHT + 59 * MINUTE)
    follow_up(night, event, NIGHT + 60 * MINUTE, FOUND)
    city.refresh_from_db()
    assert (city.casualties, city.losses, city.grade) == ("5人死亡", "房屋倒塌12间", "gravest")
    entry = Entry.objects.filter(action="information.arrived").order_by("-seq")[0]
    assert Entry.detail_of(entry)["before"] == {"casualties": "3人死亡", "losses": ""}
    assert Entry.detail_of(entry)["after"]["casualties"] == "5人死亡"


def test_times_of_two_sides_are_taken_together_or_not(night: Night) -> None:
    """The city found that it happened later; the county says it knew before that: its own pair of
    times holds, for one of each would be known before it happened."""
    event = told(night)
    city = book(night.city_unit)
    later = flood(happened_at=NIGHT + 20 * MINUTE)
    correct(city, later, revision=1, actor=night.city, at=NIGHT + 40 * MINUTE)
    sooner = flood(aware_at=NIGHT + 10 * MINUTE)
    correct(event, sooner, revision=1, actor=night.county, at=NIGHT + 41 * MINUTE)
    follow_up(night, event, NIGHT + 42 * MINUTE)
    city.refresh_from_db()
    assert (city.happened_at, city.aware_at) == (NIGHT, NIGHT + 10 * MINUTE)


def test_a_merged_event_adds_reports_and_never_facts(night: Night) -> None:
    """Row 57: the event that was kept keeps its title, its time and who knew first."""
    heard = flood(title="石门镇堤防管涌险情", aware_at=NIGHT + 5 * MINUTE)
    kept = take_in(heard, actor=night.city, at=NIGHT + 20 * MINUTE)
    event = told(night)
    written = Event.objects.get(office=night.city_unit, chain=event.chain)
    merge(event=written, into=kept, actor=night.city, at=NIGHT + 46 * MINUTE)
    facts = ("title", "happened_at", "aware_at", "first_code", "first_name")
    before = Event.objects.values(*facts).get(pk=kept.pk)
    follow_up(night, event, NIGHT + 58 * MINUTE)
    assert Event.objects.values(*facts).get(pk=kept.pk) == before
    assert kept.reports.filter(step="update", text=NEW).exists()


def test_no_report_is_lost_where_two_events_became_one(night: Night) -> None:
    """R-INF-2: both chains count from 1; in the book of the one event that is left they count on,
    those of before the merger and those that come after it."""
    one, two = told(night), told(night, title="河堤管涌险情")
    kept, other = (Event.objects.get(office=night.city_unit, chain=e.chain) for e in (one, two))
    merge(event=other, into=kept, actor=night.city, at=NIGHT + 30 * MINUTE)
    assert not other.reports.exists()
    follow_up(night, two, NIGHT + 40 * MINUTE)
    follow_up(night, one, NIGHT + 50 * MINUTE, FOUND)
    rows = EventReport.objects.filter(event=kept).order_by("step", "number")
    assert list(rows.values_list("step", "number", "text")) == [
        ("first", 1, first().text),
        ("first", 2, first().text),
        ("update", 1, NEW),
        ("update", 2, FOUND),
    ]


def test_the_clock_above_follows_a_corrected_time(night: Night) -> None:
    """TR-10: the city's limits run from the event as well, whenever it turns out to have been, and
    are those of the grade it turns out to have."""
    event = told(night)
    earlier = flood(happened_at=NIGHT - 50 * MINUTE)
    correct(event, earlier, revision=1, actor=night.county, at=NIGHT + 35 * MINUTE)
    follow_up(night, event, NIGHT + 36 * MINUTE)
    city = book(night.city_unit)
    assert (city.happened_at, city.next_leg) == (NIGHT - 50 * MINUTE, "phone")
    assert city.next_due_at == NIGHT + 10 * MINUTE
    assert city.light(NIGHT + 36 * MINUTE) == "red"


def test_a_word_from_below_meets_no_limit_of_the_office(night: Night, below: Far) -> None:
    """TR-10, security.md threat 4: that the city told the province stands in the city's own book
    or is said by the province; a county says what was told by itself and below it."""
    city, at = night.city_unit, NIGHT + 20 * MINUTE
    claims = [
        passage(city.code, "01"),
        passage("010101", "01"),
        passage("010102", "0101D01"),
        passage("T1", "01"),
        passage("T1", "010101", way="phone"),
    ]
    payload = said(uuid4().hex, passages=claims, aware_at=NIGHT.isoformat())
    payload["report"]["at"] = at.isoformat()
    given: dict[str, Any] = {"kind": "information.urgent", "units": (city.code,)}
    below.says(at=at, payload=payload, **given)
    event = book(city)
    ways = event.passages.values_list("sender_code", "receiver_code").order_by("sender_code")
    assert list(ways) == [("010101", city.code), ("T1", "010101")]
    assert (event.next_leg, event.next_due_at) == ("phone", NIGHT + 60 * MINUTE)
    heard = {"chain": event.chain.hex, "passages": [passage(city.code, "01")]}
    below.says(at=at, kind="information.passages", units=(city.code,), payload=heard)
    assert Incoming.objects.get(kind="information.passages").state == "refused"
    event.refresh_from_db()
    assert event.next_leg == "phone"


@pytest.mark.parametrize(
    "change",
    [
        {"happened_at": "9999-12-31T23:30:00+00:00", "aware_at": "9999-12-31T23:30:00+00:00"},
        {"happened_at": "0001-01-01T00:00:00+00:00"},
        {"aware_at": "2026-12-31T00:00:00+00:00"},
        {"passages": [passage("T1", "010101", at="9999-12-31T23:30:00+00:00")]},
        {"report": {"unit_code": "010102"}},
        {"report": {"at": "0001-01-01T00:00:00+00:00"}},
    ],
)
def test_nonsense_from_below_is_answered_and_not_tried_for_ever(
    night: Night, below: Far, change: dict[str, Any]
) -> None:
    """Security.md 5.4: times no clock reaches, another unit's report: declined with a receipt."""
    payload = said(uuid4().hex)
    payload["report"] |= change.get("report", {})
    given: dict[str, Any] = {"kind": "information.urgent", "units": ("0101D01",)}
    below.says(
        at=NIGHT + 41 * MINUTE,
        payload=payload | {k: v for k, v in change.items() if k != "report"},
        **given,
    )
    assert Incoming.objects.get(kind="information.urgent").state == "refused"
    assert not Event.objects.exists()


def test_a_character_no_database_takes_is_left_out(night: Night, below: Far) -> None:
    """The telling is kept, without it."""
    payload = said(uuid4().hex, passages=[passage("T1", "010101", note="夏\x00雨")])
    given: dict[str, Any] = {"kind": "information.urgent", "units": ("0101D01",)}
    below.says(at=NIGHT + 41 * MINUTE, payload=payload, **given)
    assert book(night.city_unit).passages.get(sender_code="T1").note == "夏雨"
