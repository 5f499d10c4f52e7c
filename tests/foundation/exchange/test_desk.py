"""The desk of the exchange: the way of an envelope with the time of each hop, what is stuck, why,
and when it is tried again (S3-108, S3-110; features rows 3, 50, 51, 52)."""

import json
from collections.abc import Sequence
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Q

from luoshi.foundation.exchange.domain.mail.verdicts import BELIEVED
from luoshi.foundation.exchange.domain.node.suspending import suspend_node
from luoshi.foundation.exchange.domain.queries.health import health
from luoshi.foundation.exchange.domain.queries.hops import hops
from luoshi.foundation.exchange.domain.queries.standing import standing, stuck_rows
from luoshi.foundation.exchange.domain.queries.stations import way_in, way_out
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.envelopes.refusing import Reason
from luoshi.foundation.exchange.models import Incoming, Outgoing
from luoshi.foundation.exchange.relay.handing_over import (
    NEXT,
    due,
    hand_over_together,
    handed,
)
from luoshi.foundation.exchange.relay.passing import pass_local
from luoshi.foundation.exchange.transports.interface import GivenUp, Held, Parcel
from luoshi.foundation.organizations.enums import Role
from tests.counting import queries_of
from tests.foundation.exchange.ground import NOW, make_far, own_files, read_row, sent, set_up
from tests.security.people import holder, officer_browser
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db
SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def far(settings: Any) -> Any:
    with own_files(settings), time_machine.travel(NOW, tick=False):
        yield set_up()


class Full:
    """A transport whose mailbox is full."""

    def publish(self, parcel: Parcel, **_how: Any) -> None:
        raise Held("maximum bytes exceeded")

    def publish_together(self, parcels: Sequence[Parcel]) -> list[Held | None]:
        return [Held("maximum bytes exceeded") for _one in parcels]

    def fetch(self, most: int, wait: float) -> list[Any]:
        return []

    def given_up(self) -> GivenUp:
        return GivenUp()

    def close(self) -> None:
        return


def settle(far: Any, row: Outgoing, *, handed_over: int, taken: int, back: int) -> Outgoing:
    """One consignment through its stations, each so many seconds after it was written."""
    handed([row], at=NOW + handed_over * SECOND)
    said = {"of": row.pk.hex, "digest": row.digest, "verdict": "accepted", "reason": ""}
    said["received_at"] = (NOW + taken * SECOND).isoformat()
    far.says(at=NOW + back * SECOND, kind="exchange.verdict", units=(), payload=said)
    row.refresh_from_db()
    return row


def test_the_verdict_says_when_the_envelope_was_taken_in(far: Any) -> None:
    """Row 51: the receiver's instant stands in its signed verdict, the same on every repetition."""
    far.says(at=NOW + MINUTE)
    verdict = Outgoing.objects.get(kind="exchange.verdict")
    came = Incoming.objects.get()
    assert read_row(verdict).payload["said"][0]["received_at"] == came.received_at.isoformat()
    assert came.received_at == NOW + MINUTE


def test_an_envelope_shows_its_hops(far: Any) -> None:
    """S3-110: written, handed over, taken in, answered; each with its instant and the time it took;
    row 54: the first acknowledgement is the instant of connection and stays it."""
    (row,) = sent(["省委办公厅"])
    assert [one.at for one in way_out(row, NOW)] == [NOW, None, None, None]
    settle(far, row, handed_over=2, taken=5, back=9)
    assert (row.tried_at, row.sent_at) == (NOW + 2 * SECOND, NOW + 2 * SECOND)
    stations = way_out(row, NOW)
    assert [one.at for one in stations] == [NOW + n * SECOND for n in (0, 2, 5, 9)]
    assert [one.took for one in stations] == [None, 2 * SECOND, 3 * SECOND, 4 * SECOND]
    far.node.refresh_from_db()
    assert far.node.connected_at == NOW + 9 * SECOND
    (second,) = sent(["省委办公厅"])
    settle(far, second, handed_over=3, taken=1, back=20)
    assert [one.clocks for one in way_out(second, NOW)] == [False, False, True, False]
    far.node.refresh_from_db()
    assert far.node.connected_at == NOW + 9 * SECOND


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({}, NOW),
        ({"received_at": "yesterday"}, None),
        ({"received_at": "2026-03-06T09:00:00"}, None),
        ({"received_at": 7}, None),
        ({"received_at": (NOW - BELIEVED - SECOND).isoformat()}, None),
        ({"received_at": "9999-12-31T23:59:59+00:00"}, None),
        ({"received_at": "0001-01-01T00:00:00+14:00"}, None),
        ({"received_at": (NOW - BELIEVED).isoformat()}, NOW - BELIEVED),
    ],
)
def test_an_instant_nobody_can_mean_is_not_kept(far: Any, said: Any, kept: Any) -> None:
    """An older node says nothing: its verdict was written in the same transaction, so its date is
    the answer; nonsense is not shown as a time, and the verdict counts all the same."""
    (row,) = sent(["省委办公厅"])
    far.verdict(row, **said)
    row.refresh_from_db()
    assert (row.state, row.taken_at) == ("received", kept)


def test_medians_of_the_last_day_per_neighbour(far: Any) -> None:
    """Median and 95 of 100 of each leg of what was answered in the last day; what is older, still
    under way or another neighbour's is not in it; status, metrics and page say the same."""
    other = make_far("X3301", Relation.SUBORDINATE, "安澜县")
    for place in (10, 20, 30, 40):
        (row,) = sent(["省委办公厅"])
        settle(far, row, handed_over=1, taken=place, back=place + 2)
    sent(["省委办公厅"])
    found = hops(NOW + MINUTE)
    assert (set(found), found[far.node.pk].answered) == ({far.node.pk}, 4)
    assert found[far.node.pk].seconds() == {
        "waiting": {"median": 1.0, "p95": 1.0},
        "there": {"median": 24.0, "p95": 37.5},
        "back": {"median": 2.0, "p95": 2.0},
        "whole": {"median": 27.0, "p95": 40.5},
    }
    with time_machine.travel(NOW + MINUTE, tick=False):
        out = StringIO()
        call_command("exchange", "status", "--json", stdout=out)
        told = {one["code"]: one for one in json.loads(out.getvalue())["nodes"]}
        assert told["P33"]["hops"] == found[far.node.pk].seconds()
        assert (told["P33"]["answered"], told["P33"]["open"], told["P33"]["stuck"]) == (4, 1, 0)
        assert told["X3301"]["hops"]["whole"] == {"median": None, "p95": None}
        out = StringIO()
        call_command("exchange", "status", stdout=out)
        assert "27.0" in out.getvalue()
        client = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
        page = client.get(f"/nodes/{far.node.pk}/", headers={"Accept-Language": "en"})
        assert "27.0" in page.content.decode()
        assert "40.5" in page.content.decode()
        rows = client.get("/exchange/?show=answered&node=P33").context["page"].rows
        assert sorted(one.took for one in rows) == [n * SECOND for n in (12, 22, 32, 42)]
        assert client.get("/exchange/?show=answered&node=X3301").context["page"].rows == []
        assert client.get("/exchange/?node=NOPE").status_code == 404
        assert client.get(f"/nodes/{other.node.pk}/").status_code == 200
    assert hops(NOW + timedelta(days=1, minutes=2)) == {}


def test_what_is_stuck_says_why_and_what_comes_next(far: Any) -> None:
    """Each reason has its words and its next step; the count opens exactly its rows."""
    (row,) = sent(["省委办公厅"])
    fresh = standing(row, NOW)
    assert (fresh.stuck, fresh.why, fresh.next_at) == (False, "", NOW)
    assert standing(row, NOW + 3 * MINUTE).then == "请启动：luoshi exchange run"
    assert not hand_over_together([row], Full(), sender="C3301", at=NOW)
    row.refresh_from_db()
    full = standing(row, NOW)
    assert (full.stuck, full.next_at, row.tried_at) == (True, NOW + MINUTE, NOW)
    assert "信箱已满" in str(full.why)
    handed([row], at=NOW + MINUTE)
    row.refresh_from_db()
    way = standing(row, NOW + MINUTE)
    assert (way.stuck, way.next_at) == (False, NOW + 2 * MINUTE)
    assert standing(row, NOW + HOUR).stuck
    far.verdict(row, "held", reason=str(Reason.REVOKED_KEY))
    row.refresh_from_db()
    assert "核对密钥" in str(standing(row, NOW).then)
    far.node.refresh_from_db()
    suspend_node(node=far.node, reason="搬迁", actor=SYSTEM, at=NOW)
    row = Outgoing.objects.select_related("receiver").get(pk=row.pk)
    assert "搬迁" in str(standing(row, NOW).why)
    rows = Outgoing.objects.filter(stuck_rows(NOW), control=False)
    assert ([one.pk for one in rows], health(NOW).stuck) == ([row.pk], 1)
    client = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
    shown = client.get("/exchange/?show=stuck")
    assert [one.pk for one in shown.context["page"].rows] == [row.pk]
    assert "搬迁" in shown.content.decode()
    page = client.get(f"/exchange/out/{row.pk}/").content.decode()
    assert "搬迁" in page
    assert "节点恢复连接后自动继续" in page


def test_what_travels_past_a_level_leaves_a_copy_there(far: Any, tmp_path: Any) -> None:
    """Row 3: a direct-report point has its line; the level between gets its copy in an envelope of
    its own, which holds nothing up. Node page and form say what travels there."""
    point = make_far("X9", Relation.REPORTED_TO, "澄湖市")
    direct, copy = sent(["澄湖市"], kind="test.news")
    if direct.receiver != point.node:
        direct, copy = copy, direct
    assert (copy.receiver, copy.units) == (far.node, [far.unit])
    said = [read_row(row) for row in (direct, copy)]
    assert said[0].payload == said[1].payload
    assert [one.metadata.copy_addressees for one in said] == [["中共临江省委办公厅"]] * 2
    direct_only = Q(receiver__code="X9")
    assert [due(NOW, to, most=9) for to in (NEXT, direct_only)] == [[copy], [direct]]
    client = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
    assert "越过一级" in client.get(f"/nodes/{point.node.pk}/").content.decode()
    assert "越过一级" in client.get("/nodes/").content.decode()
    far.node.state = NodeState.ENTERED
    far.node.save()
    assert [row.receiver.code for row in sent(["澄湖市"], kind="test.news")] == ["X9"]


def test_pages_of_envelopes_show_their_way_but_not_what_they_say(far: Any) -> None:
    """Security 4; row 52: receipts with the signed envelope that proves each; constant queries."""
    rows = sent(["省委办公厅"], metadata=Metadata(title="关于防汛的请示"))
    settle(far, rows[0], handed_over=1, taken=2, back=3)
    far.says(metadata=Metadata(title="关于防汛的批复"))
    client = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
    receipt = rows[0].receipts.get()
    page, first = queries_of(lambda: client.get(f"/exchange/out/{rows[0].pk}/"))
    text = page.content.decode()
    assert f"/exchange/in/{receipt.evidence_id}/" in text
    assert receipt.evidence.digest[:12] in text
    came = Incoming.objects.get(kind="test.slip")
    shown = client.get(f"/exchange/in/{came.pk}/").content.decode()
    assert "防汛" not in text + shown
    assert [one.at for one in way_in(came, None)][:3] == [NOW, NOW, NOW]
    verdict = came.verdict
    assert verdict is not None
    assert len(way_out(verdict, NOW)) == 2
    for number in range(3):
        far.says(kind="exchange.verdict", units=(), payload={"of": f"{number:032x}"})
    _page, again = queries_of(lambda: client.get(f"/exchange/out/{rows[0].pk}/"))
    assert first == again
    assert client.get(f"/exchange/out/{came.pk}/").status_code == 404
    english = client.get(f"/exchange/out/{rows[0].pk}/", HTTP_ACCEPT_LANGUAGE="en")
    assert english.status_code == 200


def test_mail_on_this_machine_has_its_way_too(far: Any) -> None:
    """Units of one node: outbox to inbox in one database, with the same stations."""
    (row,) = sent(["市财政局"])
    pass_local(at=NOW + SECOND)
    row.refresh_from_db()
    assert [one.at for one in way_out(row, NOW)] == [NOW, *[NOW + SECOND] * 3]
    assert hops(NOW + MINUTE)[row.receiver_id].answered == 1


def test_a_parked_envelope_says_what_it_waits_for(far: Any) -> None:
    """Both sides see it in words: parked here, taken but not yet in effect there."""
    far.says(kind="test.slip", kind_version=9)
    client = officer_browser(holder("jin", Role.SYSTEM_ADMIN))
    shown = client.get("/exchange/?show=parked").content.decode()
    assert "需要更新版本" in shown or "新版本" in shown
    row = Incoming.objects.get()
    assert "本站升级" in client.get(f"/exchange/in/{row.pk}/").content.decode()
    (ours,) = sent(["省委办公厅"])
    far.verdict(ours, reason="earlier-missing")
    ours.refresh_from_db()
    assert "在对方暂存" in str(standing(ours, NOW).why)
