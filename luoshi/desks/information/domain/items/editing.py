"""Edit an item before it goes out; every former text stays with who and when (features row 55).

Changes: the words and a new version; the author's own stays as version 1; who sent it in is told,
for it goes out under their name. Refused: other offices,
an item that went out, no reason, no change, a version somebody else has replaced meanwhile.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.items.shingling import bands
from luoshi.desks.information.domain.items.submitting import keep_version, locked
from luoshi.desks.information.domain.items.telling import tell_senders
from luoshi.desks.information.domain.items.wording import Words, checked, words_of
from luoshi.desks.information.models import Item, ItemVersion
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid


def edit(*, item: Item, words: Words, why: str, version: int, actor: Actor, at: datetime) -> Item:
    """Write the words anew; `version` is the one the editor had before the eyes."""
    ensure(rules.may_edit(actor, item))
    what = _("Not changed.")
    checked(words, item.kind, what)
    missing = _("Say what was changed and why; the author reads it.")
    reason = fitted(ItemVersion, "why", why, what=what, missing=missing)
    with acting(actor=actor, at=at):
        row = locked(item)
        ensure(rules.may_edit(actor, row))
        if row.version != version:
            raise Invalid(
                _("Somebody changed this page meanwhile. Your text is kept."),
                {"text": [_("Compare with the saved version below, then save again.")]},
                code="edited-meanwhile",
            )
        if words.trimmed() == words_of(row).trimmed():
            raise Invalid(what, {"text": [_("Nothing was changed.")]})
        before = {"title": row.title, "version": row.version}
        for name, value in words.trimmed().items():
            setattr(row, name, value)
        row.bands = bands(f"{row.title}\n{row.whole}")
        row.version += 1
        row.save()
        keep_version(row, by_author=False, why=reason, name=actor.person_name, at=at)
        told = ("信息文字经编辑修改", "Your information was edited")
        tell_senders(row, told, f"edited{row.version}", at=at, but=actor.person_id)
        after = {"title": row.title, "version": row.version, "reason": reason}
        record("information.edited", actor=actor, at=at, obj=row, before=before, after=after)
    return row
