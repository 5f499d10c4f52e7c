"""What one level learns of the way of an event, the level it came from learns too.

A telling is added once, whoever says it; down the line it goes as `information.passages`, or at
once where the unit below is here. Part of the caller's act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from luoshi.desks.information.domain.urgent.counting import one_at_a_time, recount
from luoshi.desks.information.enums import Way
from luoshi.desks.information.models import DESK_ROLES, Event, Passage
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.domain.queries.neighbours import find_own, served_here
from luoshi.foundation.exchange.enums import Relation
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.foundation.notifications.domain.sending import send as notify
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit

PASSAGES = "information.passages"
SYSTEM = Actor.system("exchange")
STEP_ZH = {"first": "首报", "update": "续报", "daily": "日报", "final": "终报"}
MOST, LONGEST = 200, 20_000
BEFORE, AFTER = timedelta(days=3660), timedelta(days=1)  # long events; clocks that differ
BELOW = (Relation.SUBORDINATE, Relation.DIRECT)
COLUMNS = (
    *("sender_code", "sender_name", "receiver_code", "receiver_name"),
    *("by_name", "to_name", "note"),
)
Said = dict[str, str]


@dataclass(frozen=True)
class Telling:
    """A telling as it is noted here."""

    way: Way
    at: datetime
    sender: Unit
    receiver: Unit
    by_name: str = ""
    to_name: str = ""
    note: str = ""

    def said(self) -> Said:
        """As it travels."""
        return {
            "way": self.way.value,
            "at": self.at.isoformat(),
            "sender_code": self.sender.code,
            "sender_name": str(self.sender),
            "receiver_code": self.receiver.code,
            "receiver_name": str(self.receiver),
            "by_name": self.by_name,
            "to_name": self.to_name,
            "note": self.note,
        }


def said_of(passage: Passage) -> Said:
    """A kept telling as it travels."""
    said = {name: getattr(passage, name) for name in COLUMNS}
    return said | {"way": passage.way, "at": passage.at.isoformat()}


def read_passages(raw: object, at: datetime) -> list[Said]:
    """Tellings another node says. `Declined`: not in their form."""
    if not isinstance(raw, list) or len(raw) > MOST:
        raise Declined("passages")
    return [read_passage(one, at) for one in raw]


def read_passage(raw: object, at: datetime) -> Said:
    """One of them."""
    if not isinstance(raw, Mapping) or raw.get("way") not in Way.values:
        raise Declined("passages")
    said = {name: plain(raw.get(name, ""), Passage, name) for name in COLUMNS}
    if not said["sender_code"] or not said["receiver_code"]:
        raise Declined("passages")
    when = read_instant(raw.get("at"), "passages", at)
    return said | {"way": str(raw["way"]), "at": when.isoformat()}


def read_instant(raw: object, name: str, at: datetime) -> datetime:
    """An instant with its zone, not after tomorrow and at most ten years past; or `Declined`."""
    try:
        found = datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise Declined(name) from error
    if found.tzinfo is None or not at - BEFORE <= found <= at + AFTER:
        raise Declined(name)
    return found


def plain(raw: object, model: type[Model], column: str) -> str:
    """Another node's words as a column takes them."""
    return str(raw).replace("\x00", "")[: most(model, column)]


def most(model: type[Model], column: str) -> int:
    """How many characters a column holds; a long text at most 20,000."""
    return getattr(model._meta.get_field(column), "max_length", None) or LONGEST


def add_passages(event: Event, said: Iterable[Mapping[str, Any]]) -> int:
    """Add what is not known yet; returns how many were new."""
    rows = [Passage(event=event, **one) for one in said]
    before = event.passages.count()
    Passage.objects.bulk_create(rows, ignore_conflicts=True)
    return event.passages.count() - before


def spread(event: Event, said: list[Said], *, actor: Actor, at: datetime) -> None:
    """Add tellings, count anew, and let the units it came from know."""
    if not add_passages(event, said):
        return
    recount(event, at=at)
    for chain, code in sorted(came_by(event), key=str):
        below = Unit.objects.filter(code=code).exclude(pk=event.office_id).first()
        if below is None:
            continue
        if served_here([below.code]):
            hear(chain, below, said, at=at)
        elif find_own() is not None:
            send(
                kind=PASSAGES,
                content=Content({"chain": chain.hex, "passages": said[-MOST:]}),
                sender=event.office,
                units=[below],
                actor=actor,
                at=at,
            )


def came_by(event: Event) -> set[tuple[UUID, str]]:
    """(chain, unit) of this event and of all that were merged into it, where a unit told it."""
    found = {(event.chain, event.from_code)} if event.from_code else set()
    for one in event.merged.all():
        found |= came_by(one)
    return found


def hear(chain: UUID, office: Unit, said: list[Said], *, at: datetime) -> None:
    """A unit is told how word of its event went on; one that has no such event is passed by."""
    event = known(chain, office)
    if event is not None:
        spread(event, said, actor=SYSTEM, at=at)


def known(chain: UUID, office: Unit) -> Event | None:
    """The row of this event in an office's book, locked; for a merged one, where it went."""
    rows = Event.objects.select_for_update(no_key=True, of=("self",)).select_related("office")
    found = rows.filter(office=office, chain=chain).first()
    while found is not None and found.merged_into_id is not None:
        found = rows.get(pk=found.merged_into_id)
    return found


def take_passages(arrived: Arrived) -> None:
    """What a node above says of the way up. Part of the transaction of the inbox row. Declined: not
    in their form; from below, where tellings come with the report itself."""
    if arrived.sender.relation in BELOW:
        raise Declined("sender")
    said = read_passages(arrived.payload.get("passages"), arrived.at)
    chain = read_chain(arrived.payload)
    one_at_a_time()
    for unit in Unit.objects.filter(code__in=arrived.row.units):
        hear(chain, unit, said, at=arrived.at)
    record("information.arrived", actor=SYSTEM, at=arrived.at, obj=arrived.row)


def read_chain(payload: Mapping[str, Any]) -> UUID:
    """The event's id that every level shares, or `Declined`."""
    try:
        return UUID(hex=str(payload.get("chain")))
    except ValueError as error:
        raise Declined("chain") from error


def tell_desk(event: Event, *, at: datetime, but: UUID | None = None, step: str = "") -> None:
    """A notice to the duty and information officers and the secretary-general, at any hour."""
    roles = (*DESK_ROLES, Role.SECRETARY_GENERAL)
    people = [p for p in people_in(event.office_id, roles, office_date(at)) if p.pk != but]
    message = Message(
        kind="urgent",
        title_zh=f"紧急信息{STEP_ZH.get(step, '')}：{event.title}（{event.place}）",
        title_en=f"Urgent: {event.title} ({event.place}) {step}".strip(),
        url=f"/urgent/{event.pk}/",
        key=f"urgent|{event.pk}|{at.isoformat()}",
        urgent=True,
    )
    notify(message, to=people, unit_id=event.office_id, at=at)
