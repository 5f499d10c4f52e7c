"""Small envelopes share a round: one transaction, one verdict, one publishing; what each of them
means stays its own (security.md 5.1 to 5.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.foundation.audit.models import Entry
from luoshi.foundation.exchange.domain.mail.receiving import Outcome, receive_together
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.envelopes.manifest import Revision
from luoshi.foundation.exchange.models import Alarm, Incoming, Node, Outgoing, Receipt
from luoshi.foundation.exchange.relay.handing_over import NEXT, hurry
from luoshi.foundation.exchange.relay.passing import AT_ONCE, TOGETHER, hand_out, take_in, together
from luoshi.foundation.exchange.transports.interface import GivenUp, Held, Parcel, Unreachable
from tests.foundation.exchange.ground import NOW, SEEN, Far, make_far, own_files, read_row, sent
from tests.foundation.exchange.ground import set_up as set_up_ground
from tests.foundation.exchange.test_mail import verdicts

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    with own_files(settings):
        yield set_up_ground()


class Box:
    """A transport with deliveries at its door; `refusing` says what becomes of each parcel."""

    def __init__(self, raws: Sequence[bytes] = (), refusing: Any = lambda _parcel: None) -> None:
        self.door = [Lying(raw) for raw in raws]
        self.refusing = refusing
        self.rounds: list[int] = []

    def publish(self, parcel: Parcel, **_how: Any) -> None:
        self.rounds.append(1)
        if (held := self.refusing(parcel)) is not None:
            raise held

    def publish_together(self, parcels: Sequence[Parcel]) -> list[Held | None]:
        self.rounds.append(len(parcels))
        told = [self.refusing(one) for one in parcels]
        for one in told:
            if isinstance(one, Unreachable):
                raise one
        return told

    def fetch(self, most: int, wait: float) -> list[Any]:
        return self.door[:most]

    def given_up(self) -> GivenUp:
        return GivenUp()

    def close(self) -> None:
        return


class Lying:
    """A delivery and what was said of it."""

    def __init__(self, raw: bytes) -> None:
        self.file, self.said = BytesIO(raw), ""

    def done(self) -> None:
        self.said += "done"

    def again(self) -> None:
        self.said += "again"


def packed(far: Far, **change: Any) -> bytes:
    """The next envelope of a neighbour."""
    return far.packed(far.manifest(**change))


def received(raws: Sequence[bytes]) -> list[Outcome]:
    """Taken in together."""
    return receive_together([BytesIO(raw) for raw in raws], at=NOW)


def test_many_have_one_transaction_and_one_verdict(far: Far) -> None:
    """Each has its row, effect and trail entry; one signed envelope says all the verdicts."""
    raws = [packed(far) for _ in range(8)]
    with CaptureQueriesContext(
        connection,
    ) as few:
        assert received(raws[:2]) == [Outcome.TAKEN] * 2
    with CaptureQueriesContext(connection) as more:
        assert received(raws[2:]) == [Outcome.TAKEN] * 6
    # of each envelope its own: the savepoint around its effect
    assert len(more) - len(few) == 4 * 2
    assert [one["number"] for one in SEEN] == list(range(1, 9))
    assert Outgoing.objects.filter(kind="exchange.verdict").count() == 2
    assert Entry.objects.filter(action="exchange.received").count() == 8
    said = {one["of"]: one["verdict"] for one in verdicts()}
    assert said == {row.pk.hex: "accepted" for row in Incoming.objects.all()}


def test_each_neighbour_is_answered_by_itself(far: Far) -> None:
    """A verdict goes to the sender of what it speaks of and names nothing of another."""
    below = make_far("X330101", Relation.SUBORDINATE, "安澜县")
    raws = [packed(far), packed(below, kind="test.report"), packed(far)]
    assert received(raws) == [Outcome.TAKEN] * 3
    rows = Outgoing.objects.filter(kind="exchange.verdict").order_by("receiver__code")
    assert [(row.receiver.code, len(read_row(row).payload["said"])) for row in rows] == [
        ("P33", 2),
        ("X330101", 1),
    ]
    assert [row.answered.count() for row in rows] == [2, 1]
    heard = Node.objects.exclude(relation=Relation.OWN).values_list("heard_at", flat=True)
    assert list(heard) == [NOW, NOW]


def test_the_same_twice_in_one_round_takes_effect_once(far: Far) -> None:
    """Duplicates beside each other, and beside a forged one under the same number and one under a
    number of the sequence that is taken."""
    first = far.manifest()
    raw = far.packed(first)
    forged = far.packed(replace(first, payload={"number": 99}))
    other = packed(far, sequence=first.sequence)
    outcomes = received([raw, raw, forged, other, packed(far)])
    assert outcomes == [
        Outcome.TAKEN,
        Outcome.AGAIN,
        Outcome.REFUSED,
        Outcome.REFUSED,
        Outcome.TAKEN,
    ]
    assert [one["number"] for one in SEEN] == [1, 3]
    assert sorted(Alarm.objects.values_list("reason", flat=True)) == ["id-taken", "sequence-taken"]
    said = [(one["of"] == first.id, one["verdict"]) for one in verdicts()]
    assert sorted(said) == [
        (False, "accepted"),
        (False, "refused"),
        (True, "accepted"),
        (True, "refused"),
    ]


def test_an_envelope_that_is_no_good_does_not_hold_up_the_others(far: Far) -> None:
    """Noise, a damaged one, one that may not come this way: each has its own end."""
    raw = packed(far)
    damaged = bytes([*raw[:-200], raw[-200] ^ 1, *raw[-199:]])
    outcomes = received([b"noise", damaged, packed(far, kind="test.report"), packed(far)])
    assert outcomes == [Outcome.ALARM, Outcome.ALARM, Outcome.REFUSED, Outcome.TAKEN]
    assert [row.state for row in Incoming.objects.order_by("sequence")] == ["refused", "applied"]


def test_a_fault_in_one_effect_leaves_nothing_and_the_others_come_by_themselves(far: Far) -> None:
    """Security 5.1: nothing of the round is kept; then each is taken in for itself, and only the
    broken one stays with the transport."""
    raws = [packed(far), packed(far, payload={"break": 1}), packed(far)]
    box = Box(raws)
    assert take_in(box, at=NOW) == 2
    assert [one.said for one in box.door] == ["done", "again", "done"]
    assert Incoming.objects.count() == 2
    assert [one["number"] for one in SEEN if "number" in one] == [1, 1, 3]  # the first was undone
    assert len(verdicts()) == 2


def test_states_of_an_object_in_one_round_take_effect_in_their_order(far: Far) -> None:
    """Security 5.6: the third before the second waits for it; the first again is overtaken."""
    states = [
        packed(far, revision=Revision("m-1", number), payload={"number": number})
        for number in (1, 2, 3)
    ]
    older = packed(far, revision=Revision("m-1", 2), payload={"number": 20})
    received([states[0], packed(far), states[2], states[1], older])
    assert [one["number"] for one in SEEN if one["number"] != 5] == [1, 2, 3]
    rows = Incoming.objects.filter(object="m-1").order_by("sequence")
    assert [(row.state, row.reason) for row in rows] == [
        ("applied", ""),
        ("applied", ""),
        ("applied", ""),
        ("applied", "overtaken"),
    ]


def test_a_lost_verdict_on_many_is_given_again_as_it_was(far: Far) -> None:
    """Security 5.2: whatever of them comes again, the envelope with the verdict is sent again."""
    raws = [packed(far) for _ in range(3)]
    received(raws)
    verdict = Outgoing.objects.get(kind="exchange.verdict")
    Outgoing.objects.update(next_at=None, state="given")
    assert received(raws[1:]) == [Outcome.AGAIN] * 2
    again = Outgoing.objects.get(kind="exchange.verdict")
    assert (again.pk, again.digest, again.next_at) == (verdict.pk, verdict.digest, NOW)


def test_one_verdict_ends_many_consignments(far: Far) -> None:
    """Row 20: each has its receipt, proven by the one signed envelope; what is unknown here, of
    another content or settled is passed by."""
    rows = [sent(["省委办公厅"])[0] for _ in range(4)]
    far.verdict(rows[3], "refused", reason="not-allowed")
    lines = [
        {"of": row.pk.hex, "digest": row.digest, "verdict": verdict, "reason": reason}
        for row, verdict, reason in zip(
            rows,
            ("accepted", "held", "accepted", "accepted"),
            ("", "unknown-key", "", ""),
            strict=True,
        )
    ]
    lines[2]["digest"] = "0" * 64
    lines.append(lines[0] | {"of": "0" * 32})
    far.says(kind="exchange.verdict", kind_version=2, units=(), payload={"said": lines})
    found = Outgoing.objects.filter(pk__in=[row.pk for row in rows]).order_by("sequence")
    assert [(row.state, row.held) for row in found] == [
        ("received", ""),
        ("waiting", "unknown-key"),
        ("waiting", ""),
        ("refused", ""),
    ]
    receipt = Receipt.objects.get(outgoing=rows[0])
    assert (receipt.word, receipt.evidence.kind) == ("delivered", "exchange.verdict")
    for wrong in ({"said": "all"}, {"said": [1]}, {"said": [{"of": "x"}]}):
        far.says(kind="exchange.verdict", kind_version=2, units=(), payload=wrong)
    assert Incoming.objects.filter(kind="exchange.verdict", state="refused").count() == 3


def test_small_ones_go_out_together_and_large_ones_alone(far: Far) -> None:
    """In their order; a full mailbox holds only what is for it; a transport that is away ends the
    round, and what waits is tried again soon."""
    sizes = [1, 2, AT_ONCE, *[3] * (TOGETHER + 1), AT_ONCE - 4, 1, 1]
    assert [len(few) for few in together(sizes, lambda n: n)] == [2, 1, TOGETHER, 3, 1]
    rows = [sent(["省委办公厅"])[0] for _ in range(3)]
    full = Box(refusing=lambda one: Held("full") if one.id == rows[1].pk.hex else None)
    with CaptureQueriesContext(connection) as asked:
        assert hand_out(full, NEXT, at=NOW) == 2
    assert full.rounds == [3]
    assert len(asked) <= 4  # due, own node, those handed over, the one held
    found = Outgoing.objects.order_by("sequence")
    assert [(row.state, row.held, row.attempts) for row in found] == [
        ("sent", "", 1),
        ("waiting", "full", 0),
        ("sent", "", 1),
    ]
    Outgoing.objects.update(next_at=NOW)
    assert hand_out(Box(refusing=lambda _one: Unreachable("away")), NEXT, at=NOW) == 0
    assert {row.held for row in Outgoing.objects.all()} == {"away"}


def test_what_a_transport_gave_up_is_due_at_once(far: Far) -> None:
    """B16: what waits for its word and a verdict that is given without one are handed over again;
    what was answered meanwhile, and what nobody named, is left."""
    rows = [sent(["省委办公厅"])[0] for _ in range(3)]
    received([packed(far)])
    verdict = Outgoing.objects.get(kind="exchange.verdict")
    assert hand_out(Box(), NEXT, at=NOW) == 4
    far.verdict(rows[1], "accepted")
    later = NOW + timedelta(seconds=15)
    assert hurry(GivenUp(frozenset({rows[0].pk, rows[1].pk, verdict.pk})), at=later) == 2
    assert hurry(GivenUp(), at=later) == 0
    due_now = Outgoing.objects.filter(next_at=later)
    assert {row.pk for row in due_now} == {rows[0].pk, verdict.pk}
    again = Box()
    assert hand_out(again, NEXT, at=later) == 2
    assert Outgoing.objects.get(pk=verdict.pk).next_at is None


def test_a_mailbox_that_skipped_something_is_filled_again(far: Far) -> None:
    """B16: a neighbour's mailbox went on behind what it had not delivered: all that has no answer,
    and the verdicts of the time in doubt, are due again; other neighbours, and what was given
    before, are left."""
    other = make_far("X330101", Relation.SUBORDINATE, "安澜县")
    waiting = sent(["省委办公厅"])[0]
    received([packed(far), packed(other)])
    assert hand_out(Box(), NEXT, at=NOW) == 3
    later = NOW + timedelta(minutes=2)
    assert hurry(GivenUp(skipped={"P33": 10.0}), at=later) == 1
    assert {row.pk for row in Outgoing.objects.filter(next_at=later)} == {waiting.pk}
    assert hurry(GivenUp(skipped={"P33": 120.0}), at=later) == 1  # the verdict
    assert hurry(GivenUp(skipped={"X330101": 120.0}), at=later) == 1
