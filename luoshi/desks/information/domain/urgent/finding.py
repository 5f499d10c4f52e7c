"""Write down that a report was missing, false or concealed, on what evidence (R-INF-3).

Changes: a finding on the event. Refused: no evidence, an unknown unit, the same twice.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.urgent.phoning import locked
from luoshi.desks.information.enums import Fault
from luoshi.desks.information.models import Event, Finding
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid
from luoshi.foundation.organizations.models import Unit

BY_HAND = (Fault.MISSING, Fault.FALSE, Fault.CONCEALED)


def find(
    *, event: Event, fault: str, unit: Unit | None, words: str, actor: Actor, at: datetime
) -> Finding:
    """One finding a unit and fault; lateness is found by the clock."""
    ensure(rules.may_find(actor, event))
    what = _("Not written down.")
    evidence = fitted(
        Finding, "words", words, what=what, missing=_("Say what shows it: record, time, witness.")
    )
    if fault not in BY_HAND:
        raise Invalid(what, {"fault": [_("Choose one of the list.")]})
    if unit is None:
        raise Invalid(what, {"unit": [_("Name the unit.")]})
    with acting(actor=actor, at=at):
        row = locked(event)
        ensure(rules.may_find(actor, row))
        if row.findings.filter(fault=fault, unit_code=unit.code).exists():
            raise Invalid(what, {"fault": [_("This is written down already.")]})
        made = Finding.objects.create(
            event=row,
            fault=fault,
            unit_code=unit.code,
            unit_name=str(unit),
            words=evidence,
            found_by_name=actor.person_name,
            found_at=at,
        )
        after = {"unit": str(unit), "reason": str(made.get_fault_display()), "text": evidence}
        record("information.found", actor=actor, at=at, obj=row, after=after)
    return made
