"""Let the solver fill a roster: asked for on the page, done in a job, shown with its progress.

Changes: the draft is being worked out, then its shifts have people, those that began keep whoever
was on them; a roster that cannot be made stays as it was and says which shifts nobody can hold. A
killed job is begun again by the schedule and comes to the same roster. Refused: a roster that is no
draft.
"""

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from luoshi.desks.duty import rules
from luoshi.desks.duty.domain.queries.problems import people_for, problem_of, shifts_of, with_held
from luoshi.desks.duty.enums import RosterState
from luoshi.desks.duty.models import Roster, Shift
from luoshi.desks.duty.solving.problem import Answer, NoRoster, NoSolver, Problem, spreads
from luoshi.desks.duty.solving.solver import solve
from luoshi.foundation.audit.domain.acting import acting
from luoshi.foundation.audit.domain.recording import record
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.permissions import ensure

SYSTEM = Actor.system("roster")


def ask(roster: Roster, *, actor: Actor, at: datetime) -> Roster:
    """Give it to the solver; `go_on` does the work."""
    ensure(rules.may_draft(actor, roster))
    with acting(actor=actor, at=at):
        row = Roster.objects.select_for_update(no_key=True).get(pk=roster.pk)
        ensure(rules.may_draft(actor, row))
        row.state, row.progress, row.outcome, row.asked_at = RosterState.SOLVING, 0, "", at
        row.save()
        record("duty.roster_asked", actor=actor, at=at, obj=row)
    return row


def go_on(clock: Callable[[], datetime]) -> None:
    """Every roster that waits for the solver, the oldest first."""
    for row in Roster.objects.filter(state=RosterState.SOLVING).order_by("asked_at", "pk"):
        work_out(row, clock=clock)


def work_out(roster: Roster, *, clock: Callable[[], datetime]) -> None:
    """Solve outside any transaction, write the result in one. What was stopped meanwhile, or has
    other shifts by now, does not get it."""
    at, every = clock(), shifts_of(roster)
    past = set(roster.shifts.begun(at).filter(person=None).values_list("pk", flat=True))
    shifts = [one for one in every if one.pk not in past]
    problem = problem_of(roster, shifts, with_held(shifts, people_for(roster)), at)
    begun = time.monotonic()

    def progress(done: int, whole: int) -> None:
        share = 100 * done // max(1, whole)
        waits = Roster.objects.filter(pk=roster.pk, state=RosterState.SOLVING)
        waits.update(progress=min(share, 99))

    answer: Answer | None = None
    stuck: Sequence[int] = ()
    try:
        answer = solve(problem, progress=progress)
        outcome = "proved" if answer.optimal else "fair"
    except NoRoster as error:
        outcome, stuck = ("alone" if error.slots else "together"), error.slots
    except NoSolver:
        outcome = "no-solver"
    at = clock()
    with acting(actor=SYSTEM, at=at):
        row = Roster.objects.select_for_update(no_key=True).get(pk=roster.pk)
        if row.state != RosterState.SOLVING or shifts_of(row) != every:
            return
        row.state, row.progress, row.outcome = RosterState.DRAFT, 100, outcome
        row.seconds = round(time.monotonic() - begun, 1)
        row.spread = spread_of(problem, answer.chosen) if answer else []
        row.proof = {"stuck": [str(shifts[i].pk) for i in stuck][:50]}
        row.save()
        if answer is not None:
            for shift, key in zip(shifts, answer.chosen, strict=True):
                shift.person_id = key
            Shift.objects.bulk_update(shifts, ["person"], batch_size=1000)
        record("duty.roster_solved", actor=SYSTEM, at=at, obj=row, after={"outcome": outcome})


def spread_of(problem: Problem, chosen: Sequence[str]) -> list[dict[str, object]]:
    """How evenly it bears, as it is kept."""
    return [
        {"post": one.post, "weight": one.weight, "special": one.special, "people": one.people}
        for one in spreads(problem, chosen)
    ]
