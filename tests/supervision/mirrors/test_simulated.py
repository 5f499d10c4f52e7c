"""Mirrored matters over a network that loses, repeats, reorders and damages, with processes killed
at commit and restores from old backups (security 5 and 8; B16): in the end both sides agree."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.db import connections

from luoshi.foundation.core.refusals import Refusal
from luoshi.foundation.exchange.domain.mail.registering import register_control
from luoshi.foundation.exchange.domain.mail.returning import decide_reentry
from luoshi.foundation.exchange.envelopes.policy import Policy
from luoshi.foundation.exchange.models import Returned
from luoshi.foundation.organizations.models import Unit
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.matters.domain.duty.extending import ask_extension, grant_extension
from luoshi.supervision.matters.domain.matter.closing import conclude
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.matter.stopping import resume, stop
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept, return_for_redo
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment, ClockStop, Extension, Matter, Report
from tests.foundation.exchange.simulation.network import Rates
from tests.foundation.exchange.simulation.run import QUIET
from tests.supervision.mirrors.levels import (
    COUNTY,
    GOOD,
    C,
    Levels,
    X,
    agree,
    levels,
    registered,
)

ACTS = 36
Act = Callable[[Levels, Random, Any], None]


@pytest.fixture(autouse=True)
def ground(django_db_setup: None, django_db_blocker: Any, settings: Any) -> Iterator[None]:
    settings.EXCHANGE_POLICY = Policy(signing=("ED25519-SHA256",))
    register_control()
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def any_of(dice: Random, rows: Any) -> Any:
    """One of the rows, by the dice, or nothing."""
    found = list(rows.order_by("pk"))
    return dice.choice(found) if found else None


def shares() -> Any:
    """The county's shares in the books of the node at work."""
    return Assignment.objects.select_related("matter__office", "unit").filter(
        unit__short_name=COUNTY
    )


def assigns(one: Levels, dice: Random, at: Any) -> None:
    matter = registered(one.officer, at)
    units = [Share(Unit.objects.get(short_name=COUNTY), "sole")]
    assign(matter=matter, shares=units, actor=one.officer, at=at)


def reviews(one: Levels, dice: Random, at: Any) -> None:
    report = any_of(dice, Report.objects.filter(state="submitted"))
    if report and dice.random() < 0.5:
        accept(report=report, actor=one.officer, at=at)
    elif report:
        return_for_redo(report=report, reason="补充", actor=one.officer, at=at)


def grants(one: Levels, dice: Random, at: Any) -> None:
    asked = any_of(dice, Extension.objects.filter(state="asked"))
    if asked:
        grant_extension(extension=asked, actor=one.officer, at=at)


def stops(one: Levels, dice: Random, at: Any) -> None:
    running = any_of(dice, ClockStop.objects.filter(state="running"))
    if running:
        resume(stop=running, reason="继续", actor=one.officer, at=at)
    elif share := any_of(dice, shares().filter(state="in_progress")):
        stop(matter=share.matter, reason="等待", actor=one.officer, at=at)


def ends(one: Levels, dice: Random, at: Any) -> None:
    matter = any_of(dice, Matter.objects.filter(home="", state="assigned"))
    if matter and dice.random() < 0.5:
        conclude(matter=matter, result="done", summary="完成", actor=one.officer, at=at)
    elif matter:
        revoke(matter=matter, reason="撤销", actor=one.officer, at=at)


def urges(one: Levels, dice: Random, at: Any) -> None:
    if share := any_of(dice, shares()):
        urge(share=share, wording=Wording(), actor=one.officer, at=at)


def signs(one: Levels, dice: Random, at: Any) -> None:
    if share := any_of(dice, shares().filter(state="unsigned")):
        sign_for(assignment=share, actor=one.liaison, at=at)


def sends(one: Levels, dice: Random, at: Any) -> None:
    share = any_of(dice, shares().filter(state__in=("in_progress", "returned")))
    duty = any_of(dice, share.duties.filter(state__in=("open", "returned"))) if share else None
    if duty:
        submit(assignment=share, duty_ids=[duty.pk], words=GOOD, actor=one.liaison, at=at)


def asks(one: Levels, dice: Random, at: Any) -> None:
    share = any_of(dice, shares().filter(state="in_progress"))
    duty = any_of(dice, share.duties.filter(due_at__gt=at, state="open")) if share else None
    if duty:
        wanted = duty.due_at + timedelta(days=5)
        ask_extension(duty=duty, wanted_at=wanted, reason="资金", actor=one.liaison, at=at)


OFFICE: tuple[Act, ...] = (assigns, assigns, reviews, reviews, grants, stops, ends, urges)
UNIT: tuple[Act, ...] = (signs, signs, sends, sends, asks)


def acts(one: Levels, dice: Random, count: int) -> int:
    """That many acts by the dice on either side, with the network at work; returns how many were
    not refused."""
    done = 0
    for _number in range(count):
        code = dice.choice((C, X))
        act = dice.choice(OFFICE if code == C else UNIT)
        one.at += timedelta(minutes=40)
        node = one.nodes[code]
        with node.mortal():
            try:
                act(one, dice, one.at)
                done += 1
            except Refusal:
                pass
        one.network.now = one.at
        for each in one.nodes.values():
            each.round(one.at)
    return done


def settled(one: Levels) -> None:
    """Quiet: everything arrives, what came back is decided, everything is said again."""
    one.network.rates = QUIET
    for node in one.nodes.values():
        node.crash = 0.0
    one.flow()
    for code, actor in ((C, one.officer), (X, one.county_officer)):
        with one.on(code) as at:
            for row in Returned.objects.filter(decided="").order_by("sent_at"):
                try:
                    decide_reentry(row=row, enter=True, actor=actor, at=at)
                except Refusal:
                    decide_reentry(row=row, enter=False, actor=actor, at=at)
    one.resync()
    one.resync()


def test_both_sides_agree_after_loss_duplication_and_kills(settings: Any) -> None:
    """Every matter the county holds stands as in the city's books, crossing acts included."""
    dice = Random(21)  # noqa: S311 - by seed
    with levels(settings, 21, Rates()) as one:
        for node in one.nodes.values():
            node.crash = 0.04
        assert acts(one, dice, ACTS) > ACTS // 2
        settled(one)
        check(one)


def test_both_sides_agree_after_a_restore(settings: Any) -> None:
    """The same with the city, then the county, put back to an old backup in the middle."""
    dice = Random(22)  # noqa: S311 - by seed
    with levels(settings, 22, Rates()) as one:
        for code in (C, X):
            acts(one, dice, ACTS // 4)
            one.nodes[code].back_up()
            acts(one, dice, ACTS // 4)
            one.restore(code)
            settled(one)
            one.network.rates = Rates()
        settled(one)
        check(one)


def check(one: Levels) -> None:
    """Compare the books, matter by matter, both ways."""
    with one.nodes[C].running():
        here = set(Matter.objects.filter(mirrored=True).values_list("pk", flat=True))
    with one.nodes[X].running():
        there = set(Matter.objects.exclude(home="").values_list("pk", flat=True))
    assert here and here == there
    for pk in sorted(here):
        agree(one, pk)
