"""A sensitive period reaches the offices below: their books here, an envelope elsewhere.

One payload (`duty.period`), one function that enters it; a node that gets it passes it on to its
own offices and to its own subordinates. Part of the caller's act.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.desks.duty.domain.periods.marking import mark
from luoshi.desks.duty.domain.queries.arriving import a_day, instant, key, words
from luoshi.desks.duty.domain.queries.offices import nodes_below, offices_below
from luoshi.desks.duty.models import SensitivePeriod
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.time import office_date
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.notifications.domain.sending import Message
from luoshi.foundation.notifications.domain.sending import send as notify
from luoshi.foundation.organizations.domain.queries.holders import people_in
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit

PERIOD = "duty.period"
SYSTEM = Actor.system("exchange")
WORDS = {"title": 100, "basis": 200, "declared_by_name": 60, "revoked_reason": 300}


def pass_down(row: SensitivePeriod, office: Unit, *, actor: Actor, at: datetime) -> None:
    """Into the books of the offices below on this site, and to the nodes below; what is said again
    of it, to whoever has it."""
    payload = told(row)
    has = SensitivePeriod.objects.filter(chain=row.chain, from_code=office.code)
    known = {one.office_id: one.office for one in has.select_related("office")}
    for unit in (known | {one.pk: one for one in offices_below(office)}).values():
        enter(payload, unit, code=office.code, name=str(office), at=at)
    below = nodes_below(office)
    if below:
        send(kind=PERIOD, content=Content(payload), sender=office, units=below, actor=actor, at=at)


def told(row: SensitivePeriod) -> dict[str, Any]:
    """What travels."""
    return {
        "chain": row.chain.hex,
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "daily": row.daily,
        "declared_at": row.declared_at.isoformat(),
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else "",
        **{name: getattr(row, name) for name in WORDS},
    }


def take_period(arrived: Arrived) -> None:
    """From the superior's node: into the books of the addressed units and of all below them."""
    sender = arrived.opened.manifest.sender_unit
    known = Unit.objects.filter(code=sender).first()
    name = str(known) if known else sender
    facts = read(arrived.payload)
    for unit in Unit.objects.filter(code__in=arrived.row.units):
        row = enter(facts, unit, code=sender, name=name, at=arrived.at)
        pass_down(row, unit, actor=SYSTEM, at=arrived.at)
    record("duty.period_arrived", actor=SYSTEM, at=arrived.at, obj=arrived.row)


def read(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Another node's words, checked field by field, or `Declined`."""
    key(payload.get("chain"), "period")
    first, last = (a_day(payload.get(name), "period") for name in ("starts_on", "ends_on"))
    instant(payload.get("declared_at"), "period")
    if payload.get("revoked_at"):
        instant(payload["revoked_at"], "period")
    if last < first or not str(payload.get("title", "")).strip():
        raise Declined("period")
    return dict(payload)


def enter(
    payload: Mapping[str, Any], office: Unit, *, code: str, name: str, at: datetime
) -> SensitivePeriod:
    """The period in one office's book: new, or as it was changed above."""
    said = {name: words(payload.get(name, ""), most) for name, most in WORDS.items()}
    revoked = str(payload.get("revoked_at") or "")
    row, made = SensitivePeriod.objects.update_or_create(
        office=office,
        chain=UUID(hex=str(payload["chain"])),
        defaults={
            **said,
            "starts_on": date.fromisoformat(str(payload["starts_on"])),
            "ends_on": date.fromisoformat(str(payload["ends_on"])),
            "daily": payload.get("daily") is True,
            "from_code": code,
            "from_name": name[:100],
            "declared_at": datetime.fromisoformat(str(payload["declared_at"])),
            "revoked_at": datetime.fromisoformat(revoked) if revoked else None,
        },
    )
    mark(row, at=at)
    if made or revoked:
        tell(row, at=at)
    return row


def period_words(row: SensitivePeriod) -> dict[str, str]:
    """For the trail."""
    return {"title": row.title, "from": str(row.starts_on), "until": str(row.ends_on)}


def tell(row: SensitivePeriod, *, at: datetime, but: UUID | None = None) -> None:
    """A notice to the duty officers and the secretary-general of the office."""
    roles = (Role.DUTY_OFFICER, Role.SECRETARY_GENERAL)
    people = [p for p in people_in(row.office_id, roles, office_date(at)) if p.pk != but]
    head, head_en = (
        ("取消敏感时期", "Revoked") if row.revoked_at else ("敏感时期", "Sensitive period")
    )
    message = Message(
        kind="duty",
        title_zh=f"{head}：{row.title}（{row.starts_on}至{row.ends_on}）",
        title_en=f"{head_en}: {row.title} ({row.starts_on} to {row.ends_on})",
        url="/duty/periods/",
        key=f"period|{row.pk}|{row.revoked_at or ''}",
    )
    notify(message, to=people, unit_id=row.office_id, at=at)
