"""A unit goes into another: the names an office linked to it follow to its successor."""

from datetime import datetime

from luoshi.desks.lessons.models import LearnedName
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.organizations.models import Unit


def inherit(*, unit: Unit, into: Unit, actor: Actor, at: datetime) -> None:
    """Point linked and suggested names at the successor; what offices learned else stays theirs."""
    with acting(actor=actor, at=at):
        LearnedName.objects.filter(suggested=unit).update(suggested=into)
        moved = LearnedName.objects.filter(unit=unit).update(unit=into)
        if moved:
            after = {"names": moved, "into": str(into)}
            record("lessons.inherited", actor=actor, at=at, obj=unit, after=after)
