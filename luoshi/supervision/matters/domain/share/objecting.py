"""Objection to an assignment inside its window, and the office's answer (R-PRO-5).

Changes: an `Objection` row; accepted, the share goes to another unit; rejected, it stays with the
unit and the reason is told. Refused: a late, a second objection, one after a report.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.time import end_of_day, office_date
from luoshi.foundation.deadlines.domain.queries.current import current_calendar
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.share.reassigning import reassign
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.telling import tell_office, tell_unit
from luoshi.supervision.matters.domain.transitions import locked
from luoshi.supervision.matters.enums import Answer
from luoshi.supervision.matters.models import Assignment, Objection
from luoshi.supervision.rulebook.domain.queries.settings import settings_of


def window_of(share: Assignment) -> datetime:
    """24:00 of the office's n-th working day after the assignment (default 3)."""
    days = settings_of(share.matter.office_id).objection_workdays
    return end_of_day(current_calendar().add_workdays(office_date(share.assigned_at), days))


def object_to(
    *,
    assignment: Assignment,
    reason: str,
    actor: Actor,
    at: datetime,
    suggestion: str = "",
    key: UUID | None = None,
) -> Objection:
    """Object to the assignment, with the reason and, if known, whose business it is; `key` is the
    number the objection has where it was made."""
    ends = window_of(assignment)
    ensure(rules.may_object(actor, assignment, window_ends_at=ends, at=at))
    what, missing = _("No objection made."), _("Say why it is not your business.")
    why = fitted(Objection, "reason", reason, what=what, missing=missing)
    instead = fitted(Objection, "suggestion", suggestion, what=what)
    with acting(actor=actor, at=at):
        share = locked(Assignment.objects.select_related("matter", "unit"), assignment.pk)
        ensure(rules.may_object(actor, share, window_ends_at=ends, at=at))
        row = Objection.objects.create(
            id=key or uuid4(),
            assignment=share,
            reason=why,
            suggestion=instead,
            raised_by_name=actor.person_name,
            raised_at=at,
            window_ends_at=ends,
        )
        share.objected_at = at
        refresh(share, at=at)
        words = (f"{share.unit}对交办提出异议", f"{share.unit} objects to the assignment")
        tell_office(share.matter, kind="objected", words=words, key=row.pk, at=at)
        after = {"unit": str(share.unit), "reason": row.reason}
        record("matters.objected", actor=actor, at=at, obj=share.matter, after=after)
    return row


def reject(*, objection: Objection, reason: str, actor: Actor, at: datetime) -> Objection:
    """The share stays where it is; the unit is told why."""
    ensure(rules.may_answer_objection(actor, objection))
    what, missing = _("Not rejected."), _("Give the reason; the unit reads it.")
    fitted(Objection, "answer", reason, what=what, missing=missing, field="reason")
    with acting(actor=actor, at=at):
        row, share = answered(objection, Answer.REJECTED, reason, actor, at)
        words = ("交办异议未予采纳", "Objection rejected")
        tell_unit(share, kind="objection_rejected", words=words, key=row.pk, at=at)
        after = {"unit": str(share.unit), "reason": row.answer}
        record("matters.objection_rejected", actor=actor, at=at, obj=share.matter, after=after)
    return row


def accept(
    *, objection: Objection, unit: Unit, reason: str, actor: Actor, at: datetime
) -> Assignment:
    """The objection is right: the share goes to `unit`; returns the new share."""
    ensure(rules.may_answer_objection(actor, objection))
    fitted(Objection, "answer", reason, what=_("Not reassigned."), field="reason")
    with acting(actor=actor, at=at):
        row, share = answered(objection, Answer.ACCEPTED, reason, actor, at)
        why = reason.strip() or row.reason
        return reassign(assignment=share, unit=unit, reason=why, actor=actor, at=at)


def answered(
    objection: Objection, state: str, reason: str, actor: Actor, at: datetime
) -> tuple[Objection, Assignment]:
    """Write the answer, under the lock of the share."""
    share = locked(Assignment.objects.select_related("matter", "unit"), objection.assignment_id)
    row = locked(Objection.objects.select_related("assignment__matter"), objection.pk)
    ensure(rules.may_answer_objection(actor, row))
    row.state, row.answer = state, reason.strip()
    row.answered_by_name, row.answered_at = actor.person_name, at
    row.save()
    share.objected_at = None
    refresh(share, at=at)
    return row, share
