"""An object signs for the conclusion: its time to ask for review counts from there."""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.supervision.inspections import rules
from luoshi.supervision.inspections.domain.limits import ASK_WORKDAYS, workdays_after
from luoshi.supervision.inspections.models import InspectionObject
from luoshi.supervision.matters.domain.transitions import locked


def receive(*, row: InspectionObject, actor: Actor, at: datetime) -> InspectionObject:
    """Sign for the conclusion, once."""
    ensure(rules.may_receive(actor, row))
    with acting(actor=actor, at=at):
        found = locked(InspectionObject.objects.select_related("inspection", "unit"), row.pk)
        ensure(rules.may_receive(actor, found))
        found.received_at, found.received_by_name = at, actor.person_name
        found.review_until = workdays_after(at, ASK_WORKDAYS, "督查结论复核申请期限").at
        found.save()
        after = {"unit": str(found.unit)}
        record("inspections.received", actor=actor, at=at, obj=found.inspection, after=after)
    return found
