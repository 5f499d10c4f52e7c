"""Two people at the same instant: the same report twice, one report reviewed by two, one form
posted twice. One wins; the other is told who and when."""

import threading
from collections.abc import Callable
from datetime import timedelta
from random import Random
from uuid import uuid4

from django.db import connection

from luoshi.foundation.accounts.domain.submissions import once
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.refusals import Refusal
from luoshi.supervision.matters.domain.matter.drafting import draft
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import return_for_redo
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Matter, Report, Review
from tests.faults.ground import Ground
from tests.faults.table import Row
from tests.story import make_world
from tests.supervision.matters.test_circle import AT, GOOD, PLAN, assigned


def together(*acts: Callable[[], object]) -> list[object]:
    """Start all acts at one barrier, each on a connection of its own; results or refusals."""
    gate = threading.Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def one(place: int, act: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            gate.wait()
            found[place] = act()
        except Exception as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def losers(found: list[object]) -> list[str]:
    """What the losers were told; any other error says so."""
    errors = [one for one in found if isinstance(one, Exception)]
    return [str(e) if isinstance(e, Refusal) else f"NO REFUSAL {e!r}" for e in errors]


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Rounds on one share: report, return, report again …"""
    ground.fresh("race")
    world = make_world()
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    user = User.objects.get(pk=world.officer.person_id)
    for number in range(8 if scale == "sample" else 334):
        at = AT + timedelta(minutes=number)

        def send(at: object = at) -> Report:
            return submit(
                assignment=share,
                duty_ids=[duty.pk],
                words=GOOD,
                actor=world.liaison,
                at=at,  # type: ignore[arg-type]
            )

        told = losers(together(send, send))
        row.count(Report.objects.filter(submitted_at=at).count(), f"report of round {number}")
        row.check(len(told) == 1 and "NO REFUSAL" not in told[0], f"round {number}: {told}")
        report = Report.objects.get(submitted_at=at)

        def review(who: object, at: object = at, report: Report = report) -> Review:
            return return_for_redo(report=report, reason="补充", actor=who, at=at)  # type: ignore[arg-type]

        pair = together(lambda: review(world.officer), lambda: review(world.second_officer))
        told = losers(pair)
        row.count(Review.objects.filter(report=report).count(), f"review of round {number}")
        winner = Review.objects.filter(report=report).values_list("reviewer_name", flat=True)[0]
        row.check(len(told) == 1 and winner in told[0], f"round {number}: {told}")
        key, title = uuid4(), f"{PLAN.title} {number}"

        def form(key: object = key, title: str = title, at: object = at) -> str:
            def act() -> str:
                plan = PLAN.__class__(**{**PLAN.__dict__, "title": title})
                return str(draft(plan=plan, actor=world.officer, at=at).pk)  # type: ignore[arg-type]

            return once(key=key, user=user, route="t", at=at, act=act)  # type: ignore[arg-type]

        answers = together(form, form)
        row.count(Matter.objects.filter(title=title).count(), f"matter of one form {number}")
        row.check(answers[0] == answers[1], f"form {number}: {answers}")
