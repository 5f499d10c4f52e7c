"""Issue an item although it resembles another, for a reason that is kept (features row 60). Part of
the caller's act."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.domain.queries.likeness import Like, like
from luoshi.desks.information.enums import ITEM_GOOD
from luoshi.desks.information.models import Item, KnownLikeness
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.refusals import Invalid, Text


def unknown_likes(item: Item, at: datetime) -> list[Like]:
    """Near-duplicates that were accepted or issued and nobody has given a reason for yet, in either
    direction."""
    pairs = KnownLikeness.objects.filter(Q(item=item) | Q(other=item))
    known = {pk for pair in pairs.values_list("item_id", "other_id") for pk in pair}
    near = [one for one in like(item, at) if one.near and one.item.state in ITEM_GOOD]
    return [one for one in near if one.item.pk not in known]


def know_likeness(item: Item, despite: str, *, actor: Actor, at: datetime) -> None:
    """Refuse an item that says nearly what another says, until somebody says why both go out."""
    new = unknown_likes(item, at)
    if not new:
        return
    what = _("Not placed yet: a similar item exists.")
    if not despite.strip():
        raise Invalid(
            what,
            {"despite": [sentence(item, one) for one in new]},
            next_steps=(_("Merge one into the other, or say why both are issued."),),
            code="similar-exists",
        )
    why = fitted(KnownLikeness, "reason", despite, what=what, field="despite")
    KnownLikeness.objects.bulk_create(
        KnownLikeness(
            item=item,
            other=one.item,
            percent=one.percent,
            reason=why,
            known_by_name=actor.person_name,
            known_at=at,
        )
        for one in new
    )
    after = {"reason": why, "similar": [str(one.item) for one in new]}
    record("information.likeness_known", actor=actor, at=at, obj=item, after=after)


def sentence(item: Item, one: Like) -> Text:
    """What stands in the book already, in one line."""
    told = {"item": item.number, "other": str(one.item), "percent": one.percent}
    return _("%(item)s is %(percent)d %% like %(other)s.") % told
