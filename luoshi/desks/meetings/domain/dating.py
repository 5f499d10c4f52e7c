"""Set the days the limits of a source count from: issue, meeting, receipt."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.desks.meetings import rules
from luoshi.desks.meetings.domain.stepping import opened
from luoshi.desks.meetings.models import SourceDocument
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused


@dataclass(frozen=True)
class Days:
    """The days a document's limits count from; None = not known. Receipt is a trial only: a
    matter's own counts from the instant its unit signs for it (TR-06, A4)."""

    issued_on: date | None = None
    meeting_on: date | None = None
    received_on: date | None = None

    @classmethod
    def of(cls, document: SourceDocument) -> "Days":
        """As they are stored."""
        return cls(document.issued_on, document.meeting_on, document.received_on)

    def as_json(self) -> dict[str, Any]:
        """For the trail: ISO days of what is known."""
        return {name: day.isoformat() for name, day in vars(self).items() if day}


def set_days(
    *, document: SourceDocument, days: Days, shown: Days, actor: Actor, at: datetime
) -> SourceDocument:
    """Write the days; every due date of the drafts follows. Days that stay as they are write
    nothing. Refused: days that a colleague changed since the page had `shown` them."""
    ensure(rules.may_check(actor, document))
    with acting(actor=actor, at=at):
        step = opened(document.pk, actor, at)
        row = step.document
        before = Days.of(row)
        if before == days:
            return row
        if before != shown:
            raise Refused(
                _("Not saved: a colleague changed these dates meanwhile."),
                _("They are shown here as they are now."),
                next_steps=(_("Look at them, then change them again if needed."),),
                code="days-changed-meanwhile",
            )
        row.issued_on, row.meeting_on = days.issued_on, days.meeting_on
        row.received_on = days.received_on
        row.save(update_fields=("issued_on", "meeting_on", "received_on"))
        record(
            "meetings.dated",
            actor=actor,
            at=at,
            obj=row,
            before=before.as_json(),
            after=days.as_json(),
        )
        step.touch(reshaped=True)
    return row
