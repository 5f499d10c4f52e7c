"""Issue an item although it resembles another, for a reason that is kept (features row 60). Part of
the caller's act."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information.domain.queries.likeness import Like, like
from luoshi.desks.information.models import Item, KnownLikeness
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.refusals import Invalid, Text


def unknown_likes(item: Item, at: datetime) -> list[Like]:
    """Near-duplicates nobody has given a reason for yet."""
    known = set(item.likenesses.values_list("other_id", flat=True))
    return [one for one in like(item, at) if one.near and one.item.pk not in known]


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
