"""Milestones of connection per region: planned → entered → card → built → connected → alive, built
is not connected (features row 54; S3-103, S3-106…109, S3-112)."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.exchange.domain.node.accepting import accept_node
from luoshi.foundation.exchange.domain.node.entering import answer_card, invite, serve_units
from luoshi.foundation.exchange.domain.node.planning import plan_connection
from luoshi.foundation.exchange.domain.node.suspending import suspend_node
from luoshi.foundation.exchange.domain.queries.milestones import regions, steps
from luoshi.foundation.exchange.enums import Milestone, NodeState, Relation
from luoshi.foundation.exchange.identity.cards import handed_out
from luoshi.foundation.exchange.models import ConnectionPlan, Node
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from tests.counting import queries_of
from tests.foundation.exchange.ground import NOW, own_files, set_up
from tests.foundation.exchange.papers import pair
from tests.foundation.exchange.test_nodes import card
from tests.security.people import holder, officer_browser

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
COUNTIES = ["安澜县", "松屏县", "柳堰区"]


@pytest.fixture
def jin(settings: Any) -> Any:
    """The city's system administrator; her post says which level this site is of."""
    with own_files(settings), time_machine.travel(NOW, tick=False):
        set_up()
        yield holder("jin", Role.SYSTEM_ADMIN)


def unit(name: str) -> Unit:
    """By its short name."""
    return Unit.objects.get(short_name=name)


def plan(who: Actor, name: str, on: str = "2026-12-31", **more: Any) -> ConnectionPlan:
    """Plan a region's connection as it is now."""
    last = ConnectionPlan.objects.filter(unit=unit(name)).order_by("-id").first()
    given = {"in_charge": "钟诚", "node_code": "", "seen": str(last.pk) if last else ""} | more
    return plan_connection(unit=unit(name), planned_on=on, **given, actor=who, at=NOW)


def where(name: str, at: Any = NOW) -> Milestone:
    """How far a region came."""
    return next(one.milestone for one in regions(at) if one.unit.short_name == name)


def test_a_region_goes_through_its_milestones(jin: Actor) -> None:
    """Row 54, S3-106, S3-108: each milestone is reached by the act that makes it, with who and
    when; accepted by both officers it is built, but connected only by an acknowledged envelope."""
    assert {one.unit.short_name: one.milestone for one in regions(NOW)} == dict.fromkeys(
        COUNTIES, Milestone.UNPLANNED
    )
    plan(jin, "安澜县")
    assert where("安澜县") == Milestone.PLANNED
    node, spoken = invite(
        code="X330101", name="安澜县节点", relation="subordinate", actor=jin, at=NOW
    )
    assert where("安澜县") == Milestone.PLANNED
    plan(jin, "安澜县", node_code="X330101")
    assert where("安澜县") == Milestone.ENTERED
    keys = [pair("SM2-SM3")]
    file = handed_out(card("X330101", keys), keys, spoken)
    answer_card(node=node, file=file, actor=jin, at=NOW)
    assert where("安澜县") == Milestone.MATCHED
    wei = holder("wei", Role.SECURITY_ADMIN)
    accept_node(node=node, heard=node.fingerprint[-8:], actor=wei, at=NOW)
    serve_units(node=node, codes=[unit("安澜县").code], actor=jin, at=NOW)
    assert where("安澜县") == Milestone.BUILT
    Node.objects.filter(pk=node.pk).update(heard_at=NOW)
    assert where("安澜县") == Milestone.BUILT
    Node.objects.filter(pk=node.pk).update(connected_at=NOW)
    assert where("安澜县") == Milestone.ALIVE
    assert where("安澜县", NOW + DAY) == Milestone.CONNECTED
    found = next(one for one in regions(NOW) if one.unit.short_name == "安澜县")
    assert [(one.reached, one.at, one.who) for one in steps(found)] == [
        (True, None, "钟诚"),
        (True, NOW, "某人"),
        (True, NOW, "某人"),
        (True, NOW, "某人"),
        (True, NOW, ""),
        (True, NOW, ""),
    ]
    node.refresh_from_db()
    suspend_node(node=node, reason="搬迁", actor=jin, at=NOW)
    assert where("安澜县") == Milestone.CONNECTED


def test_an_invitation_made_anew_awaits_its_card_again(jin: Actor) -> None:
    """A new code takes the card that came under the old one back."""
    node, spoken = invite(code="X1", name="", relation="subordinate", actor=jin, at=NOW)
    keys = [pair("SM2-SM3")]
    answer_card(node=node, file=handed_out(card("X1", keys), keys, spoken), actor=jin, at=NOW)
    node.refresh_from_db()
    assert (node.state, node.matched_at, node.matched_by_name) == ("matched", NOW, "某人")
    invite(code="X1", name="", relation="subordinate", actor=jin, at=NOW)
    node.refresh_from_db()
    assert (node.state, node.matched_at, node.matched_by_name) == ("entered", None, "")


def test_a_plan_past_its_date_is_late_until_connected(jin: Actor) -> None:
    """S3-103: 争取明年底以前. The day itself still counts."""
    plan(jin, "松屏县", "2026-03-06")
    late = {at: [one.unit.short_name for one in regions(at) if one.late] for at in (NOW, NOW + DAY)}
    assert late == {NOW: [], NOW + DAY: ["松屏县"]}


def test_units_of_this_level_and_direct_points_are_planned_by_code(jin: Actor) -> None:
    """S3-107: 省直单位 with an access zone of its own; row 3: a direct-report point below another
    city. What lives at the superior is connected from above (S3-112)."""
    plan(jin, "市财政局")
    plan(jin, "谷泉县")
    names = [one.unit.short_name for one in regions(NOW)]
    assert sorted(names) == sorted([*COUNTIES, "市财政局", "谷泉县"])
    with pytest.raises(Refused) as found:
        plan(jin, "省委办公厅")
    assert found.value.source == "S3-112"
    Unit.objects.filter(short_name="市水务局").update(is_active=False)
    with pytest.raises(Refused):
        plan(jin, "市水务局")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"on": "31.12."}, "planned_on"),
        ({"on": "2026-02-30"}, "planned_on"),
        ({"on": "2037-01-01"}, "planned_on"),
        ({"on": "99999999999-1-1"}, "planned_on"),
        ({"on": ""}, "planned_on"),
        ({"in_charge": "长" * 61}, "in_charge"),
        ({"node_code": "P33"}, "node"),
        ({"node_code": "NOPE"}, "node"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(jin: Actor, given: Any, field: str) -> None:
    """What is wrong is said at its field; nothing is written."""
    with pytest.raises(Invalid) as found:
        plan(jin, "安澜县", **given)
    assert list(found.value.errors) == [field]
    assert ConnectionPlan.objects.count() == 0


def test_plans_are_only_added_and_stand_in_the_trail(jin: Actor) -> None:
    """Who set what when: rows stay, the newest is in force, an empty date takes it back; refused: a
    form that showed an older plan, one that changes nothing, another officer, a second region for
    one node."""
    first = plan(jin, "安澜县")
    entry = Entry.objects.get(action="exchange.connection_planned")
    assert entry.object_id == str(first.pk)
    with pytest.raises(Refused) as same:
        plan(jin, "安澜县")
    assert same.value.code == "nothing-changed"
    with pytest.raises(Refused) as stale:
        plan(jin, "安澜县", "2027-06-30", seen="")
    assert (stale.value.code, "2026-12-31" in str(stale.value.why)) == ("changed-meanwhile", True)
    plan(jin, "安澜县", "", in_charge="")
    assert where("安澜县") == Milestone.UNPLANNED
    with pytest.raises(Forbidden):
        plan(holder("wei", Role.SECURITY_ADMIN), "安澜县")
    invite(code="X1", name="", relation="subordinate", actor=jin, at=NOW)
    plan(jin, "安澜县", node_code="X1")
    with pytest.raises(Invalid) as taken:
        plan(jin, "松屏县", node_code="X1")
    assert "安澜县" in str(taken.value)
    assert ConnectionPlan.objects.count() == 3
    assert Entry.objects.filter(action="exchange.connection_planned").count() == 3


def counties(number: int) -> None:
    """Many more counties of the city, each with a node."""
    above = unit("清源市")
    rows = [
        Unit(
            code=f"0101{n:04d}",
            name=f"第{n}县",
            short_name=f"第{n}县",
            level="county",
            system="government",
            parent=above,
            path=f"{above.path}0101{n:04d}/",
            seat_path=f"{above.path}0101{n:04d}/",
            sort_key=f"9{n:04d}",
        )
        for n in range(number)
    ]
    Unit.objects.bulk_create(rows)
    for n, row in enumerate(rows):
        node = Node.objects.create(
            code=f"Y{n}",
            name="节点",
            relation=Relation.SUBORDINATE,
            state=NodeState.ACTIVE,
            entered_at=NOW,
            accepted_at=NOW,
        )
        node.served.create(unit=row)


def test_the_page_counts_and_each_count_opens_its_rows(jin: Actor) -> None:
    """Decision 10: every number opens its rows; pages by keyset, one page for printing; the same
    queries at every size; status says the same numbers."""
    client = officer_browser(jin)
    path = reverse("exchange:milestones")
    client.get(path)
    _page, small = queries_of(lambda: client.get(path))
    counties(120)
    page, large = queries_of(lambda: client.get(path))
    assert small == large
    counts = {key: number for key, _label, number in page.context["counts"]}
    assert counts == {
        "unplanned": 3,
        "planned": 0,
        "entered": 0,
        "matched": 0,
        "built": 120,
        "connected": 0,
        "alive": 0,
    }
    out = StringIO()
    call_command("exchange", "status", "--json", stdout=out)
    assert json.loads(out.getvalue())["regions"] == counts
    for key, number in counts.items():
        shown = client.get(f"{path}?reached={key}&all=1").context["page"].rows
        assert (len(shown), {one.milestone for one in shown}) == (
            number,
            {key} if number else set(),
        )
    seen: list[UUID] = []
    cursor = ""
    while True:
        rows = client.get(f"{path}?cursor={cursor}").context["page"]
        seen += [one.unit.pk for one in rows.rows]
        if not rows.next_cursor:
            break
        cursor = rows.next_cursor
    assert seen == [one.unit.pk for one in regions(NOW)]
    assert client.get(f"{path}?cursor=x").status_code == 422
    assert client.get(f"{path}?reached=nonsense").status_code == 200


def test_the_officer_plans_on_the_page(jin: Actor) -> None:
    """A refusal keeps what was typed; the security administrator reads only; a node of no region is
    named, so that nobody forgets it."""
    client = officer_browser(jin)
    path = reverse("exchange:milestone", args=[unit("安澜县").pk])
    form = {"planned_on": "2026-13-01", "in_charge": "钟诚", "node": "", "seen": ""}
    answer = client.post(path, form)
    assert (answer.status_code, "钟诚" in answer.content.decode()) == (422, True)
    assert client.post(path, form | {"planned_on": "2026-12-31"}).status_code == 302
    assert client.post(path, form | {"planned_on": "2027-01-31"}).status_code == 409
    text = client.get(path).content.decode()
    assert ("钟诚" in text, 'value="2026-12-31"' in text) == (True, True)
    invite(code="X1", name="无主节点", relation="subordinate", actor=jin, at=NOW)
    assert "无主节点" in client.get(reverse("exchange:milestones")).content.decode()
    other = reverse("exchange:other-milestone")
    found = client.get(other, {"code": unit("市财政局").code})
    assert found["Location"] == reverse("exchange:milestone", args=[unit("市财政局").pk])
    assert client.get(other, {"code": "none"}).status_code == 404
    security = officer_browser(holder("wei", Role.SECURITY_ADMIN))
    assert security.get(path).status_code == 200
    assert security.post(path, form).status_code == 403
