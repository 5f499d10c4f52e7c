"""The chasing governor: five a week, one by hand, tones and slips in their order (B7, S3-68)."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from luoshi.foundation.accounts.models import User
from luoshi.foundation.core.actors import Actor
from luoshi.foundation.core.refusals import Forbidden, Invalid, Refused
from luoshi.foundation.notifications.models import Notice
from luoshi.foundation.organizations.enums import Role
from luoshi.foundation.organizations.models import Appointment
from luoshi.supervision.chasing.domain.excepting import (
    ask_exception,
    grant_exception,
    refuse_exception,
)
from luoshi.supervision.chasing.domain.governing import forecast, next_chance, week_of
from luoshi.supervision.chasing.domain.standing import standings
from luoshi.supervision.chasing.domain.sweeping import sweep
from luoshi.supervision.chasing.domain.urging import Wording, urge
from luoshi.supervision.chasing.enums import BUDGETED
from luoshi.supervision.chasing.models import Reminder, Urge, WeekBudget
from luoshi.supervision.matters.domain.matter.drafting import Plan
from luoshi.supervision.matters.domain.matter.revoking import revoke
from luoshi.supervision.matters.domain.report.reporting import submit
from luoshi.supervision.matters.domain.report.signing_off import sign
from luoshi.supervision.matters.domain.share.signing import sign_for
from luoshi.supervision.matters.models import Assignment
from luoshi.supervision.rulebook.domain.settling import name_chief
from tests.security.world import sign_in
from tests.story import SYSTEM, World, actor, make_world
from tests.supervision.matters.test_circle import AT, GOOD, PLAN, assigned

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def world() -> World:
    return make_world()


def signed(world: World, number: int = 0) -> Assignment:
    """A signed share whose first report was due on 24 February."""
    plan = Plan(**{**PLAN.__dict__, "title": f"{PLAN.title}{number or ''}"})
    return sign_for(assignment=assigned(world, plan), actor=world.liaison, at=AT + DAY)


def nudge(share: Assignment, by: Actor, at: datetime, **words: str) -> Urge:
    return urge(share=share, wording=Wording(**words), actor=by, at=at)


def test_second_nudge_in_the_week_held_and_explained(world: World) -> None:
    """S3-68/69 (rules.md 2.8): the second nudge by hand is held, with reason and next chance."""
    share = signed(world)
    first = nudge(share, world.officer, MONDAY)
    second = nudge(share, world.second_officer, MONDAY + DAY)
    assert (first.state, second.state, second.held_reason) == ("sent", "held", "week")
    assert second.held_after == first.sent_at
    assert second.possible_at == next_chance(MONDAY)
    assert second.possible_at.isoformat() == "2026-03-09T08:30:00+08:00"
    with pytest.raises(Refused) as refused:
        nudge(share, world.officer, MONDAY + 2 * DAY)
    assert refused.value.code == "held-already"
    assert nudge(share, world.officer, MONDAY + 7 * DAY).state == "sent"


def test_sixth_nudge_of_the_week_held(world: World) -> None:
    """B7: the sixth nudge to a unit in a week is held, whatever the matters."""
    shares = [signed(world, n) for n in range(6)]
    seen = forecast(shares, MONDAY)
    assert [why for why, _last in seen.values()] == ["", "", "", "", "", "budget"]
    states = [nudge(share, world.officer, MONDAY).state for share in shares]
    assert states == ["sent"] * 5 + ["held"]
    assert Urge.objects.get(state="held").held_reason == "budget"


def test_sweep_shares_the_budget_and_records_what_it_holds(world: World) -> None:
    """rules.md 2.11: automatic notices count, L3 and L4 do not; the held one goes out on Monday."""
    shares = [signed(world, n) for n in range(6)]
    at = datetime(2026, 2, 25, 1, 0, tzinfo=UTC)
    sweep(actor=SYSTEM, at=at)
    assert Reminder.objects.filter(level="L1", sent_at__isnull=False).count() == 5
    held = Reminder.objects.get(held_reason="budget")
    assert (held.level, held.sent_at) == ("L1", None)
    assert Reminder.objects.filter(level="L0", held_reason="overtaken").count() == 6
    assert nudge(shares[0], world.officer, at).held_reason == "budget"
    before = Notice.objects.filter(kind="reminder").count()
    sweep(actor=SYSTEM, at=at)
    assert Notice.objects.filter(kind="reminder").count() == before


def test_held_reminder_sent_when_the_week_allows_and_it_still_applies(world: World) -> None:
    """B7: what was held is sent once in the next week, or never when it was overtaken."""
    share = signed(world)
    at = datetime(2026, 2, 25, 1, 0, tzinfo=UTC)
    WeekBudget.objects.create(unit_id=share.unit_id, week_on=week_of(at), used=5)
    sweep(actor=SYSTEM, at=at)
    assert Reminder.objects.get(level="L1").sent_at is None
    Reminder.objects.filter(level="L1").update(possible_at=at + DAY / 24)
    WeekBudget.objects.update(used=4)
    for _again in range(2):
        sweep(actor=SYSTEM, at=at + DAY / 12)
    row = Reminder.objects.get(level="L1")
    assert (row.sent_at, row.held_reason) == (at + DAY / 12, "budget")
    assert WeekBudget.objects.get().used == 5


def test_held_reminder_lies_once_a_higher_level_came(world: World) -> None:
    """B7: what a higher level overtook, or what nobody owes any more, is never looked at again; its
    page says that it goes out no more."""
    share = signed(world)
    at = datetime(2026, 2, 25, 1, 0, tzinfo=UTC)
    WeekBudget.objects.create(unit_id=share.unit_id, week_on=week_of(at), used=5)
    sweep(actor=SYSTEM, at=at)
    assert Reminder.objects.get(level="L1").possible_at == next_chance(at)
    sweep(actor=SYSTEM, at=next_chance(at) - DAY / 2)
    WeekBudget.objects.create(unit_id=share.unit_id, week_on=week_of(next_chance(at)), used=5)
    held = Reminder.objects.filter(sent_at=None, held_reason="budget").order_by("level")
    sweep(actor=SYSTEM, at=next_chance(at) + DAY)
    sweep(actor=SYSTEM, at=next_chance(next_chance(at) + DAY))
    lie = {row.level: row.possible_at for row in held}
    assert lie.pop("L1") is None
    officer = Client()
    sign_in(officer, User.objects.get(pk=world.officer.person_id))
    assert "不再发出" in officer.get(f"/matters/{share.matter_id}/urging/").content.decode()
    revoke(
        matter=share.matter, reason="上级撤销", actor=world.officer, at=next_chance(at) + 8 * DAY
    )
    sweep(actor=SYSTEM, at=next_chance(at) + 30 * DAY)
    assert set(held.values_list("possible_at", flat=True)) == {None}


def test_four_missed_nights_speak_once_to_the_unit(world: World) -> None:
    """S3-68: of several missed levels the highest speaks; leaders are told of theirs."""
    signed(world)
    sweep(actor=SYSTEM, at=datetime(2026, 3, 3, 1, 0, tzinfo=UTC))
    rows = {row.level: row.held_reason for row in Reminder.objects.all()}
    assert rows == {"L0": "overtaken", "L1": "overtaken", "L2": "", "L3": ""}
    assert WeekBudget.objects.get().used == 1


def test_tone_rises_only_when_the_former_brought_nothing(world: World) -> None:
    """R-SUP-5, B7: 提醒 → 催办 → 督办; a report brings the tone down again."""
    share = signed(world)
    with pytest.raises(Refused) as refused:
        nudge(share, world.officer, MONDAY, tone="urge")
    assert refused.value.code == "tone-too-high"
    tones = []
    for week in range(3):
        tones.append(nudge(share, world.officer, MONDAY + 7 * week * DAY).tone)
    assert tones == ["remind", "urge", "press"]
    assert standings([Assignment.objects.get()])[0].rank == 3


def test_proposed_words_follow_the_tone_that_is_chosen(world: World) -> None:
    """R-SUP-5: the form proposes the words of one tone; sent in another tone, or with a slip, they
    are that tone's, so that a blue slip does not carry the words of 督办. Typed words stay."""
    share = signed(world)
    for week in range(2):
        nudge(share, world.officer, MONDAY + 7 * week * DAY)
    at = MONDAY + 14 * DAY
    press, remind = (standings([share])[0].text(tone, at) for tone in ("press", "remind"))
    assert press != remind
    row = nudge(share, world.officer, at, tone="remind", text=press)
    assert (row.tone, row.text) == ("remind", remind)
    typed = nudge(share, world.officer, at + 7 * DAY, tone="remind", text="请于周五前报送")
    assert typed.text == "请于周五前报送"


def test_without_command_only_a_request_and_no_words_of_command(world: World) -> None:
    """S2-89, S2-90 (rules.md 2.8): CPPCC to government never prints an order; 责成 is offered as
    商请."""
    share = signed(world)
    Assignment.objects.update(courteous=True)
    share.refresh_from_db()
    for tone in ("remind", "urge", "press"):
        with pytest.raises(Refused):
            nudge(share, world.officer, MONDAY, tone=tone)
    with pytest.raises(Invalid) as refused:
        nudge(share, world.officer, MONDAY, text="责成贵单位立即报送")
    assert "商请" in str(refused.value.next_steps[-1])
    assert "责成" not in str(refused.value.next_steps[-1])
    row = nudge(share, world.officer, MONDAY)
    assert (row.tone, "商请" in row.text, "为盼" in row.text) == ("request", True, True)
    with pytest.raises(Refused) as slip:
        nudge(share, world.officer, MONDAY + 7 * DAY, colour="blue")
    assert slip.value.code == "slip-out-of-order"


def test_scolding_words_refused_with_command_too(world: World) -> None:
    """ui.md 13: the product never scolds."""
    share = signed(world)
    for text in ("严重超期！请报送", "贵局拒不报送，请说明", "报送"):
        with pytest.raises(Invalid):
            nudge(share, world.officer, MONDAY, text=text)
    assert Urge.objects.count() == 0


def test_every_handler_reached_and_none_after_the_end(world: World) -> None:
    """Features row 22: all handlers of the unit; nothing once the unit answered or it ended."""
    second = actor("zhang2", "张二", world.bureau, Role.LIAISON, "第二联络员")
    principal = actor("zhao", "赵明", world.bureau, Role.PRINCIPAL, "局长")
    share = signed(world)
    nudge(share, world.officer, MONDAY)
    told = set(Notice.objects.filter(kind="urge").values_list("recipient_id", flat=True))
    assert told == {world.liaison.person_id, second.person_id}
    nudge(share, world.officer, MONDAY + 7 * DAY)
    assert Notice.objects.filter(kind="urge", recipient_id=principal.person_id).count() == 1
    words = GOOD.__class__(**{**GOOD.__dict__, "late_reason": "汇总"})
    duty = share.duties.get(rule_code="TR-06")
    report = submit(
        assignment=share,
        duty_ids=[duty.pk],
        words=words,
        actor=world.liaison,
        at=MONDAY + 8 * DAY,
    )
    sign(report=report, actor=principal, at=MONDAY + 8 * DAY, late_reason="汇总")
    share.refresh_from_db()
    with pytest.raises(Refused) as answered:
        nudge(share, world.officer, MONDAY + 14 * DAY)
    assert answered.value.code == "not-the-units-turn"
    revoke(matter=share.matter, reason="不再办理", actor=world.officer, at=MONDAY + 15 * DAY)
    share.refresh_from_db()
    with pytest.raises(Refused) as ended:
        nudge(share, world.officer, MONDAY + 21 * DAY)
    assert ended.value.code == "share-ended"


def test_exception_asked_once_and_granted_by_second_person(world: World) -> None:
    """S3-68: one exception with a reason; who asked does not grant; both rows stay."""
    share = signed(world)
    nudge(share, world.officer, MONDAY)
    held = nudge(share, world.officer, MONDAY + DAY)
    with pytest.raises(Invalid):
        ask_exception(urge=held, reason=" ", actor=world.officer, at=MONDAY + DAY)
    asked = ask_exception(urge=held, reason="明日上会", actor=world.officer, at=MONDAY + DAY)
    with pytest.raises(Refused):
        ask_exception(urge=held, reason="再请", actor=world.officer, at=MONDAY + DAY)
    for person in (world.officer, world.second_officer):
        with pytest.raises(Forbidden):
            grant_exception(exception=asked, actor=person, at=MONDAY + DAY)
    used = WeekBudget.objects.get().used
    grant_exception(exception=asked, actor=world.chief, at=MONDAY + 2 * DAY)
    held.refresh_from_db()
    assert (held.state, held.by_exception, held.held_reason) == ("sent", True, "week")
    assert WeekBudget.objects.get().used == used
    with pytest.raises(Refused):
        refuse_exception(exception=asked, remark="不必", actor=world.chief, at=MONDAY + 3 * DAY)


def test_the_section_chief_grants_as_second_person(world: World) -> None:
    """S3-68, B7: the officer asks, the section chief is told and grants; the chief's own request is
    the secretary-general's, and only a supervision post of the office can be the chief's."""
    post = Appointment.objects.get(pk=world.second_officer.appointment_id).post
    other = Appointment.objects.get(pk=world.liaison.appointment_id).post
    with pytest.raises(Invalid):
        name_chief(office_id=world.office.pk, post=other, actor=world.chief, at=MONDAY)
    with pytest.raises(Forbidden):
        name_chief(office_id=world.office.pk, post=post, actor=world.officer, at=MONDAY)
    post.title = "督查科科长"
    post.pk = uuid4()
    post.save(force_insert=True)
    Appointment.objects.filter(pk=world.second_officer.appointment_id).update(post=post)
    name_chief(office_id=world.office.pk, post=post, actor=world.chief, at=MONDAY)
    share = signed(world)
    nudge(share, world.officer, MONDAY)
    held = nudge(share, world.officer, MONDAY + DAY)
    asked = ask_exception(urge=held, reason="明日上会", actor=world.officer, at=MONDAY + DAY)
    told = Notice.objects.filter(kind="exception").values_list("recipient__username", flat=True)
    assert set(told) == {"chen", "he"}
    with pytest.raises(Forbidden):
        grant_exception(exception=asked, actor=world.officer, at=MONDAY + DAY)
    grant_exception(exception=asked, actor=world.second_officer, at=MONDAY + DAY)
    held.refresh_from_db()
    assert (held.state, held.by_exception) == ("sent", True)
    later = MONDAY + 8 * DAY
    nudge(share, world.second_officer, MONDAY + 7 * DAY)
    own = nudge(share, world.second_officer, later)
    mine = ask_exception(urge=own, reason="急", actor=world.second_officer, at=later)
    with pytest.raises(Forbidden):
        grant_exception(exception=mine, actor=world.second_officer, at=later)
    grant_exception(exception=mine, actor=world.chief, at=later)


def test_exception_asked_by_the_chief_not_granted_by_the_chief(world: World) -> None:
    """S2-42: no bypass by rank."""
    share = signed(world)
    nudge(share, world.chief, MONDAY)
    held = nudge(share, world.chief, MONDAY + DAY)
    asked = ask_exception(urge=held, reason="急", actor=world.chief, at=MONDAY + DAY)
    with pytest.raises(Forbidden):
        grant_exception(exception=asked, actor=world.chief, at=MONDAY + DAY)


def test_slips_blue_yellow_red_in_their_order(world: World) -> None:
    """Features row 21, R-SUP-5: each colour only when the former brought nothing; numbered without
    a gap."""
    share = signed(world)
    with pytest.raises(Refused):
        nudge(share, world.officer, AT + 2 * DAY, colour="blue")
    with pytest.raises(Refused):
        nudge(share, world.officer, MONDAY, colour="yellow")
    made = [
        nudge(share, world.officer, MONDAY + 7 * week * DAY, colour=colour).slip
        for week, colour in enumerate(("blue", "yellow", "red"))
    ]
    assert [slip.number for slip in made] == [f"督单〔2026〕{n}号" for n in (1, 2, 3)]
    assert [slip.former for slip in made] == [None, made[0], made[1]]
    assert list(WeekBudget.objects.order_by("week_on").values_list("used", flat=True)) == [1, 1]


Items = tuple[World, list[Assignment]]


class Undo(Exception):
    """Ends an example without a trace."""


@pytest.fixture
def items(world: World) -> Items:
    """Seven signed shares of one unit."""
    return world, [signed(world, n) for n in range(7)]


ACTS = st.lists(
    st.tuples(
        st.sampled_from(("urge", "sweep", "grant", "day")),
        st.integers(min_value=0, max_value=6),
    ),
    max_size=40,
)


@settings(
    max_examples=25,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(ACTS)
def test_no_interleaving_breaks_the_budget(items: Items, acts: list[tuple[str, int]]) -> None:
    """B7: whatever order of sweeps, nudges and exceptions, no unit gets more than five counted
    nudges a week, and no item more than one by hand; the counter equals a recount."""
    note(f"acts: {acts}")
    at = datetime(2026, 2, 12, 2, 0, tzinfo=UTC)
    try:
        with transaction.atomic():
            play(items, acts, at)
            recount()
            raise Undo
    except Undo:
        return


def play(items: Items, acts: list[tuple[str, int]], at: datetime) -> None:
    """Carry out the acts in their order."""
    world, shares = items
    for act, number in acts:
        if act == "urge":
            try_nudge(shares[number], world, at)
        elif act == "sweep":
            sweep(actor=SYSTEM, at=at)
        elif act == "grant":
            grant_one(world, at)
        else:
            at += DAY * (number + 1)


def try_nudge(share: Assignment, world: World, at: datetime) -> None:
    try:
        nudge(share, world.officer, at)
    except Refused as refused:
        assert refused.code == "held-already"


def grant_one(world: World, at: datetime) -> None:
    held = Urge.objects.filter(state="held", exception=None).first()
    if held is not None:
        asked = ask_exception(urge=held, reason="急", actor=world.officer, at=at)
        grant_exception(exception=asked, actor=world.chief, at=at)


def recount() -> None:
    weeks: dict[object, int] = {}
    by_hand: dict[object, int] = {}
    for row in Reminder.objects.filter(sent_at__isnull=False, level__in=BUDGETED):
        week = week_of(row.sent_at)
        weeks[week] = weeks.get(week, 0) + 1
    for row in Urge.objects.filter(state="sent", by_exception=False):
        week = week_of(row.sent_at)
        weeks[week] = weeks.get(week, 0) + 1
        key = (row.assignment_id, week)
        by_hand[key] = by_hand.get(key, 0) + 1
    counted = dict(WeekBudget.objects.filter(used__gt=0).values_list("week_on", "used"))
    assert counted == weeks
    assert all(n <= 5 for n in weeks.values())
    assert all(n == 1 for n in by_hand.values())
