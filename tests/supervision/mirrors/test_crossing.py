"""Acts that cross on their way are settled by the table, the same on both sides, and audited
(feature row 50; the contract: "concluded here while extended there")."""

from datetime import timedelta
from typing import Any

import pytest

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.mail.sending import Content, post
from luoshi.foundation.exchange.kinds import known
from luoshi.foundation.exchange.models import Incoming, Node, Outgoing
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.duty.extending import ask_extension, grant_extension
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.matter.stopping import stop
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.objecting import object_to
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Extension, Matter, Report
from luoshi.supervision.mirrors.domain import adopting
from luoshi.supervision.mirrors.enums import RULES, rules_in_order
from luoshi.supervision.mirrors.models import Settlement
from tests.supervision.chasing.test_pages import client_of
from tests.supervision.mirrors.levels import (
    BUREAU,
    COUNTY,
    GOOD,
    C,
    Levels,
    P,
    X,
    agree,
    assigned,
    registered,
)
from tests.supervision.mirrors.test_mirrored import reported, share_of, signed


def settled(one: Levels) -> list[tuple[str, str, str]]:
    """(rule, act, outcome) in the city's books, each also in its trail."""
    with one.nodes[C].running():
        rows = Settlement.objects.order_by("settled_at", "fact")
        found = [(row.rule, row.fact, row.outcome) for row in rows]
        assert Entry.objects.filter(action="mirrors.settled").count() == len(found)
        return found


def test_concluded_here_while_extended_there(one: Levels) -> None:
    """M5, M2: the conclusion stands, the request lapses, the report sent meanwhile is on file; both
    sides say so."""
    share = signed(one)
    sent = reported(one, "TR-09")
    officer, liaison = one.officer, one.liaison
    with one.on(C) as at:
        accept(report=Report.objects.get(pk=sent.pk), actor=officer, at=at)
        matter = Matter.objects.get(pk=share.matter_id)
        conclude(matter=matter, result="done", summary="完成", actor=officer, at=at)
    with one.on(X) as at:
        duty = share_of().duties.get(rule_code="TR-06")
        wanted = duty.due_at + timedelta(days=9)  # type: ignore[operator]
        ask_extension(duty=duty, wanted_at=wanted, reason="资金未到", actor=liaison, at=at)
        staged = [share_of().duties.get(rule_code="TR-08").pk]
        submit(assignment=share_of(), duty_ids=staged, words=GOOD, actor=liaison, at=at)
    one.flow()
    agree(one, share.matter_id)
    assert settled(one) == [("M5", "extension", "lapsed"), ("M2", "report", "filed")]
    with one.on(X):
        assert Extension.objects.get().state == "withdrawn"
        assert Report.objects.filter(state="filed").count() == 1
        assert share_of().state == "concluded"
    with one.on(C):
        assert Report.objects.get(state="filed").progress == GOOD.progress
    for code, who in ((C, officer), (X, liaison)):
        with one.on(code):
            page = client_of(who).get(f"/matters/{share.matter_id}/levels/")
            text = page.content.decode()
            assert page.status_code == 200
            assert 'class="no">M5' in text and "资金未到" in text and "M7" in text


def test_signed_reported_and_objected_while_stopped_revoked_or_given_away(one: Levels) -> None:
    """M1, M3, M5: signing stands, the clock stays stopped, an objection to a share that has gone to
    another unit lapses."""
    share = assigned(one, (COUNTY, Part.SOLE))[COUNTY]
    one.flow()
    officer, liaison = one.officer, one.liaison
    with one.on(C) as at:
        stop(matter=Matter.objects.get(pk=share.matter_id), reason="等待", actor=officer, at=at)
    with one.on(X) as at:
        sign_for(assignment=share_of(), actor=liaison, at=at)
        first = [share_of().duties.get(rule_code="TR-06").pk]
        submit(assignment=share_of(), duty_ids=first, words=GOOD, actor=liaison, at=at)
    one.flow()
    agree(one, share.matter_id)
    assert settled(one) == [("M3", "report", "stands"), ("M3", "signing", "stands")]
    with one.on(X):
        assert share_of().state == "under_review" and share_of().stopped_at is not None
    other = assigned(one, (COUNTY, Part.SOLE))[COUNTY]
    one.flow()
    with one.on(C) as at:
        unit = Unit.objects.get(short_name=BUREAU)
        reassign(assignment=share_of(), unit=unit, reason="职责调整", actor=officer, at=at)
    with one.on(X) as at:
        object_to(assignment=share_of(), reason="非我职责", actor=liaison, at=at)
        sign_for(assignment=share_of(), actor=liaison, at=at)
    one.flow()
    agree(one, other.matter_id)
    assert ("M5", "objection", "lapsed") in settled(one)
    assert ("M1", "signing", "stands") in settled(one)
    with one.on(X):
        assert share_of().state == "reassigned" and share_of().signed_at is not None


def test_a_report_on_its_way_counts_from_when_it_was_sent(one: Levels) -> None:
    """TR-06: sent in time, arrived late over a cut line: no late mark; extended meanwhile: the
    report stands against the later limit."""
    share = signed(one)
    liaison, officer = one.liaison, one.officer
    with one.on(X) as at:
        duty = share_of().duties.get(rule_code="TR-06")
        assert duty.due_at is not None
        wanted = duty.due_at + timedelta(days=3)
        ask_extension(duty=duty, wanted_at=wanted, reason="资金未到", actor=liaison, at=at)
    one.flow()
    with one.on(X) as at:
        duty = share_of().duties.get(rule_code="TR-06")
        one.at = duty.due_at - timedelta(hours=2)  # type: ignore[operator]
        pk = [duty.pk]
        submit(assignment=share_of(), duty_ids=pk, words=GOOD, actor=liaison, at=one.at)
    with one.on(C) as at:
        grant_extension(extension=Extension.objects.get(), actor=officer, at=at)
    one.at += timedelta(days=5)
    one.flow()
    agree(one, share.matter_id)
    with one.on(C):
        assert not Report.objects.get().late
        assert share_of().duties.get(rule_code="TR-06").late_amount is None


def test_the_table_is_whole() -> None:
    """Every act has an answer to every situation: its own rule or the last one."""
    assert [one.number for one in rules_in_order()] == [f"M{n}" for n in range(1, 8)]
    assert {fact for fact, key in RULES if key == "other"} == {fact for fact, _key in RULES}


def test_no_node_writes_in_anothers_books(one: Levels) -> None:
    """Row 50, B16: a word about a matter led here, a share that lives elsewhere, an act of somebody
    else's unit: declined; nothing upward is assigned (S3-112)."""
    share = signed(one)
    officer = one.officer
    with one.on(C) as at:
        own = registered(officer, at)
    with one.on(X) as at:
        sent = Outgoing.objects.filter(kind="matters.signing").latest("created_at")
    forged = [
        ("matters.word", {"matter": str(own.pk), "shares": [{"id": str(share.pk)}]}, X, C),
        ("matters.change", {"matter": {"id": str(own.pk), "office": "0101D01"}}, P, C),
        ("matters.change", {"matter": {"id": str(share.matter_id), "office": "01"}}, P, C),
        ("matters.change", {"matter": {"id": "x"}}, C, X),
        ("matters.change", {}, C, X),
    ]
    assert sent.state == "received"
    for kind, payload, source, target in forged:
        send_raw(one, kind, payload, source, target)
    one.flow()
    with one.on(C):
        rows = Incoming.objects.exclude(state="applied").values_list("kind", "state")
        assert sorted(rows) == [
            ("matters.change", "refused"),
            ("matters.change", "refused"),
            ("matters.word", "parked"),
        ]
        assert Matter.objects.get(pk=own.pk).home == ""
        upward = Unit.objects.get(short_name="省委办公厅")
        with pytest.raises(Refused) as refused:
            assign(matter=own, shares=[Share(upward, "sole")], actor=officer, at=one.at)
        assert refused.value.code in {"out-of-scope", "not-connected"}
        assert Matter.objects.get(pk=own.pk).state == "registered"
    with one.on(X):
        assert Incoming.objects.filter(state="refused").count() == 2
    agree(one, share.matter_id)


def send_raw(one: Levels, kind: str, payload: dict[str, Any], source: str, target: str) -> None:
    """An envelope with this content, soundly signed."""
    units = {C: "0101D01", X: "010101", P: "01"}
    with one.on(source) as at:
        post(
            kind=known(kind),
            content=Content(payload),
            sender_unit=units[source],
            receiver=Node.objects.get(code=target),
            codes=[units[target]],
            actor=one.officer,
            at=at,
        )


def overtaken(one: Levels) -> Any:
    """A slip that arrives after the revocation that followed it."""
    share = assigned(one, (COUNTY, Part.SOLE))[COUNTY]
    officer = one.officer
    with one.on(C) as at:
        revoke(matter=Matter.objects.get(pk=share.matter_id), reason="误", actor=officer, at=at)
        slip = Outgoing.objects.get(kind="matters.slip")
        slip.next_at = one.at + timedelta(days=1)
        slip.save()
    one.flow()
    return share.matter_id


def test_revoked_while_the_slip_is_on_its_way(one: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any later word makes up for the earlier ones, whatever order they come in; without the look
    at which is newer the two sides differ."""
    agree(one, overtaken(one))
    with one.on(X):
        assert share_of().state == "revoked"
    with one.on(C):
        Outgoing.objects.filter(kind="matters.slip").update(kind="matters.change")
    monkeypatch.setattr(adopting, "newer", lambda _mirror, _arrived: True)
    with pytest.raises(AssertionError):
        agree(one, overtaken(one))
