"""Keep the heads of subordinates' trails and countersign those that extend what was seen (B15): a
smaller number, or another head at a number that is known, is an alarm on both sides."""

from typing import Any

from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.anchoring.sending import COUNTERSIGN
from luoshi.foundation.exchange.domain.mail.alarming import alarm
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.envelopes.refusing import Reason, Unacceptable
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.exchange.models import ForeignHead, Node

ACTOR = Actor.system("anchors")
WANTED, HEADS = "exchange.heads-wanted", "exchange.heads"
MOST = 5000


def keep_head(arrived: Arrived) -> None:
    """Keep a checkpoint and answer it. Declined: from another node than a subordinate, or not a
    checkpoint."""
    said, node = arrived.payload, arrived.sender
    chain, seq, head = said.get("chain"), said.get("seq"), said.get("head")
    sound = type(chain) is int and type(seq) is int and isinstance(head, str) and len(head) == 64
    if node.relation == Relation.SUPERIOR or not sound:
        raise Declined("checkpoint")
    extends = fits(node, int(chain), int(seq), str(head))  # type: ignore[arg-type]
    if extends:
        ForeignHead.objects.get_or_create(
            node=node,
            chain=chain,
            seq=seq,
            defaults={
                "head": head,
                "at": arrived.row.sent_at,
                "received_at": arrived.at,
                "evidence": arrived.row,
            },
        )
    else:
        refused = Unacceptable(Reason.FORKED, f"{chain}:{seq}")
        alarm(sender=node.code, refused=refused, file=arrived.opened.file, at=arrived.at)
    answer: dict[str, Any] = {"chain": chain, "seq": seq, "head": head, "extends": extends}
    tell(kind=COUNTERSIGN, payload=answer, receiver=node, actor=ACTOR, at=arrived.at)
    record("exchange.anchored", actor=ACTOR, at=arrived.at, obj=node, after=answer)


def fits(node: Node, chain: int, seq: int, head: str) -> bool:
    """Whether a head extends the ones that were seen, or is one of them."""
    same = ForeignHead.objects.filter(node=node, chain=chain, seq=seq).first()
    if same is not None:
        return same.head == head
    last = ForeignHead.objects.filter(node=node).order_by("-chain", "-seq").first()
    return last is None or (chain, seq) > (last.chain, last.seq)


def give_heads(arrived: Arrived) -> None:
    """Answer a subordinate that checks its trail: the heads kept of it, the newest first."""
    rows = ForeignHead.objects.filter(node=arrived.sender).order_by("-chain", "-seq")[:MOST]
    heads = [{"chain": row.chain, "seq": row.seq, "head": row.head} for row in rows]
    payload = {"of": arrived.row.pk.hex, "heads": heads}
    tell(kind=HEADS, payload=payload, receiver=arrived.sender, actor=ACTOR, at=arrived.at)


def take_heads(arrived: Arrived) -> None:
    """The superior's answer; whoever asked reads it from the inbox (`asking`)."""
    if arrived.sender.relation != Relation.SUPERIOR:
        raise Declined("superior")
