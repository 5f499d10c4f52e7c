"""The clock is set back an hour in the middle of a working day and put right later: nothing twice,
nothing lost, limits right, the trail in order (contract 3, faults)."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from luoshi.foundation.accounts.domain.submissions import once
from luoshi.foundation.accounts.models import User
from luoshi.foundation.audit.domain.stored import verify_stored
from luoshi.foundation.audit.models import Entry
from luoshi.foundation.core.refusals import Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.insight.horizons.domain import past
from luoshi.insight.horizons.domain.moments import moment_of
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.models import Reminder, Urge, WeekBudget
from luoshi.supervision.matters.domain.duty.extending import ask_extension
from luoshi.supervision.matters.domain.matter.drafting import draft
from luoshi.supervision.matters.domain.matter.registering import approve_to_register
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.reviewing import accept
from luoshi.supervision.matters.domain.share.assigning import Share, assign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.enums import Part
from luoshi.supervision.matters.models import (
    Assignment,
    PastMatter,
    Report,
    ReportDuty,
    UnitSummary,
)
from tests.story import SYSTEM, World, make_world
from tests.supervision.matters.test_circle import AT, DESPITE, GOOD, PLAN, assigned
from tests.supervision.matters.test_summaries import check_unit

pytestmark = pytest.mark.django_db
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TEN = datetime(2026, 2, 24, 2, 0, tzinfo=UTC)  # ten o'clock on the last day of the first limit


def given(world: World, at: datetime, title: str, **plan: Any) -> Assignment:
    """A share assigned at an instant."""
    wanted = replace(PLAN, title=title, **plan)
    matter = draft(plan=wanted, actor=world.officer, at=at)
    matter = approve_to_register(matter=matter, actor=world.officer, at=at, despite=DESPITE)
    return assign(
        matter=matter, shares=[Share(world.bureau, Part.SOLE)], actor=world.officer, at=at
    )[0]


def duty_of(share: Assignment, code: str = "TR-06") -> ReportDuty:
    return share.duties.get(rule_code=code)


def refused(act: Callable[[], Any]) -> str:
    """The code of a refusal; nothing is written."""
    with pytest.raises(Refused) as found, transaction.atomic():
        act()
    return found.value.code


def exact(world: World, at: datetime) -> None:
    """The unit's summary equals a plain recount."""
    rows = Assignment.objects.filter(unit=world.bureau).select_related("matter")
    check_unit(world.bureau, list(rows), at)


def told() -> Counter[tuple[str, str]]:
    """How often each person was told each thing."""
    return Counter(Notice.objects.values_list("recipient__username", "dedup_key"))


def morning(world: World) -> dict[str, Any]:
    """Until a quarter to eleven: one report sent, one slip signed for, one nudge, one sweep."""
    first = sign_for(assignment=assigned(world), actor=world.liaison, at=AT + timedelta(days=1))
    second = given(world, TEN, "整治易涝点")
    second = sign_for(assignment=second, actor=world.liaison, at=TEN + 20 * MINUTE)
    sent = submit(
        assignment=first,
        duty_ids=[duty_of(first).pk],
        words=GOOD,
        actor=world.liaison,
        at=TEN + 30 * MINUTE,
    )
    by = {"actor": world.officer, "at": TEN + 35 * MINUTE}
    nudge = urge(share=second, wording=Wording(), **by)
    sweep(actor=SYSTEM, at=TEN + 40 * MINUTE)
    return {"first": first, "second": second, "sent": sent, "nudge": nudge}


def test_nothing_is_done_twice_in_the_hour_that_comes_again() -> None:
    """Contract 3 (the clock set back an hour), S3-68, R-SUP-6: signing, reporting, urging by hand
    and the sweep in the repeated hour say again what they said; a form sent twice acts once."""
    world = make_world()
    made = morning(world)
    first, second = made["first"], made["second"]
    user, key = User.objects.get(pk=world.officer.person_id), uuid4()
    where = [
        once(key=key, user=user, route="matters:new", at=at, act=lambda: "/eins/")
        for at in (TEN + 44 * MINUTE, TEN + 44 * MINUTE - HOUR)
    ]
    assert where == ["/eins/", "/eins/"]
    before = told(), Reminder.objects.count(), WeekBudget.objects.get().used
    now = TEN + 45 * MINUTE - HOUR
    sweep(actor=SYSTEM, at=now)
    sweep(actor=SYSTEM, at=now + 20 * MINUTE)
    assert (told(), Reminder.objects.count(), WeekBudget.objects.get().used) == before
    assert refused(lambda: sign_for(assignment=second, actor=world.liaison, at=now)) == (
        "already-signed"
    )
    again = {"assignment": first, "duty_ids": [duty_of(first).pk], "words": GOOD}
    assert refused(lambda: submit(**again, actor=world.liaison, at=now)) == "not-your-turn"
    held = urge(share=second, wording=Wording(), actor=world.second_officer, at=now)
    assert (held.state, held.held_reason, held.held_after) == (
        "held",
        "week",
        made["nudge"].sent_at,
    )
    assert (told(), WeekBudget.objects.get().used) == (before[0], before[2])
    assert Urge.objects.filter(state="sent").count() == 1
    exact(world, now)


def test_limits_are_those_of_the_instant_the_act_has() -> None:
    """Contract 3 (the clock set back an hour), TR-06, TR-07, R-SUP-4: days do not move by an hour,
    hours run from the hour on the clock, a report sent in time stays in time, its review before its
    sending stands, a request before the limit is one."""
    world = make_world()
    made = morning(world)
    first, second = made["first"], made["second"]
    before = dict(ReportDuty.objects.values_list("pk", "due_at"))
    now = TEN + 45 * MINUTE - HOUR
    late = sign_for(assignment=given(world, now, "除险加固"), actor=world.liaison, at=now)
    assert duty_of(late).due_at == duty_of(second).due_at
    hours = {"urgent_amount": 24, "urgent_unit": "hours", "urgent_basis": "批示"}
    quick = given(world, now, "抢修供水管网", **hours)
    quick = sign_for(assignment=quick, actor=world.liaison, at=now + 5 * MINUTE)
    urgent = {duty.due_at for duty in quick.duties.all() if duty.hourly}
    assert urgent == {now + 5 * MINUTE + 24 * HOUR}
    review = accept(report=made["sent"], actor=world.second_officer, at=now + 6 * MINUTE)
    report = Report.objects.get(pk=made["sent"].pk)
    assert review.reviewed_at < report.submitted_at and report.state == "accepted"
    done = duty_of(first)
    assert (done.state, done.late_amount, report.late) == ("accepted", None, False)
    asked = ask_extension(
        duty=duty_of(second),
        wanted_at=duty_of(second).due_at + timedelta(days=5),  # type: ignore[operator]
        reason="资金未到位",
        actor=world.liaison,
        at=now,
    )
    assert asked.state == "asked"
    after = dict(ReportDuty.objects.filter(pk__in=before).values_list("pk", "due_at"))
    moved = {key for key, due in before.items() if after[key] != due}
    assert moved <= set(first.duties.exclude(pk=done.pk).values_list("pk", flat=True))
    exact(world, now + 10 * MINUTE)


def levels(share: Assignment) -> list[tuple[str, str]]:
    """The levels of a share's duties that were reached, each once."""
    rows = Reminder.objects.filter(duty__assignment=share, sent_at__isnull=False)
    return sorted(rows.values_list("duty__rule_code", "level"))


def week_after(back: timedelta) -> dict[str, Any]:
    """The same morning and the nights of four weeks, with the clock behind for some hours on the
    first day; everything is undone, what was said is returned."""
    try:
        with transaction.atomic():
            world = make_world()
            made = morning(world)
            for minutes in (45, 75, 105):
                sweep(actor=SYSTEM, at=TEN + minutes * MINUTE - back)
            for day in range(1, 29):
                sweep(actor=SYSTEM, at=TEN + timedelta(days=day))
            said = Counter(Notice.objects.values_list("recipient__username", "title_zh"))
            lights = UnitSummary.objects.filter(unit=world.bureau)
            raise Seen(
                {
                    "levels": [levels(made[name]) for name in ("first", "second")],
                    "told": sorted(said.items()),
                    "lights": list(lights.values_list("red", "yellow", "green", "grey")),
                }
            )
    except Seen as seen:
        return seen.found


class Seen(Exception):
    """Ends a run without leaving a trace."""

    def __init__(self, found: dict[str, Any]) -> None:
        super().__init__()
        self.found = found


def test_nothing_is_lost_once_the_clock_is_right_again() -> None:
    """Contract 3 (the clock set back an hour), R-SUP-5, S3-69: four weeks of nights say to the same
    people the same as if the clock had always been right, each once."""
    right, behind = week_after(timedelta()), week_after(HOUR)
    assert behind == right
    assert right["levels"][1] and right["told"]


def test_trail_and_past_keep_their_order() -> None:
    """Contract 3 (the clock set back an hour), B19, security 4: entries are in the order they were
    written in, whatever the clock said; at no instant does a matter stand in the past twice."""
    world = make_world()
    made = morning(world)
    now = TEN + 45 * MINUTE - HOUR
    accept(report=made["sent"], actor=world.second_officer, at=now)
    sweep(actor=SYSTEM, at=now + MINUTE)
    rows = list(Entry.objects.order_by("id").values_list("seq", "at"))
    assert [seq for seq, _at in rows] == [*range(1, len(rows) + 1)]
    assert any(later < earlier for (_s, earlier), (_t, later) in pairwise(rows))
    assert verify_stored().code == 0
    every: list[UUID] = [made["first"].matter_id, made["second"].matter_id]
    for minutes in range(-90, 90, 5):
        at = TEN + minutes * MINUTE
        known = PastMatter.objects.known(at).values_list("matter_id", flat=True)
        assert max(Counter(known).values()) == 1, at
    shown = past.ledger(world.officer, moment_of({}, TEN + 2 * HOUR), ended=False)
    assert {row.matter_id for row in shown} >= set(every)
