"""Mark a matter as key (重点), or lift the mark; key matters are always looked back on (B9)."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused, Text
from luoshi.supervision.lookbacks import rules
from luoshi.supervision.lookbacks.models import KeyMark
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.models import Matter


def refuse_reason(reason: str) -> None:
    """A mark without a reason, or with one that does not fit."""
    errors: dict[str, list[Text]] = too_long(KeyMark, {"reason": reason})
    if not reason.strip():
        errors["reason"] = [_("Give the reason; it stays readable.")]
    if errors:
        raise Invalid(_("Not marked."), errors)


def mark_key(*, matter: Matter, reason: str, actor: Actor, at: datetime) -> KeyMark:
    """Mark. Refused: a matter that is marked."""
    ensure(rules.may_mark(actor, matter))
    refuse_reason(reason)
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        if matter.key_marks.filter(lifted_at=None).exists():
            raise Refused(_("Not marked again: it is a key item already."), code="key-already")
        mark = KeyMark.objects.create(
            matter=matter,
            reason=reason.strip(),
            marked_by_name=actor.person_name,
            marked_at=at,
        )
        after = {"reason": mark.reason}
        record("lookbacks.marked_key", actor=actor, at=at, obj=matter, after=after)
    return mark


def lift_key(*, matter: Matter, reason: str, actor: Actor, at: datetime) -> KeyMark:
    """Lift the mark, with a reason. Refused: a matter that is not marked."""
    ensure(rules.may_mark(actor, matter))
    refuse_reason(reason)
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        mark = matter.key_marks.filter(lifted_at=None).first()
        if mark is None:
            raise Refused(_("Not lifted: it is not a marked item."), code="not-key")
        mark.lifted_reason, mark.lifted_at = reason.strip(), at
        mark.lifted_by_name = actor.person_name
        mark.save()
        after = {"reason": mark.lifted_reason}
        record("lookbacks.key_lifted", actor=actor, at=at, obj=matter, after=after)
    return mark
