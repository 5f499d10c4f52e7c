"""Send the newest checkpoint of this node's trail to the superior, and note its countersignature
(B15, security.md 6)."""

from datetime import datetime

from django.db.models import Q

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.audit.models import Checkpoint, Entry
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail.sending import tell
from luoshi.foundation.exchange.enums import NodeState, Relation
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.exchange.models import Anchored, Node

ACTOR = Actor.system("anchors")
CHECKPOINT, COUNTERSIGN = "exchange.checkpoint", "exchange.countersign"
OF_THE_MAIL = ("exchange.sent", "exchange.received", "exchange.receipted", "exchange.countersigned")


def superior() -> Node | None:
    """The connected superior, if there is one."""
    return Node.objects.filter(relation=Relation.SUPERIOR, state=NodeState.ACTIVE).first()


def something_happened() -> bool:
    """Whether anybody but the mail itself has written to the trail since the last checkpoint: a
    checkpoint that travels leaves entries of its own, and would cause the next one for ever."""
    last = Checkpoint.objects.order_by("-pk").first()
    rows = Entry.objects.exclude(action__in=OF_THE_MAIL)
    if last is not None:
        here = Q(chain_id=last.chain_id, seq__gt=last.seq)  # by the index, not by the whole trail
        rows = rows.filter(here | Q(chain_id__gt=last.chain_id))
    return rows.exists()


def send_checkpoint(*, at: datetime) -> Anchored | None:
    """Send the newest checkpoint, once; None where there is none or nobody to send it to."""
    node, last = superior(), Checkpoint.objects.order_by("-pk").first()
    if node is None or last is None:
        return None
    where = {"node": node, "chain": last.chain_id, "seq": last.seq}
    if Anchored.objects.filter(**where).exists():
        return None
    with acting(actor=ACTOR, at=at):
        payload = {
            "chain": last.chain_id,
            "seq": last.seq,
            "head": last.head,
            "at": last.at.isoformat(),
            "text": last.text,
            "signature": last.signature,
        }
        tell(kind=CHECKPOINT, payload=payload, receiver=node, actor=ACTOR, at=at)
        return Anchored.objects.create(**where, head=last.head, sent_at=at)


def heed_countersign(arrived: Arrived) -> None:
    """What the superior said of a checkpoint of ours; a head it holds another of is an alarm for
    the auditor and stands in the trail."""
    said = arrived.payload
    if arrived.sender.relation != Relation.SUPERIOR:
        raise Declined("superior")
    rows = Anchored.objects.filter(node=arrived.sender, countersigned_at=None, refused=False)
    row = rows.filter(chain=said.get("chain"), seq=said.get("seq"), head=said.get("head")).first()
    if row is None:
        return
    row.evidence = arrived.row
    if said.get("extends") is True:
        row.countersigned_at = arrived.at
    else:
        row.refused = True
    row.save()
    after = {"chain": row.chain, "seq": row.seq, "extends": not row.refused}
    record("exchange.countersigned", actor=ACTOR, at=arrived.at, obj=row, after=after)
