"""Which tellings a book believes that come with a report from another node (security.md 1,
threat 4).

Nothing is changed here. Of its own tellings an office believes its own book alone, and of those
above it only who is above: else a word from below could meet the limits of this office. A unit
speaks for itself and for what lies below it.
"""

from collections.abc import Sequence

from luoshi.desks.information.domain.urgent.spreading import Said
from luoshi.desks.information.models import Event
from luoshi.foundation.organizations.domain.queries.offices import office_at
from luoshi.foundation.organizations.models import Unit


def believed(said: Sequence[Said], event: Event, sender: Unit) -> list[Said]:
    """The tellings a unit of another node may say of this event."""
    codes = {one[name] for one in said for name in ("sender_code", "receiver_code")}
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    under = realm(sender)
    return [
        one
        for one in said
        if one["sender_code"] != event.office.code
        and speaks_for(one, known, sender, under)
        and not (event.limits and goes_past(one, known, event.office))
    ]


def realm(unit: Unit) -> str:
    """Where what a unit speaks for lies in the tree: its seat where it is the seat's office."""
    home = office_at(unit.seat_path)
    return unit.seat_path if home is not None and home.pk == unit.pk else unit.path


def speaks_for(one: Said, known: dict[str, Unit], sender: Unit, under: str) -> bool:
    """The sender's own telling, or one of a unit below it. A unit this tree does not know is one
    where it told another such unit, or one below the sender."""
    teller, hearer = known.get(one["sender_code"]), known.get(one["receiver_code"])
    if teller is not None:
        return teller.pk == sender.pk or teller.path.startswith(under)
    return hearer is None or hearer.path.startswith(under)


def goes_past(one: Said, known: dict[str, Unit], office: Unit) -> bool:
    """Whether it was told to somebody above this office, which itself owes that telling."""
    hearer = known.get(one["receiver_code"])
    return hearer is not None and not hearer.path.startswith(office.seat_path)
