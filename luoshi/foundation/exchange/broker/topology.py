"""Streams, consumers and rights of a node, from its place among its neighbours.

A superior keeps a work-queue mailbox `MBX_<code>` per direct subordinate; a node keeps `UP` for its
superior and `IN` for what comes. `IN` draws from the mailboxes through consumers named `link`,
created beforehand, whose acknowledgement is the draw itself: a message leaves the mailbox only when
it lies in the other machine's store. Subject: `x.<origin>.<receiver>.<kind>.<id>.<part>`, origin
first, so that no two domains capture the same publish.

A mailbox holds one message per subject and refuses a second while the first is there
(`discard_new_per_subject`): sending again the same consignment cannot fill it.
"""

from dataclasses import dataclass, field
from typing import Any

SECOND = 1_000_000_000
DAY = 24 * 3600 * SECOND
MIB = 1024 * 1024
LARGEST_MESSAGE = 512 * 1024  # a part of 256 KiB with its headers
IN, UP, LINK, RELAY = "IN", "UP", "link", "relay"
ACK_WAIT = 20 * SECOND  # how long mail of a killed relay waits for the next one


@dataclass(frozen=True)
class Neighbour:
    """A direct superior or subordinate: its code and the name of its link key."""

    code: str
    link: str = ""
    mailbox_mib: int = 1024


@dataclass(frozen=True)
class Place:
    """A node among its neighbours."""

    code: str
    superior: Neighbour | None = None
    subordinates: tuple[Neighbour, ...] = ()
    inbox_mib: int = 4096
    up_mib: int = 1024

    def needed_mib(self) -> int:
        """What all streams may hold together; the server's store must be larger."""
        up = self.up_mib if self.superior else 0
        return self.inbox_mib + up + sum(one.mailbox_mib for one in self.subordinates)


@dataclass(frozen=True)
class Made:
    """A stream with its consumers, as the server's interface takes them."""

    name: str
    config: dict[str, Any]
    consumers: dict[str, dict[str, Any]] = field(default_factory=dict)


def mailbox(code: str) -> str:
    """The name of the mailbox a superior keeps for a subordinate."""
    return f"MBX_{code}"


def subject(origin: str, receiver: str, kind: str, consignment: str, part: int) -> str:
    """Where a part of a consignment is published."""
    return f"x.{origin}.{receiver}.{kind.replace('.', '_')}.{consignment}.{part}"


def neighbour_of(place: Place, stream: str) -> str:
    """To whom a mailbox of a place leads."""
    above = place.superior.code if place.superior is not None else ""
    return above if stream == UP else stream.removeprefix(mailbox(""))


def consignment_of(subject: str) -> str:
    """Which consignment a message of a mailbox is a part of."""
    return subject.split(".")[4]


def queue(name: str, subjects: list[str], mib: int) -> dict[str, Any]:
    """A stream that holds until it is drawn, and refuses when it is full."""
    return {
        "name": name,
        "subjects": subjects,
        "retention": "workqueue",
        "storage": "file",
        "discard": "new",
        "discard_new_per_subject": True,
        "max_msgs_per_subject": 1,
        "max_bytes": mib * MIB,
        "max_msg_size": LARGEST_MESSAGE,
        "num_replicas": 1,
    }


def drawn(deliver: str) -> dict[str, Any]:
    """The consumer through which another machine's `IN` draws (ADR-60)."""
    return {
        "durable_name": LINK,
        "deliver_subject": deliver,
        "deliver_policy": "all",
        "ack_policy": "flow_control",
        "max_deliver": -1,
        "max_ack_pending": 1000,
        "flow_control": True,
        "idle_heartbeat": SECOND,
        "num_replicas": 1,
    }


def source(stream: str, code: str, deliver: str) -> dict[str, Any]:
    """A mailbox of another machine from which `IN` draws."""
    return {
        "name": stream,
        "external": {"api": f"$JS.{code}.API"},
        "consumer": {"name": LINK, "deliver_subject": deliver},
    }


def streams(place: Place) -> list[Made]:
    """Everything the node's server must have, origins before those that draw from them."""
    made = []
    sources = []
    for one in place.subordinates:
        config = queue(mailbox(one.code), [f"x.{place.code}.{one.code}.>"], one.mailbox_mib)
        made.append(Made(mailbox(one.code), config, {LINK: drawn(f"dlv.{one.code}.down")}))
        sources.append(source(UP, one.code, f"dlv.{one.code}.up"))
    if place.superior is not None:
        config = queue(UP, [f"x.{place.code}.{place.superior.code}.>"], place.up_mib)
        made.append(Made(UP, config, {LINK: drawn(f"dlv.{place.code}.up")}))
        down = f"dlv.{place.code}.down"
        sources.insert(0, source(mailbox(place.code), place.superior.code, down))
    return [*made, inbox(place, sources)]


def inbox(place: Place, sources: list[dict[str, Any]]) -> Made:
    """What comes, until the relay has taken it."""
    config = {
        "name": IN,
        "retention": "workqueue",
        "storage": "file",
        "discard": "new",
        "max_bytes": place.inbox_mib * MIB,
        "max_msg_size": LARGEST_MESSAGE,
        "num_replicas": 1,
        "sources": sources,
    }
    relay = {
        "durable_name": RELAY,
        "deliver_policy": "all",
        "ack_policy": "explicit",
        "ack_wait": ACK_WAIT,
        "max_deliver": -1,
        "max_ack_pending": 4096,
        "num_replicas": 1,
    }
    return Made(IN, config, {RELAY: relay})


def leaf_rights(superior: str, code: str) -> tuple[list[str], list[str]]:
    """(publish, subscribe) of a subordinate's link at its superior: its own mailbox and nothing
    else. Without these one county read, emptied and forged another's mail (measured)."""
    box = mailbox(code)
    publish = [
        f"$JS.FC.{box}.>",
        f"$JS.ACK.{box}.{LINK}.>",
        f"dlv.{code}.up",
        f"$JS.{superior}.API.CONSUMER.INFO.{box}.{LINK}",
        f"$JS.{superior}.API.CONSUMER.RESET.{box}.{LINK}",
        "$JSC.R.>",
    ]
    subscribe = [
        f"dlv.{code}.down",
        "$JSC.R.>",
        f"$JS.FC.{UP}.>",
        f"$JS.ACK.{UP}.{LINK}.>",
        f"$JS.{code}.API.CONSUMER.INFO.{UP}.{LINK}",
        f"$JS.{code}.API.CONSUMER.RESET.{UP}.{LINK}",
    ]
    return publish, subscribe
