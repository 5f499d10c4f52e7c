"""Excuse an occurrence with a reason: a flood week without a study session is no missed one.

Changes: the occurrence is excused; it stays in the record as such. Refused: by anybody but the
secretary-general in person, without a reason, what is settled already.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.supervision.commitments import rules
from luoshi.supervision.commitments.domain.locking import locked_occurrence
from luoshi.supervision.commitments.enums import OccurrenceState
from luoshi.supervision.commitments.models import Occurrence


def excuse(*, occurrence: Occurrence, reason: str, actor: Actor, at: datetime) -> Occurrence:
    """It need not take place, or need not have."""
    ensure(rules.may_excuse(actor, occurrence))
    words = fitted(
        Occurrence,
        "note",
        reason,
        what=_("Not excused."),
        missing=_("Say why it is excused."),
        field="reason",
    )
    with acting(actor=actor, at=at):
        row = locked_occurrence(occurrence)
        ensure(rules.may_excuse(actor, row))
        row.state, row.note = OccurrenceState.EXCUSED, words
        row.noted_at, row.noted_by_name = at, actor.person_name
        row.on_clock, row.attention_at, row.overdue_at = False, None, None
        row.save()
        record("commitments.excused", actor=actor, at=at, obj=row, after={"reason": words})
    return row
