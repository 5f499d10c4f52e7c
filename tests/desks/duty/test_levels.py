"""Duty between nodes: periods come down and go on down, rosters and daily reports go up (features
rows 62, 65; S3-90, R-DUT-4, R-DUT-7)."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest

from luoshi.desks.duty.domain.periods.declaring import Wish, declare
from luoshi.desks.duty.domain.queries.now import on_duty_at
from luoshi.desks.duty.domain.roster.approving import take_back
from luoshi.desks.duty.domain.roster.editing import put
from luoshi.desks.duty.domain.watch.reporting import report
from luoshi.desks.duty.models import DailyReport, KnownShift, SensitivePeriod
from luoshi.foundation.core.time import at_clock
from luoshi.foundation.exchange.domain.node.initialising import initialise
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.models import Incoming, Outgoing
from luoshi.foundation.organizations.models import Unit
from tests.desks.duty.ground import HOUR, NOW, Ground
from tests.foundation.exchange.ground import Far, make_far, own_files, read_row
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db
OFFICE = "0101D01"


@pytest.fixture
def ground() -> Ground:
    return Ground()


@pytest.fixture
def ends(settings: Any, ground: Ground) -> Iterator[tuple[Far, Far]]:
    """This site is the city's node; the province is above it, a county below."""
    with own_files(settings):
        initialise(code="C3301", name="市级节点", address="", actor=SYSTEM, at=NOW)
        above_us = make_far("P33", Relation.SUPERIOR, "省委办公厅")
        yield above_us, make_far("X330101", Relation.SUBORDINATE, "安澜县")


def declared(chain: str, **change: Any) -> dict[str, Any]:
    said = {"chain": chain, "title": "全国两会", "basis": "省委办通知", "daily": True}
    said |= {"starts_on": "2026-03-03", "ends_on": "2026-03-12", "revoked_at": ""}
    said |= {"declared_at": NOW.isoformat(), "declared_by_name": "宁远", "revoked_reason": ""}
    return said | change


def test_a_period_of_the_province_reaches_the_city_and_goes_on_to_the_county(
    ground: Ground, ends: tuple[Far, Far]
) -> None:
    """S3-90: one envelope down, into the city's book, on to the node below; said again nothing
    doubles; revoked above, it ends here and below; what is not in its form is refused."""
    above_us, below = ends
    chain = uuid4().hex
    given = {"kind": "duty.period", "units": (OFFICE,)}
    above_us.says(at=NOW, payload=declared(chain), **given)
    period = SensitivePeriod.objects.get(office=ground.office)
    assert (period.title, period.from_name) == ("全国两会", "省委办公厅")
    on = Outgoing.objects.get(kind="duty.period")
    assert (on.receiver, read_row(on).payload["chain"]) == (below.node, chain)
    above_us.says(at=NOW + HOUR, payload=declared(chain), **given)
    assert SensitivePeriod.objects.filter(office=ground.office).count() == 1
    gone = declared(chain, revoked_at=(NOW + HOUR).isoformat(), revoked_reason="提前结束")
    above_us.says(at=NOW + 2 * HOUR, payload=gone, **given)
    period.refresh_from_db()
    assert period.revoked_reason == "提前结束"
    above_us.says(at=NOW, payload=declared(chain, starts_on="2026-13-01"), **given)
    above_us.says(at=NOW, payload=declared(uuid4().hex, ends_on="2026-03-01"), **given)
    assert Incoming.objects.filter(kind="duty.period", state="refused").count() == 2


def test_the_daily_report_goes_up_to_who_declared_the_period(
    ground: Ground, ends: tuple[Far, Far]
) -> None:
    """R-DUT-7: to the province's node; the county's report comes into the city's book, once."""
    above_us, below = ends
    chain = uuid4().hex
    above_us.says(at=NOW, kind="duty.period", units=(OFFICE,), payload=declared(chain))
    period = SensitivePeriod.objects.get(office=ground.office)
    at = at_clock(date(2026, 3, 3), time(16))
    report(period, day=date(2026, 3, 3), nothing=True, text="", actor=ground.keeper, at=at)
    up = Outgoing.objects.get(kind="duty.daily")
    assert (up.receiver, read_row(up).payload["nothing"]) == (above_us.node, True)
    SensitivePeriod.objects.filter(pk=period.pk).update(from_code="", from_name="")
    said = {
        "chain": chain,
        "day": "2026-03-03",
        "nothing": False,
        "text": "一起",
        "by_name": "夏雨",
    }
    for _twice in range(2):
        below.says(at=at, kind="duty.daily", units=(OFFICE,), payload=said)
    theirs = DailyReport.objects.get(office=ground.office, unit_code="010101")
    assert theirs.due_at == at_clock(date(2026, 3, 3), time(17))  # by this office's hour


def test_a_published_roster_goes_up_and_a_changed_shift_after_it(
    ground: Ground, ends: tuple[Far, Far]
) -> None:
    """R-DUT-4, row 62: the level above knows who is on duty below, with the telephone; a county's
    roster is read here."""
    above_us, below = ends
    ground.published()
    first = Outgoing.objects.get(kind="duty.roster")
    assert first.receiver == above_us.node
    shifts = read_row(first).payload["shifts"]
    assert len(shifts) == 56
    assert {one["phone"] for one in shifts} == {"13900001111"}
    shift = ground.shift(date(2026, 2, 12))
    put(shift, None, reason="病假", actor=ground.keeper, at=NOW)
    change = Outgoing.objects.filter(kind="duty.roster").exclude(pk=first.pk).get()
    assert [one["name"] for one in read_row(change).payload["shifts"]] == [""]
    county = Unit.objects.get(short_name="安澜县")
    start = NOW.replace(minute=0)
    one = {"post": "officer", "name": "夏雨", "title": "", "phone": "139"}
    one |= {"starts_at": start.isoformat(), "ends_at": (start + timedelta(days=1)).isoformat()}
    whole = {"shifts": [one], "from": start.isoformat()}
    whole["until"] = (start + timedelta(days=1)).isoformat()
    below.says(at=NOW, kind="duty.roster", units=(OFFICE,), payload=whole)
    assert [there.name for there in on_duty_at(county, NOW + HOUR)] == ["夏雨"]
    below.says(
        at=NOW, kind="duty.roster", units=(OFFICE,), payload={"shifts": [one | {"name": ""}]}
    )
    assert not KnownShift.objects.exists()
    bad = one | {"ends_at": start.isoformat()}
    below.says(at=NOW, kind="duty.roster", units=(OFFICE,), payload={"shifts": [bad]})
    assert not KnownShift.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"day": "0001-01-01"},
        {"day": "2026-03-02"},
        {"day": "2026-03-13"},
        {"day": "2026-03-05"},  # to come
        {"chain": "x"},
    ],
)
def test_a_report_of_another_day_is_refused_and_the_mail_goes_on(
    ground: Ground, ends: tuple[Far, Far], change: dict[str, str]
) -> None:
    """R-DUT-7, B12: a day no calendar knows, outside the period or still to come; a letter
    no row can hold is left out."""
    _above, below = ends
    wish = Wish("两会", "通知", date(2026, 3, 3), date(2026, 3, 12))
    period = declare(wish, actor=ground.chief, at=NOW)
    at = at_clock(date(2026, 3, 3), time(16))
    said = {"chain": period.chain.hex, "day": "2026-03-03", "nothing": False}
    said |= {"text": "一\x00起", "by_name": "夏雨"}
    given: dict[str, Any] = {"at": at, "kind": "duty.daily", "units": (OFFICE,)}
    below.says(payload=said | change, **given)
    assert Incoming.objects.get(kind="duty.daily").state == "refused"
    below.says(payload=said, **given)
    assert DailyReport.objects.get(office=ground.office).text == "一起"


@pytest.mark.parametrize(
    "years", [("0001-01-01T00:00:00+14:00", "0001-01-02T00:00:00+14:00"), ("2026", "9999-12-31")]
)
def test_a_roster_nobody_can_read_is_refused(
    ground: Ground, ends: tuple[Far, Far], years: tuple[str, str]
) -> None:
    """R-DUT-4, B12: one shift twice, instants no calendar knows or without a zone."""
    _above, below = ends
    one = {"post": "officer", "name": "夏雨", "title": "", "phone": "139"}
    one |= {"starts_at": NOW.isoformat(), "ends_at": (NOW + HOUR).isoformat()}
    far = one | {"starts_at": years[0], "ends_at": years[1]}
    for shifts in ([one, one], [far]):
        below.says(at=NOW, kind="duty.roster", units=(OFFICE,), payload={"shifts": shifts})
    assert Incoming.objects.filter(kind="duty.roster", state="refused").count() == 2
    assert not KnownShift.objects.exists()


def test_a_roster_taken_back_is_taken_back_above(ground: Ground, ends: tuple[Far, Far]) -> None:
    """R-DUT-4: the level above knows nobody after the running shift until it is published again."""
    above_us, _below = ends
    roster = ground.published()
    roster.refresh_from_db()
    at = at_clock(date(2026, 2, 15), time(10))
    take_back(roster, actor=ground.chief, at=at)
    last = Outgoing.objects.filter(kind="duty.roster").order_by("-created_at").first()
    assert last is not None
    said = read_row(last).payload
    assert (last.receiver, said["shifts"], said["from"]) == (above_us.node, [], at.isoformat())
