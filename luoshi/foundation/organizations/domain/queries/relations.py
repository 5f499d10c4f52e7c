"""What one unit may ask of another: an override if there is one, else derived from the tree."""

from luoshi.foundation.organizations.enums import Relation, System
from luoshi.foundation.organizations.models import AuthorityOverride, Unit

COMMANDED = {
    System.PARTY: {System.PARTY, System.GOVERNMENT},
    System.GOVERNMENT: {System.GOVERNMENT},
    System.CPPCC: {System.CPPCC},
    System.ASSOCIATION: set(),
    System.ENTERPRISE: set(),
}


def relation(upper: Unit, lower: Unit) -> Relation:
    """The relation that decides wording and allowed acts (decision 9, S2-89/90)."""
    known = AuthorityOverride.objects.filter(upper=upper, lower=lower).first()
    if known is not None:
        return Relation(known.relation)
    if upper.system == System.ASSOCIATION:
        return Relation.EXTERNAL
    inside = lower.seat_path.startswith(upper.seat_path)
    if inside and lower.system in COMMANDED[System(upper.system)]:
        return Relation.COMMANDS
    if inside and upper.system == System.PARTY:
        return Relation.GUIDES
    return Relation.NO_COMMAND


def courteous(upper: Unit, lower: Unit) -> bool:
    """Whether `upper` may only request (商请) of `lower`."""
    return relation(upper, lower) in {Relation.NO_COMMAND, Relation.EXTERNAL}
