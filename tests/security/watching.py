"""What stands behind the routes of duty: a roster in force and a draft, a swap, the books."""

from datetime import date, datetime, timedelta
from uuid import UUID

from luoshi.desks.duty.domain.periods.declaring import Wish, declare
from luoshi.desks.duty.domain.posting.listing import Days, Entry, add_person, note_leave
from luoshi.desks.duty.domain.roster import swapping
from luoshi.desks.duty.domain.roster.drafting import begin
from luoshi.desks.duty.domain.watch.handing_over import hand_over
from luoshi.desks.duty.domain.watch.noting import Line, note
from luoshi.desks.duty.enums import Post, RosterState
from luoshi.desks.duty.models import Handover, Roster, Shift
from luoshi.foundation.core.time import office_date
from tests.story import World

DAY = timedelta(days=1)
BOTH = (Post.LEADER.value, Post.OFFICER.value)


def make_duty(world: World, at: datetime) -> dict[str, UUID]:
    """The officer is on duty; the leader has handed over; a draft waits for next month."""
    today = office_date(at)
    names = {"李文清": world.officer, "何晓": world.second_officer, "王建国": world.leader}
    people = {
        name: add_person(
            Entry(name, BOTH, who.person_id, starts_on=date(2020, 1, 1)), actor=world.chief, at=at
        )
        for name, who in names.items()
    }
    roster = begin(today - DAY, today + 5 * DAY, actor=world.chief, at=at)
    shifts = list(roster.shifts.filter(post=Post.OFFICER).order_by("starts_at"))
    order = ("王建国", "李文清", "何晓")
    for number, shift in enumerate(shifts):
        Shift.objects.filter(pk=shift.pk).update(person=people[order[number % len(order)]])
    Roster.objects.filter(pk=roster.pk).update(state=RosterState.PUBLISHED)
    rows = Shift.objects.filter(office=world.office, post=Post.OFFICER)
    held = list(rows.select_related("roster", "person", "office").order_by("starts_at"))
    handed = hand_over(held[0], words="平稳", actor=world.leader, at=at)
    swap = swapping.ask(
        held[4], taker=people["王建国"], other=held[3], reason="培训", actor=world.officer, at=at
    )
    leave = note_leave(
        people["何晓"], Days(today + 30 * DAY, today + 31 * DAY), actor=world.chief, at=at
    )
    line = note(Line("call_in", "气象台", "预报", pending=True), actor=world.chief, at=at)
    wish = Wish("两会", "通知", today, today + 9 * DAY)
    period = declare(wish, actor=world.chief, at=at)
    draft = begin(today + 40 * DAY, today + 41 * DAY, actor=world.chief, at=at)
    return {
        "duty_roster": draft.pk,
        "duty_in_force": roster.pk,
        "duty_shift": held[1].pk,
        "duty_swap": swap.pk,
        "duty_person": people["何晓"].pk,
        "duty_leave": leave.pk,
        "duty_line": line.pk,
        "duty_period": period.pk,
        "duty_handover": Handover.objects.get(pk=handed.pk).pk,
    }
