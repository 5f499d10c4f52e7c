"""A what-if over more limits than a page should wait for: asked, computed by the job, shown with
its progress (B4).

Changes: the run's own rows and its entry; no duty. Refused: who may not read the rules, and a
second run of the office while one is under way.
"""

from dataclasses import asdict
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.insight.horizons.domain.asking import Question, answer, size
from luoshi.insight.horizons.models import Trial, TrialMove
from luoshi.supervision.matters.domain.duty.recomputing import Move, Totals
from luoshi.supervision.matters.domain.queries.moving import Line, lines_of
from luoshi.supervision.matters.enums import Change
from luoshi.supervision.rulebook import rules

BATCH = 500
KEPT = timedelta(days=7)


def ask(*, question: Question, actor: Actor, at: datetime) -> Trial:
    """Write the question down for the job."""
    ensure(rules.may_read_rules(actor))
    office = actor.unit_id
    if office is None:
        raise ValueError("a reader of rules has a unit")
    answer(question, office, at)
    with acting(actor=actor, at=at):
        if Trial.objects.filter(office_id=office, finished_at=None).exists():
            raise Refused(
                _("Not asked again."),
                _("A what-if of this office is being computed already."),
                next_steps=(_("Wait for its answer."),),
                code="asked-already",
            )
        made = Trial.objects.create(
            office_id=office,
            question=question.as_json(),
            asked_by_name=actor.person_name,
            asked_at=at,
            total=size(office, at),
        )
        record("horizons.asked", actor=actor, at=at, obj=made, after=made.question)
    return made


def finish(trial: Trial) -> Trial:
    """Compute a run to its end, saving progress on the way; a run that was cut off begins anew."""
    trial.moves.all().delete()
    trial.done = 0
    at, counted = trial.asked_at, Totals()
    batch: list[Move] = []

    def seen() -> None:
        trial.done += 1
        if trial.done % BATCH == 0:
            trial.save(update_fields=("done",))

    for one in answer(Question(**trial.question), trial.office_id, at, seen):
        batch.append(one)
        counted.take(one)
        if len(batch) == BATCH:
            keep(trial, batch)
            batch.clear()
    keep(trial, batch)
    trial.totals = asdict(counted) | {"moved": counted.moved}
    trial.done, trial.finished_at = trial.total, at
    trial.save()
    return trial


def keep(trial: Trial, batch: list[Move]) -> None:
    """Save some moves."""
    TrialMove.objects.bulk_create(
        TrialMove(
            trial=trial,
            key=line.key[:160],
            change=line.change,
            overdue=line.overdue,
            line=raw(line),
        )
        for line in lines_of(batch)
    )


def raw(line: Line) -> dict[str, object]:
    """A line as plain values."""
    values = asdict(line)
    return values | {
        "matter_id": str(line.matter_id),
        "duty_id": str(line.duty_id),
        "before": line.before.isoformat() if line.before else None,
        "after": line.after.isoformat() if line.after else None,
    }


def line_again(row: TrialMove) -> Line:
    """The line of a stored move."""
    values = dict(row.line)
    for name in ("before", "after"):
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    return Line(**(values | {"change": Change(values["change"])}))


def run_waiting(*, at: datetime) -> int:
    """What the job does: finish every waiting run, and throw old ones away; returns how many were
    finished."""
    Trial.objects.filter(asked_at__lt=at - KEPT).delete()
    waiting = list(Trial.objects.filter(finished_at=None).order_by("asked_at"))
    for trial in waiting:
        finish(trial)
    return len(waiting)
