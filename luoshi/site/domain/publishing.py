"""A new calendar edition and the dates it moves, in one act (R-CAL-3)."""

from datetime import datetime

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.deadlines.domain.editions import Notice, add_edition
from luoshi.foundation.deadlines.models import CalendarEdition
from luoshi.site.domain.redating import redate


def publish_edition(*, typed: Notice, actor: Actor, at: datetime) -> tuple[CalendarEdition, int]:
    """Enter a notice and compute open dates again; returns it and how many dates moved. Refused
    as `add_edition` refuses."""
    with acting(actor=actor, at=at):
        edition = add_edition(typed=typed, actor=actor, at=at)
        return edition, redate(actor=actor, at=at)
