"""Two people at the same instant: the same report twice, one report reviewed by two, one form
posted twice. One wins; the other is told who and when. Two units of one matter, and its office, do
not stand in each other's way: all win, and the matter's clock is that of all its shares."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from uuid import uuid4

from django.db import connection

from luoshi.foundation.accounts.domain.submissions import once
from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.matters.domain.matter.drafting import draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.matter.stopping import stop
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import return_for_redo
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import Assignment, Matter, Report, Review
from tests.faults.crowd.recount import holds
from tests.faults.ground import Ground
from tests.faults.table import Row
from tests.story import World, actor, make_world
from tests.supervision.matters.test_circle import AT, DESPITE, GOOD, PLAN, assigned
from tests.supervision.matters.test_summaries import check_matter


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


def side_by_side(row: Row, world: World, other: Actor, number: int, at: datetime) -> None:
    """Two units sign for their shares of one matter on two days, every other time while its office
    stops the clock."""
    plan = PLAN.__class__(**{**PLAN.__dict__, "title": f"并行{number}"})
    made = draft(plan=plan, actor=world.officer, at=at)
    made = approve_to_register(matter=made, actor=world.officer, at=at, despite=DESPITE)
    units = (world.bureau, Unit.objects.get(pk=other.unit_id))
    given = [Share(unit, Part.SEPARATE) for unit in units]
    one, two = assign(matter=made, shares=given, actor=world.officer, at=at)
    made.refresh_from_db()
    acts: list[Callable[[], object]] = [
        lambda: sign_for(assignment=one, actor=world.liaison, at=at),
        lambda: sign_for(assignment=two, actor=other, at=at + timedelta(days=20)),
    ]
    if number % 2:
        acts.append(lambda: stop(matter=made, reason="等待", actor=world.officer, at=at))
    found = together(*acts)
    told = [text for text in losers(found) if number % 2 == 0 or "NO REFUSAL" in text]
    row.check(told == [], f"side by side {number}: {told}")
    shares = list(Assignment.objects.filter(matter=made))
    row.check(
        holds(lambda: check_matter(Matter.objects.get(pk=made.pk), shares)),
        f"side by side {number}: the matter's clock is not that of its shares",
    )


def run(row: Row, ground: Ground, scale: str, dice: Random) -> None:
    """Rounds on one share: report, return, report again …"""
    ground.fresh("race")
    world = make_world()
    share = sign_for(assignment=assigned(world), actor=world.liaison, at=AT)
    duty = share.duties.get(rule_code="TR-06")
    user = User.objects.get(pk=world.officer.person_id)
    other = actor("qian", "钱芳", Unit.objects.get(short_name="市财政局"), Role.LIAISON)
    for number in range(8 if scale == "sample" else 334):
        at = AT + timedelta(minutes=number)
        side_by_side(row, world, other, number, at)

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
