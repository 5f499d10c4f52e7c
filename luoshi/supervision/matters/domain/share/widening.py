"""A unit that handled a matter alone gets company: with joint units it leads, beside others it
handles its own part (R-PRO-5). Otherwise a sole matter could take over nothing of another.

Changes: the part of the open share; its unit is told. Runs inside assigning. What does not fit
beside a sole unit (a second sole one, another lead) is left to be refused there.
"""

from collections.abc import Iterable
from datetime import datetime

from luoshi.supervision.matters.domain.telling import tell_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, Part
from luoshi.supervision.matters.models import Assignment, Matter

WORDS = {
    Part.LEAD: ("分工调整：由独办改为牵头", "Part changed: from sole to lead"),
    Part.SEPARATE: ("分工调整：由独办改为分办", "Part changed: from sole to separate"),
}


def part_beside(parts: Iterable[str]) -> Part | None:
    """What a sole unit becomes beside units with these parts; None: it stays sole."""
    found = set(parts)
    if not found or found - {Part.JOINT, Part.SEPARATE}:
        return None
    return Part.LEAD if Part.JOINT in found else Part.SEPARATE


def widen(matter: Matter, parts: Iterable[str], *, at: datetime) -> Assignment | None:
    """Give the open sole share its part beside the new ones; returns it, or None."""
    part = part_beside(parts)
    sole = Assignment.objects.filter(matter=matter, state__in=ASSIGNMENT_OPEN, part=Part.SOLE)
    key = sole.values_list("pk", flat=True).first()
    if part is None or key is None:
        return None
    share: Assignment = locked(Assignment.objects.select_related("matter", "unit"), key)
    share.part = part
    share.save(update_fields=("part",))
    tell_unit(share, kind="part_changed", words=WORDS[part], key=f"{share.pk}|{part}", at=at)
    return share
