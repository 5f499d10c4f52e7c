"""Let an item go on in another that says the same (features row 55).

Changes: the item is merged; its sender keeps hearing what becomes of the other and counts in part
(R-INF-6). Refused: into itself, across offices, into one that is merged or sent back, one that has
items of its own, one that stands in an issue.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.telling import tell_senders
from luoshi.desks.information.enums import ItemState
from luoshi.desks.information.models import Item
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text

INTO = (ItemState.SUBMITTED, ItemState.ACCEPTED, ItemState.ISSUED)


def join(*, item: Item, into: Item, actor: Actor, at: datetime) -> Item:
    """Merge an item into another of the book."""
    ensure(rules.may_merge_items(actor, item))
    refuse_unfit(item, into)
    with acting(actor=actor, at=at):
        rows = Item.objects.select_for_update(no_key=True, of=("self",)).select_related("author")
        both = {row.pk: row for row in rows.filter(pk__in=(item.pk, into.pk)).order_by("pk")}
        row, kept = both[item.pk], both[into.pk]
        ensure(rules.may_merge_items(actor, row))
        refuse_unfit(row, kept)
        row.state, row.merged_into = ItemState.MERGED, kept
        row.reviewed_by_name, row.reviewed_at = actor.person_name, at
        row.save()
        tell_senders(row, ("信息已并入其他信息", "Information merged"), "merged", at=at)
        record("information.joined", actor=actor, at=at, obj=row, after={"into": kept.number})
        record("information.joined", actor=actor, at=at, obj=kept, after={"from": row.number})
    return kept


def refuse_unfit(item: Item, into: Item) -> None:
    """Refuse what would lead nowhere."""
    what = pgettext_lazy("information", "Not merged.")
    why: Text = ""
    if item.pk == into.pk or item.office_id != into.office_id or into.state not in INTO:
        why = _("Choose another item of this office that goes on.")
    elif item.merged.exists():
        why = _("Others were merged into this one: merge the other into it.")
    elif item.entries.exists():
        why = _("It stands in an issue: take it out first.")
    if why:
        raise Invalid(what, {"into": [why]})
