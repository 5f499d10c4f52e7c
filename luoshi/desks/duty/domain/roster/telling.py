"""The level above knows who is on duty below: a published roster goes up (watch room, R-DUT-4).

Within this site nothing has to be sent: the rows are read. To another node it goes as
`duty.roster`: the whole roster when it is published, single shifts when they change; each says who
holds a post from when to when, and replaces what was known of that beginning. Part of the caller's
act.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from luoshi.desks.duty.domain.queries.arriving import instant, words
from luoshi.desks.duty.domain.queries.offices import office_above
from luoshi.desks.duty.enums import Post
from luoshi.desks.duty.models import KnownShift, Shift
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.exchange.domain.mail.sending import Content, send
from luoshi.foundation.exchange.domain.queries.neighbours import find_own, served_here
from luoshi.foundation.exchange.kinds import Arrived, Declined
from luoshi.foundation.organizations.models import Unit

ROSTER = "duty.roster"
SYSTEM = Actor.system("exchange")
MOST = 5000
LIMITS = {"name": 60, "title": 60, "phone": 40}


def tell_above(
    office: Unit,
    shifts: Sequence[Shift],
    *,
    actor: Actor,
    at: datetime,
    span: tuple[str, str] | None = None,
) -> None:
    """These shifts of the office as they stand. `span`: the instants from and until which they are
    all there are; None = single shifts, the rest stays as it was known."""
    if find_own() is None:
        return
    above = office_above(office)
    if above is None or served_here([above.code]):
        return
    payload: dict[str, Any] = {"shifts": [said(one) for one in shifts]}
    if span is not None:
        payload["from"], payload["until"] = span
    send(kind=ROSTER, content=Content(payload), sender=office, units=[above], actor=actor, at=at)


def said(shift: Shift) -> dict[str, str]:
    """A shift as it travels; a name of nobody takes it away."""
    person = shift.person
    return {
        "post": shift.post,
        "starts_at": shift.starts_at.isoformat(),
        "ends_at": shift.ends_at.isoformat(),
        "name": person.name if person else "",
        "title": person.title if person else "",
        "phone": person.phone if person else "",
    }


def take_roster(arrived: Arrived) -> None:
    """What a unit below says of its duty. Declined: not in the form, a shift twice, a
    unit not in the tree."""
    unit = Unit.objects.filter(code=arrived.opened.manifest.sender_unit).first()
    rows = arrived.payload.get("shifts")
    if unit is None or not isinstance(rows, list) or len(rows) > MOST:
        raise Declined("roster")
    shifts = [read(one) for one in rows]
    if len({(one["post"], one["starts_at"]) for one in shifts}) < len(shifts):
        raise Declined("roster")
    known = KnownShift.objects.filter(unit=unit)
    if "from" in arrived.payload:
        first, last = (instant(arrived.payload.get(name), "roster") for name in ("from", "until"))
        known.filter(starts_at__gte=first, starts_at__lt=last).delete()
    for one in shifts:
        known.filter(post=one["post"], starts_at=one["starts_at"]).delete()
    KnownShift.objects.bulk_create(KnownShift(unit=unit, **one) for one in shifts if one["name"])
    after = {"unit": str(unit), "count": len(shifts)}
    record("duty.roster_arrived", actor=SYSTEM, at=arrived.at, obj=arrived.row, after=after)


def read(raw: object) -> dict[str, Any]:
    """A shift as another node says it, field by field, or `Declined`."""
    if not isinstance(raw, Mapping) or raw.get("post") not in Post.values:
        raise Declined("roster")
    start, end = (instant(raw.get(name), "roster") for name in ("starts_at", "ends_at"))
    if end <= start:
        raise Declined("roster")
    said = {name: words(raw.get(name, ""), most) for name, most in LIMITS.items()}
    return {"post": str(raw["post"]), "starts_at": start, "ends_at": end, **said}
