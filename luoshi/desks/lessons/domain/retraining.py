"""Retrain the gate on the office's own decisions; kept only where it is not worse.

The newest fifth of the rows is held out, the rest is learned on top of the shipped set. The new
weights are kept if their F1 is at least that of the weights in use on the newest fifth and on the
shipped set (equal is enough); else they are refused with both figures. Asking is a person's act,
the work a job's: a row per training, taken up again if the job is killed, the same result again.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from luoshi.desks.lessons import rules
from luoshi.desks.lessons.domain.queries.knowing import weights_of
from luoshi.desks.lessons.domain.queries.learning import learned_from
from luoshi.desks.lessons.enums import UNFINISHED, VersionState
from luoshi.desks.lessons.models import GateVersion, TrainingRow
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.organizations.models import Unit
from luoshi.foundation.reading.gate.training import Example, measure, shipped_examples, train
from luoshi.foundation.reading.gate.weights import Weights, shipped

LEAST = 20
STEPS = 5
NEWEST = 5


def ask_to_retrain(*, office_id: UUID | None, actor: Actor, at: datetime) -> GateVersion:
    """Ask for new weights. Refused: fewer than 20 decided sentences, a training under way."""
    unfinished = GateVersion.objects.filter(office_id=office_id, state__in=UNFINISHED)
    ensure(rules.may_train(actor, office_id, unfinished.exists()))
    count = TrainingRow.objects.filter(office_id=office_id).count()
    if count < LEAST:
        raise Refused(
            _("Not retrained: only %(n)d decided sentences.") % {"n": count},
            _("Weights learned from fewer than %(least)d say nothing.") % {"least": LEAST},
            next_steps=(_("Check more drafts; each decision is one sentence."),),
            code="too-few-rows",
        )
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update().get(pk=office_id)
        ensure(rules.may_train(actor, office_id, unfinished.exists()))
        as_shipped(office_id, at)
        last = GateVersion.objects.filter(office_id=office_id).aggregate(last=Max("number"))["last"]
        row = GateVersion.objects.create(
            office_id=office_id,
            number=last + 1,
            state=VersionState.WAITING,
            rows=count,
            acting=actor.kept(),
            asked_by_name=actor.person_name,
            asked_at=at,
        )
        after = {"version": row.number, "rows": count}
        record("lessons.training_asked", actor=actor, at=at, obj=row, after=after)
    return row


def as_shipped(office_id: Any, at: datetime) -> GateVersion:
    """Version 0, the weights as shipped; in use until another is."""
    row, _made = GateVersion.objects.get_or_create(
        office_id=office_id,
        number=0,
        defaults={"state": VersionState.KEPT, "active": True, "asked_at": at, "finished_at": at},
    )
    return row


def split(rows: Sequence[TrainingRow]) -> tuple[list[Example], list[Example]]:
    """(older four fifths, newest fifth) of rows in order of their decision."""
    found = [Example(row.sentence, row.mode, row.anchor, row.binds) for row in rows]
    cut = len(found) - max(1, len(found) // NEWEST)
    return found[:cut], found[cut:]


def run(
    *, version: GateVersion, at: datetime, base: Sequence[Example] | None = None
) -> GateVersion:
    """Train on a base (the shipped set), measure, keep or refuse; nothing to learn from leaves
    everything as it was. Run twice, the second run finds nothing to do."""
    rows = GateVersion.objects.filter(pk=version.pk, state__in=UNFINISHED)
    if not rows.update(state=VersionState.RUNNING, done=1):
        return GateVersion.objects.get(pk=version.pk)
    used = weights_of(version.office_id) or shipped()
    older, newest = split(list(learned_from(version).order_by("decided_at", "pk")))
    base = shipped_examples() if base is None else base
    try:
        made = Weights.from_json(train(older, base).to_json())
    except ValueError:
        rows.update(state=VersionState.FAILED, finished_at=at)
        return GateVersion.objects.get(pk=version.pk)
    rows.update(done=2)
    figures: dict[str, Any] = {"rows": len(older) + len(newest), "newest": len(newest)}
    for step, (name, examples) in enumerate((("fifth", newest), ("shipped", base)), start=3):
        figures[name] = {
            "before": asdict(measure(used, examples)),
            "after": asdict(measure(made, examples)),
        }
        rows.update(done=step)
    return judged(version, made, figures, at)


def judged(
    version: GateVersion, made: Weights, figures: dict[str, Any], at: datetime
) -> GateVersion:
    """Put the weights into use, or refuse them; both with their figures in the trail."""
    actor = Actor.again(version.acting)
    with acting(actor=actor, at=at):
        Unit.objects.select_for_update().get(pk=version.office_id)
        row = GateVersion.objects.select_for_update().get(pk=version.pk)
        if row.state not in UNFINISHED:
            return row
        good = not_worse(figures)
        if good:
            GateVersion.objects.filter(office_id=row.office_id, active=True).update(active=False)
        row.state = VersionState.KEPT if good else VersionState.REFUSED
        row.active, row.weights, row.base = good, made.to_json(), shipped().version
        row.rows, row.newest = figures.pop("rows"), figures.pop("newest")
        row.figures, row.done, row.finished_at = figures, STEPS, at
        row.save()
        action = "lessons.trained" if good else "lessons.training_refused"
        record(action, actor=actor, at=at, obj=row, after={"version": row.number} | figures)
    return row


def not_worse(figures: dict[str, Any]) -> bool:
    """F1 at least as before on the newest fifth and on the shipped set."""
    pairs = (figures["fifth"], figures["shipped"])
    return all(pair["after"]["f1"] >= pair["before"]["f1"] for pair in pairs)
