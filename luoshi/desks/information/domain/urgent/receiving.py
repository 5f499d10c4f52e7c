"""A report on an event reaches the next level: into its book, its officers told, the way back told.

The same payload travels through the exchange (`information.urgent`) and within this site. Part of
the caller's act: the sender's, or that of the inbox row.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.domain.urgent.believing import believed
from luoshi.desks.information.domain.urgent.counting import next_report, one_at_a_time
from luoshi.desks.information.domain.urgent.ending import follow_ending
from luoshi.desks.information.domain.urgent.spreading import (
    MOST,
    SYSTEM,
    Telling,
    known,
    plain,
    read_chain,
    read_instant,
    read_passages,
    said_of,
    spread,
    tell_desk,
)
from luoshi.desks.information.domain.urgent.taking_in import address, count_anew, next_number
from luoshi.desks.information.enums import Grade, Kind, Nature, Step, Way
from luoshi.desks.information.models import Event, EventReport
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refused
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
TIMES = ("happened_at", "aware_at")
CHOSEN = {"kind": Kind, "grade": Grade, "nature": Nature}
REPORT = ("text", "unit_code", "unit_name", "receiver_name", "signer", "contact", "by_name")


def told(event: Event, made: EventReport) -> dict[str, Any]:
    """What travels: the facts as they are known, the report, the way so far (the newest tellings,
    as many as a book takes)."""
    said = as_told({name: getattr(event, name) for name in (*WORDS, *CHOSEN, *TIMES, "daily")})
    way = sorted(event.passages.order_by("-at")[:MOST], key=lambda one: one.at)
    report: dict[str, Any] = {name: getattr(made, name) for name in REPORT}
    report |= {"key": made.key.hex, "step": made.step, "number": made.number}
    return said | {
        "chain": event.chain.hex,
        "to": event.above_code,
        "report": report | {"at": made.at.isoformat()},
        "passages": [said_of(one) for one in way],
    }


def as_told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they travel and are compared."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in facts.items()
    }


def deliver(event: Event, made: EventReport, to: Unit, *, actor: Actor, at: datetime) -> None:
    """Bring it to the next level; the exchange copies the level between by itself, here we do.
    Refused: what the next level's book would not take."""
    payload = told(event, made)
    refuse_unsound(payload, at)
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


def refuse_unsound(payload: Mapping[str, Any], at: datetime) -> None:
    """Refuse here what would be declined there, while the words can still be put right."""
    try:
        read_facts(payload, at)
        read_report(payload["report"], at)
        read_passages(payload["passages"], at)
    except Declined as error:
        raise Refused(
            _("Not sent: the facts do not fit together."),
            _("An event is known after it happens, and no time lies in the future."),
            next_steps=(_("Correct the facts of the event, then send the report again."),),
            code="unsound",
        ) from error


def take_event(arrived: Arrived) -> None:
    """From another node. Declined: not in the form of this kind, from a unit not in the tree."""
    payload = arrived.payload
    sender = Unit.objects.filter(code=arrived.opened.manifest.sender_unit).first()
    if sender is None:
        raise Declined("sender")
    for unit in Unit.objects.filter(code__in=arrived.row.units):
        enter(payload, unit, sender, at=arrived.at, elsewhere=True)


def enter(
    payload: Mapping[str, Any],
    office: Unit,
    sender: Unit,
    *,
    at: datetime,
    elsewhere: bool = False,
) -> None:
    """Write it into an office's book: a new event, or what is new of a known one. A copy past the
    level owes nothing: who it was sent to reports on. `elsewhere`: another node says so."""
    one_at_a_time()
    chain, said = read_chain(payload), read_passages(payload.get("passages"), at)
    made = read_report(payload.get("report"), at)
    if made["unit_code"] != sender.code:
        raise Declined("report")
    row = known(chain, office)
    facts = read_facts(payload, at)
    before: dict[str, Any] = {}
    if row is None:
        row = Event(
            chain=chain,
            office=office,
            number=next_number(office, at),
            from_code=sender.code,
            from_name=str(sender),
            noted_by_name=str(sender),
            noted_at=at,
            told=as_told(facts),
            **facts,
        )
        if payload.get("to") == office.code:
            address(row, office)
        row.save(force_insert=True)
    elif (row.chain, row.from_code) == (chain, sender.code):
        before = take_facts(row, facts, at=at)
    made = keep_report(row, made)
    follow_ending(row, at=at)
    if elsewhere:
        said = believed(said, row, sender)
    telling = Telling(Way.WRITTEN, at, sender, office, by_name=made["by_name"])
    first = not row.passages.filter(
        way=Way.WRITTEN, sender_code=sender.code, receiver_code=office.code
    ).exists()
    spread(row, [*said, *([telling.said()] if first else [])], actor=SYSTEM, at=at)
    tell_desk(row, at=at, step=made["step"])
    after = {name: str(getattr(row, name)) for name in before}
    after |= {"unit": str(sender), "step": made["step"], "number": made["number"]}
    record("information.arrived", actor=SYSTEM, at=at, obj=row, before=before or None, after=after)


def take_facts(event: Event, facts: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """Take what the sender changed since it last spoke; what this office corrected stays as long as
    the sender says nothing new of it. The clock follows. Returns what was there before."""
    said = as_told(facts)
    before = {name: getattr(event, name) for name in facts}
    for name, value in facts.items():
        if name not in event.told or event.told[name] != said[name]:
            setattr(event, name, value)
    if event.aware_at < event.happened_at:  # one time of each side: they make sense together only
        event.happened_at, event.aware_at = facts["happened_at"], facts["aware_at"]
    event.told = said
    changed = {name: str(old) for name, old in before.items() if old != getattr(event, name)}
    event.revision += bool(changed)
    event.save()
    if changed.keys() & {"happened_at", "grade", "daily"}:
        count_anew(event, before["grade"], at=at)
    return changed


def keep_report(event: Event, made: dict[str, Any]) -> dict[str, Any]:
    """Add it once; under the next number where another report has its own (two events of the sender
    were merged here). Returns it as it stands."""
    if event.reports.filter(key=made["key"]).exists():
        return made
    same = event.reports.filter(unit_code=made["unit_code"], step=made["step"])
    if same.filter(number=made["number"]).exists():
        made = made | {"number": next_report(event, made["unit_code"], made["step"])}
    EventReport.objects.create(event=event, **made)
    return made


def read_facts(payload: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The facts another level says, as columns. `Declined`: no title, times that are none."""
    facts: dict[str, Any] = {}
    for name in WORDS:
        facts[name] = plain(payload.get(name, ""), Event, name)
    for name, choices in CHOSEN.items():
        word = str(payload.get(name, ""))
        facts[name] = word if word in choices.values else choices.values[0]
    for name in TIMES:
        facts[name] = read_instant(payload.get(name), name, at)
    if not facts["title"] or not facts["first_code"] or facts["aware_at"] < facts["happened_at"]:
        raise Declined("title")
    return facts | {"daily": payload.get("daily") is True}


def read_report(raw: object, at: datetime) -> dict[str, Any]:
    """The report another level sent, as columns, or `Declined`."""
    if not isinstance(raw, Mapping) or raw.get("step") not in Step.values:
        raise Declined("report")
    made: dict[str, Any] = {}
    for name in REPORT:
        made[name] = plain(raw.get(name, ""), EventReport, name)
    number = raw.get("number")
    key = None
    with suppress(ValueError):
        key = UUID(hex=str(raw.get("key")))
    if key is None or type(number) is not int or not 0 < number < 10_000 or not made["text"]:
        raise Declined("report")
    when = read_instant(raw.get("at"), "report", at)
    return made | {"key": key, "number": number, "step": str(raw["step"]), "at": when}
