"""To which offices somebody may submit information, the usual one first (S3-97, S3-98)."""

from dataclasses import dataclass
from datetime import date

from luoshi.desks.information.domain.queries.lines import above, office_over
from luoshi.desks.information.enums import Channel
from luoshi.desks.information.models import EDITING_ROLES, BulletinSeries
from luoshi.desks.information.rules.ordinary import engaged
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit


@dataclass(frozen=True)
class Receiver:
    """An office, the channel it is reached by, and the level between that gets a copy."""

    unit: Unit
    channel: Channel
    copied: Unit | None = None


def receivers(actor: Actor, on: date) -> list[Receiver]:
    """A member's own office; the desk's own book; the office above or the direct line; offices of
    the same seat that issue a bulletin. An engaged officer has the office that engaged."""
    if actor.unit_id is None:
        held = engaged(actor, on)
        return [Receiver(held.office, Channel.OFFICER)] if held else []
    home = Unit.objects.get(pk=actor.unit_id)
    if actor.role == Role.CPPCC_MEMBER:
        return [Receiver(home, Channel.MEMBER)]
    found = [Receiver(home, Channel.OWN)] if actor.role in EDITING_ROLES else []
    upper, direct = above(home)
    if upper is not None and upper.pk != home.pk:
        between = office_over(home.seat_path) if direct else None
        found.append(Receiver(upper, Channel.DIRECT if direct else Channel.UNIT, between))
        if direct and between is not None:
            found.append(Receiver(between, Channel.UNIT))
    issuing = BulletinSeries.objects.filter(office__seat_path=home.seat_path)
    known = {one.unit.pk for one in found}
    others = Unit.objects.filter(pk__in=issuing.values("office_id")).exclude(pk__in=known)
    rest = others.exclude(pk=home.pk).order_by("sort_key", "code")
    return [*found, *(Receiver(unit, Channel.UNIT) for unit in rest)]
