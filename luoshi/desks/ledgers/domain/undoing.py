"""Undo a whole import while nothing was done with its rows.

Changes: the matters it made are revoked with the import as the reason, all or none, and stay
readable where the past is looked up; the matters it planned anew get back the plan of the import
before; the uploaded file, the rows and the trail stay. The ledger can be taken over again. Refused:
a matter that was assigned, planned anew by somebody, or that anything else hangs on.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.desks.ledgers import rules
from luoshi.desks.ledgers.domain.correcting import locked
from luoshi.desks.ledgers.domain.judging import earlier
from luoshi.desks.ledgers.domain.writing import bring_to
from luoshi.desks.ledgers.enums import LedgerState, Verdict
from luoshi.desks.ledgers.models import Ledger, LedgerRow
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.copying import many_rows
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.supervision.matters.domain.matter.revoking import revoke_unassigned
from luoshi.supervision.matters.enums import MatterState
from luoshi.supervision.matters.models import Matter, PastMatter

OWN = (LedgerRow, PastMatter)


def under_way(count: int) -> Refused:
    """Something was done with a row of the import."""
    return Refused(
        _("Not undone: something was done with its rows."),
        _("%(n)d matter(s) of this import are under way or changed.") % {"n": count},
        next_steps=(_("Revoke single matters on their own pages, with the reason."),),
        code="under-way",
    )


def undo(*, ledger: Ledger, actor: Actor, at: datetime) -> Ledger:
    """Take the import back; a second time is refused."""
    ensure(rules.may_undo(actor, ledger))
    with many_rows(), acting(actor=actor, at=at):
        held = locked(ledger)
        ensure(rules.may_undo(actor, held))
        found = LedgerRow.objects.filter(ledger=held, matter__isnull=False)
        mine = Matter.objects.filter(pk__in=found.values("matter_id")).order_by("pk")
        list(mine.select_for_update().values_list("pk"))
        rows: list[Any] = list(found.select_related("matter").defer("matter__search", "cells"))
        refuse_touched(rows)
        new = [row.matter_id for row in rows if row.verdict == Verdict.NEW]
        refuse_hung_on(found.filter(verdict=Verdict.NEW).values("matter_id"))
        before = earlier(held)
        for row in rows:
            if row.verdict == Verdict.CHANGED:
                bring_to(before[row.number], row.matter, actor, at)
        reason = f"撤销台账导入：{held.title}"
        revoke_unassigned(keys=new, reason=reason, actor=actor, at=at)
        held.state = LedgerState.UNDONE
        held.undone_by_name, held.undone_at = actor.person_name, at
        held.save(update_fields=("state", "undone_by_name", "undone_at"))
        record("ledgers.undone", actor=actor, at=at, obj=held, after={"matters": len(rows)})
    return held


def refuse_touched(rows: Sequence[Any]) -> None:
    """Refuse where a matter is no longer as the import left it."""
    touched = [
        row
        for row in rows
        if row.matter.state != MatterState.REGISTERED or row.matter.revision != row.revision
    ]
    if touched:
        raise under_way(len(touched))


def refuse_hung_on(keys: "QuerySet[Any, Any]") -> None:
    """Refuse where anything but the import and the past itself points to one of its matters; one
    query per kind of thing, whatever the number of rows."""
    for relation in Matter._meta.related_objects:
        model: Any = relation.related_model
        if model in OWN:
            continue
        name = relation.field.name
        hanging = model._base_manager.filter(**{f"{name}__in": keys}).values(name).distinct()
        count = hanging.count()
        if count:
            raise under_way(count)
