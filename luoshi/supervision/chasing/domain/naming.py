"""Name the leader in charge (分管领导) of a unit, or of one matter where that differs: level L3 of
the ladder goes to that leader (rules.md 2.11).

Changes: one row more; nothing said before is removed. Naming nobody ends it: then the leader of the
unit counts for a matter, and where none is named there either, the ladder goes on as without one.
Refused: by anyone but the section chief and the secretary-general of the office; another office's
or an ended matter; a closed unit; a leader without a leading post here or above on that day, or
whose post has no sight of the unit or matter (naming opens nothing, decision 8); a day before today
or more than a year ahead; no basis; what holds on that day already.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.organizations.domain.queries.holders import leaders_over
from luoshi.foundation.organizations.domain.queries.names import listed
from luoshi.foundation.organizations.domain.queries.sight import place, units_in_sight
from luoshi.foundation.organizations.models import Appointment, Unit
from luoshi.supervision.chasing import rules
from luoshi.supervision.chasing.models import LeaderInCharge
from luoshi.supervision.matters.enums import MATTER_ENDED
from luoshi.supervision.matters.models import Matter

AHEAD = timedelta(days=366)
OWN_MATTER = _("Name an open matter of your own office by its number.")


@dataclass(frozen=True)
class Charge:
    """What is said: of which unit or which matter, who (None: nobody), from when, on what basis."""

    unit: Unit | None
    matter: Matter | None
    person_id: UUID | None
    from_on: date
    basis: str


def name_leader(*, office_id: UUID, charge: Charge, actor: Actor, at: datetime) -> LeaderInCharge:
    """Put the leader in charge, or nobody, from a day on."""
    ensure(rules.may_name_leader(actor, office_id))
    held = leading_post(office_id, charge)
    refuse_unfit(office_id, charge, held, office_date(at))
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update(no_key=True, of=("self",)).get(pk=office_id)
        refuse_said(office_id, charge, held)
        row = LeaderInCharge.objects.create(
            office_id=office_id,
            unit=charge.unit,
            matter=charge.matter,
            leader=held,
            leader_name=held.person.full_name if held else "",
            leader_title=held.post.title if held else "",
            from_on=charge.from_on,
            basis=charge.basis.strip(),
            named_by_name=actor.person_name,
            named_at=at,
        )
        after = {"leader": row.leader_name, "from": row.from_on.isoformat(), "basis": row.basis}
        action = "chasing.leader_named" if charge.matter else "chasing.charge_given"
        record(action, actor=actor, at=at, obj=charge.matter or charge.unit, after=after)
    return row


def charge_from(
    *,
    office_id: UUID,
    unit: str,
    number: str,
    person_id: UUID | None,
    from_on: date,
    basis: str,
) -> Charge:
    """A charge by words: a unit's name or a matter's number; one that nobody bears is refused."""
    what, matter = _("Not named."), None
    units = listed(unit, field="unit", what=what) if unit.strip() else []
    if len(units) > 1:
        raise Invalid(what, {"unit": [_("Name one unit.")]})
    if number.strip():
        matter = Matter.objects.filter(office_id=office_id, number=number.strip()).first()
        if matter is None:
            raise Invalid(what, {"matter": [OWN_MATTER]})
    return Charge(units[0] if units else None, matter, person_id, from_on, basis)


def refuse_said(office_id: UUID, charge: Charge, held: Appointment | None) -> None:
    """Refuse to say again what holds on that day."""
    rows = LeaderInCharge.objects.filter(
        office_id=office_id, unit=charge.unit, matter=charge.matter, from_on__lte=charge.from_on
    )
    last = rows.order_by("-from_on", "-named_at").first()
    if (last.leader_id if last else None) == (held.pk if held else None):
        raise Invalid(_("Not named."), {"leader": [_("This is so already on that day.")]})


def leading_post(office_id: UUID, charge: Charge) -> Appointment | None:
    """The post of one's own through which the named leader leads the office on that day and has the
    unit or matter in sight."""
    if charge.person_id is None:
        return None
    rows = leaders_over(office_id, charge.from_on).filter(
        person_id=charge.person_id, delegated_from=None
    )
    return next((held for held in rows if in_sight(held, charge)), None)


def in_sight(held: Appointment, charge: Charge) -> bool:
    """Whether the post sees the unit, or the matter."""
    leader = Actor(
        kind="person",
        person_id=held.person_id,
        role=held.post.role,
        unit_id=held.post.unit_id,
        place=place(held.post.unit),
    )
    if charge.matter is not None:
        return Matter.objects.visible_to(leader).filter(pk=charge.matter.pk).exists()
    return charge.unit is None or units_in_sight(leader).filter(pk=charge.unit.pk).exists()


def refuse_unfit(office_id: UUID, charge: Charge, held: Appointment | None, today: date) -> None:
    """Refuse what cannot be said, each fault at its field."""
    errors: dict[str, list[Text]] = dict(too_long(LeaderInCharge, {"basis": charge.basis.strip()}))
    matter, unit = charge.matter, charge.unit
    if (matter is None) == (unit is None):
        errors["unit"] = [_("Name either a unit or a matter.")]
    if unit is not None and not unit.is_active:
        errors["unit"] = [_("This unit is closed; name its successor.")]
    if matter is not None and (matter.office_id != office_id or matter.state in MATTER_ENDED):
        errors["matter"] = [OWN_MATTER]
    if charge.person_id is not None and held is None:
        why = _(
            "Choose a leader who holds a leading post here or above on that day and whose post "
            "sees this unit or matter."
        )
        errors["leader"] = [why]
    if not today <= charge.from_on <= today + AHEAD:
        errors["from_on"] = [_("Give a day from today on, at most a year ahead.")]
    if not charge.basis.strip():
        errors["basis"] = [_("Name the document this rests on.")]
    if errors:
        raise Invalid(_("Not named."), errors)
