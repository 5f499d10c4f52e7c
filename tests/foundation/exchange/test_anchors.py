"""Heads of the trail at the superior (B15, security.md 6): countersigned where they extend what was
seen, an alarm where they do not; a trail rewritten after anchoring is found."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from luoshi.foundation.audit.domain.checkpointing import take_checkpoint
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.audit.domain.verifying import Anchor
from luoshi.foundation.audit.elsewhere import SOURCES
from luoshi.foundation.audit.models import Checkpoint
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.exchange.domain.anchoring.asking import heads_of_superior
from luoshi.foundation.exchange.domain.anchoring.sending import (
    send_checkpoint,
    something_happened,
)
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.models import Alarm, Anchored, ForeignHead, Outgoing
from luoshi.site.domain.watching import gauges
from tests.foundation.exchange.ground import NOW, Far, make_far, own_files, read_row, sent, set_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def far(settings: Any) -> Iterator[Far]:
    with own_files(settings):
        yield set_up()


def checkpoint() -> Checkpoint:
    """The newest head written down."""
    found = take_checkpoint(at=NOW, sign=lambda text: "00")
    assert found is not None
    return found


def countersign(far: Far, row: Anchored, extends: bool = True, **change: Any) -> None:
    """The superior's word."""
    said = {"chain": row.chain, "seq": row.seq, "head": row.head, "extends": extends}
    far.says(kind="exchange.countersign", units=(), payload=said | change)


def test_a_checkpoint_travels_and_is_countersigned(far: Far) -> None:
    """B15: once each, answered with the superior's signature; what the mail itself writes into the
    trail is nothing to anchor, or checkpoints would cause each other for ever."""
    assert something_happened()
    first = checkpoint()
    row = send_checkpoint(at=NOW)
    assert row is not None and send_checkpoint(at=NOW) is None
    said = read_row(Outgoing.objects.get(kind="exchange.checkpoint")).payload
    assert (said["chain"], said["seq"], said["head"]) == (first.chain_id, first.seq, first.head)
    countersign(far, row, head="0" * 64)
    assert Anchored.objects.get().countersigned_at is None
    countersign(far, row)
    row.refresh_from_db()
    assert row.countersigned_at is not None and row.evidence is not None
    assert not something_happened()
    sent(["省委办公厅"])
    assert checkpoint().seq > first.seq
    later = send_checkpoint(at=NOW)
    assert later is not None
    countersign(far, later, extends=False)
    later.refresh_from_db()
    assert later.refused and later.countersigned_at is None


def test_the_superior_keeps_only_what_extends(far: Far) -> None:
    """B15: a smaller number or another head at a known one is an alarm here and a refusal there."""
    below = make_far("X330101", Relation.SUBORDINATE, "安澜县")

    def says(chain: int, seq: int, head: str) -> bool:
        payload = {"chain": chain, "seq": seq, "head": head * 64}
        below.says(kind="exchange.checkpoint", units=(), payload=payload)
        row = Outgoing.objects.filter(kind="exchange.countersign").latest("sequence")
        return bool(read_row(row).payload["extends"])

    assert says(1, 10, "a") and says(1, 10, "a") and says(1, 25, "b")
    assert not says(1, 25, "c")
    assert not says(1, 20, "d")
    assert says(2, 3, "e")
    assert not says(1, 30, "f")
    assert ForeignHead.objects.count() == 3
    assert set(Alarm.objects.values_list("sender", "reason")) == {("X330101", "forked")}
    assert Alarm.objects.count() == 3
    below.says(kind="exchange.checkpoint", units=(), payload={"chain": 1, "seq": "x", "head": ""})
    far.says(kind="exchange.checkpoint", units=(), payload={"chain": 9, "seq": 9, "head": "a" * 64})
    assert ForeignHead.objects.count() == 3
    below.says(kind="exchange.heads-wanted", units=(), payload={})
    given = read_row(Outgoing.objects.get(kind="exchange.heads")).payload["heads"]
    assert [(one["chain"], one["seq"]) for one in given] == [(2, 3), (1, 25), (1, 10)]


def test_a_trail_rewritten_after_anchoring_is_found_at_the_superior(
    far: Far, monkeypatch: pytest.MonkeyPatch
) -> None:
    """B15: `luoshi audit verify --against-superior`: the head kept there is not in a trail that was
    rewritten whole here, although every link of it is sound."""
    first = checkpoint()
    kept = [{"chain": first.chain_id, "seq": first.seq, "head": first.head}]

    def answer(_seconds: float) -> None:
        asked = Outgoing.objects.filter(kind="exchange.heads-wanted").latest("sequence")
        payload = {"of": asked.pk.hex, "heads": kept}
        far.says(kind="exchange.heads", units=(), payload=payload, at=NOW + timedelta(days=400))

    anchors = heads_of_superior(wait=answer)
    assert anchors == [Anchor(first.chain_id, first.seq, first.head)]
    assert verify_stored(against=anchors).code == 0
    assert verify_stored(against=[Anchor(first.chain_id, first.seq, "0" * 64)]).code == 3

    out = StringIO()
    monkeypatch.setitem(SOURCES, "superior", lambda: heads_of_superior(wait=answer))
    call_command("audit", "verify", "--against-superior", stdout=out)
    kept[0]["head"] = "0" * 64
    with pytest.raises(SystemExit) as forked:
        call_command("audit", "verify", "--against-superior", stdout=out)
    assert forked.value.code == 3


def test_without_an_answer_nothing_is_claimed(far: Far) -> None:
    """B15: no superior or no answer in time is said, with what to do; never taken for sound."""
    with pytest.raises(Refused) as silent:
        heads_of_superior(patience=1, wait=lambda _seconds: None)
    assert silent.value.code == "no-answer"
    far.node.state = "suspended"
    far.node.save()
    with pytest.raises(Refused) as alone:
        heads_of_superior()
    assert alone.value.code == "no-superior"
    with pytest.raises(CommandError) as said:
        call_command("audit", "verify", "--against-superior", stdout=StringIO())
    assert said.value.returncode == 64


def test_no_checkpoint_for_a_day_is_red_on_both_nodes(far: Far) -> None:
    """Security 6: the light counts from acceptance, and goes green with the countersignature."""

    def light(hours: int) -> str:
        return {one.key: one.light for one in gauges(NOW + timedelta(hours=hours))}[
            "anchor_age_seconds"
        ]

    assert (light(1), light(13), light(25)) == ("green", "yellow", "red")
    checkpoint()
    row = send_checkpoint(at=NOW)
    assert row is not None
    countersign(far, row)
    Anchored.objects.update(countersigned_at=NOW + timedelta(hours=20))
    assert light(25) == "green"
    below = make_far("X330101", Relation.SUBORDINATE, "安澜县")
    assert light(25) == "red"
    payload = {"chain": 1, "seq": 5, "head": "a" * 64}
    below.says(kind="exchange.checkpoint", units=(), payload=payload, at=NOW + timedelta(hours=24))
    assert light(25) == "green"
    sent(["省委办公厅"])
    waiting = {one.key: one for one in gauges(NOW + timedelta(hours=2))}
    assert waiting["exchange_waiting_seconds"].light == "yellow"
    assert waiting["exchange_alarms"].light == "green"
