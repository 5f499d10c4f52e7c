"""Outbox and inbox: exactly once in effect (security.md 5; features row 51; S3-111, S3-112)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.exchange import kinds
from luoshi.foundation.exchange.domain.mail.applying import retry_parked
from luoshi.foundation.exchange.domain.mail.receiving import Outcome, receive
from luoshi.foundation.exchange.domain.node.incarnating import begin_life
from luoshi.foundation.exchange.domain.queries.neighbours import own_node
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.envelopes.manifest import Revision
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.kinds import Kind
from luoshi.foundation.exchange.models import (
    Alarm,
    Incoming,
    Node,
    NodeKey,
    Outgoing,
    Receipt,
    ServedUnit,
)
from luoshi.foundation.exchange.relay.handing_over import NEXT, due, handed, next_try
from luoshi.foundation.exchange.relay.passing import pass_local
from luoshi.foundation.organizations.models import Unit
from tests.foundation.exchange.ground import (
    NOW,
    SEEN,
    Far,
    make_far,
    own_files,
    read_row,
    sent,
    set_up,
)
from tests.foundation.exchange.papers import pair
from tests.story import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    with own_files(settings):
        yield set_up()


def verdicts() -> list[dict[str, Any]]:
    """What this node answered, line by line in order."""
    rows = Outgoing.objects.filter(kind="exchange.verdict").order_by("sequence")
    return [line for row in rows for line in read_row(row).payload["said"]]


def test_what_came_takes_effect_once_and_is_answered_each_time(far: Far) -> None:
    """Security 5.4: inbox row, effect and verdict in one transaction; the same again is answered
    again and has no second effect."""
    outcome, raw = far.says()
    assert outcome == Outcome.TAKEN
    for _again in range(3):
        Outgoing.objects.update(next_at=None)
        assert receive(BytesIO(raw), at=NOW) == Outcome.AGAIN
        assert Outgoing.objects.get().next_at == NOW
    assert SEEN == [{"number": 1}]
    row = Incoming.objects.get()
    assert (row.state, row.sender, row.sequence) == ("applied", far.node, 1)
    said = {"of": row.pk.hex, "digest": row.digest, "verdict": "accepted", "reason": ""}
    said["received_at"] = NOW.isoformat()
    assert verdicts() == [said]
    assert Entry.objects.filter(action="exchange.received").count() == 1


def test_a_fault_inside_the_effect_leaves_nothing(far: Far) -> None:
    """Security 5.1: inbox row and effect together or neither; the transport keeps the envelope."""
    with pytest.raises(RuntimeError), transaction.atomic():
        far.says(payload={"break": 1})
    assert (Incoming.objects.count(), Outgoing.objects.count()) == (0, 0)


def test_another_content_under_a_known_number_is_refused_and_kept(far: Far) -> None:
    """Security 5.4: same id with another digest: refused, alarm, both kept."""
    first = far.manifest()
    receive(BytesIO(far.packed(first)), at=NOW)
    forged = far.packed(replace(first, payload={"number": 99}))
    for _again in range(2):
        assert receive(BytesIO(forged), at=NOW) == Outcome.REFUSED
    alarm = Alarm.objects.get()
    assert (alarm.reason, alarm.sender, alarm.times) == ("id-taken", "P33", 2)
    assert bytes(alarm.body or b"") == forged
    assert SEEN == [{"number": 1}]
    assert [one["verdict"] for one in verdicts()] == ["accepted", "refused", "refused"]
    assert Incoming.objects.get().state == "applied"


def test_another_envelope_under_a_known_sequence_is_refused(far: Far) -> None:
    """Security 5.4: same sequence with another id; each life counts anew (5.3)."""
    far.says()
    assert far.says(sequence=1)[0] == Outcome.REFUSED
    assert Alarm.objects.get().reason == "sequence-taken"
    assert far.says(sequence=1, incarnation="b2" * 16)[0] == Outcome.TAKEN
    assert len(SEEN) == 2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"receiver": "C9999"}, "not-for-us"),
        ({"units": ("NOSUCH",)}, "not-for-us"),
        ({"units": ()}, "not-for-us"),
        ({"kind": "test.report"}, "not-allowed"),
    ],
)
def test_what_a_proven_sender_may_not_send_is_refused(
    far: Far, change: dict[str, Any], reason: str
) -> None:
    """S3-112: own level and the next level down; features row 2; refused with a signed reason."""
    assert far.says(**change)[0] == Outcome.REFUSED
    assert (SEEN, Incoming.objects.get().reason) == ([], reason)
    assert [(one["verdict"], one["reason"]) for one in verdicts()] == [("refused", reason)]


@pytest.mark.parametrize("whose", ["市委办公室", "安澜县"])
def test_a_node_speaks_for_its_own_units_alone(far: Far, whose: str) -> None:
    """Security.md 1, threat 4, and 5.4: in the name of a unit that lives here, or at a third node,
    nothing takes effect; the alarm names the unit, and once entered as living there it may."""
    make_far("X330101", Relation.SUBORDINATE, "安澜县")
    unit = Unit.objects.get(short_name=whose)
    assert far.says(sender_unit=unit.code)[0] == Outcome.REFUSED
    assert (SEEN, Incoming.objects.get().reason) == ([], "foreign-unit")
    assert verdicts()[0]["reason"] == "foreign-unit"
    alarm = Alarm.objects.get()
    assert (alarm.reason, alarm.sender, alarm.detail) == ("foreign-unit", "P33", unit.code)
    ServedUnit.objects.filter(unit=unit).delete()
    ServedUnit.objects.create(node=far.node, unit=unit)
    assert far.says(sender_unit=unit.code)[0] == Outcome.TAKEN
    assert far.says(sender_unit="P33-017")[0] == Outcome.TAKEN  # one this tree does not know
    assert len(SEEN) == 2


def test_a_room_may_decline_and_says_why(far: Far) -> None:
    """Features row 52: refused with its reason, in words."""
    assert far.says(payload={"decline": 1})[0] == Outcome.REFUSED
    assert verdicts()[0]["reason"] == "declined: 不属本单位"


def test_damage_on_the_way_ends_nothing(far: Far) -> None:
    """Whatever happened to it on its way raises an alarm; the consignment stays open with its
    sender (features row 51)."""
    raw = far.packed(far.manifest(), (("a.pdf", b"x" * 1000),))
    flipped = bytearray(raw)
    flipped[raw.index(b"x" * 1000)] ^= 1
    assert receive(BytesIO(bytes(flipped)), at=NOW) == Outcome.ALARM
    assert receive(BytesIO(raw[:-1]), at=NOW) == Outcome.ALARM
    assert receive(BytesIO(b"noise"), at=NOW) == Outcome.ALARM
    assert {alarm.reason for alarm in Alarm.objects.all()} == {"malformed"}
    said = [(one["verdict"], one["reason"]) for one in verdicts()]
    assert (said, Incoming.objects.count()) == ([("held", "malformed")], 0)
    assert receive(BytesIO(raw), at=NOW) == Outcome.TAKEN


def test_strangers_and_bad_keys_raise_alarms(far: Far) -> None:
    """Wrong key, revoked key, unknown node, suspended node: alarm with its reason; a connected node
    is told once why its envelope waits, and the next try with a good key is taken."""
    good = far.keys
    manifest = far.manifest()
    far.keys = (pair("SM2-SM3"),)
    for _again in range(3):
        assert receive(BytesIO(far.packed(manifest)), at=NOW) == Outcome.ALARM
    assert [(one["verdict"], one["reason"]) for one in verdicts()] == 3 * [("held", "unknown-key")]
    far.keys = good
    NodeKey.objects.filter(pk=good[0].id).update(revoked_at=NOW)
    assert receive(BytesIO(far.packed(manifest)), at=NOW) == Outcome.ALARM
    NodeKey.objects.filter(pk=good[0].id).update(revoked_at=None, until=NOW)
    assert receive(BytesIO(far.packed(manifest)), at=NOW) == Outcome.ALARM
    NodeKey.objects.filter(pk=good[0].id).update(until=None)
    Node.objects.filter(pk=far.node.pk).update(state=NodeState.SUSPENDED)
    assert receive(BytesIO(far.packed(manifest)), at=NOW) == Outcome.ALARM
    reasons = set(Alarm.objects.values_list("reason", flat=True))
    assert reasons == {"unknown-key", "revoked-key", "expired-key", "unknown-sender"}
    Node.objects.filter(pk=far.node.pk).update(state=NodeState.ACTIVE)
    assert receive(BytesIO(far.packed(manifest)), at=NOW) == Outcome.TAKEN
    assert far.says(sender="X1")[0] == Outcome.ALARM


def test_a_later_state_waits_for_the_earlier_one(far: Far) -> None:
    """Security 5.6: an early one is parked, visibly; what is overtaken has no effect."""
    states = [far.manifest(revision=Revision("matter:1", number)) for number in (1, 2, 3)]
    for number in (2, 1):
        receive(BytesIO(far.packed(states[number])), at=NOW)
    parked = Incoming.objects.filter(state="parked")
    assert set(parked.values_list("reason", flat=True)) == {"earlier-missing"}
    assert [one["verdict"] for one in verdicts()] == ["accepted", "accepted"]
    receive(BytesIO(far.packed(states[0])), at=NOW)
    assert [one["number"] for one in SEEN] == [1, 2, 3]
    assert not parked.exists()
    late = far.manifest(revision=Revision("matter:1", 2))
    receive(BytesIO(far.packed(late)), at=NOW)
    assert (len(SEEN), Incoming.objects.get(pk=late.id).reason) == (3, "overtaken")


def test_what_only_a_newer_version_understands_waits_for_it(far: Far) -> None:
    """Security 5.6: unknown kind or newer version: parked, never dropped."""
    far.says(kind="test.later", payload={"number": 1})
    far.says(kind_version=2, payload={"number": 2})
    assert {row.reason for row in Incoming.objects.filter(state="parked")} == {"newer-version"}
    assert (SEEN, retry_parked(at=NOW)) == ([], 0)
    slip = kinds.known("test.slip")
    kinds.register(replace(slip, version=2))
    kinds.register(Kind("test.later", 1, "later", slip.receive))
    assert retry_parked(at=NOW) == 2
    assert sorted(one["number"] for one in SEEN) == [1, 2]
    del kinds.KINDS["test.later"]


def test_one_consignment_per_node_numbered_without_gaps(far: Far) -> None:
    """One envelope for each node that serves any of the units; 1, 2, 3 … per receiver and life."""
    below = make_far("X330101", Relation.SUBORDINATE, "安澜县")
    rows = sent(["省委办公厅"]) + sent(["省委办公厅"])
    assert [row.sequence for row in rows] == [1, 2]
    with pytest.raises(Refused) as refused:
        sent(["省委办公厅", "安澜县"])
    assert refused.value.code == "out-of-scope"
    assert Outgoing.objects.count() == 2
    (third,) = sent(["安澜县"], kind="test.slip")
    assert (third.sequence, third.receiver) == (1, below.node)
    begin_life(restored=True, actor=SYSTEM, at=NOW)
    (fourth,) = sent(["省委办公厅"])
    assert (fourth.sequence, fourth.incarnation != rows[0].incarnation) == (1, True)


def test_nothing_is_written_when_the_act_fails(far: Far) -> None:
    """Security 5.1: outbox row and business rows in one transaction; no number is used up."""
    with pytest.raises(RuntimeError), transaction.atomic():
        sent(["省委办公厅"])
        raise RuntimeError
    assert sent(["省委办公厅"])[0].sequence == 1
    with pytest.raises(Refused) as refused:
        sent(["省委办公厅"], metadata=Metadata(title="××（机密★）"))
    assert refused.value.code == "graded"
    with pytest.raises(Invalid):
        sent([])
    assert sent(["省委办公厅"])[0].sequence == 2


def test_only_the_receivers_verdict_ends_a_consignment(far: Far) -> None:
    """Security 5.2: accepted or refused with a reason, signed; row 20: the envelope that said it is
    the evidence. A verdict on another content, or from another node, has no effect."""
    below = make_far("X330101", Relation.SUBORDINATE, "安澜县")
    (row,) = sent(["省委办公厅"])
    far.verdict(row, digest="0" * 64)
    below.verdict(row)
    far.verdict(row, "held", reason="unknown-key")
    row.refresh_from_db()
    assert (row.state, row.held) == ("waiting", "unknown-key")
    far.verdict(row)
    far.verdict(row, "refused", reason="declined")
    row.refresh_from_db()
    assert (row.state, row.next_at, row.settled_at) == ("received", None, NOW)
    receipt = Receipt.objects.get()
    assert (receipt.word, read_row(receipt.evidence).payload["of"]) == ("delivered", row.pk.hex)
    (other,) = sent(["省委办公厅"])
    far.verdict(other, "refused", reason="not-allowed")
    other.refresh_from_db()
    assert (other.state, other.reason) == ("refused", "not-allowed")


def test_a_verdict_is_never_answered(far: Far) -> None:
    """Security 5.5: verdicts go through the inbox and do not set each other off."""
    (row,) = sent(["省委办公厅"])
    far.verdict(row)
    assert Incoming.objects.filter(kind="exchange.verdict", control=True).count() == 1
    assert verdicts() == []
    far.verdict(row, of="nonsense")
    assert verdicts() == []


def test_resent_after_1_5_15_60_minutes_then_hourly() -> None:
    """Security 5.2: without end."""
    waits = [(next_try(n, NOW) - NOW) // timedelta(minutes=1) for n in range(1, 8)]
    assert waits == [1, 5, 15, 60, 60, 60, 60]
    assert next_try(10_000, NOW) == NOW + timedelta(hours=1)


def test_local_units_are_reached_at_once_by_one_envelope(far: Far) -> None:
    """A node without neighbours needs no broker; many units on it are one envelope."""
    (row,) = sent(["市住房城乡建设局", "市教育局", "市水务局"], kind="test.slip")
    assert (row.receiver, len(row.units)) == (own_node(), 3)
    assert due(NOW, NEXT, most=9) == []
    assert pass_local(at=NOW) > 0
    row.refresh_from_db()
    assert (row.state, len(SEEN), pass_local(at=NOW)) == ("received", 1, 0)


def test_a_broken_local_envelope_does_not_stand_before_others(far: Far) -> None:
    """A handler that breaks keeps its own envelope back, not the rest."""
    (broken,) = sent(["市水务局"], payload={"break": 1})
    (good,) = sent(["市水务局"])
    pass_local(at=NOW)
    good.refresh_from_db()
    broken.refresh_from_db()
    assert (good.state, broken.state) == ("received", "sent")


def test_large_envelopes_lie_once_on_disk(far: Far) -> None:
    """Up to 256 KiB in the row, larger ones by digest; both come back as they were."""
    raw = far.packed(far.manifest(), (("大.pdf", bytes(range(256)) * 4000),))
    assert receive(BytesIO(raw), at=NOW) == Outcome.TAKEN
    row = Incoming.objects.get()
    assert (row.body, row.file.size, row.size) == (None, len(raw), len(raw))
    assert read_row(row).files[0].name == "大.pdf"


def test_a_neighbour_back_from_a_backup_is_sent_at_once_what_it_may_have_lost(far: Far) -> None:
    """Security 5.7: what it has not is opened again; what it has not answered is due at once, not
    in an hour: the answer may have been lost with its disk."""
    settled, kept, unanswered = (sent(["省委办公厅"])[0] for _ in range(3))
    far.verdict(settled)
    far.verdict(kept)
    for _attempt in range(3):
        unanswered.refresh_from_db()
        handed([unanswered], at=NOW)
    held = [[kept.sequence, kept.sequence]]
    payload = {"theirs": {kept.incarnation: held}, "ours": {}}
    later = NOW + timedelta(hours=1)
    outcome, _raw = far.says(at=later, kind="exchange.holdings", units=(), payload=payload)
    assert outcome == Outcome.TAKEN
    rows = Outgoing.objects.filter(control=False).order_by("sequence")
    assert [(row.state, row.next_at, row.attempts) for row in rows] == [
        ("waiting", later, 0),
        ("received", None, 0),
        ("sent", later, 0),
    ]


def restored(far: Far, at: datetime, life: str, ours: dict[str, int]) -> Outcome:
    """The neighbour, back from a backup in a new life, says what it knows; it holds nothing."""
    payload = {"theirs": {}, "ours": ours}
    given: dict[str, Any] = {"kind": "exchange.holdings", "units": (), "payload": payload}
    return far.says(at=at, incarnation=life, sequence=1, sent_at=at, **given)[0]


def test_a_verdict_its_giver_does_not_remember_ends_nothing(far: Far) -> None:
    """Security 5.7 (found by the simulation at full size): a verdict of the lost time that comes
    after the restore speaks of what was lost with it; one that is remembered holds."""
    lost, kept = (sent(["省委办公厅"])[0] for _ in range(2))
    far.sequence = 40
    assert restored(far, NOW, "b" * 32, {far.incarnation: 42}) == Outcome.TAKEN
    far.verdict(kept)  # number 42 of the old life: remembered
    far.verdict(lost)  # number 43: not
    rows = Outgoing.objects.filter(control=False).order_by("sequence")
    assert [row.state for row in rows] == ["waiting", "received"]
    word = {"of": lost.pk.hex, "digest": lost.digest, "verdict": "accepted", "reason": ""}
    far.says(kind="exchange.verdict", units=(), payload=word, incarnation="b" * 32, sequence=2)
    lost.refresh_from_db()
    assert lost.state == "received"  # said in the life it lives


def test_what_an_earlier_restore_says_is_overtaken_by_a_later_one(far: Far) -> None:
    """Security 5.7: restored twice, told in the wrong order: what was lost in between is returned
    by the memory of the last life."""
    later = NOW + timedelta(minutes=1)
    restored(far, later, "c" * 32, {})
    restored(far, NOW, "b" * 32, {far.incarnation: 50})
    far.node.refresh_from_db()
    assert (far.node.restored_life, far.node.remembers) == ("c" * 32, {})
    far.says(at=later)
    assert Outgoing.objects.filter(kind="exchange.return").count() == 1
