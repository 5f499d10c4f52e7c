"""Use another kept version of the weights: the roll-back, one click. Drafts made already stay."""

from datetime import datetime

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.models import GateVersion
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.organizations.models import Unit


def choose(*, version: GateVersion, actor: Actor, at: datetime) -> GateVersion:
    """Put this version into use. Refused: a version in use already, or one that was not kept."""
    ensure(rules.may_choose(actor, version))
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update().get(pk=version.office_id)
        row = GateVersion.objects.select_for_update().get(pk=version.pk)
        ensure(rules.may_choose(actor, row))
        used = GateVersion.objects.filter(office_id=row.office_id, active=True)
        before = {"version": used.values_list("number", flat=True).first()}
        used.update(active=False)
        row.active = True
        row.save(update_fields=("active",))
        after = {"version": row.number}
        record("lessons.chosen", actor=actor, at=at, obj=row, before=before, after=after)
    return row
