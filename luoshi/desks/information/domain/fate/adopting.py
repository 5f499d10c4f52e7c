"""A higher level printed an item: who, where, when, on what evidence, whole or merged with others
(S2-55, R-INF-6).

Changes: an adoption; the item's first day of adoption; its sender is told. Refused: an item that
was not accepted, no publication or adopter, a day to come, no evidence, the same twice.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.fate.evidence import Shown, columns, faults, keep_files
from luoshi.desks.information.domain.items.submitting import locked
from luoshi.desks.information.domain.items.telling import tell_senders
from luoshi.desks.information.enums import Tier
from luoshi.desks.information.models import Adoption, Item
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.domain.queries.names import unit_by_name


@dataclass(frozen=True)
class Adopted:
    """Which level and body, in which publication and issue; `merged`: with others (R-INF-6)."""

    tier: str
    adopter: str
    publication: str
    issue: str = ""
    merged: bool = False


def adopt(*, item: Item, adopted: Adopted, shown: Shown, actor: Actor, at: datetime) -> Adoption:
    """Write an adoption down."""
    ensure(rules.may_follow(actor, item))
    words = {
        "adopter_name": adopted.adopter,
        "publication": adopted.publication.strip().strip("《》"),
        "issue": adopted.issue,
    }
    words = {name: value.strip() for name, value in words.items()}
    errors = faults(Adoption, item, shown, words, at)
    if adopted.tier not in Tier.values:
        errors["tier"] = [_("Choose one of the list.")]
    if not words["adopter_name"]:
        errors["adopter_name"] = [_("Name the body that adopted it.")]
    if not words["publication"]:
        errors["publication"] = [_("Name the publication.")]
    if errors:
        raise Invalid(_("Not written down: something is missing."), errors)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_follow(actor, row))
        if row.adoptions.filter(**words).exists():
            why = _("This adoption is written down already.")
            raise Invalid(_("Not written down."), {"publication": [why]})
        unit = unit_by_name(words["adopter_name"])
        made = Adoption.objects.create(
            item=row,
            tier=adopted.tier,
            adopter_code=unit.code if unit else "",
            merged=adopted.merged,
            **words,
            **columns(shown, actor, at),
        )
        keep_files(made, shown, actor=actor, at=at)
        row.adopted_on = min(filter(None, (row.adopted_on, made.on)))
        row.save(update_fields=("adopted_on",))
        tell_senders(row, (f"信息获{made}采用", f"Adopted by {made}"), f"adopted{made.pk}", at=at)
        after = {"text": str(made), "on": made.on.isoformat(), "reason": made.evidence}
        record("information.adopted", actor=actor, at=at, obj=row, after=after)
    return made
