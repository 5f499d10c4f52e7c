"""A report on an event reaches the next level: into its book, its officers told, the way back told.

The same payload travels through the exchange (`information.urgent`) and within this site. Part of
the caller's act: the sender's, or that of the inbox row.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.desks.information.domain.urgent.counting import one_at_a_time
from luoshi.desks.information.domain.urgent.spreading import (
    SYSTEM,
    Telling,
    known,
    most,
    read_chain,
    read_passages,
    said_of,
    spread,
    tell_desk,
)
from luoshi.desks.information.domain.urgent.taking_in import address, next_number
from luoshi.desks.information.enums import Grade, Kind, Nature, Step, Way
from luoshi.desks.information.models import Event, EventReport
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.domain.queries.neighbours import served_here
from luoshi.foundation.exchange.envelopes.metadata import Metadata
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.organizations.domain.queries.offices import office_over
from luoshi.foundation.organizations.models import Unit

URGENT = "information.urgent"
WORDS = (
    *("title", "place", "casualties", "losses", "trend", "measures", "leaders"),
    *("source", "contact", "first_code", "first_name"),
)
CHOSEN = {"kind": Kind, "grade": Grade, "nature": Nature}
REPORT = ("text", "unit_code", "unit_name", "receiver_name", "signer", "contact", "by_name")


def told(event: Event, made: EventReport) -> dict[str, Any]:
    """What travels: the facts as they are known, the report, the way so far."""
    said = {name: getattr(event, name) for name in (*WORDS, *CHOSEN)}
    report: dict[str, Any] = {name: getattr(made, name) for name in REPORT}
    report |= {"key": made.key.hex, "step": made.step, "number": made.number}
    return said | {
        "chain": event.chain.hex,
        "happened_at": event.happened_at.isoformat(),
        "aware_at": event.aware_at.isoformat(),
        "daily": event.daily,
        "to": event.above_code,
        "report": report | {"at": made.at.isoformat()},
        "passages": [said_of(one) for one in event.passages.order_by("at")],
    }


def deliver(event: Event, made: EventReport, to: Unit, *, actor: Actor, at: datetime) -> None:
    """Bring it to the next level; the exchange copies the level between by itself, here we do."""
    payload = told(event, made)
    if served_here([to.code]):
        between = office_over(event.office.seat_path) if event.direct else None
        for unit in (to, between):
            if unit is not None and (unit is to or unit.pk != to.pk):
                enter(payload, unit, event.office, at=at)
        return
    rows = send(
        kind=URGENT,
        content=Content(payload, metadata=Metadata(title=event.title, urgency="特急")),
        sender=event.office,
        units=[to],
        actor=actor,
        at=at,
    )
    made.consignment = rows[0].pk
    made.save(update_fields=("consignment",))


def take_event(arrived: Arrived) -> None:
    """From another node. Declined: not in the form of this kind, from a unit not in the tree."""
    payload = arrived.payload
    sender = Unit.objects.filter(code=arrived.opened.manifest.sender_unit).first()
    if sender is None:
        raise Declined("sender")
    for unit in Unit.objects.filter(code__in=arrived.row.units):
        enter(payload, unit, sender, at=arrived.at)


def enter(payload: Mapping[str, Any], office: Unit, sender: Unit, *, at: datetime) -> None:
    """Write it into an office's book: a new event, or what is new of a known one. A copy past the
    level owes nothing: who it was sent to reports on."""
    one_at_a_time()
    chain, said = read_chain(payload), read_passages(payload.get("passages"))
    made = read_report(payload.get("report"))
    row = known(chain, office)
    facts = read_facts(payload)
    if row is None:
        row = Event(
            chain=chain,
            office=office,
            number=next_number(office, at),
            from_code=sender.code,
            from_name=str(sender),
            noted_by_name=str(sender),
            noted_at=at,
            **facts,
        )
        if payload.get("to") == office.code:
            address(row, office)
        row.save(force_insert=True)
    else:
        for name, value in facts.items():
            setattr(row, name, value)
        row.save()
    EventReport.objects.bulk_create([EventReport(event=row, **made)], ignore_conflicts=True)
    telling = Telling(Way.WRITTEN, at, sender, office, by_name=made["by_name"])
    first = not row.passages.filter(
        way=Way.WRITTEN, sender_code=sender.code, receiver_code=office.code
    ).exists()
    spread(row, [*said, *([telling.said()] if first else [])], actor=SYSTEM, at=at)
    tell_desk(row, at=at, step=made["step"])
    after = {"unit": str(sender), "step": made["step"], "number": made["number"]}
    record("information.arrived", actor=SYSTEM, at=at, obj=row, after=after)


def read_facts(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The facts another level says, as columns. `Declined`: no title, times that are none."""
    facts: dict[str, Any] = {}
    for name in WORDS:
        facts[name] = str(payload.get(name, ""))[: most(Event, name)].replace("\x00", "")
    for name, choices in CHOSEN.items():
        word = str(payload.get(name, ""))
        facts[name] = word if word in choices.values else choices.values[0]
    for name in ("happened_at", "aware_at"):
        facts[name] = read_instant(payload.get(name), name)
    if not facts["title"] or not facts["first_code"] or facts["aware_at"] < facts["happened_at"]:
        raise Declined("title")
    return facts | {"daily": payload.get("daily") is True}


def read_report(raw: object) -> dict[str, Any]:
    """The report another level sent, as columns, or `Declined`."""
    if not isinstance(raw, Mapping) or raw.get("step") not in Step.values:
        raise Declined("report")
    made: dict[str, Any] = {}
    for name in REPORT:
        made[name] = str(raw.get(name, ""))[: most(EventReport, name)].replace("\x00", "")
    number = raw.get("number")
    key = None
    with suppress(ValueError):
        key = UUID(hex=str(raw.get("key")))
    if key is None or type(number) is not int or not 0 < number < 10_000 or not made["text"]:
        raise Declined("report")
    at = read_instant(raw.get("at"), "report")
    return made | {"key": key, "number": number, "step": str(raw["step"]), "at": at}


def read_instant(raw: object, name: str) -> datetime:
    """An instant with its zone, or `Declined`."""
    try:
        found = datetime.fromisoformat(str(raw))
    except ValueError as error:
        raise Declined(name) from error
    if found.tzinfo is None:
        raise Declined(name)
    return found
