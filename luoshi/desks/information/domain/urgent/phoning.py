"""Tell the next level by telephone: who spoke to whom, when (R-INF-1).

Changes: a telling, the clock, what the level below knows. Refused: nobody above, a call before the
event or after now, no name.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.desks.information import rules
from luoshi.desks.information.domain.urgent.counting import one_at_a_time
from luoshi.desks.information.domain.urgent.spreading import Telling, spread
from luoshi.desks.information.enums import Way
from luoshi.desks.information.models import Event, Passage
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import too_long
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Refused
from luoshi.foundation.organizations.models import Unit


def above_of(event: Event) -> Unit:
    """The unit an event is reported to, or a refusal."""
    found = Unit.objects.filter(code=event.above_code).first() if event.above_code else None
    if found is None:
        raise Refused(
            _("Not sent: nobody is above this office."),
            _("No line of reporting is set, and no office of a seat above is known."),
            next_steps=(_("The secretary-general sets the line of reporting."),),
            code="nobody-above",
        )
    return found


def phone(
    *,
    event: Event,
    to_name: str,
    actor: Actor,
    at: datetime,
    called_at: datetime | None = None,
    note: str = "",
) -> Event:
    """Write the call down; the leg "by telephone" is met by it."""
    ensure(rules.may_tell(actor, event))
    errors = too_long(Passage, {"to_name": to_name, "note": note})
    when = called_at or at
    if not to_name.strip():
        errors["to_name"] = [_("Say who answered.")]
    if not event.happened_at <= when <= at:
        errors["called_at"] = [_("The call came after the event and not after now.")]
    if errors:
        raise Invalid(_("Not written down."), errors)
    with acting(actor=actor, at=at):
        row = locked(event)
        ensure(rules.may_tell(actor, row))
        to = above_of(row)
        telling = Telling(
            Way.PHONE, when, row.office, to, actor.person_name, to_name.strip(), note.strip()
        )
        spread(row, [telling.said()], actor=actor, at=at)
        after = {"unit": str(to), "receipt": to_name.strip(), "at": when.isoformat()}
        record("information.phoned", actor=actor, at=at, obj=row, after=after)
    return row


def locked(event: Event) -> Event:
    """The event under lock, and no other telling at the same time."""
    one_at_a_time()
    rows = Event.objects.select_for_update(no_key=True, of=("self",)).select_related("office")
    found: Event = rows.get(pk=event.pk)
    return found
