"""Stop the clock of a matter or of one share, and let it run again (中止计时, features row 20).

Changes: a `ClockStop` row says who asked, who decided and why; the shares it covers show no light
and nobody is reminded while it runs. On resuming, every open limit moves by the time that stood
still, and its trace explains the time left. Stopping a whole also stops its sub-matters.
"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.fitting import fitted
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Invalid, Text
from luoshi.foundation.core.time import office_date
from luoshi.foundation.deadlines.engine.stops import Stop
from luoshi.supervision.matters import rules
from luoshi.supervision.matters.domain.duty.standing import move_limits, stops_over
from luoshi.supervision.matters.domain.share.stages import shifted
from luoshi.supervision.matters.domain.share.summarising import refresh
from luoshi.supervision.matters.domain.telling import tell_office, tell_unit
from luoshi.supervision.matters.domain.transitions import STOP_MOVES, locked, move
from luoshi.supervision.matters.enums import ASSIGNMENT_OPEN, MATTER_OPEN, StopState
from luoshi.supervision.matters.models import Assignment, ClockStop, Matter

WORDS = {
    StopState.RUNNING: ("中止计时", "Clock stopped"),
    StopState.REFUSED: ("中止计时申请未获同意", "Clock stop refused"),
    StopState.ENDED: ("恢复计时", "Clock runs again"),
}
ACTIONS = {
    StopState.RUNNING: "matters.stopped",
    StopState.REFUSED: "matters.stop_refused",
    StopState.ENDED: "matters.resumed",
}


def said(text: str, what: Text) -> str:
    """A reason; none is refused, and one that is too long."""
    missing = _("Give the reason; it stays readable.")
    return fitted(ClockStop, "reason", text, what=what, missing=missing)


def stop(
    *,
    matter: Matter,
    reason: str,
    actor: Actor,
    at: datetime,
    assignment: Assignment | None = None,
) -> ClockStop:
    """Stop the whole matter, or one share of it, by the assigning office."""
    ensure(rules.may_stop(actor, matter, assignment))
    why = said(reason, _("Clock not stopped."))
    with acting(actor=actor, at=at):
        matter = locked(Matter.objects, matter.pk)
        if assignment is not None:
            assignment = locked(Assignment.objects, assignment.pk)
        ensure(rules.may_stop(actor, matter, assignment))
        asked = ClockStop.objects.filter(
            matter=matter, assignment=assignment, state=StopState.ASKED
        ).first()
        row = asked or asking(matter, assignment, why, actor, at)
        row.answer = why if asked else ""
        begin(row, actor=actor, at=at)
    return row


def ask(
    *, assignment: Assignment, reason: str, actor: Actor, at: datetime, key: UUID | None = None
) -> ClockStop:
    """The handling unit asks for its share to stand still; the assigning office answers. `key` is
    the number the request has where it was made."""
    ensure(rules.may_ask_stop(actor, assignment))
    why = said(reason, _("Not asked."))
    with acting(actor=actor, at=at):
        assignment = locked(Assignment.objects.select_related("matter"), assignment.pk)
        ensure(rules.may_ask_stop(actor, assignment))
        matter = assignment.matter
        if ClockStop.objects.filter(assignment=assignment, state=StopState.ASKED).exists():
            raise Invalid(_("Not asked again."), {"reason": [_("The first asking still waits.")]})
        row = asking(matter, assignment, why, actor, at)
        row.pk = key or row.pk
        row.save()
        words = (f"{assignment.unit}申请中止计时", f"{assignment.unit} asks for a clock stop")
        tell_office(matter, kind="stop_asked", words=words, key=row.pk, at=at)
        after = {"unit": str(assignment.unit), "reason": why}
        record("matters.stop_asked", actor=actor, at=at, obj=matter, after=after)
    return row


def answer(*, stop: ClockStop, granted: bool, reason: str, actor: Actor, at: datetime) -> ClockStop:
    """Grant or refuse what a unit asked; a refusal needs a reason."""
    ensure(rules.may_answer_stop(actor, stop))
    if granted:
        why = fitted(ClockStop, "answer", reason, what=_("Clock not stopped."), field="reason")
    else:
        why = said(reason, _("Not decided: the request stands."))
    with acting(actor=actor, at=at):
        row = held(stop)
        ensure(rules.may_answer_stop(actor, row))
        row.answer = why
        if granted:
            ensure(rules.may_stop(actor, row.matter, row.assignment))
            begin(row, actor=actor, at=at)
        else:
            move(row, StopState.REFUSED, STOP_MOVES)
            row.decided_by_name, row.decided_at = actor.person_name, at
            row.save()
            conclude(row, StopState.REFUSED, actor=actor, at=at)
    return row


def resume(*, stop: ClockStop, reason: str, actor: Actor, at: datetime) -> ClockStop:
    """Let the clock run again; limits move by what stood still, with the time left explained."""
    ensure(rules.may_resume(actor, stop))
    why = said(reason, _("Clock not resumed."))
    with acting(actor=actor, at=at):
        row = held(stop)
        ensure(rules.may_resume(actor, row))
        move(row, StopState.ENDED, STOP_MOVES)
        row.resumed_at, row.resumed_by_name, row.resumed_why = at, actor.person_name, why
        row.save()
        if row.assignment_id is None:
            family(row.matter).update(stopped_at=None)
        for share in covered(row).filter(stopped_at__isnull=False):
            if stops_over(share).filter(state=StopState.RUNNING).exists():
                continue
            since = share.stopped_at
            share.stopped_at = None
            if since is not None:
                move_limits(share, Stop(since, at))
                move_stages(share, since, at)
            refresh(share, at=at)
        conclude(row, StopState.ENDED, actor=actor, at=at)
    return row


def move_stages(share: Assignment, since: datetime, at: datetime) -> None:
    """Planned stages that lay ahead keep their remaining days too; a share that was held against
    the matter's goes by these until the office plans the matter anew."""
    first, days = office_date(since), (office_date(at) - office_date(since)).days
    if days:
        share.stages = shifted(share, first, days)


def asking(
    matter: Matter, assignment: Assignment | None, why: str, actor: Actor, at: datetime
) -> ClockStop:
    """An unsaved stop as asked for."""
    return ClockStop(
        matter=matter,
        assignment=assignment,
        state=StopState.ASKED,
        reason=why,
        asked_by_name=actor.person_name,
        asked_by_unit=actor.unit_name,
        asked_at=at,
    )


def begin(row: ClockStop, *, actor: Actor, at: datetime) -> None:
    """From now on what the stop covers stands still."""
    move(row, StopState.RUNNING, STOP_MOVES)
    row.decided_by_name, row.decided_at, row.stopped_at = actor.person_name, at, at
    row.save()
    if row.assignment_id is None:
        family(row.matter).update(stopped_at=at)
    for share in covered(row).filter(stopped_at=None):
        share.stopped_at = at
        refresh(share, at=at)
    conclude(row, StopState.RUNNING, actor=actor, at=at)


def held(stop: ClockStop) -> ClockStop:
    """The stop and its matter, locked: matter first, as `stop` locks them."""
    locked(Matter.objects, stop.matter_id)
    row: ClockStop = locked(ClockStop.objects.select_related("matter", "assignment"), stop.pk)
    return row


def family(matter: Matter) -> "QuerySet[Matter]":
    """The matter and its open sub-matters."""
    return Matter.objects.filter(Q(pk=matter.pk) | Q(parent_id=matter.pk, state__in=MATTER_OPEN))


def covered(row: ClockStop) -> "QuerySet[Assignment]":
    """The open shares the stop covers, locked, in the order of their units."""
    shares = Assignment.objects.filter(state__in=ASSIGNMENT_OPEN)
    if row.assignment_id is None:
        shares = shares.filter(matter__in=family(row.matter).values("pk"))
    else:
        shares = shares.filter(pk=row.assignment_id)
    rows = shares.select_for_update(of=("self",)).select_related("matter", "unit")
    return rows.order_by("unit_id", "pk")


def conclude(row: ClockStop, state: StopState, *, actor: Actor, at: datetime) -> None:
    """Tell the units and write the entry."""
    for share in covered(row):
        key = f"{row.pk}|{share.pk}"
        tell_unit(share, kind=f"stop_{state}", words=WORDS[state], key=key, at=at)
    reason = {StopState.ENDED: row.resumed_why, StopState.REFUSED: row.answer}
    after = {
        "reason": reason.get(state) or row.reason,
        "unit": str(row.assignment.unit) if row.assignment else "",
    }
    record(ACTIONS[state], actor=actor, at=at, obj=row.matter, after=after)
